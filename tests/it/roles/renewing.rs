//! What `licenses` does about renewals, trials and leaked serial numbers.

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use super::{Cold, body};
use crate::trials::offer;

/// What has to be there before: a product on offer to try.
pub(super) async fn prepare(portal: &TestPortal) {
    offer(portal, 30).await;
}

/// Everything the owner of Acme can do about these.
pub(super) async fn everything(cold: &mut Cold, ada: &Caller) {
    let ending = cold.send(Some(ada), "GET", "/api/licenses?sort=end&from=today", Value::Null).await;
    assert_eq!(ending.status, 200);
    assert_eq!(cold.send(Some(ada), "GET", "/api/licenses/trials", Value::Null).await.status, 200);
    let trial = json!({ "product": "NLR" });
    assert_eq!(cold.send(Some(ada), "POST", "/api/licenses/trials", trial).await.status, 201);
    for (serial, act, sent) in [
        ("NLD-WW9D-4F6H-J8QN", "renewal-requests", json!({ "note": "Please" })),
        ("NLR-3B8C-YY2T-K5RW", "serial-number", json!({ "reason": "It was in a video" })),
    ] {
        let found = body(&cold.send(Some(ada), "GET", &format!("/api/licenses?serial={serial}"), Value::Null).await);
        let path = format!("/api/licenses/{}/{act}", found["items"][0]["id"].as_str().unwrap());
        let status = cold.send(Some(ada), "POST", &path, sent).await.status;
        assert!(status.is_success(), "{act}: {status}");
    }
}
