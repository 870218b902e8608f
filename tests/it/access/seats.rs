//! How the calls about licenses and their seats are made: of a license of the account the caller works in or worked in,
//! of another account's, and of none.

use serde_json::{Value, json};

use super::Standing;
use crate::seats::{ids, license};

/// Whether a row is about one of these.
pub(super) fn knows(path: &str) -> bool {
    path == "/api/licenses/{id}" || ["/seats", "/candidates"].iter().any(|part| path.contains(part))
}

/// What an account has: a license, one person with a seat of it, one without; a license of which nobody has a seat.
struct House {
    license: &'static str,
    seated: &'static str,
    other: &'static str,
    unassigned: &'static str,
}

fn house(number: &str) -> House {
    match number {
        "C10500" => House {
            license: "NLD-8QJZ-N3KP-RT0V",
            seated: "otto@birch.test",
            other: "tess@two.test",
            unassigned: "NLD-8QJZ-N3KP-RT0V",
        },
        "C20010" => House {
            license: "NLD-D3M0-C7XQ-4WEE",
            seated: "pete@orion.test",
            other: "paula@orion.test",
            unassigned: "NLD-D3M0-C7XQ-4WEE",
        },
        _ => House {
            license: "NLD-7Q4M-X2KP-09TV",
            seated: "mia@acme.test",
            other: "dora@acme.test",
            unassigned: "NLD-WW9D-4F6H-J8QN",
        },
    }
}

/// Path and body of a row.
pub(super) async fn call(standing: &Standing, row: &str) -> (String, Value) {
    let (call, relation) = row.rsplit_once(' ').unwrap_or((row, ""));
    let (method, path) = call.split_once(' ').unwrap_or_default();
    let portal = &standing.portal;
    let own = house(standing.account);
    if relation == "own"
        && standing.account == "C20010"
        && path.ends_with("/seats/releases") | path.ends_with("/seats/moves")
    {
        let head = "order,line,product,serial_number,type,seats,starts_on,ends_on,maintenance_ends_on,assigned_to\n";
        let row = "SO-9001,1,NLD,NLD-D3M0-C7XQ-4WEE,demo,10,2026-03-03,2027-03-02,,pete@orion.test\n";
        portal.import(&[("licenses.csv", format!("{head}{row}"))]).await;
    }
    let id = match relation {
        "own" if path == "/api/licenses/{id}" => license(portal, own.unassigned),
        "own" => license(portal, own.license),
        "foreign" if standing.account == "C10500" => license(portal, "NLD-7Q4M-X2KP-09TV"),
        "foreign" => license(portal, "NLD-8QJZ-N3KP-RT0V"),
        _ => format!("lic_{}", "0".repeat(26)),
    };
    let people = ids(portal, &[own.seated, own.other]);
    let body = match (method, path.rsplit('/').next()) {
        ("GET", _) => Value::Null,
        ("POST", Some("moves")) => json!({ "from": people[0], "to": people[1] }),
        ("POST", _) => json!({ "users": [people[0]] }),
        _ => json!({ "users": [people[1]] }),
    };
    (path.replace("{id}", &id), body)
}
