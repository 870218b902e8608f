//! Deciding who belongs to one's account: by its owner and managers, on their own claimants, once.

use std::time::Duration;

use serde_json::{Value, json};
use tests::portal::{CODE, Caller, Reply, TestPortal};
use tests::wire::{Fault, Rule};

use crate::account_claims::{OLGA, SERIAL, UNA, ask, desk, id_of, mine, newcomer, read};
use crate::races::at_once;

fn path(portal: &TestPortal, email: &str) -> String {
    format!("/api/sign-up/claimants/{}", id_of(portal, email))
}

async fn verify(caller: &Caller, path: &str) -> Reply {
    caller.put(path, json!({})).await
}

/// Una asks to join Acme; the portal, its owner, and the path to decide on her.
async fn una_asks() -> (TestPortal, Caller, String) {
    let portal = TestPortal::new().await;
    let una = portal.unattached().await;
    ask(&una, "C10423").await.expect(202);
    let (ada, path) = (portal.owner().await, path(&portal, UNA));
    (portal, ada, path)
}

async fn listed(caller: &Caller) -> Vec<Value> {
    caller.get("/api/sign-up/claimants").await.expect(200).json["items"].as_array().unwrap().clone()
}

/// How many members the account's own row counts.
fn members(portal: &TestPortal) -> String {
    let rows = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
    let acme = rows.iter().find(|row| row["n"]["S"] == "C10423").unwrap();
    acme["m"]["N"].as_str().unwrap().to_owned()
}

/// R102
#[tokio::test]
async fn who_is_verified_works_there() {
    let (portal, ada, path) = una_asks().await;
    let before: u32 = members(&portal).parse().unwrap();
    let claim = listed(&ada).await;
    let user = &claim[0]["user"];
    assert_eq!((&user["name"], &user["email"]), (&json!("Una Solo"), &json!(UNA)));
    assert!(verify(&ada, &path).await.expect(204).bytes.is_empty());
    assert!(listed(&ada).await.is_empty() && desk(&portal).is_empty());
    assert_eq!(members(&portal), (before + 1).to_string());
    let una = portal.sign_in(UNA).await;
    assert!(mine(&una).await.is_empty());
    assert_eq!(una.get("/api/licenses").await.expect(200).text("/scope"), "assigned", "orders are for others");
    assert!(read(&portal, UNA, &["You now belong to Acme Engineering"]).await);
    assert_eq!(portal.letters_to("ada@acme.test").await.count(), 1, "who decided knows");
    assert_eq!(verify(&ada, &path).await.says(), "404 not_found", "once");
}

/// R102
#[tokio::test]
async fn a_manager_verifies_and_the_owner_is_told() {
    let (portal, _, path) = una_asks().await;
    let max = portal.manager().await;
    max.put(&path, json!({ "view_orders": true })).await.expect(204);
    let una = portal.sign_in(UNA).await;
    assert_eq!(una.get("/api/licenses").await.expect(200).text("/scope"), "account");
    assert!(read(&portal, "ada@acme.test", &[UNA, "it was confirmed that this person belongs to it"]).await);
}

/// R103
#[tokio::test]
async fn who_is_refused_is_told_politely() {
    let (portal, ada, path) = una_asks().await;
    ada.delete(&path).await.expect(204);
    assert!(listed(&ada).await.is_empty() && desk(&portal).is_empty());
    let una = portal.sign_in(UNA).await;
    assert_eq!(una.get("/api/licenses").await.says(), "403 no_account");
    assert!(read(&portal, UNA, &["Thank you for your patience", "C10423"]).await);
    assert!(!read(&portal, UNA, &["Acme"]).await, "the name stays theirs");
    assert_eq!(ada.delete(&path).await.says(), "404 not_found", "once");
}

/// R102; incidents 14, 16, 19: claimants of another account do not exist here.
#[tokio::test]
async fn claimants_of_others_are_as_good_as_missing() {
    let (portal, _, path) = una_asks().await;
    let (otto, tess) = (portal.other_owner().await, portal.in_two_accounts().await);
    let before = portal.wire.snapshot();
    let missing = "/api/sign-up/claimants/usr_01jd0x5m2nfe4r8v0t6w9y2zab";
    let unknown = verify(&otto, missing).await;
    assert_eq!(unknown.says(), "404 not_found");
    for other in [path.as_str(), "/api/sign-up/claimants/acc_01jd0x5m2nfe4r8v0t6w9y2zab", "/api/sign-up/claimants/x"] {
        for reply in [verify(&otto, other).await, otto.delete(other).await] {
            assert_eq!((reply.status, &reply.bytes), (404, &unknown.bytes), "{other}");
        }
    }
    for field in ["user", "account", "account_id", "role", "permissions", "status"] {
        let reply = otto.put(&path, json!({ "view_orders": true, field: id_of(&portal, "otto@birch.test") })).await;
        assert_eq!(reply.at(&format!("/{field}")), "unknown_field", "{field}");
    }
    assert!(listed(&otto).await.is_empty());
    drop(tess);
    assert!(before.changes(&portal.wire.snapshot()).is_empty());
}

/// R102
#[tokio::test]
async fn of_many_decisions_one_counts() {
    let (portal, ada, path) = una_asks().await;
    let max = portal.manager().await;
    let before: u32 = members(&portal).parse().unwrap();
    let verifying = (0..8).map(|_| async { ("verified", verify(&ada, &path).await.says()) });
    let refusing = (0..8).map(|_| async { ("refused", max.delete(&path).await.says()) });
    let (verifying, refusing) = tokio::join!(at_once(verifying), at_once(refusing));
    let all: Vec<_> = verifying.into_iter().chain(refusing).collect();
    let won: Vec<_> = all.iter().filter(|(_, says)| says == "204").collect();
    assert_eq!(won.len(), 1, "{all:?}");
    assert!(
        all.iter().all(|(_, says)| ["204", "404 not_found", "409 already_member"].contains(&says.as_str())),
        "{all:?}"
    );
    let joined = u32::from(won[0].0 == "verified");
    assert_eq!(members(&portal), (before + joined).to_string());
    let rows = portal.wire.snapshot();
    assert_eq!(rows.find("accounts", "CLAIMS#", "").len() + desk(&portal).len(), 0);
    assert_eq!(rows.find("accounts", "ACCOUNT#", &id_of(&portal, UNA)).len(), joined as usize);
}

/// R102; incidents 20, 23: who joins is who the owner saw.
#[tokio::test]
async fn who_is_another_by_now_is_not_verified() {
    let (portal, ada, path) = una_asks().await;
    let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
    let una = people.iter().find(|row| row["m"]["S"] == UNA).unwrap();
    for (change, value) in [("SET st = :v", "closing"), ("SET m = :v", "thief@new.test")] {
        let kept = portal.wire.keep();
        portal.update(una, change, json!({ ":v": { "S": value } }));
        let before = portal.wire.snapshot();
        assert_eq!(verify(&ada, &path).await.says(), "409 claimant_gone", "{value}");
        assert!(before.changes(&portal.wire.snapshot()).is_empty());
        ada.delete(&path).await.expect(204);
        portal.wire.bring_back(&kept);
    }
    verify(&ada, &path).await.expect(204);
}

/// R102: an account that is called otherwise while somebody is verified is called so in their list too.
#[tokio::test]
async fn who_is_verified_while_the_name_changes_reads_the_new_one() {
    let (portal, ada, path) = una_asks().await;
    let acme = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
    let acme = acme.into_iter().find(|row| row["n"]["S"] == "C10423").unwrap();
    // Between what is read and what is written.
    portal.wire.inject(Rule::new(Fault::Delay(Duration::from_secs(1))).on("TransactWriteItems").times(1));
    let renaming = async {
        tokio::time::sleep(Duration::from_millis(600)).await;
        portal.update(&acme, "SET na = :na", json!({ ":na": { "S": "Acme & Sons" } }));
    };
    let (first, ()) = tokio::join!(verify(&ada, &path), renaming);
    if first.says() == "409 conflict" {
        verify(&ada, &path).await.expect(204);
    }
    let mine = portal.sign_in(UNA).await.get("/api/session/accounts").await.expect(200);
    assert_eq!(mine.text("/items/0/name"), "Acme & Sons");
}

/// R102: somebody who came in by a code meanwhile is in already.
#[tokio::test]
async fn who_came_in_another_way_only_leaves_the_list() {
    let (portal, ada, path) = una_asks().await;
    let una = portal.sign_in(UNA).await;
    una.post("/api/sign-up/claims", json!({ "activation_code": CODE })).await.expect(201);
    let before = (members(&portal), portal.letters_to(UNA).await.count());
    verify(&ada, &path).await.expect(204);
    assert!(listed(&ada).await.is_empty() && desk(&portal).is_empty() && mine(&una).await.is_empty());
    assert_eq!((members(&portal), portal.letters_to(UNA).await.count()), before);
    let una = portal.sign_in(UNA).await;
    assert_eq!(una.get("/api/licenses").await.expect(200).text("/scope"), "account", "what the code gave stays");
}

/// R102: somebody who asked before, and decides now, is in already too.
#[tokio::test]
async fn one_does_not_decide_on_oneself() {
    let (portal, _, path) = una_asks().await;
    let una = portal.sign_in(UNA).await;
    una.post("/api/sign-up/claims", json!({ "activation_code": CODE })).await.expect(201);
    for row in portal.wire.snapshot().find("accounts", "", &id_of(&portal, UNA)) {
        if row["sk"]["S"].as_str().is_some_and(|sk| sk.starts_with("MEMBER#")) {
            portal.update(&row, "SET r = :r", json!({ ":r": { "S": "manager" } }));
        }
    }
    let una = portal.sign_in(UNA).await;
    assert_eq!(listed(&una).await.len(), 1);
    verify(&una, &path).await.expect(204);
    assert!(listed(&una).await.is_empty());
    assert_eq!(una.get("/api/session").await.expect(200).text("/role"), "manager");
}

/// R102, R506
#[tokio::test]
async fn a_suspended_account_takes_nobody_in() {
    let (portal, ada, path) = una_asks().await;
    portal.set_status("C10423", "suspended").await;
    let before = portal.wire.snapshot();
    for reply in [verify(&ada, &path).await, ada.delete(&path).await, ada.get("/api/sign-up/claimants").await] {
        assert_eq!(reply.says(), "403 account_suspended");
    }
    assert!(before.changes(&portal.wire.snapshot()).is_empty());
    portal.set_status("C10423", "active").await;
    verify(&ada, &path).await.expect(204);
}

/// R102: page by page, for those who decide here alone.
#[tokio::test]
async fn a_long_list_of_claimants_comes_page_by_page() {
    let portal = TestPortal::new().await;
    let (ada, otto, max) = (portal.owner().await, portal.other_owner().await, portal.manager().await);
    let olga = newcomer(&portal, OLGA).await;
    ask(&olga, SERIAL).await.expect(202);
    // Others like hers, as they would have asked.
    let row = portal.wire.snapshot().find("accounts", "CLAIMS#", "usr_").swap_remove(0);
    for n in 0..60 {
        let user = json!({ "S": format!("usr_01jd0x5m2nfe4r8v0t6w9y2z{}{}", n / 10, n % 10) });
        let key = json!({ "pk": row["pk"], "sk": user });
        portal.update(
            &key,
            "SET i = :i, n = :n, m = :m, t = :t, rf = :rf, v = :v",
            json!({ ":i": row["i"], ":n": row["n"], ":m": row["m"], ":t": row["t"], ":rf": row["rf"], ":v": row["v"] }),
        );
    }
    let first = ada.get("/api/sign-up/claimants").await.expect(200);
    assert_eq!(first.json["items"].as_array().unwrap().len(), 50);
    let next = format!("/api/sign-up/claimants?cursor={}", first.text("/next"));
    let second = ada.get(&next).await.expect(200);
    assert_eq!((second.json["items"].as_array().unwrap().len(), &second.json["next"]), (11, &Value::Null));
    for other in [&otto, &max] {
        assert_eq!(other.get(&next).await.says(), "400 invalid_cursor");
    }
}
