//! The operations of the vendor's console about accounts, ready to be called.

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use crate::reset::record_fern;

/// The caller of an operation there, its method and path, and what it sends; none for any other operation.
pub(super) async fn ready(portal: &TestPortal, operation: &str) -> Option<(Caller, &'static str, String, Value)> {
    let (method, number) = match operation {
        "invite" => ("POST", "C10800"),
        "set features" => ("PUT", "C10423"),
        "find accounts" | "find by address" | "find by number" | "open an account" => ("GET", "C10423"),
        _ => return None,
    };
    record_fern(portal).await;
    let admin = portal.admin().await;
    let found = admin.get(&format!("/api/staff/accounts?query={number}")).await.expect(200);
    let id = found.text("/items/0/id");
    let account = format!("/api/staff/accounts/{id}");
    let (path, body) = match operation {
        "invite" => ("/api/staff/invitations".to_owned(), json!({ "accounts": [id] })),
        "set features" => {
            (format!("{account}/features"), json!({ "team_area": false, "guests_only": true, "partner": false }))
        }
        "open an account" => (account, Value::Null),
        "find by address" => ("/api/staff/accounts?query=tess@two.test".to_owned(), Value::Null),
        "find by number" => ("/api/staff/accounts?query=C10423".to_owned(), Value::Null),
        _ => ("/api/staff/accounts".to_owned(), Value::Null),
    };
    Some((admin, method, path, body))
}
