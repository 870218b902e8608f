//! The end of a guest's time (R510, R514): asked at every request, and not left to a sweep.

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use super::{DAY, PETE, acme_id, guest, is_over, offered_as_manager, switch};
use crate::{
    seats::ids,
    team::{acme, act, path},
    team_invitations::account_of,
};

/// Pete at work in Acme as a manager, for thirty days.
async fn at_work(portal: &TestPortal) -> Caller {
    let pete = guest(portal, offered_as_manager(PETE, 30)).await;
    for place in super::PLACES {
        pete.get(place).await.expect(200);
    }
    pete
}

fn key(pk: &str, sk: &str) -> Value {
    json!({ "pk": { "S": pk }, "sk": { "S": sk } })
}

/// Moves the clock on, with somebody in front of the page, so that only a guest's time ends.
async fn stay(portal: &TestPortal, guest: &mut Caller, seconds: u64) {
    portal.clock.advance_secs(seconds);
    *guest = portal.partner_member().await;
}

/// R510
#[tokio::test]
async fn the_next_request_after_the_end_is_refused() {
    let portal = TestPortal::new().await;
    let mut pete = at_work(&portal).await;
    stay(&portal, &mut pete, 30 * DAY - 60).await;
    switch(&pete, &acme_id(&portal)).await.expect(200);
    pete.get("/api/licenses").await.expect(200);
    portal.clock.advance_secs(59);
    pete.get("/api/licenses").await.expect(200);
    portal.clock.advance_secs(1);
    is_over(&pete).await;
    let listed = pete.get("/api/session/accounts").await.expect(200);
    let theirs = listed.json["items"].as_array().unwrap().iter().find(|item| !item["guest"].is_null()).unwrap();
    assert_eq!(theirs["guest"]["ended"], true);
    // Back to their own; and not in again.
    let home = listed.json["items"].as_array().unwrap().iter().find(|item| item["guest"].is_null()).unwrap();
    switch(&pete, home["id"].as_str().unwrap()).await.expect(200);
    assert_eq!(switch(&pete, &acme_id(&portal)).await.says(), "403 guest_ended");
}

/// R510, R514
#[tokio::test]
async fn whatever_it_rests_on_ends_it_at_once() {
    let portal = TestPortal::new().await;
    let pete = at_work(&portal).await;
    let user = ids(&portal, &[PETE]).remove(0);
    let orion = account_of(&portal.partner_owner().await).await;
    let (theirs, there) = (key(&format!("ACCOUNT#{orion}"), "ACCOUNT"), format!("MEMBER#{user}"));
    let place = key(&format!("ACCOUNT#{orion}"), &there);
    let own = key(&acme(&portal), "ACCOUNT");
    let kept = portal.wire.keep();
    let changes: [(&str, &Value, &str, Value); 5] = [
        ("the partner left", &own, "SET px = :px REMOVE pa", json!({ ":px": { "S": "automatic" } })),
        ("another partner came", &own, "SET pa = :pa", json!({ ":pa": { "S": acme_id(&portal) } })),
        (
            "the partner is suspended",
            &theirs,
            "SET st = :st, w = :w",
            json!({ ":st": { "S": "suspended" }, ":w": { "S": "Unpaid" } }),
        ),
        ("they are deactivated there", &place, "SET st = :st", json!({ ":st": { "S": "deactivated" } })),
        ("they are unlinked there", &place, "SET st = :st", json!({ ":st": { "S": "unlinked" } })),
    ];
    for (what, row, change, values) in changes {
        portal.update(row, change, values);
        assert_eq!(pete.get("/api/licenses").await.says(), "403 guest_ended", "{what}");
        is_over(&pete).await;
        portal.wire.bring_back(&kept);
        pete.get("/api/licenses").await.expect(200);
    }
    portal.delete("accounts", &place);
    is_over(&pete).await;
    // Guests only is no end: they were let in by name.
    portal.wire.bring_back(&kept);
    portal.update(&own, "SET px = :px", json!({ ":px": { "S": "guests_only" } }));
    pete.get("/api/licenses").await.expect(200);
}

/// R510, R506: a suspended account is one for its guests too.
#[tokio::test]
async fn what_stops_the_account_stops_its_guests() {
    let portal = TestPortal::new().await;
    let pete = at_work(&portal).await;
    let own = key(&acme(&portal), "ACCOUNT");
    let values = json!({ ":st": { "S": "suspended" }, ":w": { "S": "Two invoices are unpaid." } });
    portal.update(&own, "SET st = :st, w = :w", values);
    assert_eq!(pete.get("/api/licenses").await.says(), "403 account_suspended");
}

/// R306, R510: the team's acts fit guests; what would make them belong does not.
#[tokio::test]
async fn the_team_switches_a_guest_off_and_on_and_ends_it() {
    let portal = TestPortal::new().await;
    let (ada, pete) = (portal.owner().await, at_work(&portal).await);
    let place = path(&portal, PETE);
    act(&ada, &place, "deactivate").await.expect(204);
    assert_eq!(pete.get("/api/licenses").await.says(), "403 membership_deactivated");
    act(&ada, &place, "reactivate").await.expect(204);
    for what in ["unlink", "link"] {
        assert_eq!(act(&ada, &place, what).await.says(), "409 member_is_guest", "{what}");
    }
    assert_eq!(ada.post(&format!("{place}/invitation"), json!({})).await.says(), "409 member_is_guest");
    let pete = portal.partner_member().await;
    switch(&pete, &acme_id(&portal)).await.expect(200);
    act(&ada, &place, "remove").await.expect(204);
    assert_eq!(pete.get("/api/licenses").await.says(), "401 session_ended");
    assert_eq!(ada.get(&place).await.says(), "404 not_found");
    super::agree(&portal);
    let told = crate::team::letter(&portal, PETE).await;
    assert!(told.contains("has ended your access as a guest"), "{told}");
}
