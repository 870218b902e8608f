//! What goes wrong between the portal and its database: one fault at each call of each operation
//! changes no answer, lasting trouble is a 503 that says so, and neither leaves half a change.

use serde_json::{Value, json};
use tests::portal::{Caller, GOOD, Reply, TestPortal};
use tests::wire::{Fault, Rule};

const CODE: &str = "11111-22222-33333-44444";
const FAULTS: [Fault; 5] = [Fault::Throttled, Fault::Conflict, Fault::InternalError, Fault::Dropped, Fault::LostReply];

/// An operation ready to be called.
struct Ready {
    caller: Caller,
    method: &'static str,
    path: &'static str,
    body: Value,
}

impl Ready {
    async fn call(&self) -> Reply {
        match self.body {
            Value::Null => self.caller.send(self.caller.request(self.method, self.path), Default::default()).await,
            _ => self.caller.send_json(self.method, self.path, &self.body).await,
        }
    }
}

const CHANGES: [&str; 7] = ["sign in", "sign out", "choose", "register", "correct", "confirm", "claim"];
const READS: [&str; 3] = ["me", "accounts", "licenses"];

async fn ready(portal: &TestPortal, operation: &str) -> Ready {
    let registration = json!({
        "email": "nora@new.test", "password": GOOD, "first_name": "Nora", "last_name": "Nilsson",
        "language": "en", "terms_version": "2026-05", "activation_code": CODE,
    });
    let (caller, method, path, body) = match operation {
        "sign in" => (portal.stranger(), "POST", "/api/session", json!({ "name": "ada@acme.test", "password": GOOD })),
        "sign out" => (portal.owner().await, "DELETE", "/api/session", Value::Null),
        "choose" => {
            let tess = portal.in_two_accounts().await;
            let id = tess.get("/api/session/accounts").await.text("/items/0/id").to_owned();
            (tess, "PUT", "/api/session/account", json!({ "account_id": id, "password": GOOD }))
        }
        "register" => (portal.stranger(), "POST", "/api/sign-up/registrations", registration),
        "correct" => {
            let stranger = portal.stranger();
            let handle = stranger
                .post("/api/sign-up/registrations", registration)
                .await
                .expect(202)
                .text("/registration")
                .to_owned();
            (
                stranger,
                "PUT",
                "/api/sign-up/registrations/address",
                json!({ "registration": handle, "email": "olga@new.test" }),
            )
        }
        "confirm" => {
            let stranger = portal.stranger();
            stranger.post("/api/sign-up/registrations", registration).await.expect(202);
            let token = portal.letters_to("nora@new.test").await.last_token();
            (stranger, "POST", "/api/sign-up/confirmations", json!({ "token": token, "password": GOOD }))
        }
        "claim" => (portal.other_owner().await, "POST", "/api/sign-up/claims", json!({ "activation_code": CODE })),
        "me" => (portal.owner().await, "GET", "/api/session", Value::Null),
        "accounts" => (portal.in_two_accounts().await, "GET", "/api/session/accounts", Value::Null),
        "licenses" => (portal.owner().await, "GET", "/api/licenses", Value::Null),
        other => panic!("no such operation: {other}"),
    };
    // Keys are in memory from here on: what is counted below is the operation alone.
    drop(portal.owner().await);
    Ready { caller, method, path, body }
}

/// The rows that changed, but for throttles.
fn changed(before: &tests::wire::Snapshot, portal: &TestPortal) -> Vec<String> {
    before.changes(&portal.wire.snapshot()).into_iter().filter(|line| !line.contains("THROTTLE#")).collect()
}

/// How many rows of each kind changed: ids differ from run to run, numbers do not.
fn shape(changes: &[String]) -> Vec<String> {
    let kind = |line: &String| line.split('#').next().unwrap_or_default().to_owned();
    let mut kinds: Vec<_> = changes.iter().map(kind).collect();
    kinds.sort();
    kinds
}

/// Every single fault at every call.
async fn survives_each_single_fault(operation: &str) {
    let portal = TestPortal::new().await;
    let act = ready(&portal, operation).await;
    let before = portal.wire.snapshot();
    let (reply, calls) = portal.wire.record(act.call()).await;
    assert!(reply.status < 300, "{operation}: {}", reply.says());
    let (status, wanted) = (reply.status, shape(&changed(&before, &portal)));
    for fault in FAULTS {
        for call in 0..calls.count() {
            let portal = TestPortal::new().await;
            let act = ready(&portal, operation).await;
            let before = portal.wire.snapshot();
            portal.wire.inject(Rule::new(fault).after(call).times(1));
            let reply = act.call().await;
            assert_eq!(reply.status, status, "{operation}, {fault:?} at call {call}: {}", reply.says());
            assert_eq!(shape(&changed(&before, &portal)), wanted, "{operation}, {fault:?} at call {call}");
        }
    }
}

#[tokio::test]
async fn signing_in_survives_each_single_fault() {
    survives_each_single_fault("sign in").await;
}

#[tokio::test]
async fn signing_out_survives_each_single_fault() {
    survives_each_single_fault("sign out").await;
}

#[tokio::test]
async fn choosing_an_account_survives_each_single_fault() {
    survives_each_single_fault("choose").await;
}

#[tokio::test]
async fn signing_up_survives_each_single_fault() {
    survives_each_single_fault("register").await;
    survives_each_single_fault("correct").await;
}

#[tokio::test]
async fn confirming_survives_each_single_fault() {
    survives_each_single_fault("confirm").await;
}

#[tokio::test]
async fn claiming_survives_each_single_fault() {
    survives_each_single_fault("claim").await;
}

#[tokio::test]
async fn reading_survives_each_single_fault() {
    for operation in READS {
        survives_each_single_fault(operation).await;
    }
}

#[tokio::test]
async fn lasting_trouble_is_a_503_and_changes_nothing() {
    for operation in CHANGES.into_iter().chain(READS) {
        for fault in [Fault::Throttled, Fault::InternalError, Fault::Dropped] {
            let portal = TestPortal::new().await;
            let act = ready(&portal, operation).await;
            let before = portal.wire.snapshot();
            portal.wire.inject(Rule::new(fault));
            let reply = act.call().await;
            assert_eq!(reply.says(), "503 try_again", "{operation}, {fault:?}");
            assert!(!reply.header("retry-after").is_empty(), "{operation}, {fault:?}");
            assert_eq!(changed(&before, &portal), [""; 0], "{operation}, {fault:?}");
            portal.wire.heal();
            let again = act.call().await;
            assert!(again.status < 300, "{operation} after {fault:?}: {}", again.says());
        }
    }
}

#[tokio::test]
async fn conflicts_without_end_are_a_503_and_change_nothing() {
    for operation in CHANGES {
        let portal = TestPortal::new().await;
        let act = ready(&portal, operation).await;
        let before = portal.wire.snapshot();
        portal.wire.inject(Rule::new(Fault::Conflict));
        assert_eq!(act.call().await.says(), "503 try_again", "{operation}");
        assert!(portal.wire.felt() >= 5, "{operation}: tried {} times", portal.wire.felt());
        assert_eq!(changed(&before, &portal), [""; 0], "{operation}");
    }
}

#[tokio::test]
async fn short_pages_change_no_answer() {
    for operation in READS.into_iter().chain(["sign in", "choose"]) {
        let portal = TestPortal::new().await;
        let act = ready(&portal, operation).await;
        let whole = act.call().await.expect(200);
        let portal = TestPortal::new().await;
        let act = ready(&portal, operation).await;
        portal.wire.inject(Rule::new(Fault::ShortPage));
        let short = act.call().await.expect(200);
        if operation != "licenses" {
            // A page of licenses may be short: its cursor goes on (see `licenses`).
            let names = |reply: &Reply| reply.json.as_object().map(|object| object.keys().cloned().collect::<Vec<_>>());
            assert_eq!(names(&short), names(&whole), "{operation}");
            let count = |reply: &Reply| reply.json["items"].as_array().map(Vec::len);
            assert_eq!(count(&short), count(&whole), "{operation}");
            assert_eq!(short.json["account"]["number"], whole.json["account"]["number"], "{operation}");
        }
    }
}

#[tokio::test]
async fn keys_left_out_are_asked_for_again() {
    let portal = TestPortal::new().await;
    let act = ready(&portal, "me").await;
    let whole = act.call().await.expect(200);
    portal.wire.inject(Rule::new(Fault::UnprocessedKeys).times(2));
    assert_eq!(act.call().await.expect(200).bytes, whole.bytes);
    assert_eq!(portal.wire.felt(), 2);
}

/// Incident 43: what happened and what was refused can be told apart in the log.
#[tokio::test]
async fn every_change_leaves_one_log_entry() {
    for (operation, entries) in [("sign in", 1), ("sign out", 1), ("choose", 1), ("confirm", 2), ("claim", 1)] {
        let portal = TestPortal::new().await;
        let act = ready(&portal, operation).await;
        let logged = || portal.wire.snapshot().find("journal", "LOG#", "").len();
        let before = logged();
        assert!(act.call().await.status < 300);
        assert_eq!(logged() - before, entries, "{operation}");
    }
}
