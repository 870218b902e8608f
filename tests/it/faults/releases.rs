//! The operations on products, releases and downloads, ready to be called.

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use crate::releases::{put_release, sent};
use crate::seats::{TWELVE, license};

/// The caller of one of these operations, its method and path, and what it sends; none for any other operation.
pub(super) async fn ready(portal: &TestPortal, operation: &str) -> Option<(Caller, &'static str, String, Value)> {
    let (method, path) = match operation {
        "download" => ("POST", "/api/licenses/{id}/downloads"),
        "releases" => ("GET", "/api/licenses/{id}/releases?product=NLD"),
        "change a product" => ("PUT", "/api/staff/products/NLD"),
        "change a release" => ("PUT", "/api/staff/products/NLD/releases/2026.1"),
        "withdraw a release" => ("DELETE", "/api/staff/products/NLD/releases/2026.1"),
        "all releases" => ("GET", "/api/staff/products/NLD/releases"),
        "a product" => ("GET", "/api/staff/products/NLD"),
        "begin an upload" => ("POST", "/api/staff/products/NLD/uploads"),
        _ => return None,
    };
    let file = put_release(portal).await;
    if path.starts_with("/api/staff") {
        return Some((portal.support().await, method, path.to_owned(), sent(method, path)));
    }
    let body = match method {
        "POST" => json!({ "release": "2026.1", "file": file, "product": "NLD" }),
        _ => Value::Null,
    };
    Some((portal.owner().await, method, path.replace("{id}", &license(portal, TWELVE)), body))
}
