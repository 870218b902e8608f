//! What functions do about guests.

use serde_json::{Value, json};
use tests::portal::{Caller, GOOD, TestPortal};

use super::{Cold, body};
use crate::{
    access::let_in,
    guests::{PETE, acme_id},
    seats::ids,
};

/// Somebody signs in at home, switches into an account as its guest, and leaves it.
pub(super) async fn in_and_out(cold: &mut Cold) {
    let pete = cold.portal.stranger();
    let begun = cold.send(None, "POST", "/api/session", json!({ "name": PETE, "password": GOOD })).await;
    pete.keep(&begun.headers);
    let accounts = body(&cold.send(Some(&pete), "GET", "/api/session/accounts", Value::Null).await);
    assert!(accounts["items"].as_array().unwrap().iter().any(|item| item["guest"]["ended"] == false), "{accounts}");
    let chosen = json!({ "account_id": acme_id(&cold.portal), "password": GOOD });
    let switched = cold.send(Some(&pete), "PUT", "/api/session/account", chosen).await;
    assert_eq!(switched.status, 200);
    pete.keep(&switched.headers);
    assert_eq!(cold.send(Some(&pete), "DELETE", "/api/session/guest", Value::Null).await.status, 204);
}

/// A guest's invitation is accepted.
pub(super) async fn accepted(cold: &mut Cold, pete: &Caller) {
    let one = format!("/api/sign-up/invitations/{}", acme_id(&cold.portal));
    assert_eq!(cold.send(Some(pete), "PUT", &one, json!({})).await.status, 200);
}

/// A guest whose time ended ninety-one days ago.
pub(super) fn ended_long_ago(portal: &TestPortal) {
    const PAULA: &str = "paula@orion.test";
    let days = 91;
    let_in(portal, PAULA, "C10423", ("member", -days * 86_400));
    let until = portal.clock.now().checked_sub(domain::SignedDuration::from_hours(24 * days)).expect("a time");
    let user = ids(portal, &[PAULA]).remove(0);
    let mark = json!({
        "pk": { "S": format!("GUESTENDS#{}", until.strftime("%F")) },
        "sk": { "S": format!("{}#{user}", acme_id(portal)) }, "v": { "N": "1" },
    });
    portal.put("accounts", &mark);
}
