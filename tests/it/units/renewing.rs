//! The cases about renewals, trials and leaked serial numbers.

use std::time::Duration;

use serde_json::{Value, json};
use tests::portal::TestPortal;
use tests::wire::Calls;

use crate::rotation::license;
use crate::trials::offer;

/// Every operation in each way that costs differently.
pub(super) const CASES: [&str; 6] = [
    "GET /api/licenses/trials",
    "GET /api/licenses: those that end from today on",
    "POST /api/licenses/trials",
    "POST /api/licenses/{id}/renewal-requests",
    "POST /api/licenses/{id}/serial-number",
    "POST /api/licenses/{id}/serial-number: people have seats",
];

/// Runs a case of these; none for any other. `hold` keeps answers back while it is measured, and not before.
pub(super) async fn run(case: &str, portal: &TestPortal, hold: Duration) -> Option<(u16, Calls)> {
    if !CASES.contains(&case) {
        return None;
    }
    let ada = portal.owner().await;
    offer(portal, 30).await;
    let (path, body) = match case {
        "GET /api/licenses/trials" => ("/api/licenses/trials".to_owned(), Value::Null),
        "GET /api/licenses: those that end from today on" => {
            ("/api/licenses?sort=end&from=today".to_owned(), Value::Null)
        }
        "POST /api/licenses/trials" => ("/api/licenses/trials".to_owned(), json!({ "product": "NLR" })),
        "POST /api/licenses/{id}/renewal-requests" => {
            let id = license(&ada, "NLR-3B8C-YY2T-K5RW").await;
            (format!("/api/licenses/{id}/renewal-requests"), json!({ "note": "Please" }))
        }
        _ => {
            let serial = if case.ends_with("seats") { "NLD-7Q4M-X2KP-09TV" } else { "NLD-PP1A-6C7E-M3NS" };
            (format!("/api/licenses/{}/serial-number", license(&ada, serial).await), json!({ "reason": "" }))
        }
    };
    portal.wire.hold(hold);
    let made = async {
        match body {
            Value::Null => ada.get(&path).await,
            _ => ada.post(&path, body).await,
        }
    };
    let (reply, calls) = portal.wire.record(made).await;
    Some((reply.status, calls))
}
