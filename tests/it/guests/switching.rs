//! Switching between one's own account and those one is a guest of (R512).

use serde_json::{Value, json};
use tests::portal::{GOOD, TestPortal};

use super::{PETE, acme_id, admitted, guest, offered, offered_as_manager, switch};
use crate::team_invitations::account_of;

/// R512, R111
#[tokio::test]
async fn one_switches_in_and_back_with_the_password_each_time() {
    let portal = TestPortal::new().await;
    let pete = admitted(&portal, offered(PETE)).await;
    let (home, acme) = (account_of(&pete).await, acme_id(&portal));
    let listed = pete.get("/api/session/accounts").await.expect(200);
    let mut offers: Vec<_> =
        listed.json["items"].as_array().unwrap().iter().map(|item| item["guest"].clone()).collect();
    offers.sort_by_key(Value::to_string);
    let theirs = json!({
        "home": { "id": home, "name": "Orion Resellers" }, "until": "2027-02-20T12:00:00Z", "ended": false,
    });
    assert_eq!(offers, [Value::Null, theirs]);

    let asked = pete.put("/api/session/account", json!({ "account_id": acme })).await;
    assert_eq!(asked.at("/password"), "password_needed");
    let wrong = pete.put("/api/session/account", json!({ "account_id": acme, "password": "not the right one" })).await;
    assert_eq!(wrong.status, 422);
    let before = pete.again();
    let there = switch(&pete, &acme).await.expect(200);
    assert_eq!((there.text("/account/id"), there.text("/capacity"), there.text("/role")), (&*acme, "guest", "member"));
    assert_eq!((there.text("/home/id"), there.text("/home/name")), (&*home, "Orion Resellers"));
    assert_eq!(there.text("/guest_until"), "2027-02-20T12:00:00Z");
    assert_eq!(before.get("/api/session").await.says(), "401 session_ended", "the one before ends");
    assert_eq!(pete.get("/api/session").await.expect(200).json, there.json, "what a reload finds");
    assert_eq!(pete.get("/api/licenses").await.expect(200).text("/scope"), "account", "as he was let in");

    assert_eq!(
        pete.put("/api/session/account", json!({ "account_id": home })).await.at("/password"),
        "password_needed"
    );
    let back = switch(&pete, &home).await.expect(200);
    assert_eq!((back.text("/account/id"), back.text("/capacity")), (&*home, "member"));
    assert_eq!((&back.json["home"], &back.json["guest_until"]), (&Value::Null, &Value::Null));
    pete.get("/api/partner/customers").await.expect(200);
}

/// R512: a partner's automatic access is no account of one's own.
#[tokio::test]
async fn only_memberships_and_guest_accounts_are_offered() {
    let portal = TestPortal::new().await;
    let pete = portal.partner_member().await;
    let listed = pete.get("/api/session/accounts").await.expect(200);
    assert_eq!(listed.json["items"].as_array().unwrap().len(), 1);
    assert_eq!(switch(&pete, &acme_id(&portal)).await.says(), "404 not_found");
}

/// R512
#[tokio::test]
async fn inside_a_customer_there_are_no_customers() {
    let portal = TestPortal::new().await;
    let pete = guest(&portal, offered_as_manager(PETE, 90)).await;
    assert_eq!(pete.get("/api/partner/customers").await.says(), "404 not_found");
    let may = pete.get("/api/session").await.expect(200).json["may"].clone();
    assert!(!may.as_array().unwrap().iter().any(|act| act.as_str().unwrap().contains("customer")), "{may}");
    // Nor does naming one help: not the account's own, not another, not the partner's.
    for id in [acme_id(&portal), account_of(&portal.other_owner().await).await] {
        let there = pete.on_customer(&id);
        assert_eq!(there.get("/api/licenses").await.says(), "404 not_found", "{id}");
        assert_eq!(there.get("/api/team/people").await.says(), "404 not_found", "{id}");
    }
}

/// R512: the only account of one's own is begun in; where one is a guest, because one chose to.
#[tokio::test]
async fn signing_in_never_begins_in_an_account_one_is_a_guest_of() {
    let portal = TestPortal::new().await;
    let pete = admitted(&portal, offered(PETE)).await;
    let home = account_of(&pete).await;
    assert_eq!(account_of(&portal.partner_member().await).await, home);
    // Taken out at home, what is left is a guest's, whose time is over with it.
    let orion = portal.wire.snapshot().find("accounts", "USER#", &format!("MEMBER#{home}"));
    let user = crate::seats::ids(&portal, &[PETE]).remove(0);
    for row in orion.iter().filter(|row| row["pk"]["S"] == format!("USER#{user}")) {
        portal.delete("accounts", row);
    }
    portal.delete(
        "accounts",
        &json!({ "pk": { "S": format!("ACCOUNT#{home}") }, "sk": { "S": format!("MEMBER#{user}") } }),
    );
    let pete = portal.partner_member().await;
    assert_eq!(pete.get("/api/session").await.expect(200).text("/standing"), "unattached");
    let first = pete.put("/api/session/account", json!({ "account_id": acme_id(&portal) })).await;
    assert_eq!(first.says(), "403 guest_ended");
    assert_eq!(pete.get("/api/session/accounts").await.expect(200).json["items"][0]["guest"]["ended"], true);
}

/// R512, R206
#[tokio::test]
async fn ones_sessions_say_where_they_work() {
    let portal = TestPortal::new().await;
    let pete = guest(&portal, offered(PETE)).await;
    let _at_home = portal.partner_member().await;
    let listed = pete.get("/api/session/sessions").await.expect(200);
    let mut names: Vec<_> =
        listed.json["items"].as_array().unwrap().iter().map(|item| item["account"]["name"].clone()).collect();
    names.sort_by_key(Value::to_string);
    assert_eq!(names, [json!("Acme Engineering"), json!("Orion Resellers")]);
}

/// R512: a page made in one account does not act in another.
#[tokio::test]
async fn a_tab_from_before_the_switch_is_refused() {
    let portal = TestPortal::new().await;
    let pete = admitted(&portal, offered_as_manager(PETE, 90)).await;
    let home = account_of(&pete).await;
    switch(&pete, &acme_id(&portal)).await.expect(200);
    for (method, path) in [("GET", "/api/licenses"), ("GET", "/api/team/people"), ("DELETE", "/api/session/guest")] {
        let stale = pete.request(method, path).header("x-portico-account", &home);
        assert_eq!(pete.send(stale, hyper::body::Bytes::new()).await.says(), "409 account_changed", "{method} {path}");
    }
    let fresh = pete.request("GET", "/api/licenses").header("x-portico-account", acme_id(&portal));
    assert_eq!(pete.send(fresh, hyper::body::Bytes::new()).await.status, 200);
}

/// R512: a second factor is asked for as at any switch.
#[tokio::test]
async fn the_second_factor_is_asked_for_too() {
    let portal = TestPortal::new().await;
    let pete = admitted(&portal, offered(PETE)).await;
    let factor = portal.set_up_factor(&pete).await;
    portal.clock.advance_secs(30);
    let acme = acme_id(&portal);
    let without = pete.put("/api/session/account", json!({ "account_id": acme, "password": GOOD })).await;
    assert_eq!(without.status, 422, "{}", without.says());
    let body = json!({ "account_id": acme, "password": GOOD, "code": factor.app.code(portal.clock.now()) });
    assert_eq!(pete.put("/api/session/account", body).await.expect(200).text("/capacity"), "guest");
}
