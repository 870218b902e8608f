//! What went wrong elsewhere and must not here. `tests/security/incidents.toml` names a test, here
//! or in another file, for each incident; one that what is built cannot have yet says so there.

mod logins;

use std::collections::BTreeSet;

use http::header::CONTENT_TYPE;
use hyper::body::Bytes;
use serde_json::json;
use tests::portal::{CODE, NORA, TestPortal, confirm, register, registration};
use tests::source::{comment_of_test, read};
use tests::wire::{Fault, Rule};

#[test]
fn every_incident_has_a_test_or_a_reason() {
    let register: toml::Table = read("tests/security/incidents.toml").parse().unwrap();
    let mut numbers = BTreeSet::new();
    for incident in register["incident"].as_array().unwrap() {
        let number = incident["number"].as_integer().unwrap();
        assert!(numbers.insert(number), "{number} stands twice");
        let tests: Vec<_> = incident
            .get("tests")
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten()
            .map(|name| name.as_str().unwrap())
            .collect();
        let later = incident.get("later").and_then(toml::Value::as_str).unwrap_or_default();
        assert!(tests.is_empty() != later.is_empty(), "{number}: either tests or a reason");
        for name in tests {
            assert!(comment_of_test(name).is_some(), "{number}: there is no test {name}");
        }
    }
    assert_eq!(numbers, (1..=48).collect(), "the register has 48 rows");
}

/// 9: a session went on after what should have ended it.
#[tokio::test]
async fn what_ends_a_right_ends_it_at_the_next_request() {
    let portal = TestPortal::new().await;
    let (vera, mia, ada) = (portal.viewer().await, portal.member().await, portal.owner().await);
    for caller in [&vera, &mia, &ada] {
        caller.get("/api/licenses").await.expect(200);
    }
    portal.deactivate("mia@acme.test").await;
    assert_eq!(mia.get("/api/licenses").await.says(), "403 membership_deactivated");
    portal.remove("vera@acme.test").await;
    assert_eq!(vera.get("/api/licenses").await.says(), "401 session_ended");
    portal.set_status("C10423", "suspended").await;
    assert_eq!(ada.get("/api/licenses").await.says(), "403 account_suspended");
    portal.set_status("C10423", "closed").await;
    assert_eq!(ada.get("/api/licenses").await.says(), "403 account_closed");
    portal.set_status("C10423", "active").await;
    ada.get("/api/licenses").await.expect(200);
}

/// 17: the tenant was taken from a header.
#[tokio::test]
async fn nothing_in_a_request_names_the_acting_account() {
    let portal = TestPortal::new().await;
    let (ada, otto) = (portal.owner().await, portal.other_owner().await);
    let own = ada.get("/api/licenses").await.expect(200);
    let me = otto.get("/api/session").await.expect(200);
    let (id, number) = (me.text("/account/id"), me.text("/account/number"));
    for name in [
        "x-account",
        "x-account-id",
        "x-tenant",
        "x-tenant-id",
        "x-customer-number",
        "x-organization",
        "x-user-id",
        "account",
    ] {
        for value in [id, number] {
            let reply = ada.send(ada.request("GET", "/api/licenses").header(name, value), Bytes::new()).await;
            assert_eq!(reply.bytes, own.bytes, "{name}: {value}");
        }
    }
    let tag = ada
        .send(ada.request("GET", "/api/licenses").header("x-portico-account", me.text("/account/tag")), Bytes::new())
        .await;
    assert_eq!(tag.says(), "409 account_changed", "the tag is compared, never followed");
}

/// 24, 39: a token with a changed or missing end was taken.
#[tokio::test]
async fn a_token_is_taken_exactly_as_it_was_made() {
    let portal = TestPortal::new().await;
    register(&portal.stranger(), NORA).await.expect(202);
    let token = portal.letters_to(NORA).await.last_token();
    let mut others: Vec<String> = (0..token.len())
        .map(|at| {
            let mut bytes = token.clone().into_bytes();
            bytes[at] = if bytes[at].eq_ignore_ascii_case(&b'A') { b'B' } else { b'A' };
            String::from_utf8(bytes).unwrap()
        })
        .collect();
    others.extend((0..token.len()).step_by(7).map(|at| token[..at].to_owned()));
    others.extend([
        format!("{token}A"),
        format!("{token}="),
        format!("A{token}"),
        format!(" {token}"),
        format!("{token}\n"),
        token.to_uppercase(),
        token.repeat(2),
    ]);
    for other in others {
        let reply = confirm(&portal, &other).await;
        assert!([410, 422, 429].contains(&reply.status), "{other}: {}", reply.says());
        portal.clock.advance_secs(60);
    }
    confirm(&portal, &token).await.expect(200);
}

/// 28: an address registered beforehand by a stranger was linked to the one who proved it.
#[tokio::test]
async fn who_proves_the_address_has_the_login_not_who_named_it_first() {
    const MALLORYS: &str = "mallory waits for nora here";
    let portal = TestPortal::new().await;
    let mut theirs = registration(NORA);
    theirs["password"] = json!(MALLORYS);
    portal.stranger().post("/api/sign-up/registrations", theirs).await.expect(202);
    let mallorys = portal.letters_to(NORA).await.last_token();
    let unwitting = confirm(&portal, &mallorys).await;
    assert_eq!(
        (unwitting.status, unwitting.at("/password")),
        (422, "password_wrong"),
        "Nora never chose that password"
    );

    register(&portal.stranger(), NORA).await.expect(202);
    let noras = portal.letters_to(NORA).await.last_token();
    confirm(&portal, &noras).await.expect(200);
    let body = json!({ "token": mallorys, "password": MALLORYS });
    let late = portal.stranger().post("/api/sign-up/confirmations", body).await;
    assert!([409, 410].contains(&late.status), "{}", late.says());
    let mallory = portal.stranger().post("/api/session", json!({ "name": NORA, "password": MALLORYS })).await;
    assert_eq!(mallory.says(), "401 sign_in_failed");
    portal.sign_in(NORA).await;
}

/// 31: the limiter believed X-Forwarded-For.
#[tokio::test]
async fn forged_addresses_do_not_buy_more_tries() {
    let portal = TestPortal::new().await;
    let body = Bytes::from(json!({ "name": "ada@acme.test", "password": "not the right password" }).to_string());
    let mut guesses = 0;
    for n in 0..150 {
        let caller = portal.stranger();
        let address = format!("198.51.{}.{}", n / 100, n % 100);
        let mut request = caller.request("POST", "/api/session").header(CONTENT_TYPE, "application/json");
        for name in ["x-forwarded-for", "true-client-ip", "x-real-ip", "cf-connecting-ip", "x-client-ip", "forwarded"] {
            request = request.header(name, &address);
        }
        match caller.send(request, body.clone()).await.status {
            401 => guesses += 1,
            429 => return,
            status => panic!("{status}"),
        }
    }
    panic!("{guesses} guesses, and no end");
}

/// 41: the cost of a hash was chosen by the caller.
#[tokio::test]
async fn no_password_costs_more_than_another() {
    let portal = TestPortal::new().await;
    let long = portal
        .stranger()
        .post("/api/session", json!({ "name": "ada@acme.test", "password": "x".repeat(200_000) }))
        .await;
    assert!([401, 422].contains(&long.status), "{}", long.says());
    let huge = portal
        .stranger()
        .post("/api/session", json!({ "name": "ada@acme.test", "password": "x".repeat(1 << 20) }))
        .await;
    assert_eq!(huge.says(), "413 body_too_large");
}

/// 46: a write whose answer was lost was counted twice.
#[tokio::test]
async fn a_lost_answer_does_not_count_a_member_twice() {
    let portal = TestPortal::new().await;
    let otto = portal.other_owner().await;
    let members = || {
        let rows = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
        let acme = rows.iter().find(|row| row["n"]["S"] == "C10423").unwrap();
        acme["m"]["N"].as_str().unwrap().parse::<u32>().unwrap()
    };
    let before = members();
    portal.wire.inject(Rule::new(Fault::LostReply).on("TransactWriteItems").times(1));
    otto.post("/api/sign-up/claims", json!({ "activation_code": CODE })).await.expect(201);
    assert_eq!(portal.wire.felt(), 1);
    assert_eq!(members(), before + 1);
}
