//! The operations on orders, ready to be called.

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use crate::orders::{order, recorded};

/// The caller of an operation on an order, its method and path, and what it sends; none for any other operation.
pub(super) async fn ready(portal: &TestPortal, operation: &str) -> Option<(Caller, &'static str, String, Value)> {
    let (method, path, body) = match operation {
        "record an order" => ("POST", "", order("SO-5001", "C10423")),
        "convert a trial" => {
            let mut converting = order("SO-5002", "C10423");
            converting["lines"][1] = json!({
                "product": "NLD", "type": "perpetual", "seats": 3, "starts_on": "2026-12-01",
                "converts": "NLD-PP1A-6C7E-M3NS",
            });
            ("POST", "", converting)
        }
        // People have seats of its licenses.
        "amend an order" => ("PATCH", "/SO-1001", json!({ "lines": [{ "line": 1, "seats": 20 }] })),
        "cancel an order" => ("PUT", "/SO-1001/cancellation", json!({ "reason": "Ordered twice" })),
        "mail a code again" => ("POST", "/SO-5001/activation-mail", json!({})),
        "an order" => ("GET", "/SO-5001", Value::Null),
        _ => return None,
    };
    let sam = portal.support().await;
    if path.starts_with("/SO-5001") {
        recorded(&sam).await;
    }
    Some((sam, method, format!("/api/staff/orders{path}"), body))
}
