//! Answering an invitation as a guest (R510): who may is asked at that moment.

use serde_json::json;
use tests::portal::{NORA, TestPortal};

use super::{GUESTS, PETE, accept, agree, offered};
use crate::{
    team::{acme, letter},
    team_invitations::{MINE, acceptance, state},
};

/// Changes Acme's row past the portal.
fn change_acme(portal: &TestPortal, change: &str, values: serde_json::Value) {
    let row = json!({ "pk": { "S": acme(portal) }, "sk": { "S": "ACCOUNT" } });
    portal.update(&row, change, values);
}

/// R510
#[tokio::test]
async fn who_is_none_of_the_partners_people_is_told_why_and_nobody_else_is() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    for email in ["otto@birch.test", "una@solo.test"] {
        ada.post(GUESTS, offered(email)).await.expect(201);
        let caller = portal.sign_in(email).await;
        assert_eq!(accept(&portal, &caller).await.says(), "409 not_of_partner", "{email}");
        assert_ne!(state(&ada).await, "accepted");
    }
    agree(&portal);
    // Nobody becomes a guest by a login that is made for it.
    ada.post(GUESTS, offered(NORA)).await.expect(201);
    let token = portal.letters_to(NORA).await.last_token();
    let made = portal.stranger().post(&format!("{MINE}/acceptances"), acceptance(&token)).await;
    assert_eq!(made.says(), "409 not_of_partner");
}

/// R510, R514: whatever it rests on is asked when it is accepted, not when it was sent.
#[tokio::test]
async fn what_ended_since_the_invitation_is_asked_for_again() {
    let portal = TestPortal::new().await;
    portal.owner().await.post(GUESTS, offered(PETE)).await.expect(201);
    let kept = portal.wire.keep();

    let pete = portal.partner_member().await;
    portal.deactivate(PETE).await;
    assert_eq!(accept(&portal, &pete).await.says(), "409 not_of_partner", "switched off there");
    portal.wire.bring_back(&kept);

    let pete = portal.partner_member().await;
    change_acme(&portal, "SET px = :px REMOVE pa", json!({ ":px": { "S": "automatic" } }));
    assert_eq!(accept(&portal, &pete).await.says(), "409 no_partner");
    portal.wire.bring_back(&kept);

    let pete = portal.partner_member().await;
    let other = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
    let other = other.iter().find(|row| row["n"]["S"] != "C10423" && row["k"]["S"] != "partner").unwrap();
    change_acme(&portal, "SET pa = :pa", json!({ ":pa": other["i"] }));
    assert_eq!(accept(&portal, &pete).await.says(), "409 not_of_partner", "another partner's");
    portal.wire.bring_back(&kept);
    agree(&portal);
}

/// R510: who has accepted is in; a second invitation tells it, and so does a second answer.
#[tokio::test]
async fn a_guest_who_is_in_is_not_let_in_again() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let pete = super::admitted(&portal, offered(PETE)).await;
    assert_eq!(accept(&portal, &pete).await.says(), "409 already_in_account");
    assert_eq!(ada.post(GUESTS, offered(PETE)).await.at("/email"), "already_in_team");
    agree(&portal);
}

/// R510
#[tokio::test]
async fn a_guest_declines_and_whoever_invited_reads_it() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    ada.post(GUESTS, offered(PETE)).await.expect(201);
    let pete = portal.partner_member().await;
    pete.delete(&format!("{MINE}/{}", super::acme_id(&portal))).await.expect(204);
    assert_eq!(state(&ada).await, "declined");
    assert!(letter(&portal, "ada@acme.test").await.contains("has declined your invitation"));
    agree(&portal);
}
