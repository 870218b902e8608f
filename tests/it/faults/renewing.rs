//! Renewals, trials and leaked serial numbers, ready to be called.

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use crate::rotation::license;
use crate::trials::offer;

/// The caller of such an operation, its method and path, and what it sends; none for any other operation.
pub(super) async fn ready(portal: &TestPortal, operation: &str) -> Option<(Caller, &'static str, String, Value)> {
    let of = async |serial, what| {
        let ada = portal.owner().await;
        let path = format!("/api/licenses/{}/{what}", license(&ada, serial).await);
        (ada, path)
    };
    let (caller, method, path, body) = match operation {
        "ask for a renewal" => {
            let (ada, path) = of("NLR-3B8C-YY2T-K5RW", "renewal-requests").await;
            (ada, "POST", path, json!({ "note": "Please" }))
        }
        // Nobody has a seat of it: lists of people follow in transactions of their own (see `rotation`).
        "replace a serial" => {
            let (ada, path) = of("NLD-PP1A-6C7E-M3NS", "serial-number").await;
            (ada, "POST", path, json!({ "reason": "" }))
        }
        "start a trial" => {
            offer(portal, 30).await;
            (portal.owner().await, "POST", "/api/licenses/trials".to_owned(), json!({ "product": "NLR" }))
        }
        "trials" => {
            offer(portal, 30).await;
            (portal.owner().await, "GET", "/api/licenses/trials".to_owned(), Value::Null)
        }
        _ => return None,
    };
    Some((caller, method, path, body))
}
