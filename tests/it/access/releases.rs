//! How the calls about products, releases and downloads are made: by a license of the account the caller works in or
//! worked in, by another account's, and by none.

use serde_json::{Value, json};

use super::Standing;
use crate::releases::{put_release, sent};
use crate::seats::license;

/// Path and body of a row that is about these.
pub(super) async fn call(standing: &Standing, row: &str) -> Option<(String, Value)> {
    let (method, rest) = row.split_once(' ')?;
    let (path, relation) = rest.split_once(' ').unwrap_or((rest, ""));
    let by_license = path == "/api/licenses/{id}/releases" || path == "/api/licenses/{id}/downloads";
    if !by_license && !path.starts_with("/api/staff/products/") {
        return None;
    }
    let file =
        if relation == "missing" { format!("fil_{}", "0".repeat(26)) } else { put_release(&standing.portal).await };
    if !by_license {
        let code = if relation == "missing" { "ZZZ" } else { "NLD" };
        let path = path.replace("{code}", code).replace("{version}", "2026.1");
        let body = sent(method, &path);
        return Some((path, body));
    }
    let serial = match (relation, standing.account) {
        ("own", "C10500") => Some("NLD-8QJZ-N3KP-RT0V"),
        ("own", "C20010") => Some("NLD-D3M0-C7XQ-4WEE"),
        ("own", _) | ("foreign", "C10500") => Some("NLD-7Q4M-X2KP-09TV"),
        ("foreign", _) => Some("NLD-8QJZ-N3KP-RT0V"),
        _ => None,
    };
    let id = serial.map_or_else(|| format!("lic_{}", "0".repeat(26)), |serial| license(&standing.portal, serial));
    let path = path.replace("{id}", &id);
    Some(match method {
        "GET" => (format!("{path}?product=NLD"), Value::Null),
        _ => (path, json!({ "release": "2026.1", "file": file, "product": "NLD" })),
    })
}
