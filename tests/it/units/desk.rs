//! The cases about the vendor's desk.

use std::time::Duration;

use serde_json::{Value, json};
use tests::portal::TestPortal;
use tests::wire::Calls;

/// Every operation in each way that costs differently.
pub(super) const CASES: [&str; 11] = [
    "DELETE /api/staff/requests/{id}/owner",
    "GET /api/staff/requests",
    "GET /api/staff/requests/{id}",
    "POST /api/staff/requests/{id}/decision: a claim",
    "POST /api/staff/requests/{id}/decision: a company",
    "POST /api/staff/requests/{id}/decision: a name",
    "POST /api/staff/requests/{id}/decision: an address",
    "POST /api/staff/requests/{id}/decision: contact, first",
    "POST /api/staff/requests/{id}/decision: contact, last",
    "POST /api/staff/requests/{id}/decision: refused",
    "PUT /api/staff/requests/{id}/owner",
];

/// The most calls in a row that a person waits for, where it is not the usual.
pub(super) fn deepest(case: &str) -> Option<usize> {
    match case.split_once("decision: ")?.1 {
        // The request says whose row is to be read; then the write.
        "a claim" | "a company" | "a name" | "an address" => Some(3),
        // Of a new license contact, the person after the name that leads to them.
        "contact, last" => Some(4),
        _ => None,
    }
}

/// Runs a case of these; none for any other. `hold` keeps answers back while it is measured, and not before.
pub(super) async fn run(case: &str, portal: &TestPortal, hold: Duration) -> Option<(u16, Calls)> {
    if !CASES.contains(&case) {
        return None;
    }
    let (request, way) = case.split_once(": ").unwrap_or((case, ""));
    let (method, path) = request.split_once(' ').unwrap_or_default();
    let wish = match way {
        "a company" => json!({ "kind": "company", "name": "Acme & Sons" }),
        "an address" => json!({ "kind": "email", "email": "ada@byron.test" }),
        "contact, first" | "contact, last" => {
            json!({ "kind": "license_contact", "first_name": "Mia", "last_name": "Park", "email": "mia@acme.test" })
        }
        _ => json!({ "kind": "name", "first_name": "Ada", "last_name": "Byron" }),
    };
    let (ada, ann) = (portal.owner().await, portal.admin().await);
    if way == "a claim" {
        let reference = json!({ "reference": "C10423" });
        portal.unattached().await.post("/api/sign-up/account-claims", reference).await.expect(202);
    } else {
        ada.post("/api/profile/change-requests", wish).await.expect(201);
    }
    let desk = ann.get("/api/staff/requests").await.expect(200);
    let path = path.replace("{id}", desk.text("/items/0/id"));
    if way == "contact, last" {
        portal.support().await.post(&path, json!({ "decision": "approve" })).await.expect(202);
    }
    let body = match (path.ends_with("decision"), way) {
        (false, _) => Value::Null,
        (true, "refused") => json!({ "decision": "refuse", "reason": "No proof." }),
        (true, _) => json!({ "decision": "approve" }),
    };
    portal.wire.hold(hold);
    let made = async {
        match body {
            Value::Null => ann.send(ann.request(method, &path), Default::default()).await,
            _ => ann.send_json(method, &path, &body).await,
        }
    };
    let (reply, calls) = portal.wire.record(made).await;
    Some((reply.status, calls))
}
