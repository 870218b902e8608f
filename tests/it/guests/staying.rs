//! Letting a guest stay longer (R510).

use serde_json::json;
use tests::portal::TestPortal;

use super::{DAY, GUESTS, PETE, acme_id, admitted, agree, guest, is_over, offered, offered_as_manager, switch};
use crate::{
    seats::ids,
    team::{MIA, acme, letter, path},
};

fn period(portal: &TestPortal, email: &str) -> String {
    format!("{GUESTS}/{}/period", ids(portal, &[email]).remove(0))
}

/// R510
#[tokio::test]
async fn it_begins_anew_from_now_on_be_it_longer_or_shorter() {
    let portal = TestPortal::new().await;
    let (ada, pete) = (portal.owner().await, guest(&portal, offered(PETE)).await);
    let place = period(&portal, PETE);
    for (days, until) in [(366, "2027-11-23T12:00:00Z"), (10, "2026-12-02T12:00:00Z"), (10, "2026-12-02T12:00:00Z")] {
        ada.put(&place, json!({ "days": days })).await.expect(204);
        let shown = ada.get(&path(&portal, PETE)).await.expect(200);
        assert_eq!(shown.text("/guest/until"), until);
        assert_eq!(pete.get("/api/session").await.expect(200).text("/guest_until"), until);
        agree(&portal);
    }
    assert!(letter(&portal, PETE).await.contains("as a guest until 2 December 2026"));
}

/// R510: one whose time is over comes back, while the list still shows them.
#[tokio::test]
async fn an_ended_guest_is_let_in_again() {
    let portal = TestPortal::new().await;
    admitted(&portal, offered_as_manager(PETE, 3)).await;
    portal.clock.advance_secs(40 * DAY);
    let (ada, pete) = (portal.owner().await, portal.partner_member().await);
    assert_eq!(switch(&pete, &acme_id(&portal)).await.says(), "403 guest_ended");
    ada.put(&period(&portal, PETE), json!({ "days": 1 })).await.expect(204);
    agree(&portal);
    switch(&pete, &acme_id(&portal)).await.expect(200);
    pete.get("/api/licenses").await.expect(200);
}

/// R510, R514: nobody who is none of the partner's people any more.
#[tokio::test]
async fn whom_the_partner_has_not_is_not_let_in_again() {
    let portal = TestPortal::new().await;
    let pete = guest(&portal, offered(PETE)).await;
    let (ada, place) = (portal.owner().await, period(&portal, PETE));
    let kept = portal.wire.keep();
    let home = pete.get("/api/session").await.expect(200).text("/home/id").to_owned();
    let user = ids(&portal, &[PETE]).remove(0);
    let there = json!({ "pk": { "S": format!("ACCOUNT#{home}") }, "sk": { "S": format!("MEMBER#{user}") } });
    portal.delete("accounts", &there);
    assert_eq!(ada.put(&place, json!({ "days": 9 })).await.says(), "409 not_of_partner");
    portal.wire.bring_back(&kept);
    let own = json!({ "pk": { "S": acme(&portal) }, "sk": { "S": "ACCOUNT" } });
    portal.update(&own, "SET px = :px REMOVE pa", json!({ ":px": { "S": "automatic" } }));
    assert_eq!(ada.put(&place, json!({ "days": 9 })).await.says(), "409 no_partner");
    is_over(&pete).await;
    portal.wire.bring_back(&kept);
    agree(&portal);
}

/// R510
#[tokio::test]
async fn only_guests_have_a_period_and_only_managers_set_it() {
    let portal = TestPortal::new().await;
    let pete = guest(&portal, offered_as_manager(PETE, 30)).await;
    let (max, place) = (portal.manager().await, period(&portal, PETE));
    assert_eq!(max.put(&period(&portal, MIA), json!({ "days": 9 })).await.says(), "404 not_found");
    assert_eq!(max.put(&format!("{GUESTS}/nobody/period"), json!({ "days": 9 })).await.says(), "404 not_found");
    for days in [0, 367, -1] {
        assert_eq!(max.put(&place, json!({ "days": days })).await.at("/days"), "number_invalid", "{days}");
    }
    let member = portal.member().await;
    assert_eq!(member.put(&place, json!({ "days": 0 })).await.says(), "403 managers_only");
    assert_eq!(pete.put(&place, json!({ "days": 300 })).await.says(), "403 not_for_guests", "not their own either");
    let partner = portal.partner_owner().await.on_customer(&acme_id(&portal));
    assert_eq!(partner.put(&place, json!({ "days": 300 })).await.says(), "403 not_for_partners");
    max.put(&place, json!({ "days": 1 })).await.expect(204);
}

/// R313, R510: who belongs to the partner does not come to own the account.
#[tokio::test]
async fn no_guest_becomes_the_owner() {
    let portal = TestPortal::new().await;
    admitted(&portal, offered_as_manager(PETE, 30)).await;
    let wish = json!({
        "kind": "license_contact", "first_name": "Pete", "last_name": "Best", "email": PETE, "reason": "He runs it.",
    });
    portal.owner().await.post("/api/profile/change-requests", wish).await.expect(201);
    let sam = portal.support().await;
    let waiting = sam.get("/api/staff/requests").await.expect(200);
    let decision = format!("/api/staff/requests/{}/decision", waiting.text("/items/0/id"));
    sam.post(&decision, json!({ "decision": "approve" })).await.expect(202);
    let approved = portal.admin().await.post(&decision, json!({ "decision": "approve" })).await;
    assert_eq!(approved.says(), "409 no_longer_possible");
    agree(&portal);
}
