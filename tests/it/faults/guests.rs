//! The operations about guests, ready to be called.

use serde_json::{Value, json};
use tests::portal::{Caller, GOOD, TestPortal};

use crate::{
    guests::{GUESTS, PETE, acme_id, admitted, guest, offered},
    seats::ids,
    team::path,
};

/// Those that change something.
pub(super) const CHANGES: [&str; 6] = [
    "invite a guest",
    "come in as a guest",
    "renew a guest",
    "remove a guest",
    "switch in as a guest",
    "leave as a guest",
];

/// The caller of one of these operations, its method and path, and what it sends; none for any other operation.
pub(crate) async fn ready(portal: &TestPortal, operation: &str) -> Option<(Caller, &'static str, String, Value)> {
    Some(match operation {
        "invite a guest" => (portal.owner().await, "POST", GUESTS.to_owned(), offered(PETE)),
        "come in as a guest" => {
            portal.owner().await.post(GUESTS, offered(PETE)).await.expect(201);
            let one = format!("/api/sign-up/invitations/{}", acme_id(portal));
            (portal.partner_member().await, "PUT", one, json!({}))
        }
        "renew a guest" => {
            admitted(portal, offered(PETE)).await;
            let period = format!("{GUESTS}/{}/period", ids(portal, &[PETE]).remove(0));
            (portal.owner().await, "PUT", period, json!({ "days": 30 }))
        }
        "remove a guest" => {
            admitted(portal, offered(PETE)).await;
            (portal.owner().await, "DELETE", path(portal, PETE), Value::Null)
        }
        "switch in as a guest" => {
            let body = json!({ "account_id": acme_id(portal), "password": GOOD });
            (admitted(portal, offered(PETE)).await, "PUT", "/api/session/account".to_owned(), body)
        }
        "leave as a guest" => {
            (guest(portal, offered(PETE)).await, "DELETE", "/api/session/guest".to_owned(), Value::Null)
        }
        "accounts of a guest" => {
            (admitted(portal, offered(PETE)).await, "GET", "/api/session/accounts".to_owned(), Value::Null)
        }
        "my accounts as a guest" => {
            (guest(portal, offered(PETE)).await, "GET", "/api/session/accounts".to_owned(), Value::Null)
        }
        "me as a guest" => (guest(portal, offered(PETE)).await, "GET", "/api/session".to_owned(), Value::Null),
        _ => return None,
    })
}
