//! What becomes of an invitation's mail, as the team reads it (R309).

use serde_json::json;
use tests::portal::{NORA, TestPortal};
use tests::wire::{Fault, Rule};

use super::{invite, invited, look, resend, state};

/// The mailbox simulator's address that does not exist.
const BOUNCES: &str = "bounce@simulator.amazonses.com";

/// The mail service tells that a letter came back.
async fn bounce(portal: &TestPortal, letter: &str, kind: &str) {
    let bounce = json!({ "bounceType": kind, "bounceSubType": "General" });
    let event = json!({ "eventType": "Bounce", "bounce": bounce, "mail": { "tags": { "letter": [letter] } } });
    portal.tell(json!({ "Records": [{ "Sns": { "Message": event.to_string() } }] })).await;
}

/// R309
#[tokio::test]
async fn a_mail_on_its_way_is_queued_then_delivered() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    invite(&max, NORA).await.expect(201);
    assert_eq!(state(&max).await, "queued");
    portal.dispatch().await;
    assert_eq!(state(&max).await, "delivered");
}

/// R309
#[tokio::test]
async fn a_mail_that_comes_back_is_told_until_it_is_sent_again() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    let id = invite(&max, BOUNCES).await.expect(201).text("/id").to_owned();
    portal.dispatch().await;
    assert_eq!(state(&max).await, "bounced");
    let letters = portal.wire.snapshot().find("journal", "LETTER#", "LETTER");
    assert!(letters.iter().any(|row| row["st"]["S"] == "bounced"), "{letters:?}");
    resend(&max, &id).await.expect(204);
    assert_eq!(state(&max).await, "queued");
}

/// R309: whoever opens the link has the mail, whatever was told of it before or is told later.
#[tokio::test]
async fn a_link_opened_is_not_called_undeliverable() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    invite(&max, BOUNCES).await.expect(201);
    portal.dispatch().await;
    let token = portal.letters_to(BOUNCES).await.last_token();
    look(&portal, &token).await.expect(200);
    assert_eq!(state(&max).await, "opened");
}

/// R309
#[tokio::test]
async fn a_complaint_is_no_bounce_and_an_older_mail_changes_nothing() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    invite(&max, "complaint@simulator.amazonses.com").await.expect(201);
    portal.dispatch().await;
    assert_eq!(state(&max).await, "delivered", "it arrived");

    portal.clock.advance_secs(1);
    let (id, _) = invited(&portal, &max, NORA).await;
    let first = portal.wire.snapshot().find("accounts", "INVITATIONS#", &id)[0]["le"]["S"].clone();
    resend(&max, &id).await.expect(204);
    portal.dispatch().await;
    bounce(&portal, first.as_str().unwrap(), "Permanent").await;
    assert_eq!(state(&max).await, "delivered", "the first mail came back, the second did not");
    let second = portal.wire.snapshot().find("accounts", "INVITATIONS#", &id)[0]["le"]["S"].clone();
    bounce(&portal, second.as_str().unwrap(), "Transient").await;
    assert_eq!(state(&max).await, "delivered", "a full mailbox is no answer");
    for event in [json!({ "Records": [{ "Sns": { "Message": "no JSON" } }] }), json!({ "Records": [{ "Sns": {} }] })] {
        portal.tell(event).await;
    }
    bounce(&portal, "ltr_00000000000000000000000000", "Permanent").await;
    bounce(&portal, second.as_str().unwrap(), "Permanent").await;
    assert_eq!(state(&max).await, "bounced");
}

/// R309
#[tokio::test]
async fn a_mail_goes_its_way_though_the_invitation_cannot_be_told() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    invite(&max, NORA).await.expect(201);
    portal.wire.inject(Rule::new(Fault::InternalError).on("UpdateItem").at("accounts"));
    portal.dispatch().await;
    portal.wire.heal();
    assert_eq!(portal.letters_to(NORA).await.count(), 1, "sent, and once");
    let letters = portal.wire.snapshot().find("journal", "LETTER#", "LETTER");
    assert!(letters.iter().all(|row| row["st"]["S"] == "sent"), "{letters:?}");
}
