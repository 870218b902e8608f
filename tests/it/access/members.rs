//! How the calls on a member's place are made: of a member of the account the caller works in or worked in, its owner, the
//! caller, one of another account's, and nobody.

use serde_json::{Value, json};

use super::Standing;
use crate::seats::ids;

/// Whether a row is about one of these.
pub(super) fn knows(path: &str) -> bool {
    path.strip_prefix("/api/team/members/{user}").is_some_and(|tail| ["", "/deactivation", "/link"].contains(&tail))
}

/// Path and body of a row.
pub(super) fn call(standing: &Standing, row: &str) -> (String, Value) {
    let mut words = row.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (own, owner, foreign) = match standing.account {
        "C10500" => ("tess@two.test", "otto@birch.test", "mia@acme.test"),
        "C20010" => ("pete@orion.test", "paula@orion.test", "mia@acme.test"),
        _ => ("dora@acme.test", "ada@acme.test", "otto@birch.test"),
    };
    let id = |email: &str| ids(&standing.portal, &[email]).remove(0);
    let user = match words.next().unwrap_or_default() {
        "own" => id(own),
        "owner" => id(owner),
        "foreign" => id(foreign),
        "self" => id("max@acme.test"),
        _ => format!("usr_{}", "0".repeat(26)),
    };
    let body = if method != "PUT" {
        Value::Null
    } else if path.ends_with("{user}") {
        json!({
            "first_name": "Some", "last_name": "Body", "job_title": "", "phone": "", "user_name": "", "role": "member",
            "permissions": [], "version": version(standing, &user),
        })
    } else {
        json!({})
    };
    (path.replace("{user}", &user), body)
}

fn version(standing: &Standing, user: &str) -> u32 {
    let rows = standing.portal.wire.snapshot().find("accounts", "ACCOUNT#", &format!("MEMBER#{user}"));
    let number = standing.account;
    let accounts = standing.portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
    let account = accounts.iter().find(|row| row["n"]["S"] == number);
    let place = rows.iter().find(|row| account.is_some_and(|account| account["pk"] == row["pk"]));
    place.and_then(|row| row["mv"]["N"].as_str()).and_then(|text| text.parse().ok()).unwrap_or_default()
}
