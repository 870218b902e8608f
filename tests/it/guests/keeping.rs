//! How long the row of a guest is kept whose time is over (R510).

use serde_json::json;
use tests::portal::TestPortal;

use super::{DAY, GUESTS, PETE, admitted, agree, offered_as_manager};
use crate::{
    seats::ids,
    team::{acme, row},
};

/// R510
#[tokio::test]
async fn it_is_taken_away_after_ninety_days() {
    let portal = TestPortal::new().await;
    admitted(&portal, offered_as_manager(PETE, 10)).await;
    for day in 0..=100 {
        assert_eq!(portal.housekeeping().await.unwrap().guests_forgotten, 0, "day {day}");
        portal.clock.advance_secs(DAY);
    }
    assert!(row(&portal, PETE).is_some());
    assert_eq!(portal.housekeeping().await.unwrap().guests_forgotten, 1);
    assert!(row(&portal, PETE).is_none());
    agree(&portal);
    let pete = portal.partner_member().await;
    assert_eq!(pete.get("/api/session/accounts").await.expect(200).json["items"].as_array().unwrap().len(), 1);
    let stored = portal.wire.snapshot().find("journal", &acme(&portal).replace("ACCOUNT", "LOG"), "evt_");
    assert!(stored.iter().any(|row| row["change"]["S"] == "guest_forgotten"), "the history stays");
}

/// R510: however late, and not of whoever stays longer.
#[tokio::test]
async fn a_late_run_takes_away_what_was_due_and_nothing_else() {
    let portal = TestPortal::new().await;
    let pete = admitted(&portal, offered_as_manager(PETE, 10)).await;
    portal.housekeeping().await.unwrap();
    drop(pete);
    portal.clock.advance_secs(50 * DAY);
    let period = format!("{GUESTS}/{}/period", ids(&portal, &[PETE]).remove(0));
    portal.owner().await.put(&period, json!({ "days": 60 })).await.expect(204);
    portal.clock.advance_secs(100 * DAY);
    assert_eq!(portal.housekeeping().await.unwrap().guests_forgotten, 0, "ten days were the first time");
    agree(&portal);
    portal.clock.advance_secs(80 * DAY);
    assert_eq!(portal.housekeeping().await.unwrap().guests_forgotten, 1);
    agree(&portal);
}
