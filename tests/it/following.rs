//! What follows a change: left by its answer, done by whoever asks for it, and before the answer on one machine.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use http::StatusCode;
use tests::portal::{Caller, TestPortal};
use tower::ServiceExt as _;

use crate::team::recount::agree;

/// The portal's own door: what follows its answers is left.
fn door(portal: &TestPortal) -> Router {
    web::portal(local::routes::routes(), portal.app.clone())
}

fn jobs(portal: &TestPortal) -> usize {
    portal.wire.snapshot().find("accounts", "JOBS", "").len()
}

/// Has a member who has seats removed through that door.
async fn remove(portal: &TestPortal, door: &Router, by: &Caller, email: &str) {
    let path = format!("/api/team/members/{}", crate::account_claims::id_of(portal, email));
    let request = by.request("DELETE", &path).body(Body::empty()).unwrap();
    assert_eq!(door.clone().oneshot(request).await.unwrap().status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn an_answer_leaves_what_follows_and_the_process_does_it() {
    let portal = TestPortal::new().await;
    let (ada, door) = (portal.owner().await, door(&portal));
    remove(&portal, &door, &ada, "mia@acme.test").await;
    remove(&portal, &door, &ada, "vera@acme.test").await;
    assert_eq!(jobs(&portal), 3, "the seats of both, and the partner's list once");
    portal.app.store().do_what_follows().await;
    assert_eq!(jobs(&portal), 0);
    agree(&portal);
    drop(portal.wire.take());
    portal.app.store().do_what_follows().await;
    assert_eq!(portal.wire.take().count(), 0, "done once");
}

#[tokio::test]
async fn on_one_machine_a_page_that_reads_at_once_sees_its_own_change() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let door = local::following::followed(door(&portal), portal.app.clone());
    remove(&portal, &door, &ada, "mia@acme.test").await;
    assert_eq!(jobs(&portal), 0);
    agree(&portal);
}

/// Whoever finds that another does its job waits for it, and nobody for ever.
#[tokio::test]
async fn of_many_at_once_each_returns_when_all_is_done() {
    let portal = TestPortal::new().await;
    let (ada, door) = (portal.owner().await, door(&portal));
    remove(&portal, &door, &ada, "mia@acme.test").await;
    portal.wire.hold(Duration::from_millis(40));
    let done = async || {
        portal.app.store().do_what_follows().await;
        assert_eq!(jobs(&portal), 0);
    };
    tokio::join!(done(), done(), done(), done());
    agree(&portal);
}

#[tokio::test]
async fn what_is_broken_off_is_the_sweeps_and_holds_nobody_up() {
    let portal = TestPortal::new().await;
    let (ada, door) = (portal.owner().await, door(&portal));
    remove(&portal, &door, &ada, "mia@acme.test").await;
    portal.wire.hold(Duration::from_millis(400));
    let broken_off = tokio::time::timeout(Duration::from_millis(100), portal.app.store().do_what_follows()).await;
    assert!(broken_off.is_err());
    portal.wire.hold(Duration::ZERO);
    portal.app.store().do_what_follows().await;
    assert_eq!(jobs(&portal), 1, "what had been begun");
    assert_eq!(portal.housekeeping().await.unwrap().jobs, 1);
    assert_eq!(jobs(&portal), 0);
    agree(&portal);
}
