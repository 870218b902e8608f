//! What comes next moves on with the calendar.

use serde_json::Value;
use tests::portal::{Caller, TestPortal};
use tests::wire::{Fault, Rule};

use super::given::{Company, give};
use super::recount::lists_agree;
use super::shown;
use crate::races::at_once;

const DAY: u64 = 86_400;

/// A company whose licenses end one after the other; every test begins on 22 November 2026.
async fn company(portal: &TestPortal) {
    let company = Company::new("C30001", "Birkenau")
        .with("NLD", "subscription", "2026-11-23")
        .with("NLD", "subscription", "2027-02-01")
        .with("NLR", "subscription", "2026-11-26");
    give(portal, "C20010", &[company]).await;
}

async fn renews_on(by: &Caller) -> Value {
    shown(by, "C30001").await["renews_on"].clone()
}

/// What the list of a product says.
async fn of_product(by: &Caller, product: &str) -> Value {
    let path = format!("{}?product={product}&search=birkenau", super::CUSTOMERS);
    by.get(&path).await.expect(200).json["items"][0]["renews_on"].clone()
}

/// R503
#[tokio::test]
async fn an_end_that_passes_makes_room_for_the_next_and_the_last_stays() {
    let portal = TestPortal::new().await;
    company(&portal).await;
    let pete = portal.partner_member().await;
    for (days, next, draft, render) in [
        (0, "2026-11-23", "2026-11-23", "2026-11-26"),
        (1, "2026-11-23", "2026-11-23", "2026-11-26"),
        (1, "2026-11-26", "2027-02-01", "2026-11-26"),
        (3, "2027-02-01", "2027-02-01", "2026-11-26"),
        (90, "2027-02-01", "2027-02-01", "2026-11-26"),
    ] {
        portal.clock.advance_secs(days * DAY);
        portal.housekeeping().await.unwrap();
        let pete = if days > 0 { portal.partner_member().await } else { pete.again() };
        assert_eq!((renews_on(&pete).await, of_product(&pete, "NLD").await), (next.into(), draft.into()));
        assert_eq!(of_product(&pete, "NLR").await, render, "all have passed: the last");
        lists_agree(&portal);
    }
}

/// R503
#[tokio::test]
async fn days_without_a_run_are_made_up_for_once() {
    let portal = TestPortal::new().await;
    company(&portal).await;
    assert_eq!(portal.housekeeping().await.unwrap().passed, 0, "nothing has passed yet");
    portal.clock.advance_secs(30 * DAY);
    let runs = at_once((0..6).map(|_| portal.housekeeping())).await;
    assert!(runs.iter().all(Result::is_ok), "{runs:?}");
    lists_agree(&portal);
    assert_eq!(renews_on(&portal.partner_member().await).await, "2027-02-01");
    assert_eq!(portal.housekeeping().await.unwrap().passed, 0, "and not again");
}

/// R503
#[tokio::test]
async fn a_run_that_breaks_off_is_gone_on_with() {
    for calls in 0..40 {
        let portal = TestPortal::new().await;
        company(&portal).await;
        portal.clock.advance_secs(7 * DAY);
        portal.wire.inject(Rule::new(Fault::Throttled).after(calls));
        assert!(portal.housekeeping().await.is_err(), "it broke off after {calls} calls");
        portal.wire.heal();
        portal.housekeeping().await.unwrap();
        lists_agree(&portal);
        assert_eq!(renews_on(&portal.partner_member().await).await, "2027-02-01", "after {calls} calls");
    }
}

/// R503
#[tokio::test]
async fn what_has_passed_already_when_it_is_recorded_is_not_what_comes_next() {
    let portal = TestPortal::new().await;
    let company = Company::new("C30002", "Buchenau").with("NLD", "subscription", "2025-01-01").with(
        "NLD",
        "subscription",
        "2027-03-01",
    );
    give(&portal, "C20010", &[company]).await;
    let pete = portal.partner_member().await;
    assert_eq!(shown(&pete, "C30002").await["renews_on"], "2027-03-01");
}
