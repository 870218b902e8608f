//! Guests use no seat (R510), and what they do is in the log with where they come from (R513).

use serde_json::{Value, json};
use tests::portal::TestPortal;

use super::{PETE, agree, guest, offered_as_manager};
use crate::{
    seats::{Seats, TWELVE, ids, license},
    team::{DORA, MIA, acme},
};

/// R510
#[tokio::test]
async fn no_license_can_be_assigned_to_a_guest() {
    let portal = TestPortal::new().await;
    let (ada, pete) = (portal.owner().await, guest(&portal, offered_as_manager(PETE, 30)).await);
    let seats = Seats::of(&portal, TWELVE);
    for by in [&ada, &pete] {
        assert_eq!(seats.assign(by, &[PETE]).await.says(), "409 guest_no_seat");
        assert_eq!(seats.assign(by, &[DORA, PETE]).await.says(), "409 guest_no_seat", "all of them or none");
        assert_eq!(seats.pass_on(by, MIA, PETE).await.says(), "409 guest_no_seat");
        assert_eq!(seats.release(by, &[PETE]).await.says(), "409 not_assigned");
    }
    let path = format!("/api/licenses/{}/candidates", license(&portal, TWELVE));
    let candidates = ada.get(&path).await.expect(200);
    let items = candidates.json["items"].as_array().unwrap().clone();
    let shown = items.iter().find(|item| item["email"] == PETE).unwrap();
    assert_eq!((&shown["active"], &shown["assigned"]), (&json!(false), &json!(false)));
    agree(&portal);
}

/// R513
#[tokio::test]
async fn what_a_guest_does_is_in_the_log_with_both_identities() {
    let portal = TestPortal::new().await;
    let pete = guest(&portal, offered_as_manager(PETE, 30)).await;
    let home = pete.get("/api/session").await.expect(200).text("/home/id").to_owned();
    Seats::of(&portal, TWELVE).assign(&pete, &[DORA]).await.expect(204);
    let stored = portal.wire.snapshot().find("journal", &acme(&portal).replace("ACCOUNT", "LOG"), "evt_");
    let assigned: Vec<&Value> = stored.iter().filter(|row| row["event"]["S"] == "seats_assigned").collect();
    let entry = assigned.last().unwrap();
    assert_eq!(entry["u"]["S"], json!(ids(&portal, &[PETE]).remove(0)));
    let from = &entry["o"]["M"];
    assert_eq!(
        (&from["c"]["S"], &from["h"]["S"], &from["hn"]["S"]),
        (&json!("guest"), &json!(home), &json!("Orion Resellers"))
    );
    agree(&portal);
}
