//! Going through everyone who can get at what is the account's, and being asked to each quarter (R315).

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};
use tests::wire::{Fault, Rule};

use crate::account_claims::id_of;
use crate::races::at_once;

const ADA: &str = "ada@acme.test";
const OTTO: &str = "otto@birch.test";
const PAULA: &str = "paula@orion.test";
/// From noon of 22 November 2026 to the first second of 2027 in Greenwich.
const TO_2027: u64 = 39 * 86_400 + 12 * 3_600;

async fn review(caller: &Caller) -> Vec<Value> {
    caller.get("/api/team/review").await.expect(200).json["items"].as_array().unwrap().clone()
}

/// How many letters somebody got that ask them to go through their list, in any language.
async fn asked(portal: &TestPortal, address: &str) -> usize {
    let texts = portal.letters_to(address).await.texts();
    texts.iter().filter(|text| text.contains("/access-review")).count()
}

async fn run(portal: &TestPortal) -> usize {
    portal.housekeeping().await.expect("a run").reviews
}

/// R315
#[tokio::test]
async fn the_owner_sees_everyone_the_stalest_first() {
    let portal = TestPortal::new().await;
    drop(portal.member().await);
    portal.clock.advance_secs(60);
    let ada = portal.owner().await;
    portal.deactivate("dora@acme.test").await;
    let (reply, calls) = portal.wire.record_depth(1, async |_| ada.get("/api/team/review").await).await;
    assert_eq!(calls.depth(), 1, "one round trip");
    let items = reply.expect(200).json["items"].as_array().unwrap().clone();
    let emails: Vec<_> = items.iter().map(|item| item["email"].as_str().unwrap()).collect();
    assert_eq!((emails.len(), &emails[4..]), (6, &["mia@acme.test", ADA][..]), "who never came, first");
    let dora = items.iter().find(|item| item["email"] == "dora@acme.test").unwrap();
    assert_eq!((&dora["status"], &dora["last_sign_in"]), (&json!("deactivated"), &Value::Null));
    assert!(items.iter().all(|item| item["seats"].is_u64() && item["reviewed_at"].is_null()));
    for (caller, says) in [(portal.manager().await, "403 owner_only"), (portal.viewer().await, "403 owner_only")] {
        assert_eq!(caller.get("/api/team/review").await.says(), says);
    }
}

/// R315
#[tokio::test]
async fn who_is_kept_is_noted() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let now = portal.clock.now().to_string();
    for email in ["mia@acme.test", ADA] {
        let path = format!("/api/team/review/{}", id_of(&portal, email));
        assert!(ada.put(&path, json!({})).await.expect(204).bytes.is_empty());
        let kept = review(&ada).await.into_iter().find(|item| item["email"] == email).unwrap();
        assert_eq!(kept["reviewed_at"], now, "{email}");
    }
    let logged = portal.wire.snapshot().find("journal", "LOG#acc", "");
    assert_eq!(logged.iter().filter(|row| row["change"]["S"] == "reviewed").count(), 2);
    let max = portal.manager().await;
    let before = portal.wire.snapshot();
    let missing = ada.put("/api/team/review/usr_01jd0x5m2nfe4r8v0t6w9y2zab", json!({})).await;
    assert_eq!(missing.says(), "404 not_found");
    for other in [id_of(&portal, OTTO), "x".to_owned()] {
        assert_eq!(ada.put(&format!("/api/team/review/{other}"), json!({})).await.bytes, missing.bytes, "{other}");
    }
    assert_eq!(max.put(&format!("/api/team/review/{}", id_of(&portal, ADA)), json!({})).await.says(), "403 owner_only");
    assert!(before.changes(&portal.wire.snapshot()).is_empty());
}

/// R315
#[tokio::test]
async fn owners_are_asked_on_the_first_day_of_a_quarter_where_they_are() {
    let portal = TestPortal::new().await;
    assert_eq!(run(&portal).await, 0, "a vendor who moves in does not mail everybody at once");
    portal.clock.advance_secs(TO_2027 - 1);
    assert_eq!(run(&portal).await, 0);
    portal.clock.advance_secs(1);
    // London and Paris have begun the year; New York has not.
    assert_eq!(run(&portal).await, 2);
    assert_eq!((asked(&portal, ADA).await, asked(&portal, OTTO).await, asked(&portal, PAULA).await), (1, 1, 0));
    let letters = portal.letters_to(ADA).await.texts();
    assert!(letters[0].contains("6 people belong to Acme Engineering"), "{}", letters[0]);
    portal.clock.advance_secs(12 * 3_600 - 1);
    assert_eq!(run(&portal).await, 0);
    portal.clock.advance_secs(1);
    assert_eq!(run(&portal).await, 1);
    assert_eq!((asked(&portal, ADA).await, asked(&portal, PAULA).await), (1, 1), "each once");
    for days in [1, 30, 58] {
        portal.clock.advance_secs(days * 86_400);
        assert_eq!(run(&portal).await, 0, "{days}");
    }
    portal.clock.advance_secs(2 * 86_400);
    assert_eq!(run(&portal).await, 3, "the next quarter");
    let logged = portal.wire.snapshot().find("journal", "LOG#acc", "");
    let due: Vec<_> = logged.iter().filter(|row| row["event"]["S"] == "review_due").collect();
    assert!(due.len() == 6 && due.iter().all(|row| row["u"].is_null()), "the portal did it");
}

/// R315
#[tokio::test]
async fn who_is_alone_and_what_is_not_in_use_is_not_asked_about() {
    let portal = TestPortal::new().await;
    run(&portal).await;
    // Sunk Marine is suspended, Gone Works closed; in Birch Studio one person is left.
    portal.remove("tess@two.test").await;
    let birch = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
    let birch = birch.iter().find(|row| row["n"]["S"] == "C10500").unwrap();
    portal.update(birch, "SET m = :m", json!({ ":m": { "N": "1" } }));
    portal.clock.advance_secs(TO_2027 + 12 * 3_600);
    assert_eq!(run(&portal).await, 2, "Acme and Orion");
    for address in [OTTO, "sue@sunk.test", "gus@gone.test"] {
        assert_eq!(asked(&portal, address).await, 0, "{address}");
    }
}

/// R315
#[tokio::test]
async fn a_late_run_makes_up_for_the_quarter_and_many_at_once_ask_once() {
    let portal = TestPortal::new().await;
    run(&portal).await;
    portal.clock.advance_secs(TO_2027 + 40 * 86_400);
    let runs = at_once((0..6).map(|_| portal.housekeeping())).await;
    assert_eq!(runs.iter().flatten().map(|done| done.reviews).sum::<usize>(), 3);
    assert_eq!(asked(&portal, ADA).await, 1);
}

/// R315: what breaks in the middle goes on where it stopped.
#[tokio::test]
async fn a_run_that_breaks_is_gone_on_with() {
    let portal = TestPortal::new().await;
    run(&portal).await;
    portal.clock.advance_secs(TO_2027 + 12 * 3_600);
    for after in 0..3 {
        portal.wire.inject(Rule::new(Fault::Dropped).on("TransactWriteItems").after(after));
        drop(portal.housekeeping().await);
        portal.wire.heal();
    }
    run(&portal).await;
    for address in [ADA, OTTO, PAULA] {
        assert_eq!(asked(&portal, address).await, 1, "{address}");
    }
}

/// R315: however many accounts there are, a run makes a bounded number of calls, and the next one goes on.
#[tokio::test]
async fn a_run_walks_over_so_many_accounts_and_no_more() {
    let portal = TestPortal::new().await;
    run(&portal).await;
    let listed = portal.wire.snapshot().find("accounts", "ACCOUNTS", "acme");
    // Listed before all others, and closed, so that they cost nothing but being walked over.
    for n in 0..5_000 {
        let mut row = listed[0].clone();
        row["sk"]["S"] = json!(format!("aaa {n:05}\tacc_{n:026}"));
        row["i"]["S"] = json!(format!("acc_{n:026}"));
        row["st"]["S"] = json!("closed");
        portal.put("accounts", &row);
    }
    // What else the days until then bring is done by then.
    portal.clock.advance_secs(TO_2027 - 86_400);
    run(&portal).await;
    portal.clock.advance_secs(86_400 + 12 * 3_600);
    let (done, calls) = portal.wire.record(portal.housekeeping()).await;
    assert_eq!(done.expect("a run").reviews, 0);
    assert!(calls.count() < 300, "{}, the reminders among them", calls.count());
    assert_eq!(run(&portal).await, 3);
}
