//! The cases about products, releases and downloads.

use std::time::Duration;

use serde_json::{Value, json};
use tests::portal::TestPortal;
use tests::wire::Calls;

use crate::releases::{put_release, sent};
use crate::seats::{TWELVE, license};

/// Every operation in each way that costs differently.
pub(super) const CASES: [&str; 10] = [
    "DELETE /api/staff/products/{code}/releases/{version}",
    "GET /api/licenses/{id}/releases",
    "GET /api/licenses/{id}/releases: assigned",
    "GET /api/staff/products/{code}",
    "GET /api/staff/products/{code}/releases",
    "POST /api/licenses/{id}/downloads",
    "POST /api/licenses/{id}/downloads: assigned",
    "POST /api/staff/products/{code}/uploads",
    "PUT /api/staff/products/{code}",
    "PUT /api/staff/products/{code}/releases/{version}",
];

/// The most calls in a row that a person waits for, where it is not the usual.
pub(super) fn deepest(case: &str) -> Option<usize> {
    // Nothing is stored before the bytes have arrived.
    (case == "POST /api/staff/products/{code}/uploads").then_some(1)
}

/// Runs a case of these; none for any other. `hold` keeps answers back while it is measured, and not before.
pub(super) async fn run(case: &str, portal: &TestPortal, hold: Duration) -> Option<(u16, Calls)> {
    if !CASES.contains(&case) {
        return None;
    }
    let (request, way) = case.split_once(": ").unwrap_or((case, ""));
    let (method, path) = request.split_once(' ').unwrap_or_default();
    let file = put_release(portal).await;
    let mut path =
        path.replace("{id}", &license(portal, TWELVE)).replace("{code}", "NLD").replace("{version}", "2026.1");
    let body = if path.ends_with("/downloads") {
        json!({ "release": "2026.1", "file": file, "product": "NLD" })
    } else {
        sent(method, &path)
    };
    if request.starts_with("GET /api/licenses") {
        path.push_str("?product=NLD");
    }
    let by = match way {
        "assigned" => portal.member().await,
        _ if path.starts_with("/api/staff") => portal.support().await,
        _ => portal.owner().await,
    };
    portal.wire.hold(hold);
    let made = async {
        match body {
            Value::Null => by.send(by.request(method, &path), Default::default()).await,
            _ => by.send_json(method, &path, &body).await,
        }
    };
    let (reply, calls) = portal.wire.record(made).await;
    Some((reply.status, calls))
}
