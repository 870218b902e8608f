//! Whom to ask, asking for more, and giving it or not (R301).

use serde_json::{Value, json};
use tests::portal::{Caller, Reply, TestPortal};

use crate::account_claims::id_of;
use crate::races::at_once;

pub(crate) const REQUESTS: &str = "/api/team/access-requests";
const ADA: &str = "ada@acme.test";
const MAX: &str = "max@acme.test";
const MIA: &str = "mia@acme.test";
const TESS: &str = "tess@two.test";

pub(crate) async fn ask(caller: &Caller, wants: &str) -> Reply {
    caller.post(REQUESTS, json!({ "wants": wants, "note": "" })).await
}

pub(crate) fn decision(portal: &TestPortal, email: &str) -> String {
    format!("{REQUESTS}/{}/decision", id_of(portal, email))
}

async fn grant(caller: &Caller, portal: &TestPortal, email: &str) -> Reply {
    caller.post(&decision(portal, email), json!({ "decision": "grant" })).await
}

async fn listed(caller: &Caller) -> Vec<Value> {
    caller.get(REQUESTS).await.expect(200).json["items"].as_array().unwrap().clone()
}

async fn letters(portal: &TestPortal, address: &str, words: &str) -> usize {
    portal.letters_to(address).await.texts().iter().filter(|text| text.contains(words)).count()
}

/// R301
#[tokio::test]
async fn everybody_reads_whom_to_ask_the_owner_first() {
    let portal = TestPortal::new().await;
    for caller in [portal.member().await, portal.owner().await] {
        let (reply, calls) = portal.wire.record_depth(1, async |_| caller.get("/api/team/managers").await).await;
        assert_eq!(calls.depth(), 1, "one round trip");
        let reply = reply.expect(200);
        assert_eq!(reply.text("/support_email"), "support@portal.test");
        assert_eq!(
            reply.json["items"],
            json!([
                { "first_name": "Ada", "last_name": "Lovelace", "email": ADA, "role": "owner" },
                { "first_name": "Max", "last_name": "Ernst", "email": MAX, "role": "manager" },
                { "first_name": "Tess", "last_name": "Two", "email": TESS, "role": "manager" },
            ])
        );
    }
    let vera = portal.viewer().await;
    portal.deactivate("vera@acme.test").await;
    assert_eq!(
        vera.get("/api/team/managers").await.expect(200).text("/items/0/email"),
        ADA,
        "who was switched off too"
    );
    assert_eq!(portal.unattached().await.get("/api/team/managers").await.says(), "403 no_account");
}

/// R301: sixty managers by name before the owner.
#[tokio::test]
async fn of_many_managers_six_are_named_and_the_owner_among_them() {
    let portal = TestPortal::new().await;
    let acme = portal.wire.snapshot().find("accounts", "ACCOUNT#", "MEMBER#");
    let max = acme.iter().find(|row| row["m"]["S"] == MAX).unwrap();
    for n in 0..60 {
        let mut row = max.clone();
        let id = format!("usr_{n:026}");
        row["sk"]["S"] = json!(format!("MEMBER#{id}"));
        row["e"]["S"] = json!(format!("managers#aaa {n:02}\t{id}"));
        portal.put("accounts", &row);
    }
    let reply = portal.member().await.get("/api/team/managers").await.expect(200);
    let items = reply.json["items"].as_array().unwrap();
    assert_eq!((items.len(), items[0]["role"].as_str()), (6, Some("owner")));
    assert!(items[1..].iter().all(|item| item["role"] == "manager"));
}

/// R301
#[tokio::test]
async fn who_asks_is_listed_and_the_managers_are_told() {
    let portal = TestPortal::new().await;
    let (ada, mia) = (portal.owner().await, portal.member().await);
    let asked = mia.post(REQUESTS, json!({ "wants": "orders", "note": "For the\nnext audit" })).await.expect(201);
    assert!(asked.bytes.is_empty());
    let items = listed(&ada).await;
    let [item] = items.as_slice() else { panic!("{items:?}") };
    let now = portal.clock.now().to_string();
    assert_eq!(
        *item,
        json!({
            "user": id_of(&portal, MIA), "name": "Mia Park", "email": MIA, "wants": "orders", "note": "For the next audit",
            "asked_at": now,
        })
    );
    for manager in [ADA, MAX, TESS] {
        assert_eq!(letters(&portal, manager, MIA).await, 1, "{manager}");
    }
    assert_eq!(portal.letters_to(MIA).await.count(), 0);
    assert_eq!(ask(&mia, "team").await.says(), "409 already_asked", "one thing at a time");
    let logged = portal.wire.snapshot().find("journal", "LOG#acc", "");
    assert_eq!(logged.iter().filter(|row| row["event"]["S"] == "access_asked").count(), 1);
}

/// R301
#[tokio::test]
async fn managers_hear_of_one_person_once_a_day() {
    let portal = TestPortal::new().await;
    let (ada, mia) = (portal.owner().await, portal.member().await);
    for _ in 0..3 {
        ask(&mia, "orders").await.expect(201);
        let refused = json!({ "decision": "refuse", "reason": "Not yet." });
        ada.post(&decision(&portal, MIA), refused).await.expect(204);
    }
    assert_eq!(letters(&portal, MAX, MIA).await, 1);
    portal.clock.advance_secs(86_400);
    let mia = portal.sign_in(MIA).await;
    ask(&mia, "orders").await.expect(201);
    assert_eq!(letters(&portal, MAX, MIA).await, 2);
}

/// R301
#[tokio::test]
async fn what_is_granted_counts_from_the_next_request() {
    let portal = TestPortal::new().await;
    let (max, mia) = (portal.manager().await, portal.member().await);
    assert_eq!(mia.get("/api/licenses/summary").await.says(), "403 orders_hidden");
    ask(&mia, "orders").await.expect(201);
    assert!(grant(&max, &portal, MIA).await.expect(204).bytes.is_empty());
    mia.get("/api/licenses/summary").await.expect(200);
    assert!(listed(&max).await.is_empty());
    assert_eq!(letters(&portal, MIA, "commandes et toutes les licences de Acme Engineering").await, 1);
    assert_eq!(grant(&max, &portal, MIA).await.says(), "404 not_found", "once");
    assert_eq!(ask(&mia, "orders").await.at("/wants"), "wants_had");

    ask(&mia, "licenses").await.expect(201);
    grant(&max, &portal, MIA).await.expect(204);
    assert_eq!(ask(&mia, "licenses").await.at("/wants"), "wants_had");
    mia.get("/api/licenses/summary").await.expect(200);

    ask(&mia, "team").await.expect(201);
    grant(&max, &portal, MIA).await.expect(204);
    mia.get("/api/team/people").await.expect(200);
    let accounts = mia.get("/api/session/accounts").await.expect(200);
    assert_eq!(accounts.text("/items/0/role"), "manager", "their own list follows");
    let group = max.get("/api/team/people?group=managers").await.expect(200);
    assert!(group.json["items"].as_array().unwrap().iter().any(|item| item["email"] == MIA), "and the team's");
}

/// R301
#[tokio::test]
async fn a_refusal_gives_its_reason_and_changes_nothing() {
    let portal = TestPortal::new().await;
    let (ada, mia) = (portal.owner().await, portal.member().await);
    ask(&mia, "team").await.expect(201);
    let path = decision(&portal, MIA);
    for (body, pointer, code) in [
        (json!({ "decision": "refuse" }), "/reason", "required"),
        (json!({ "decision": "refuse", "reason": "x".repeat(501) }), "/reason", "too_long"),
        (json!({ "decision": "perhaps" }), "/decision", "choice_invalid"),
        (json!({ "decision": "" }), "/decision", "required"),
        (json!({ "decision": "grant", "wants": "team" }), "/wants", "unknown_field"),
    ] {
        assert_eq!(ada.post(&path, body.clone()).await.expect(422).at(pointer), code, "{body}");
    }
    ada.post(&path, json!({ "decision": "refuse", "reason": "We have managers enough." })).await.expect(204);
    assert_eq!(letters(&portal, MIA, "We have managers enough.").await, 1);
    assert_eq!(mia.get("/api/team/people").await.says(), "403 managers_only");
    assert!(listed(&ada).await.is_empty());
    ask(&mia, "team").await.expect(201);
}

/// R301
#[tokio::test]
async fn nobody_is_given_more_than_they_asked_nor_anything_elsewhere() {
    let portal = TestPortal::new().await;
    let (mia, otto, ada) = (portal.member().await, portal.other_owner().await, portal.owner().await);
    assert_eq!(ask(&mia, "owner").await.at("/wants"), "choice_invalid");
    assert_eq!(ask(&ada, "team").await.at("/wants"), "wants_had", "an owner has everything");
    ask(&mia, "orders").await.expect(201);
    let before = portal.wire.snapshot();
    let missing = format!("{REQUESTS}/usr_01jd0x5m2nfe4r8v0t6w9y2zab/decision");
    let unknown = otto.post(&missing, json!({ "decision": "grant" })).await;
    assert_eq!(unknown.says(), "404 not_found");
    assert_eq!(grant(&otto, &portal, MIA).await.bytes, unknown.bytes, "who asks elsewhere is as good as missing");
    assert_eq!(grant(&mia, &portal, MIA).await.says(), "403 managers_only");
    assert_eq!(otto.post(&format!("{REQUESTS}/x/decision"), json!({ "decision": "grant" })).await.bytes, unknown.bytes);
    assert!(listed(&otto).await.is_empty());
    assert!(before.changes(&portal.wire.snapshot()).is_empty());
}

/// R301
#[tokio::test]
async fn of_many_decisions_one_counts() {
    let portal = TestPortal::new().await;
    let (ada, max, mia) = (portal.owner().await, portal.manager().await, portal.member().await);
    ask(&mia, "orders").await.expect(201);
    let path = &decision(&portal, MIA);
    let (one, other) = (&ada, &max);
    let granting = (0..6).map(|_| async move { one.post(path, json!({ "decision": "grant" })).await.status });
    let refused = json!({ "decision": "refuse", "reason": "No." });
    let refusing = (0..6).map(|_| {
        let refused = refused.clone();
        async move { other.post(path, refused).await.status }
    });
    let (granted, refused) = tokio::join!(at_once(granting), at_once(refusing));
    let done = granted.iter().chain(&refused).filter(|status| **status == 204).count();
    assert_eq!(done, 1, "{granted:?} {refused:?}");
    let sees = mia.get("/api/licenses/summary").await.status == 200;
    assert_eq!(sees, granted.contains(&204));
    assert_eq!(portal.letters_to(MIA).await.count(), 1);
}

/// R301
#[tokio::test]
async fn many_at_once_ask_once() {
    let portal = TestPortal::new().await;
    let mia = &portal.member().await;
    let asked = at_once((0..8).map(|_| async move { ask(mia, "orders").await.status })).await;
    assert_eq!(asked.iter().filter(|status| **status == 201).count(), 1, "{asked:?}");
    assert_eq!(letters(&portal, ADA, MIA).await, 1);
}

/// R301: a manager who asked while they were a member closes their own request and gets nothing by it.
#[tokio::test]
async fn who_has_it_by_now_is_only_told() {
    let portal = TestPortal::new().await;
    let (ada, mia) = (portal.owner().await, portal.member().await);
    ask(&mia, "team").await.expect(201);
    let row = portal.wire.snapshot().find("accounts", "ACCOUNT#", &format!("MEMBER#{}", id_of(&portal, MIA)));
    portal.update(&row[0], "SET r = :r", json!({ ":r": { "S": "manager" } }));
    grant(&mia, &portal, MIA).await.expect(204);
    assert!(listed(&ada).await.is_empty());
}

/// R301, R306
#[tokio::test]
async fn who_was_switched_off_is_given_nothing() {
    let portal = TestPortal::new().await;
    let (ada, mia) = (portal.owner().await, portal.member().await);
    ask(&mia, "orders").await.expect(201);
    portal.deactivate(MIA).await;
    assert_eq!(ask(&mia, "orders").await.says(), "403 membership_deactivated");
    assert_eq!(grant(&ada, &portal, MIA).await.says(), "409 not_a_member");
    ada.post(&decision(&portal, MIA), json!({ "decision": "refuse", "reason": "You left." })).await.expect(204);
}

/// R301, R305: whoever left has nothing waiting, now or when they come back.
#[tokio::test]
async fn who_left_asks_for_nothing() {
    let portal = TestPortal::new().await;
    let (ada, mia) = (portal.owner().await, portal.member().await);
    ask(&mia, "team").await.expect(201);
    ada.delete(&format!("/api/team/members/{}", id_of(&portal, MIA))).await.expect(204);
    assert!(listed(&ada).await.is_empty());
    assert_eq!(grant(&ada, &portal, MIA).await.says(), "404 not_found");
}
