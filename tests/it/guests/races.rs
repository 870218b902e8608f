//! Two at once over a guest (R510): whatever comes first, what is stored agrees.

use serde_json::json;
use tests::portal::TestPortal;

use super::{DAY, GUESTS, PETE, accept, acme_id, admitted, agree, offered, offered_as_manager, switch};
use crate::{
    seats::ids,
    team::{act, path, row},
    team_invitations::INVITATIONS,
};

/// R510
#[tokio::test]
async fn one_of_two_who_accept_at_once_comes_in() {
    let portal = TestPortal::new().await;
    portal.owner().await.post(GUESTS, offered(PETE)).await.expect(201);
    let (one, other) = (portal.partner_member().await, portal.partner_member().await);
    let (one, other) = tokio::join!(accept(&portal, &one), accept(&portal, &other));
    let mut says = [one.says(), other.says()];
    says.sort();
    assert_eq!(says[0], "200");
    assert!(["404 not_found", "409 already_in_account", "410 invitation_used"].contains(&&*says[1]), "{says:?}");
    agree(&portal);
}

/// R510
#[tokio::test]
async fn who_accepts_while_it_is_taken_back_is_in_or_not() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    for _ in 0..5 {
        let id = ada.post(GUESTS, offered(PETE)).await.expect(201).text("/id").to_owned();
        let pete = portal.partner_member().await;
        let path_of = format!("{INVITATIONS}/{id}");
        let (accepted, revoked) = tokio::join!(accept(&portal, &pete), ada.delete(&path_of));
        assert_ne!(accepted.status == 200, revoked.status == 204, "{} {}", accepted.says(), revoked.says());
        agree(&portal);
        if accepted.status == 200 {
            act(&ada, &path(&portal, PETE), "remove").await.expect(204);
        }
        portal.clock.advance_secs(60);
    }
}

/// R510
#[tokio::test]
async fn of_renewing_and_removing_at_once_what_is_left_agrees() {
    let portal = TestPortal::new().await;
    let (ada, max) = (portal.owner().await, portal.manager().await);
    for _ in 0..5 {
        admitted(&portal, offered_as_manager(PETE, 20)).await;
        let (place, period) = (path(&portal, PETE), format!("{GUESTS}/{}/period", ids(&portal, &[PETE]).remove(0)));
        let (renewed, removed) = tokio::join!(ada.put(&period, json!({ "days": 99 })), act(&max, &place, "remove"));
        for reply in [&renewed, &removed] {
            assert!(matches!(reply.status, 204 | 404 | 409), "{}", reply.says());
        }
        agree(&portal);
        if row(&portal, PETE).is_some() {
            act(&max, &place, "remove").await.expect(204);
        }
        portal.clock.advance_secs(60);
    }
}

/// R510: a renewal and the sweep that takes an old row away, at once.
#[tokio::test]
async fn of_renewing_and_forgetting_at_once_what_is_left_agrees() {
    let portal = TestPortal::new().await;
    admitted(&portal, offered_as_manager(PETE, 10)).await;
    portal.housekeeping().await.unwrap();
    portal.clock.advance_secs(101 * DAY);
    let ada = portal.owner().await;
    let period = format!("{GUESTS}/{}/period", ids(&portal, &[PETE]).remove(0));
    let (renewed, swept) = tokio::join!(ada.put(&period, json!({ "days": 99 })), portal.housekeeping());
    let forgotten = swept.unwrap().guests_forgotten;
    assert_eq!(usize::from(renewed.status != 204), forgotten, "{}", renewed.says());
    assert_eq!(row(&portal, PETE).is_some(), renewed.status == 204);
    agree(&portal);
}

/// R510: nobody switches in while it ends.
#[tokio::test]
async fn of_switching_in_and_being_removed_at_once_nobody_is_left_inside() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    admitted(&portal, offered(PETE)).await;
    let (place, pete) = (path(&portal, PETE), portal.partner_member().await);
    let acme = acme_id(&portal);
    let (_, removed) = tokio::join!(switch(&pete, &acme), act(&ada, &place, "remove"));
    removed.expect(204);
    let me = pete.get("/api/session").await;
    assert!(me.status == 401 || me.text("/account/id") != acme, "{}", me.json);
    agree(&portal);
}
