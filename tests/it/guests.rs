//! Guests: people of an account's partner whom it lets in for a while (R510), and switching between accounts (R512).

mod answering;
mod expiry;
mod inviting;
mod keeping;
mod leaving;
mod notices;
mod races;
mod seats;
mod staying;
mod switching;

use serde_json::{Value, json};
use tests::portal::{Caller, GOOD, Reply, TestPortal};

use crate::team::acme;

/// Where guests are invited.
pub(crate) const GUESTS: &str = "/api/team/guests";
/// A member of Orion, the partner of Acme.
pub(crate) const PETE: &str = "pete@orion.test";
/// A day, in seconds.
pub(crate) const DAY: u64 = 86_400;

/// What a form to invite a guest sends.
pub(crate) fn offered(email: &str) -> Value {
    json!({ "email": email, "role": "member", "permissions": ["view_orders"], "language": "en" })
}

/// The same as a manager, for so many days.
pub(crate) fn offered_as_manager(email: &str, days: u16) -> Value {
    json!({ "email": email, "role": "manager", "days": days, "language": "en" })
}

/// Acme's id.
pub(crate) fn acme_id(portal: &TestPortal) -> String {
    acme(portal).trim_start_matches("ACCOUNT#").to_owned()
}

/// Accepts Acme's invitation.
pub(crate) async fn accept(portal: &TestPortal, caller: &Caller) -> Reply {
    caller.put(&format!("/api/sign-up/invitations/{}", acme_id(portal)), json!({})).await
}

/// Switches to an account, with the password.
pub(crate) async fn switch(caller: &Caller, account: &str) -> Reply {
    caller.put("/api/session/account", json!({ "account_id": account, "password": GOOD })).await
}

/// Makes Pete a guest of Acme, invited by its owner: he has accepted, and works at his own account.
pub(crate) async fn admitted(portal: &TestPortal, body: Value) -> Caller {
    portal.owner().await.post(GUESTS, body).await.expect(201);
    let pete = portal.partner_member().await;
    accept(portal, &pete).await.expect(200);
    pete
}

/// The same, and he works at Acme.
pub(crate) async fn guest(portal: &TestPortal, body: Value) -> Caller {
    let pete = admitted(portal, body).await;
    switch(&pete, &acme_id(portal)).await.expect(200);
    pete
}

/// What of the account a guest reaches, each by a call.
pub(crate) const PLACES: [&str; 4] =
    ["/api/licenses", "/api/licenses/summary", "/api/team/people", "/api/team/managers"];

/// Nothing of the account is reachable; the person is, and reads why.
pub(crate) async fn is_over(guest: &Caller) {
    for place in PLACES {
        assert_eq!(guest.get(place).await.says(), "403 guest_ended", "{place}");
    }
    let me = guest.get("/api/session").await.expect(200);
    assert_eq!((me.text("/standing"), me.text("/capacity")), ("guest_ended", "guest"));
    assert_eq!((&me.json["role"], &me.json["permissions"]), (&Value::Null, &json!([])));
}

/// Every guest's place has its copy, which says the same, and a mark on the day on which it ends; no mark is without one.
pub(crate) fn agree(portal: &TestPortal) {
    crate::team::recount::agree(portal);
    let stored = portal.wire.snapshot();
    let text = |row: &Value, what: &str| row[what]["S"].as_str().unwrap_or_default().to_owned();
    let mut due = Vec::new();
    for row in stored.find("accounts", "ACCOUNT#acc_", "MEMBER#").into_iter().filter(|row| !row["gh"].is_null()) {
        let until: i64 = row["gu"]["N"].as_str().unwrap().parse().unwrap();
        let until = domain::Timestamp::from_millisecond(until).unwrap();
        let (account, user) = (text(&row, "pk").replace("ACCOUNT#", ""), text(&row, "sk").replace("MEMBER#", ""));
        due.push((format!("GUESTENDS#{}", until.strftime("%F")), format!("{account}#{user}")));
        let copy = stored.find("accounts", &format!("USER#{user}"), &format!("MEMBER#{account}")).remove(0);
        for what in ["gh", "gn", "gu", "gb"] {
            assert_eq!(copy[what], row[what], "{what} of the copy");
        }
    }
    due.sort();
    let marks = stored.find("accounts", "GUESTENDS#", "acc_");
    let mut marked: Vec<_> = marks.iter().map(|row| (text(row, "pk"), text(row, "sk"))).collect();
    marked.sort();
    assert_eq!(marked, due);
}
