//! Requests to join an account, and proof of a license, ready to be called.

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use crate::account_claims::{SERIAL, UNA, ask, id_of, newcomer, rule};
use crate::proof::license;

/// The caller of such an operation, its method and path, and what it sends; none for any other operation.
pub(crate) async fn ready(portal: &TestPortal, operation: &str) -> Option<(Caller, &'static str, String, Value)> {
    const CLAIMS: &str = "/api/sign-up/account-claims";
    let (caller, method, path, body) = match operation {
        "ask to join" => (portal.unattached().await, "POST", CLAIMS.to_owned(), json!({ "reference": SERIAL })),
        "ask to join nobody" => {
            (portal.unattached().await, "POST", CLAIMS.to_owned(), json!({ "reference": "ZZZ-7Q4M-X2KP-09TV" }))
        }
        "join by the rule" => {
            rule::switch_on(portal).await;
            (newcomer(portal, rule::ERIC).await, "POST", CLAIMS.to_owned(), json!({ "reference": SERIAL }))
        }
        "my claims" | "claimants" | "verify a claim" | "refuse a claim" => {
            let una = portal.unattached().await;
            ask(&una, SERIAL).await.expect(202);
            let one = format!("/api/sign-up/claimants/{}", id_of(portal, UNA));
            match operation {
                "my claims" => (una, "GET", CLAIMS.to_owned(), Value::Null),
                "claimants" => (portal.owner().await, "GET", "/api/sign-up/claimants".to_owned(), Value::Null),
                "verify a claim" => (portal.manager().await, "PUT", one, json!({})),
                _ => (portal.owner().await, "DELETE", one, Value::Null),
            }
        }
        "a license file" | "the keys of files" => {
            // The pair is made once.
            portal.stranger().get("/api/licenses/keys").await.expect(200);
            let file = format!("/api/licenses/{}/file", license(portal, SERIAL));
            let path = if operation == "a license file" { file } else { "/api/licenses/keys".to_owned() };
            (portal.owner().await, "GET", path, Value::Null)
        }
        "a check" => (portal.stranger(), "GET", format!("/api/licenses/check?serial={SERIAL}"), Value::Null),
        _ => return None,
    };
    Some((caller, method, path, body))
}
