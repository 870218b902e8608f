//! The cases about orders at the console.

use std::time::Duration;

use serde_json::{Value, json};
use tests::portal::TestPortal;
use tests::wire::Calls;

use crate::orders::{order, recorded};

/// Every operation in each way that costs differently.
pub(super) const CASES: [&str; 8] = [
    "GET /api/staff/orders/{number}",
    "PATCH /api/staff/orders/{number}",
    "PATCH /api/staff/orders/{number}: people have seats",
    "POST /api/staff/orders",
    "POST /api/staff/orders/{number}/activation-mail",
    "POST /api/staff/orders: recorded before",
    "PUT /api/staff/orders/{number}/cancellation",
    "PUT /api/staff/orders/{number}/cancellation: people have seats",
];

/// The most calls in a row that a person waits for, where it is not the usual.
pub(super) fn deepest(case: &str) -> Option<usize> {
    match case {
        // A number names an order and its account; those are then read at once. Seats change on licenses all the time.
        "GET /api/staff/orders/{number}" | "POST /api/staff/orders: recorded before" => Some(2),
        // And then the change.
        _ if CASES.contains(&case) => Some(3),
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
    let sam = portal.support().await;
    recorded(&sam).await;
    let number = if way == "people have seats" { "SO-1001" } else { "SO-5001" };
    let body = match method {
        "GET" => Value::Null,
        "POST" if way == "recorded before" => order("SO-5001", "C10423"),
        "POST" => {
            let mut another = order("SO-5002", "C10423");
            another["lines"][0]["serial_number"] = Value::Null;
            if path.ends_with("mail") { json!({}) } else { another }
        }
        "PATCH" => json!({ "lines": [{ "line": 1, "seats": 20 }] }),
        _ => json!({ "reason": "Ordered twice" }),
    };
    let path = path.replace("{number}", number);
    portal.wire.hold(hold);
    let made = async {
        match body {
            Value::Null => sam.get(&path).await,
            _ => sam.send_json(method, &path, &body).await,
        }
    };
    let (reply, calls) = portal.wire.record(made).await;
    Some((reply.status, calls))
}
