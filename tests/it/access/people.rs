//! How the calls that read an account's people are made: of a member of the account the caller works in or worked in, of
//! another account's, and of nobody.

use serde_json::Value;

use super::Standing;
use crate::seats::ids;

/// Whether a row is about one of these.
pub(super) fn knows(path: &str) -> bool {
    path.starts_with("/api/team/people") || ["{user}/licenses", "{user}/activity"].iter().any(|end| path.ends_with(end))
}

/// Path and body of a row.
pub(super) fn call(standing: &Standing, row: &str) -> (String, Value) {
    let mut words = row.split(' ').skip(1);
    let (path, relation) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (own, foreign) = match standing.account {
        "C10500" => ("otto@birch.test", "mia@acme.test"),
        "C20010" => ("pete@orion.test", "mia@acme.test"),
        _ => ("mia@acme.test", "otto@birch.test"),
    };
    let user = match relation {
        "own" => ids(&standing.portal, &[own]).remove(0),
        "foreign" => ids(&standing.portal, &[foreign]).remove(0),
        _ => format!("usr_{}", "0".repeat(26)),
    };
    (path.replace("{user}", &user), Value::Null)
}
