//! Leaving as a guest (R510).

use serde_json::json;
use tests::portal::TestPortal;

use super::{DAY, PETE, acme_id, admitted, agree, guest, is_over, offered, offered_as_manager, switch};
use crate::team::{acme, letter, row};

/// R510, R513
#[tokio::test]
async fn a_guest_leaves_and_whoever_let_them_in_reads_it() {
    let portal = TestPortal::new().await;
    let pete = guest(&portal, offered(PETE)).await;
    let stolen = pete.again();
    pete.delete("/api/session/guest").await.expect(204);
    assert_eq!(pete.cookie("__Host-portico"), None, "the browser forgets it");
    assert_eq!(stolen.get("/api/session").await.says(), "401 session_ended");
    agree(&portal);
    let told = letter(&portal, "ada@acme.test").await;
    assert!(told.contains("of Orion Resellers has given up their access"), "{told}");
    let pete = portal.partner_member().await;
    assert_eq!(pete.get("/api/session/accounts").await.expect(200).json["items"].as_array().unwrap().len(), 1);
    assert_eq!(switch(&pete, &acme_id(&portal)).await.says(), "404 not_found");
    // The log keeps it, with where they came from.
    let stored = portal.wire.snapshot().find("journal", &acme(&portal).replace("ACCOUNT", "LOG"), "evt_");
    let left = stored.iter().find(|row| row["change"]["S"] == "guest_left").unwrap();
    assert_eq!((&left["o"]["M"]["c"]["S"], &left["o"]["M"]["hn"]["S"]), (&json!("guest"), &json!("Orion Resellers")));
}

/// R510: to the owner, where whoever let them in does not manage any more.
#[tokio::test]
async fn the_owner_reads_it_where_the_inviter_is_gone() {
    let portal = TestPortal::new().await;
    portal.manager().await.post(super::GUESTS, offered(PETE)).await.expect(201);
    let pete = portal.partner_member().await;
    super::accept(&portal, &pete).await.expect(200);
    switch(&pete, &acme_id(&portal)).await.expect(200);
    portal.deactivate("max@acme.test").await;
    pete.delete("/api/session/guest").await.expect(204);
    assert!(letter(&portal, "ada@acme.test").await.contains("has given up their access"));
    assert!(!letter(&portal, "max@acme.test").await.contains("has given up their access"));
}

/// R510
#[tokio::test]
async fn one_whose_time_is_over_leaves_too_and_nobody_else_does() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    assert_eq!(ada.delete("/api/session/guest").await.says(), "404 not_found");
    assert_eq!(portal.partner_member().await.delete("/api/session/guest").await.says(), "404 not_found");
    let partner = portal.partner_member().await.on_customer(&acme_id(&portal));
    assert_eq!(partner.delete("/api/session/guest").await.says(), "404 not_found");

    admitted(&portal, offered_as_manager(PETE, 1)).await;
    portal.clock.advance_secs(DAY - 600);
    let pete = portal.partner_member().await;
    switch(&pete, &acme_id(&portal)).await.expect(200);
    portal.clock.advance_secs(600);
    is_over(&pete).await;
    pete.delete("/api/session/guest").await.expect(204);
    assert!(row(&portal, PETE).is_none());
    agree(&portal);
}
