//! The operations that read a partner's list of customers, ready to be called.

use serde_json::Value;
use tests::customer_queries::CUSTOMERS;
use tests::portal::{Caller, TestPortal};

/// The caller of one of these operations, its method and path, and what it sends; none for any other operation.
pub(super) async fn ready(portal: &TestPortal, operation: &str) -> Option<(Caller, &'static str, String, Value)> {
    let path = match operation {
        "customers" => CUSTOMERS.to_owned(),
        "a customer's number" => format!("{CUSTOMERS}?search=C10423"),
        "products of customers" => "/api/partner/products".to_owned(),
        _ => return None,
    };
    Some((portal.partner_member().await, "GET", path, Value::Null))
}
