//! The operations that read an account's people, ready to be called.

use serde_json::Value;
use tests::portal::{Caller, TestPortal};

use crate::seats::ids;

/// The caller of one of these operations, its method and path, and what it sends; none for any other operation.
pub(super) async fn ready(portal: &TestPortal, operation: &str) -> Option<(Caller, &'static str, String, Value)> {
    let mia = ids(portal, &["mia@acme.test"]).remove(0);
    let path = match operation {
        "people" => "/api/team/people".to_owned(),
        "a file of people" => "/api/team/people/export".to_owned(),
        "a member's licenses" => format!("/api/team/members/{mia}/licenses"),
        "a member's activity" => format!("/api/team/members/{mia}/activity"),
        _ => return None,
    };
    Some((portal.owner().await, "GET", path, Value::Null))
}
