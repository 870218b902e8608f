//! Asking for more and deciding on it, reviews, and the setting of the team area, ready to be called.

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use crate::access_requests::{ask, decision};
use crate::account_claims::id_of;

const MIA: &str = "mia@acme.test";

/// The caller of such an operation, its method and path, and what it sends; none for any other operation.
pub(crate) async fn ready(portal: &TestPortal, operation: &str) -> Option<(Caller, &'static str, String, Value)> {
    const REQUESTS: &str = "/api/team/access-requests";
    let (caller, method, path, body) = match operation {
        "managers" => (portal.member().await, "GET", "/api/team/managers".to_owned(), Value::Null),
        "ask for access" => (portal.member().await, "POST", REQUESTS.to_owned(), json!({ "wants": "orders" })),
        "access requests" | "grant access" | "refuse access" => {
            ask(&portal.member().await, "orders").await.expect(201);
            let (max, one) = (portal.manager().await, decision(portal, MIA));
            match operation {
                "access requests" => (max, "GET", REQUESTS.to_owned(), Value::Null),
                "grant access" => (max, "POST", one, json!({ "decision": "grant" })),
                _ => (max, "POST", one, json!({ "decision": "refuse", "reason": "Not yet." })),
            }
        }
        "a review" => (portal.owner().await, "GET", "/api/team/review".to_owned(), Value::Null),
        "keep a member" => {
            let path = format!("/api/team/review/{}", id_of(portal, MIA));
            (portal.owner().await, "PUT", path, Value::Null)
        }
        "the team area" => (portal.admin().await, "GET", "/api/staff/team-area".to_owned(), Value::Null),
        "set the team area" => {
            let body = json!({ "team_area": "partners" });
            (portal.admin().await, "PUT", "/api/staff/team-area".to_owned(), body)
        }
        _ => return None,
    };
    Some((caller, method, path, body))
}
