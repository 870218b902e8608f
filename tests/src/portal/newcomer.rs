//! Somebody new: what they enter, and the two calls that make a login of it.

use serde_json::{Value, json};

use super::{Caller, GOOD, Reply, TestPortal};

/// The address of somebody new.
pub const NORA: &str = "nora@new.test";
/// The activation code of SO-1003, an order of Acme that nobody has claimed.
pub const CODE: &str = "11111-22222-33333-44444";

/// What somebody new enters to sign up.
#[must_use]
pub fn registration(email: &str) -> Value {
    json!({
        "email": email, "password": GOOD, "first_name": "Nora", "last_name": "Nilsson",
        "language": "en", "terms_version": "2026-05", "activation_code": "",
    })
}

/// Signs up with that address.
pub async fn register(caller: &Caller, email: &str) -> Reply {
    caller.post("/api/sign-up/registrations", registration(email)).await
}

/// Confirms with the token of a mailed link.
pub async fn confirm(portal: &TestPortal, token: &str) -> Reply {
    portal.stranger().post("/api/sign-up/confirmations", json!({ "token": token, "password": GOOD })).await
}
