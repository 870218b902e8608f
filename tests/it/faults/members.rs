//! The acts on a member's place, ready to be called.

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use crate::team::{DORA, act, edit, make_at_home, path, wanted};

/// The caller of one of these operations, its method and path, and what it sends; none for any other operation.
pub(crate) async fn ready(portal: &TestPortal, operation: &str) -> Option<(Caller, &'static str, String, Value)> {
    const KNOWN: [&str; 9] = [
        "show a member",
        "change a member",
        "rename a member",
        "deactivate a member",
        "reactivate a member",
        "unlink a member",
        "link a member",
        "remove a member",
        "remove a member at home",
    ];
    if !KNOWN.contains(&operation) {
        return None;
    }
    let ada = portal.owner().await;
    let at = path(portal, DORA);
    let (method, tail, body) = match operation {
        "show a member" => ("GET", "", Value::Null),
        "change a member" | "rename a member" => {
            edit(&ada, &at, "user_name", "dora").await.expect(200);
            let mut form = wanted(&ada.get(&at).await.expect(200).json);
            if operation == "rename a member" {
                form["user_name"] = "maar".into();
            } else {
                form["role"] = "manager".into();
            }
            ("PUT", "", form)
        }
        "deactivate a member" => ("PUT", "/deactivation", json!({})),
        "reactivate a member" => {
            act(&ada, &at, "deactivate").await.expect(204);
            ("DELETE", "/deactivation", Value::Null)
        }
        "unlink a member" => ("DELETE", "/link", Value::Null),
        "link a member" => {
            act(&ada, &at, "unlink").await.expect(204);
            ("PUT", "/link", json!({}))
        }
        _ => {
            if operation == "remove a member at home" {
                make_at_home(portal, DORA);
            }
            ("DELETE", "", Value::Null)
        }
    };
    Some((ada, method, format!("{at}{tail}"), body))
}
