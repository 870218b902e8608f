//! The same while things go wrong, and what it costs.

use tests::portal::TestPortal;
use tests::wire::{Fault, Rule};

use super::{END, record};

const FAULTS: [Fault; 5] = [Fault::Throttled, Fault::Conflict, Fault::InternalError, Fault::Dropped, Fault::LostReply];

/// Three reminders are due: Acme's to its owner and its partner's, Birch's to its owner.
async fn due() -> TestPortal {
    let portal = TestPortal::new().await;
    fill(&portal).await;
    portal
}

async fn fill(portal: &TestPortal) {
    record(portal, "SO-5001", "C10423", &[("NLD", "subscription", END)]).await;
    record(portal, "SO-5002", "C10500", &[("NLD", "subscription", END)]).await;
}

fn written(portal: &TestPortal) -> usize {
    portal.wire.snapshot().find("journal", "LETTER#", "").len()
}

/// R405
#[tokio::test]
async fn a_run_survives_each_single_fault() {
    let portal = due().await;
    let kept = portal.wire.keep();
    let (_, calls) = portal.wire.record(portal.housekeeping()).await;
    for fault in FAULTS {
        for call in 0..calls.count() {
            portal.wire.bring_back(&kept);
            let before = written(&portal);
            portal.wire.inject(Rule::new(fault).after(call).times(1));
            let first = portal.housekeeping().await;
            assert!(first.is_ok(), "{fault:?} at call {call}: {first:?}");
            portal.wire.heal();
            assert_eq!(written(&portal) - before, 3, "{fault:?} at call {call}");
        }
    }
}

/// R405
#[tokio::test]
async fn a_run_that_breaks_off_anywhere_is_finished_by_the_next() {
    let portal = TestPortal::new().await;
    portal.housekeeping().await.expect("the first run");
    fill(&portal).await;
    let kept = portal.wire.keep();
    let (_, calls) = portal.wire.record(portal.housekeeping()).await;
    for call in 0..calls.count() {
        portal.wire.bring_back(&kept);
        let before = written(&portal);
        portal.wire.inject(Rule::new(Fault::Dropped).after(call));
        assert!(portal.housekeeping().await.is_err(), "the database is silent from call {call}");
        portal.wire.heal();
        // Not noted as done: the next run, hours later, makes up for it.
        portal.clock.advance_secs(2 * 3_600);
        portal.housekeeping().await.expect("a run");
        portal.housekeeping().await.expect("another");
        assert_eq!(written(&portal) - before, 3, "silent from call {call}");
    }
}

/// R405
#[tokio::test]
async fn what_one_cannot_read_keeps_nobody_else_waiting() {
    let portal = due().await;
    let accounts = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
    let acme = accounts.iter().find(|row| row["n"]["S"] == "C10423").expect("Acme");
    portal.update(acme, "SET v = :v", serde_json::json!({ ":v": { "N": "99" } }));
    assert!(portal.housekeeping().await.is_err(), "an alarm rings");
    assert_eq!(portal.letters_to("otto@birch.test").await.count(), 1);
    portal.update(acme, "SET v = :v", serde_json::json!({ ":v": { "N": "1" } }));
    assert_eq!(portal.housekeeping().await.expect("a run").reminded, 1, "it was not given up");
}

/// R405
#[tokio::test]
async fn a_run_costs_a_few_calls_and_as_many_for_each_account_reminded() {
    let portal = TestPortal::new().await;
    let (_, nothing) = portal.wire.record(portal.housekeeping()).await;
    let (_, again) = portal.wire.record(portal.housekeeping()).await;
    // Jobs, where it stands, three stages of three days, and where it stands then; the second time today begins anew. And
    // how far the owners of the quarter were asked, which is noted the first time; how far guests were looked for, which is
    // made up for the first time; and up to which day ends have passed.
    assert_eq!((nothing.count(), again.count()), (25, 12));
    let one = due().await;
    let (_, calls) = one.wire.record(one.housekeeping()).await;
    // Account, summary, and one transaction; who has a partner costs one more.
    assert_eq!(calls.count() - nothing.count(), 2 * 3 + 1);
    let (_, calls) = one.wire.record(one.housekeeping()).await;
    assert_eq!(calls.count(), again.count(), "what was reminded is not looked at again");
}
