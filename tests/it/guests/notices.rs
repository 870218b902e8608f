//! Notices that a guest's time ends: thirty-one, seven and one days before, once each (R510).

use serde_json::json;
use tests::portal::TestPortal;
use tests::wire::{Fault, Rule};

use super::{DAY, GUESTS, PETE, admitted, offered, offered_as_manager};
use crate::{
    seats::ids,
    team::{MAX, acme, letter},
};

/// So many notices did a run write.
async fn told(portal: &TestPortal) -> usize {
    portal.housekeeping().await.unwrap().guests_told
}

/// R510
#[tokio::test]
async fn guest_and_inviter_read_of_each_once() {
    let portal = TestPortal::new().await;
    portal.manager().await.post(GUESTS, offered(PETE)).await.expect(201);
    super::accept(&portal, &portal.partner_member().await).await.expect(200);
    let mut notices = Vec::new();
    for day in 0..=92 {
        // Twice a day, and twice at once.
        let (one, other) = tokio::join!(told(&portal), told(&portal));
        let again = told(&portal).await;
        if one + other + again > 0 {
            notices.push((day, one + other + again));
        }
        portal.clock.advance_secs(DAY);
    }
    assert_eq!(notices, [(59, 1), (83, 1), (89, 1)], "31, 7 and 1 days before the ninetieth");
    let theirs = letter(&portal, PETE).await;
    for when in ["ends in 31 days, on 20 February 2027", "ends in 7 days, on", "ends tomorrow, on"] {
        assert_eq!(theirs.matches(when).count(), 1, "{when} in {theirs}");
    }
    let ours = letter(&portal, MAX).await;
    assert_eq!(ours.matches("von Orion Resellers ist Gast von Acme Engineering").count(), 3, "{ours}");
}

/// R510: a run that failed, or was not there for days, is made up for while the stage lasts.
#[tokio::test]
async fn what_was_missed_is_made_up_for() {
    let portal = TestPortal::new().await;
    admitted(&portal, offered_as_manager(PETE, 60)).await;
    assert_eq!(told(&portal).await, 0);
    portal.clock.advance_secs(35 * DAY);
    portal.wire.inject(Rule::new(Fault::InternalError).on("TransactWriteItems"));
    portal.housekeeping().await.unwrap_err();
    portal.wire.heal();
    assert_eq!(told(&portal).await, 1, "of 31 days, with 25 left");
    portal.clock.advance_secs(24 * DAY);
    assert_eq!(told(&portal).await, 1, "the last alone: that of seven days is over");
}

/// R510, R514: nobody is told of an end that is none.
#[tokio::test]
async fn nobody_is_told_of_what_has_ended_already() {
    let portal = TestPortal::new().await;
    admitted(&portal, offered_as_manager(PETE, 40)).await;
    assert_eq!(told(&portal).await, 0);
    portal.clock.advance_secs(9 * DAY);
    let kept = portal.wire.keep();
    let own = json!({ "pk": { "S": acme(&portal) }, "sk": { "S": "ACCOUNT" } });
    portal.update(&own, "SET px = :px REMOVE pa", json!({ ":px": { "S": "automatic" } }));
    assert_eq!(told(&portal).await, 0);
    portal.wire.bring_back(&kept);
    let ada = portal.owner().await;
    let period = format!("{GUESTS}/{}/period", ids(&portal, &[PETE]).remove(0));
    ada.put(&period, json!({ "days": 200 })).await.expect(204);
    assert_eq!(told(&portal).await, 0, "they stay longer");
    ada.put(&period, json!({ "days": 31 })).await.expect(204);
    portal.clock.advance_secs(DAY);
    assert_eq!(told(&portal).await, 1);
}
