//! What `staff` does about products and releases, and `licenses` about downloads.

use serde_json::{Value, json};
use tests::portal::Caller;

use super::Cold;
use super::console::Console;
use crate::releases::sent;
use crate::seats::{TWELVE, license};

/// Everything that can be done with products and their releases.
pub(super) async fn everything(console: &mut Console) {
    console.call("GET", "products/NLD", Value::Null).await;
    console.call("PUT", "products/NLD", sent("PUT", "products/NLD")).await;
    console.call("POST", "products/NLD/uploads", sent("POST", "products/NLD/uploads")).await;
    let release = json!({ "released_on": "2026-05-20", "files": [], "published": true });
    console.call("PUT", "products/NLD/releases/2026.3", release).await;
    console.call("GET", "products/NLD/releases", Value::Null).await;
    console.call("DELETE", "products/NLD/releases/2026.3", Value::Null).await;
}

/// Everything that can be done with the release that is there, by the owner and by a member with a seat.
pub(super) async fn downloads(cold: &mut Cold, file: &str, callers: [&Caller; 2]) {
    let path = format!("/api/licenses/{}", license(&cold.portal, TWELVE));
    for caller in callers {
        let releases = format!("{path}/releases?product=NLD");
        assert_eq!(cold.send(Some(caller), "GET", &releases, Value::Null).await.status, 200);
        let wanted = json!({ "release": "2026.1", "file": file, "product": "NLD" });
        assert_eq!(cold.send(Some(caller), "POST", &format!("{path}/downloads"), wanted).await.status, 201);
    }
}
