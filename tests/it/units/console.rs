//! The cases about accounts at the vendor's console.

use std::time::Duration;

use serde_json::{Value, json};
use tests::portal::TestPortal;
use tests::wire::Calls;

use crate::reset::record_fern;

/// Every operation in each way that costs differently.
pub(super) const CASES: [&str; 12] = [
    "GET /api/staff/accounts",
    "GET /api/staff/accounts/{id}",
    "GET /api/staff/accounts: by address",
    "GET /api/staff/accounts: by customer number",
    "GET /api/staff/accounts: by name",
    "GET /api/staff/accounts: by serial number",
    "GET /api/staff/accounts: the next page",
    "GET /api/staff/products",
    "POST /api/staff/invitations",
    "POST /api/staff/invitations: all",
    "PUT /api/staff/accounts/{id}/features",
    "PUT /api/staff/accounts/{id}/features: as they were",
];

/// The most calls in a row that a person waits for, where it is not the usual.
pub(super) fn deepest(case: &str) -> Option<usize> {
    match case {
        // A serial number names an account, which is read as it is now: to have that on the rows of all its numbers, each
        // change of a name or a status would have to write them.
        "GET /api/staff/accounts: by serial number" => Some(2),
        // An address names a person, the person their accounts, and only these say where they stand.
        "GET /api/staff/accounts: by address" => Some(3),
        // The account names its owner and its partner, of whom staff see what only their own rows say.
        "GET /api/staff/accounts/{id}" => Some(2),
        // The accounts, their owners, and a transaction for each of those who is invited.
        "POST /api/staff/invitations" => Some(3),
        // A page of the directory before them, and here one owner to invite.
        "POST /api/staff/invitations: all" => Some(4),
        "PUT /api/staff/accounts/{id}/features: as they were" => Some(1),
        _ => None,
    }
}

/// Runs a case of these; none for any other.
pub(super) async fn run(case: &str, portal: &TestPortal, hold: Duration) -> Option<(u16, Calls)> {
    if !CASES.contains(&case) {
        return None;
    }
    if case.contains("invitations") {
        record_fern(portal).await;
    }
    let admin = portal.admin().await;
    let id_of = async |number: &str| {
        let found = admin.get(&format!("/api/staff/accounts?query={number}")).await.expect(200);
        found.text("/items/0/id").to_owned()
    };
    let (call, way) = case.split_once(": ").unwrap_or((case, ""));
    let (method, path) = call.split_once(' ').unwrap();
    let path = path.replace("{id}", &id_of("C10423").await);
    let path = match way {
        "by address" => format!("{path}?query=tess@two.test"),
        "by customer number" => format!("{path}?query=C10423"),
        "by name" => format!("{path}?query=birch"),
        "by serial number" => format!("{path}?query=NLD-8QJZ-N3KP-RT0V"),
        "the next page" => {
            list_sixty(portal);
            let first = admin.get("/api/staff/accounts").await.expect(200);
            format!("{path}?cursor={}", first.text("/next"))
        }
        _ => path,
    };
    let body = match case {
        "POST /api/staff/invitations" => json!({ "accounts": [id_of("C10800").await] }),
        "POST /api/staff/invitations: all" => json!({ "all": true }),
        "PUT /api/staff/accounts/{id}/features" => json!({ "team_area": false, "guests_only": true, "partner": false }),
        "PUT /api/staff/accounts/{id}/features: as they were" => {
            json!({ "team_area": true, "guests_only": false, "partner": false })
        }
        _ => Value::Null,
    };
    if way == "as they were" {
        admin.send_json(method, &path, &body).await.expect(204);
    }
    portal.wire.hold(hold);
    let made = async {
        match body {
            Value::Null => admin.get(&path).await,
            _ => admin.send_json(method, &path, &body).await,
        }
    };
    let (reply, calls) = portal.wire.record(made).await;
    Some((reply.status, calls))
}

/// Lists sixty more accounts, as long as the others.
fn list_sixty(portal: &TestPortal) {
    let listed = portal.wire.snapshot().find("accounts", "ACCOUNTS", "acme");
    for n in 0..60 {
        let mut row = listed[0].clone();
        row["sk"]["S"] = json!(format!("mill {n:05}\tacc_{n:026}"));
        row["na"]["S"] = json!(format!("Mill {n:05}"));
        portal.put("accounts", &row);
    }
}
