//! What members' lists show of a license follows the license.

use std::time::Duration;

use serde_json::Value;
use tests::portal::TestPortal;
use tests::wire::{Fault, Rule};

use super::lists::full_house;
use super::{agree, license};

const HEAD: &str = "order,line,product,serial_number,type,seats,starts_on,ends_on,maintenance_ends_on,assigned_to\n";

/// The same license with another end, as the vendor's records say it.
fn amended(serial: &str, seats: usize) -> Vec<(&'static str, String)> {
    let row = format!("SO-7000,1,NLR,{serial},subscription,{seats},2026-03-01,2028-03-01,,\n");
    vec![("licenses.csv", format!("{HEAD}{row}"))]
}

/// How many copies say one end and the other.
fn ends(portal: &TestPortal, serial: &str) -> (usize, usize) {
    let rows = portal.wire.snapshot().find("accounts", "ASSIGNED#", "");
    let mine: Vec<&Value> = rows.iter().filter(|row| row["sn"]["S"] == serial).collect();
    let until = |year: &str| mine.iter().filter(|row| row["e"]["S"].as_str().unwrap().starts_with(year)).count();
    (until("2027"), until("2028"))
}

/// R401
#[tokio::test]
async fn a_license_that_is_amended_is_amended_in_every_member_s_list() {
    let portal = TestPortal::new().await;
    let serial = full_house(&portal, 230).await;
    assert_eq!(ends(&portal, serial), (230, 0));
    portal.import(&amended(serial, 240)).await;
    assert_eq!(ends(&portal, serial), (0, 230));
    assert!(portal.app.store().due_jobs().await.unwrap().is_empty());
    agree(&portal);
}

/// R401
#[tokio::test]
async fn what_is_interrupted_is_finished_by_the_sweep_and_seats_move_meanwhile() {
    let portal = TestPortal::new().await;
    let serial = full_house(&portal, 230).await;
    let ada = portal.owner().await;
    let files: Vec<_> = amended(serial, 240);
    // What is known of the order, the license, the list of the partner, the first of the copies, and then silence.
    portal.wire.inject(Rule::new(Fault::Throttled).on("TransactWriteItems").after(4));
    let source = local::import::Source::Texts(files);
    let store = portal.app.store();
    let mode = local::import::Mode::Write;
    let broken = local::import::import(&source, store, mode, local::import::Audience::Nobody, portal.clock.now()).await;
    assert!(broken.is_err());
    portal.wire.heal();
    assert_eq!(ends(&portal, serial), (181, 49));
    let seats = super::Seats::of(&portal, serial);
    seats.release(&ada, &["crowd7@acme.test", "crowd170@acme.test"]).await.expect(204);
    seats.assign(&ada, &["mia@acme.test"]).await.expect(204);
    let due = store.due_jobs().await.unwrap();
    assert_eq!(due.len(), 1);
    let (one, other) = tokio::join!(store.run_job(due[0]), store.run_job(due[0]));
    one.unwrap();
    other.unwrap();
    assert_eq!(ends(&portal, serial), (0, 229));
    assert!(store.due_jobs().await.unwrap().is_empty());
    agree(&portal);
}

/// R401
#[tokio::test]
async fn a_cancelled_license_leaves_every_list() {
    let portal = TestPortal::new().await;
    let serial = full_house(&portal, 120).await;
    portal.support().await;
    let ann = portal.admin().await;
    let order = "/api/staff/orders/SO-7000/cancellation";
    let cancelled = ann.put(order, serde_json::json!({ "reason": "Bought twice" })).await;
    assert_eq!(cancelled.says(), "204");
    assert_eq!(ends(&portal, serial), (0, 0));
    let gone = portal.wire.snapshot();
    assert!(
        gone.find("accounts", "SEATS#acc", "")
            .iter()
            .all(|row| !row["pk"]["S"].as_str().unwrap().contains(&license(&portal, serial)))
    );
    agree(&portal);
}

/// R403
#[tokio::test]
async fn a_seat_moved_while_its_license_is_amended_waits_for_another_look() {
    for act in 0..3 {
        let portal = TestPortal::new().await;
        let serial = full_house(&portal, 3).await;
        let ada = portal.owner().await;
        portal.import(&amended(serial, 4)).await;
        let seats = super::Seats::of(&portal, serial);
        // Whoever acts has read the license, and comes to change it only when it is another.
        portal.wire.inject(Rule::new(Fault::Delay(Duration::from_secs(2))).on("TransactWriteItems").times(1));
        let acting = async {
            match act {
                0 => seats.assign(&ada, &["mia@acme.test"]).await,
                1 => seats.release(&ada, &["crowd0@acme.test"]).await,
                _ => seats.pass_on(&ada, "crowd0@acme.test", "mia@acme.test").await,
            }
        };
        let meanwhile = async {
            // Not before the license was read.
            while portal.wire.felt() == 0 {
                tokio::task::yield_now().await;
            }
            portal.import(&amended(serial, 5)).await;
        };
        let (reply, ()) = tokio::join!(acting, meanwhile);
        assert_eq!(reply.says(), "409 conflict", "act {act}");
        portal.wire.heal();
        agree(&portal);
    }
}
