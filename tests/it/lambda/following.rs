//! What follows a change is done after the answer and before the next event; where the function ends between the two, the
//! sweep does it.

use serde_json::Value;
use tests::lambda::{Function, answer, event};
use tests::portal::{Caller, TestPortal};
use tests::wire::Call;

use super::{binary, request};
use crate::account_claims::id_of;
use crate::team::recount::agree;

/// The function that serves teams, and the event by which the owner of Acme removes a member who has seats.
async fn removal(portal: &TestPortal, ada: &Caller) -> (Function, Value) {
    let function = Function::start(&binary("team"), &portal.settings()).await;
    let cookies = [("__Host-portico".to_owned(), ada.cookie("__Host-portico").unwrap())];
    let path = format!("/api/team/members/{}", id_of(portal, "mia@acme.test"));
    (function, event(&request("DELETE", &path, &Value::Null, &cookies)))
}

/// Whether it looks for what is to be done.
fn begins_a_job(call: &Call) -> bool {
    call.partitions.iter().any(|(action, _, partition)| action == "dynamodb:GetItem" && partition == "JOBS")
}

#[tokio::test]
async fn what_follows_is_done_after_the_answer_and_before_the_next_event() {
    let portal = TestPortal::today().await;
    let ada = portal.owner().await;
    let (mut function, removal) = removal(&portal, &ada).await;
    function.ready().await;
    drop(portal.wire.take());
    let answered = answer(&function.invoke(&removal).await.answered());
    assert_eq!(answered.status, 204);
    function.ready().await;
    let (calls, times) = (portal.wire.take(), function.times());
    let (answered, asked) = (times.answered.unwrap(), times.asked.unwrap());
    let jobs: Vec<_> = calls.0.iter().filter(|call| begins_a_job(call)).collect();
    assert!(jobs.len() >= 2, "the seats and the partner's list: {calls:#?}");
    assert!(jobs.iter().all(|call| call.started > answered), "answered first: {calls:#?}");
    assert!(calls.0.iter().all(|call| call.ended < asked), "done before the next event: {calls:#?}");
    let written = calls.0.iter().find(|call| call.writes()).unwrap();
    assert!(written.ended < answered, "the change itself came before the answer: {calls:#?}");
    assert!(portal.wire.snapshot().find("accounts", "JOBS", "").is_empty());
    agree(&portal);
}

#[tokio::test]
async fn a_function_that_ends_after_its_answer_leaves_the_rest_to_the_sweep() {
    let portal = TestPortal::today().await;
    let ada = portal.owner().await;
    let (mut function, removal) = removal(&portal, &ada).await;
    function.ready().await;
    // Longer than it takes to end the process: what was asked for after the answer is not answered any more.
    portal.wire.hold(std::time::Duration::from_millis(500));
    let answered = answer(&function.invoke(&removal).await.answered());
    assert_eq!(answered.status, 204);
    drop(function);
    portal.wire.hold(std::time::Duration::ZERO);
    let left = portal.wire.snapshot().find("accounts", "JOBS", "").len();
    assert!(left >= 2, "{left}");
    assert!(portal.housekeeping().await.unwrap().jobs >= 2);
    assert!(portal.wire.snapshot().find("accounts", "JOBS", "").is_empty());
    agree(&portal);
}
