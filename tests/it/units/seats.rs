//! The cases about licenses and their seats.

use std::time::Duration;

use serde_json::{Value, json};
use tests::portal::TestPortal;
use tests::wire::Calls;

use crate::seats::{TWELVE, ids, license};

/// Every operation in each way that costs differently.
pub(super) const CASES: [&str; 11] = [
    "GET /api/licenses/export",
    "GET /api/licenses/summary",
    "GET /api/licenses/summary: what ends",
    "GET /api/licenses/{id}",
    "GET /api/licenses/{id}/candidates",
    "GET /api/licenses/{id}/seats",
    "GET /api/licenses/{id}: assigned",
    "POST /api/licenses/{id}/seats/moves",
    "POST /api/licenses/{id}/seats/releases",
    "PUT /api/licenses/{id}/seats",
    "PUT /api/licenses/{id}/seats: too few are free",
];

/// Runs a case of these; none for any other. `hold` keeps answers back while it is measured, and not before.
pub(super) async fn run(case: &str, portal: &TestPortal, hold: Duration) -> Option<(u16, Calls)> {
    if !CASES.contains(&case) {
        return None;
    }
    let (request, way) = case.split_once(": ").unwrap_or((case, ""));
    let (method, path) = request.split_once(' ').unwrap_or_default();
    let by = if way == "assigned" { portal.member().await } else { portal.owner().await };
    let serial = if way == "too few are free" { "NLD-PP1A-6C7E-M3NS" } else { TWELVE };
    let mut path = path.replace("{id}", &license(portal, serial));
    if way == "what ends" {
        path.push_str("?sort=end");
    }
    let people = ids(portal, &["mia@acme.test", "dora@acme.test", "max@acme.test"]);
    let body = match path.rsplit('/').next() {
        Some("moves") => json!({ "from": people[0], "to": people[1] }),
        Some("releases") => json!({ "users": people[..1] }),
        Some("seats") if method == "PUT" => json!({ "users": people[1..] }),
        _ => Value::Null,
    };
    portal.wire.hold(hold);
    let made = async {
        match body {
            Value::Null => by.get(&path).await,
            _ => by.send_json(method, &path, &body).await,
        }
    };
    let (reply, calls) = portal.wire.record(made).await;
    let refused = way == "too few are free" && reply.says() == "409 seats_exhausted";
    Some((if refused { 200 } else { reply.status }, calls))
}
