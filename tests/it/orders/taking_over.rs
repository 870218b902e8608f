//! Seats of a trial on their way to the license that it became (R407): nothing that happens meanwhile loses one, or brings
//! one back.

use std::time::Duration;

use serde_json::json;
use store::Job;
use tests::portal::TestPortal;
use tests::wire::{Fault, Rule};

use super::trials::{converting, give_a_seat};
use super::{PATH, show, user};
use crate::seats::agree;

/// Jobs that move seats and are left to do.
async fn moving(portal: &TestPortal) -> Vec<Job> {
    let mut due = portal.app.store().due_jobs().await.unwrap();
    due.retain(|job| matches!(job, Job::TakeOverSeats { .. }));
    due
}

/// A portal where the trial of which Mia has a seat became a license, and the seat has yet to follow; with that license.
async fn left_over() -> (TestPortal, Job, String) {
    let portal = TestPortal::new().await;
    let (sam, ada) = (portal.support().await, portal.owner().await);
    let trial = show(&sam, "SO-1003").await.expect(200);
    give_a_seat(&portal, &ada, trial.text("/lines/0/id")).await;
    portal.wire.inject(Rule::new(Fault::Throttled).on("TransactWriteItems").after(1));
    let said = sam.post(PATH, converting("SO-5003", 3)).await.expect(201);
    portal.wire.heal();
    let due = moving(&portal).await;
    assert_eq!(due.len(), 1);
    let license = said.text("/lines/0/id").to_owned();
    (portal, due[0], license)
}

/// R403, R407
#[tokio::test]
async fn a_seat_that_is_taken_back_meanwhile_stays_taken_back() {
    let (portal, job, license) = left_over().await;
    let ada = portal.owner().await;
    let mia = json!({ "users": [user(&portal, "mia@acme.test")] });
    // One run has read the seat and is slow to write; another overtakes it, and the seat is taken back before the first
    // goes on.
    portal.wire.inject(Rule::new(Fault::Delay(Duration::from_secs(2))).on("TransactWriteItems").times(1));
    let store = portal.app.store();
    let meanwhile = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        store.run_job(job).await.unwrap();
        ada.post(&format!("/api/licenses/{license}/seats/releases"), mia).await.expect(204);
    };
    let (slow, ()) = tokio::join!(store.run_job(job), meanwhile);
    slow.unwrap();
    assert_eq!(portal.wire.felt(), 1);
    agree(&portal);
}

/// R403, R407
#[tokio::test]
async fn whoever_leaves_meanwhile_leaves_their_seat_to_others() {
    let (portal, job, license) = left_over().await;
    let row = portal.wire.snapshot().find("accounts", "LICENSES#", &license).swap_remove(0);
    let account = row["pk"]["S"].as_str().unwrap().trim_start_matches("LICENSES#");
    let account = domain::AccountId::parse(account).unwrap();
    let mia = domain::UserId::parse(&user(&portal, "mia@acme.test")).unwrap();
    portal.remove("mia@acme.test").await;
    portal.app.store().free_seats(account, mia).await.unwrap();
    portal.app.store().run_job(job).await.unwrap();
    assert!(moving(&portal).await.is_empty());
    agree(&portal);
    let row = portal.wire.snapshot().find("accounts", "LICENSES#", &license).swap_remove(0);
    assert_eq!(row["u"]["N"], "0", "nobody has one");
}

/// R407, incident 44
#[tokio::test]
async fn an_empty_page_is_not_taken_for_the_last() {
    let (portal, job, _) = left_over().await;
    portal.wire.inject(Rule::new(Fault::EmptyPage).on("Query").times(1));
    portal.app.store().run_job(job).await.unwrap();
    assert_eq!(portal.wire.felt(), 1);
    assert!(moving(&portal).await.is_empty());
    agree(&portal);
}
