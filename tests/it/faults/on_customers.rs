//! What a partner's person does with one of its customers, ready to be called.

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use crate::access::account_row;

/// The operations that change something; each is one entry in the customer's log.
pub(super) const CHANGES: [&str; 2] = ["suspend a customer", "reactivate a customer"];

/// The caller of one of these operations, its method and path, and what it sends; none for any other operation.
pub(crate) async fn ready(portal: &TestPortal, operation: &str) -> Option<(Caller, &'static str, String, Value)> {
    let (method, tail) = match operation {
        "suspend a customer" => ("PUT", "/suspension"),
        "reactivate a customer" => ("DELETE", "/suspension"),
        "a customer" => ("GET", ""),
        "a file of a customer" | "a file of a customer's licenses" => ("GET", "/export?format=json"),
        "a partner's summary" => {
            return Some((portal.partner_owner().await, "GET", "/api/partner/summary".to_owned(), Value::Null));
        }
        "an account's activity" => {
            return Some((portal.owner().await, "GET", "/api/team/activity".to_owned(), Value::Null));
        }
        _ => return None,
    };
    let pete = portal.partner_member().await;
    let page = format!("/api/partner/customers/{}", account_row(portal, "C10423")["i"]["S"].as_str().unwrap());
    let suspension = json!({ "reason": "Two invoices are unpaid" });
    if operation == "reactivate a customer" {
        pete.put(&format!("{page}/suspension"), suspension.clone()).await.expect(204);
    }
    let body = if method == "PUT" { suspension } else { Value::Null };
    let mut path = format!("{page}{tail}");
    if operation == "a file of a customer's licenses" {
        // They begin on the page after the people.
        let people = pete.get(&path).await.expect(200);
        path = format!("{path}&cursor={}", people.header("x-portico-next"));
    }
    Some((pete, method, path, body))
}
