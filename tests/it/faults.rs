//! What goes wrong between the portal and its database: one fault at each call of each operation
//! changes no answer, lasting trouble is a 503 that says so, and neither leaves half a change.

pub(crate) mod asking;
mod console;
mod customers;
mod desk;
pub(crate) mod giving;
pub(crate) mod guests;
pub(crate) mod inviting;
pub(crate) mod joining;
pub(crate) mod members;
pub(crate) mod on_customers;
mod operations;
mod orders;
pub(crate) mod partnerships;
mod people;
mod ready;
mod releases;
mod renewing;
mod seats;

use tests::portal::Reply;
use tests::wire::{Fault, Rule};

use crate::races::at_once;
use operations::{CHANGES, PAGED, READS};
use ready::Ready;

const FAULTS: [Fault; 5] = [Fault::Throttled, Fault::Conflict, Fault::InternalError, Fault::Dropped, Fault::LostReply];

/// How many rows of each kind changed: ids differ from run to run, numbers do not.
fn shape(changes: &[String]) -> Vec<String> {
    let kind = |line: &String| line.split(['#', '_']).next().unwrap_or_default().to_owned();
    let mut kinds: Vec<_> = changes.iter().map(kind).collect();
    kinds.sort();
    kinds
}

/// Every single fault at every call.
async fn survives_each_single_fault(operation: &str) {
    let act = Ready::to(operation).await;
    let (reply, calls) = act.portal.wire.record(act.call()).await;
    assert!(reply.status < 300, "{operation}: {}", reply.says());
    let (status, wanted) = (reply.status, shape(&act.changed()));
    for fault in FAULTS {
        for call in 0..calls.count() {
            act.anew();
            act.portal.wire.inject(Rule::new(fault).after(call).times(1));
            let reply = act.call().await;
            assert_eq!(reply.status, status, "{operation}, {fault:?} at call {call}: {}", reply.says());
            assert_eq!(shape(&act.changed()), wanted, "{operation}, {fault:?} at call {call}");
        }
    }
}

async fn each_survives_each_single_fault(operations: &[&str]) {
    for operation in operations {
        survives_each_single_fault(operation).await;
    }
}

#[tokio::test]
async fn signing_in_survives_each_single_fault() {
    let operations =
        ["sign in", "sign in with a code", "sign in with a recovery code", "sign in with an initial password"];
    each_survives_each_single_fault(&operations).await;
}

#[tokio::test]
async fn signing_out_survives_each_single_fault() {
    each_survives_each_single_fault(&["sign out", "end a session", "end other sessions"]).await;
}

#[tokio::test]
async fn choosing_an_account_survives_each_single_fault() {
    survives_each_single_fault("choose").await;
}

#[tokio::test]
async fn signing_up_survives_each_single_fault() {
    each_survives_each_single_fault(&["register", "correct"]).await;
}

#[tokio::test]
async fn confirming_survives_each_single_fault() {
    survives_each_single_fault("confirm").await;
}

#[tokio::test]
async fn claiming_survives_each_single_fault() {
    survives_each_single_fault("claim").await;
}

/// R102, R103
#[tokio::test]
async fn asking_to_join_survives_each_single_fault() {
    each_survives_each_single_fault(&["ask to join", "join by the rule", "verify a claim", "refuse a claim"]).await;
}

/// R105, R108
#[tokio::test]
async fn coming_back_in_survives_each_single_fault() {
    each_survives_each_single_fault(&["ask for reset", "reset", "first password"]).await;
}

/// R201, R202, R205
#[tokio::test]
async fn changing_a_profile_survives_each_single_fault() {
    each_survives_each_single_fault(&["change profile", "change nickname", "ask for a change", "take back"]).await;
}

/// R203, R204, R207, R208
#[tokio::test]
async fn changing_a_login_survives_each_single_fault() {
    let operations = ["change password", "ask for email", "confirm email", "export", "close"];
    each_survives_each_single_fault(&operations).await;
}

/// R110
#[tokio::test]
async fn changing_a_second_factor_survives_each_single_fault() {
    let operations = ["begin factor", "confirm factor", "remove factor", "new recovery codes", "require factor"];
    each_survives_each_single_fault(&operations).await;
}

/// R404, R703
#[tokio::test]
async fn downloads_and_releases_survive_each_single_fault() {
    let operations = ["download", "change a product", "change a release", "withdraw a release"];
    each_survives_each_single_fault(&operations).await;
}

/// R705
#[tokio::test]
async fn looking_after_a_request_survives_each_single_fault() {
    each_survives_each_single_fault(&["take a request", "give a request back", "refuse a request"]).await;
}

/// R313, R705
#[tokio::test]
async fn deciding_a_request_survives_each_single_fault() {
    let operations = ["approve a name", "approve an address", "approve a company", "approve first", "hand over"];
    each_survives_each_single_fault(&operations).await;
}

/// R104, R702
#[tokio::test]
async fn looking_after_accounts_survives_each_single_fault() {
    each_survives_each_single_fault(&["invite", "set features"]).await;
}

/// R105, R704
#[tokio::test]
async fn working_on_an_order_survives_each_single_fault() {
    let operations = ["record an order", "convert a trial", "amend an order", "cancel an order", "mail a code again"];
    each_survives_each_single_fault(&operations).await;
}

/// R405, R407, R408
#[tokio::test]
async fn renewing_survives_each_single_fault() {
    each_survives_each_single_fault(&["ask for a renewal", "replace a serial", "start a trial"]).await;
}

/// R403
#[tokio::test]
async fn changing_seats_survives_each_single_fault() {
    each_survives_each_single_fault(&["assign seats", "release seats", "move a seat"]).await;
}

/// R301, R312, R315
#[tokio::test]
async fn asking_for_access_and_reviewing_it_survives_each_single_fault() {
    let operations = ["ask for access", "grant access", "refuse access", "keep a member", "set the team area"];
    each_survives_each_single_fault(&operations).await;
}

/// R303, R307, R309
#[tokio::test]
async fn inviting_survives_each_single_fault() {
    let operations = ["invite a person", "send an invitation again", "make a link", "revoke an invitation"];
    each_survives_each_single_fault(&operations).await;
    each_survives_each_single_fault(&["revoke an invitation of who was renamed", "invite a member"]).await;
}

/// R108, R303, R304, R510, R512
#[tokio::test]
async fn answering_an_invitation_survives_each_single_fault() {
    let operations = ["accept an invitation", "join an account", "decline an invitation", "ask for reset, invited"];
    each_survives_each_single_fault(&operations).await;
    each_survives_each_single_fault(&guests::CHANGES).await;
}

/// R303, R307
#[tokio::test]
async fn adding_people_survives_each_single_fault() {
    each_survives_each_single_fault(&giving::CHANGES).await;
}

/// R506
#[tokio::test]
async fn suspending_a_customer_survives_each_single_fault() {
    each_survives_each_single_fault(&on_customers::CHANGES).await;
}

/// R305, R306, R308
#[tokio::test]
async fn changing_a_member_survives_each_single_fault() {
    each_survives_each_single_fault(&["change a member", "rename a member"]).await;
    each_survives_each_single_fault(&["deactivate a member", "reactivate a member"]).await;
    each_survives_each_single_fault(&["unlink a member", "link a member"]).await;
    each_survives_each_single_fault(&["remove a member", "remove a member at home"]).await;
}

#[tokio::test]
async fn reading_survives_each_single_fault() {
    each_survives_each_single_fault(&READS).await;
}

/// Tests each operation, several at a time: most of the time passes in waiting to try again.
async fn each(operations: impl IntoIterator<Item = &'static str>, test: impl AsyncFn(&'static str)) {
    let operations: Vec<_> = operations.into_iter().collect();
    for some in operations.chunks(8) {
        at_once(some.iter().map(|operation| test(operation))).await;
    }
}

#[tokio::test]
async fn lasting_trouble_is_a_503_and_changes_nothing() {
    each(CHANGES.map(|(operation, _)| operation).into_iter().chain(READS), async |operation| {
        let act = Ready::to(operation).await;
        for fault in [Fault::Throttled, Fault::InternalError, Fault::Dropped] {
            act.anew();
            act.portal.wire.inject(Rule::new(fault));
            let reply = act.call().await;
            assert_eq!(reply.says(), "503 try_again", "{operation}, {fault:?}");
            assert!(!reply.header("retry-after").is_empty(), "{operation}, {fault:?}");
            assert_eq!(act.changed(), [""; 0], "{operation}, {fault:?}");
            act.portal.wire.heal();
            let again = act.call().await;
            assert!(again.status < 300, "{operation} after {fault:?}: {}", again.says());
        }
    })
    .await;
}

#[tokio::test]
async fn conflicts_without_end_are_a_503_and_change_nothing() {
    each(CHANGES.map(|(operation, _)| operation), async |operation| {
        let act = Ready::to(operation).await;
        act.portal.wire.inject(Rule::new(Fault::Conflict));
        assert_eq!(act.call().await.says(), "503 try_again", "{operation}");
        assert!(act.portal.wire.felt() >= 5, "{operation}: tried {} times", act.portal.wire.felt());
        assert_eq!(act.changed(), [""; 0], "{operation}");
    })
    .await;
}

#[tokio::test]
async fn short_pages_change_no_answer() {
    for operation in READS.into_iter().chain(["sign in", "choose", "export"]) {
        let act = Ready::to(operation).await;
        let whole = act.call().await.expect(200);
        act.anew();
        act.portal.wire.inject(Rule::new(Fault::ShortPage));
        let short = act.call().await.expect(200);
        // A page of a long list may be short: its cursor goes on (see `licenses`).
        if !PAGED.contains(&operation) {
            let lists = |reply: &Reply| -> Vec<_> {
                let fields = reply.json.as_object().into_iter().flatten();
                fields.map(|(name, field)| (name.clone(), field.as_array().map(Vec::len))).collect()
            };
            assert_eq!(lists(&short), lists(&whole), "{operation}");
            assert_eq!(short.json["account"]["number"], whole.json["account"]["number"], "{operation}");
        }
    }
}

#[tokio::test]
async fn keys_left_out_are_asked_for_again() {
    let act = Ready::to("me").await;
    let whole = act.call().await.expect(200);
    act.portal.wire.inject(Rule::new(Fault::UnprocessedKeys).times(2));
    assert_eq!(act.call().await.expect(200).bytes, whole.bytes);
    assert_eq!(act.portal.wire.felt(), 2);
}

/// Incident 43: what happened and what was refused can be told apart in the log.
#[tokio::test]
async fn every_change_leaves_one_log_entry() {
    for (operation, entries) in CHANGES {
        let act = Ready::to(operation).await;
        let logged = || act.portal.wire.snapshot().find("journal", "LOG#", "").len();
        let before = logged();
        assert!(act.call().await.status < 300);
        assert_eq!(logged() - before, entries, "{operation}");
    }
}
