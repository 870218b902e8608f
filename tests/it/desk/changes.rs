//! What an approval does: the name and address of an owner, and what was only to be looked at.

use serde_json::{Value, json};
use tests::portal::{GOOD, TestPortal};

use super::{ADA, REQUESTS, approve, ask, ask_for_name, decide, subjects};

const NEW: &str = "ada@byron.test";

async fn ask_for_email(portal: &TestPortal, email: &str) -> String {
    ask(&portal.owner().await, json!({ "kind": "email", "email": email, "reason": "" })).await
}

/// R201, R705
#[tokio::test]
async fn an_owner_is_called_otherwise_once_the_vendor_agrees() {
    let portal = TestPortal::new().await;
    let (ada, sam) = (portal.owner().await, portal.support().await);
    let id = ask_for_name(&portal).await;
    approve(&sam, &id).await.expect(204);
    let mine = ada.get("/api/profile").await.expect(200);
    assert_eq!(
        (mine.text("/first_name"), mine.text("/last_name"), &mine.json["requests"]),
        ("Ada", "Byron", &json!([]))
    );
    assert!(subjects(&portal, ADA).await.contains(&"A requested change is done".to_owned()));
    assert_eq!(sam.get(REQUESTS).await.expect(200).json["items"], json!([]));
    // What the form changed meanwhile stays.
    let id = ask(&ada, json!({ "kind": "name", "first_name": "Augusta", "last_name": "Byron", "reason": "" })).await;
    let body = ada.profile_with("city", "London").await;
    ada.put("/api/profile", body).await.expect(200);
    approve(&sam, &id).await.expect(204);
    let mine = ada.get("/api/profile").await.expect(200);
    assert_eq!((mine.text("/first_name"), mine.text("/city")), ("Augusta", "London"));
}

/// R201, R202, R705
#[tokio::test]
async fn an_owner_signs_in_with_another_address_once_the_vendor_agrees() {
    let portal = TestPortal::new().await;
    let (ada, sam) = (portal.owner().await, portal.support().await);
    let id = ask_for_email(&portal, NEW).await;
    portal.clock.advance_secs(1);
    approve(&sam, &id).await.expect(204);
    assert_eq!(ada.get("/api/session").await.says(), "401 session_ended", "every session ends");
    let old = portal.stranger().post("/api/session", json!({ "name": ADA, "password": GOOD })).await;
    assert_eq!(old.says(), "401 sign_in_failed");
    let ada = portal.sign_in(NEW).await;
    assert_eq!(ada.get("/api/profile").await.expect(200).text("/email"), NEW);
    portal.sign_in("C10423").await;

    let told = portal.letters_to(NEW).await.texts();
    assert!(told.iter().any(|text| text.contains("From now on you sign in with this address")), "{told:?}");
    let notice = portal.letters_to(ADA).await;
    assert!(notice.last().replace('\u{2060}', "").contains(NEW), "the address before is told");
    // The address before is kept for its person for a week, and brings itself back.
    let free = portal.unattached().await.post("/api/profile/email", json!({ "email": ADA, "password": GOOD })).await;
    assert_eq!(free.says(), "204");
    portal.stranger().post("/api/profile/reversals", json!({ "token": notice.last_token() })).await.expect(200);
    let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
    assert!(people.iter().any(|row| row["m"]["S"] == ADA) && people.iter().all(|row| row["m"]["S"] != NEW));
}

/// R201, R705: an address is one person's.
#[tokio::test]
async fn an_address_with_a_login_is_nobodys_to_give() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    let id = ask_for_email(&portal, "Otto@Birch.test").await;
    let before = portal.wire.snapshot();
    assert_eq!(approve(&sam, &id).await.says(), "409 address_has_login");
    let harmless = |line: &String| line.contains("SESSION#");
    let changed: Vec<_> = before.changes(&portal.wire.snapshot()).into_iter().filter(|line| !harmless(line)).collect();
    assert_eq!(changed, [""; 0]);
    decide(&sam, &id, "refuse", "That address has a login of its own.").await.expect(204);
    portal.sign_in("otto@birch.test").await;
    // The same address in another writing is one's own.
    let id = ask_for_email(&portal, "Ada@acme.test").await;
    approve(&sam, &id).await.expect(204);
    assert_eq!(portal.sign_in(ADA).await.get("/api/profile").await.expect(200).text("/email"), "Ada@acme.test");
}

/// R705: what was asked of somebody who is gone cannot be done, and is refused.
#[tokio::test]
async fn nothing_is_done_for_a_login_that_is_closed() {
    let portal = TestPortal::new().await;
    let (mia, sam) = (portal.member().await, portal.support().await);
    let id = ask(&mia, json!({ "kind": "name", "first_name": "Mia", "last_name": "Parker", "reason": "" })).await;
    mia.post("/api/profile/closure", json!({ "password": GOOD })).await.expect(204);
    assert_eq!(approve(&sam, &id).await.says(), "409 no_longer_possible");
    decide(&sam, &id, "refuse", "The login is closed.").await.expect(204);
}

/// R202, R705
#[tokio::test]
async fn what_was_taken_back_is_looked_at_and_closed() {
    let portal = TestPortal::new().await;
    let (mia, sam) = (portal.member().await, portal.support().await);
    let body = mia.profile_with("city", "Lyon").await;
    mia.put("/api/profile", body).await.expect(200);
    let token = portal.letters_to("mia@acme.test").await.last_token();
    portal.stranger().post("/api/profile/reversals", json!({ "token": token })).await.expect(200);
    let desk = sam.get(REQUESTS).await.expect(200);
    let item = &desk.json["items"][0];
    assert_eq!((&item["kind"], &item["details"]["what"]), (&json!("taken_back"), &json!("profile")));
    assert_eq!((&item["who"]["name"], &item["account"]), (&json!("Mia Park"), &Value::Null));
    let id = item["id"].as_str().unwrap();
    assert_eq!(decide(&sam, id, "refuse", "No").await.expect(422).at("/decision"), "choice_invalid");
    let mails = subjects(&portal, "mia@acme.test").await.len();
    approve(&sam, id).await.expect(204);
    assert_eq!(subjects(&portal, "mia@acme.test").await.len(), mails, "nobody is written to");
    assert_eq!(sam.get(REQUESTS).await.expect(200).json["items"], json!([]));
}

/// R102, R103, R705
#[tokio::test]
async fn a_request_to_join_is_decided_at_the_desk_too() {
    let portal = TestPortal::new().await;
    let (una, sam) = (portal.unattached().await, portal.support().await);
    for (number, decision) in [("C10500", "refuse"), ("C10423", "approve")] {
        una.post("/api/sign-up/account-claims", json!({ "reference": number })).await.expect(202);
        let desk = sam.get(REQUESTS).await.expect(200);
        let item = &desk.json["items"][0];
        assert_eq!((&item["kind"], &item["account"]["number"]), (&json!("claim"), &json!(number)));
        decide(&sam, item["id"].as_str().unwrap(), decision, "We know each other.").await.expect(204);
        assert_eq!(sam.get(REQUESTS).await.expect(200).json["items"], json!([]));
    }
    let accounts = una.get("/api/session/accounts").await.expect(200);
    let numbers: Vec<_> = accounts.json["items"].as_array().unwrap().iter().map(|item| &item["number"]).collect();
    assert_eq!(numbers, ["C10423"]);
}

/// R405, R705: a renewal can be asked for again once it is decided.
#[tokio::test]
async fn a_renewal_is_asked_for_again_once_the_desk_has_decided() {
    let portal = TestPortal::new().await;
    let (ada, sam) = (portal.owner().await, portal.support().await);
    let theirs = ada.get("/api/licenses?sort=end").await.expect(200);
    let renewal = format!("/api/licenses/{}/renewal-requests", theirs.text("/items/0/id"));
    for decision in ["refuse", "approve"] {
        let id = ada.post(&renewal, json!({ "note": "" })).await.expect(201).text("/id").to_owned();
        assert_eq!(ada.post(&renewal, json!({ "note": "" })).await.says(), "409 already_asked");
        let shown = sam.get(&format!("{REQUESTS}/{id}")).await.expect(200);
        assert_eq!((shown.text("/kind"), shown.text("/account/number")), ("renewal", "C10423"));
        decide(&sam, &id, decision, "We have written to you.").await.expect(204);
    }
    ada.post(&renewal, json!({ "note": "" })).await.expect(201);
    assert_eq!(ada.get("/api/profile").await.expect(200).json["requests"].as_array().map(Vec::len), Some(1));
}
