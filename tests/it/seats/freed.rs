//! Seats of somebody who no longer belongs to the account are free for others.

use serde_json::Value;
use tests::portal::TestPortal;
use tests::wire::{Fault, Rule};

use super::{FIVE, ONE, Seats, TWELVE, agree, ids, license_row};
use crate::races::at_once;

/// The account and the person, as the store knows them.
fn who(portal: &TestPortal, email: &str) -> (domain::AccountId, domain::UserId) {
    let row = license_row(portal, TWELVE);
    let account = row["pk"]["S"].as_str().unwrap().trim_start_matches("LICENSES#");
    let user = ids(portal, &[email]).remove(0);
    (domain::AccountId::parse(account).unwrap(), domain::UserId::parse(&user).unwrap())
}

fn held_by(portal: &TestPortal, email: &str) -> usize {
    let user = ids(portal, &[email]).remove(0);
    portal.wire.snapshot().find("accounts", "ASSIGNED#", "").iter().filter(|row| of(row, &user)).count()
}

fn of(row: &Value, user: &str) -> bool {
    row["pk"]["S"].as_str().unwrap().ends_with(user)
}

/// R403
#[tokio::test]
async fn whoever_leaves_an_account_leaves_their_seats_to_others() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    Seats::of(&portal, ONE).assign(&ada, &["vera@acme.test"]).await.expect(204);
    let (account, vera) = who(&portal, "vera@acme.test");
    let before = held_by(&portal, "vera@acme.test");
    portal.remove("vera@acme.test").await;
    portal.app.store().free_seats(account, vera).await.unwrap();
    assert_eq!((before, held_by(&portal, "vera@acme.test")), (3, 0));
    agree(&portal);
    Seats::of(&portal, ONE).assign(&ada, &["mia@acme.test"]).await.expect(204);
    assert!(portal.app.store().due_jobs().await.unwrap().is_empty());
}

/// R403
#[tokio::test]
async fn whoever_is_deactivated_or_belongs_to_the_account_again_keeps_theirs() {
    let portal = TestPortal::new().await;
    let (account, vera) = who(&portal, "vera@acme.test");
    portal.deactivate("vera@acme.test").await;
    portal.app.store().free_seats(account, vera).await.unwrap();
    assert_eq!(held_by(&portal, "vera@acme.test"), 2);
    agree(&portal);
}

/// R403
#[tokio::test]
async fn freeing_that_is_interrupted_anywhere_is_finished_by_the_sweep() {
    for write in 0..3 {
        let portal = TestPortal::new().await;
        let (account, vera) = who(&portal, "vera@acme.test");
        portal.remove("vera@acme.test").await;
        portal.wire.inject(Rule::new(Fault::Throttled).on("TransactWriteItems").after(write));
        let store = portal.app.store();
        assert!(store.free_seats(account, vera).await.is_err(), "write {write}");
        agree(&portal);
        portal.wire.heal();
        let due = store.due_jobs().await.unwrap();
        assert_eq!(due.len(), usize::from(write > 0), "filed with the first write");
        for job in due {
            store.run_job(job).await.unwrap();
        }
        assert_eq!(held_by(&portal, "vera@acme.test"), if write == 0 { 2 } else { 0 });
        assert!(store.due_jobs().await.unwrap().is_empty());
        agree(&portal);
    }
}

/// R403
#[tokio::test]
async fn freeing_and_giving_at_once_leave_the_count_right() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let (account, vera) = who(&portal, "vera@acme.test");
    portal.remove("vera@acme.test").await;
    let seats = Seats::of(&portal, FIVE);
    let people = ["ada@acme.test", "max@acme.test", "mia@acme.test", "dora@acme.test"];
    let freeing = async {
        let again = portal.app.store().free_seats(account, vera);
        let (first, second) = tokio::join!(portal.app.store().free_seats(account, vera), again);
        first.unwrap();
        second.unwrap();
    };
    let tabs: Vec<_> = people.iter().map(|_| ada.again()).collect();
    let giving = at_once(tabs.iter().zip(people).map(|(tab, person)| {
        let seats = &seats;
        async move { seats.assign(tab, &[person]).await.expect(204) }
    }));
    drop(tokio::join!(freeing, giving));
    assert_eq!(held_by(&portal, "vera@acme.test"), 0);
    agree(&portal);
}
