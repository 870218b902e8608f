//! The operations on licenses and their seats, ready to be called.

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use crate::seats::{TWELVE, ids, license};

/// The caller of one of these operations, its method and path, and what it sends; none for any other operation.
pub(super) async fn ready(portal: &TestPortal, operation: &str) -> Option<(Caller, &'static str, String, Value)> {
    let path = format!("/api/licenses/{}", license(portal, TWELVE));
    let people = ids(portal, &["mia@acme.test", "dora@acme.test", "max@acme.test"]);
    let (method, path, body) = match operation {
        "assign seats" => ("PUT", format!("{path}/seats"), json!({ "users": people[1..] })),
        "release seats" => ("POST", format!("{path}/seats/releases"), json!({ "users": people[..1] })),
        "move a seat" => ("POST", format!("{path}/seats/moves"), json!({ "from": people[0], "to": people[1] })),
        "a license" => ("GET", path, Value::Null),
        "seats" => ("GET", format!("{path}/seats"), Value::Null),
        "candidates" => ("GET", format!("{path}/candidates"), Value::Null),
        "a summary" => ("GET", "/api/licenses/summary".to_owned(), Value::Null),
        "a file of licenses" => ("GET", "/api/licenses/export".to_owned(), Value::Null),
        _ => return None,
    };
    Some((portal.owner().await, method, path, body))
}
