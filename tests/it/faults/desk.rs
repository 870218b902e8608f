//! The operations of the vendor's desk, ready to be called.

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

/// The caller of an operation at the desk, its method and path, and what it sends; none for any other operation.
pub(super) async fn ready(portal: &TestPortal, operation: &str) -> Option<(Caller, &'static str, String, Value)> {
    let (wish, method, end, body) = match operation {
        "a request" => (name(), "GET", "", Value::Null),
        "take a request" | "give a request back" => {
            let method = if operation == "take a request" { "PUT" } else { "DELETE" };
            (name(), method, "/owner", Value::Null)
        }
        "approve a name" => (name(), "POST", "/decision", approval()),
        "approve an address" => {
            (json!({ "kind": "email", "email": "ada@byron.test" }), "POST", "/decision", approval())
        }
        "approve a company" => (json!({ "kind": "company", "name": "Acme & Sons" }), "POST", "/decision", approval()),
        "approve first" | "hand over" => (contact(), "POST", "/decision", approval()),
        "refuse a request" => (name(), "POST", "/decision", json!({ "decision": "refuse", "reason": "No proof." })),
        _ => return None,
    };
    let asked = portal.owner().await.post("/api/profile/change-requests", wish).await.expect(201);
    let path = format!("/api/staff/requests/{}{end}", asked.text("/id"));
    let ann = portal.admin().await;
    if operation == "give a request back" {
        ann.put(&path, json!({})).await.expect(204);
    }
    if operation == "hand over" {
        portal.support().await.post(&path, approval()).await.expect(202);
    }
    Some((ann, method, path, body))
}

fn approval() -> Value {
    json!({ "decision": "approve" })
}

fn name() -> Value {
    json!({ "kind": "name", "first_name": "Ada", "last_name": "Byron" })
}

fn contact() -> Value {
    json!({ "kind": "license_contact", "first_name": "Nell", "last_name": "Novak", "email": "nell@new.test" })
}
