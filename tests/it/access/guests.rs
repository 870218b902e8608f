//! How the calls about guests are made: of the account the caller works in or worked in, of one who is none, and of nobody.

use serde_json::{Value, json};

use super::{Standing, let_in};
use crate::{guests::offered, seats::ids};

/// Whether a row is about one of these.
pub(super) fn knows(path: &str) -> bool {
    path.starts_with("/api/team/guests") || path == "/api/session/guest"
}

/// Path and body of a row.
pub(super) fn call(standing: &Standing, row: &str) -> (String, Value) {
    const PAULA: &str = "paula@orion.test";
    let mut words = row.split(' ').skip(1);
    let (path, relation) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let id = |email: &str| ids(&standing.portal, &[email]).remove(0);
    let user = match relation {
        "own" => {
            // Acme has a partner whose people it could let in, the others have none.
            if standing.account == "C10423" {
                let_in(&standing.portal, PAULA, standing.account, ("member", 600));
            }
            id(PAULA)
        }
        "foreign" if standing.account == "C10500" => id("mia@acme.test"),
        "foreign" => id("otto@birch.test"),
        _ => format!("usr_{}", "0".repeat(26)),
    };
    let body = match path {
        "/api/team/guests" => offered("kim@new.test"),
        "/api/session/guest" => Value::Null,
        _ => json!({ "days": 30 }),
    };
    (path.replace("{user}", &user), body)
}
