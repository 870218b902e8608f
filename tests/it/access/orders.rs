//! How the calls about orders are made: of an account that is none of the caller's.

use serde_json::{Value, json};

use crate::orders::order;

/// Path and body of a row.
pub(super) fn call(row: &str) -> (String, Value) {
    let (call, relation) = row.rsplit_once(' ').unwrap_or((row, ""));
    let (method, path) = call.split_once(' ').unwrap_or_default();
    let number = if relation == "missing" { "SO-404" } else { "SO-9001" };
    let body = match (method, path.rsplit('/').next()) {
        ("POST", Some("orders")) => order("SO-5001", "C20010"),
        ("POST", _) => json!({}),
        ("PATCH", _) => json!({ "purchase_order": "PO 9" }),
        ("PUT", _) => json!({ "reason": "Ordered twice" }),
        _ => Value::Null,
    };
    (path.replace("{number}", number), body)
}
