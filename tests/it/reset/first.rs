//! The first sign-in of people whom the vendor recorded: by a mailed link, or by the activation code of an order.

use serde_json::json;
use tests::portal::{CODE, Reply, TestPortal};

use super::{FAY, FAYS_CODE, OTHER, ask, link, person, record_fern, set, sign_in};
use crate::races::at_once;

async fn by_code(portal: &TestPortal, code: &str, password: &str) -> Reply {
    let body = json!({ "activation_code": code, "password": password });
    portal.stranger().post("/api/reset/first-passwords", body).await
}

/// How many nicknames are taken.
fn nicknames(portal: &TestPortal) -> usize {
    portal.wire.snapshot().find("credentials", "NICKNAME#", "NICKNAME").len()
}

/// The events of all logs.
fn events(portal: &TestPortal) -> Vec<String> {
    let entries = portal.wire.snapshot().find("journal", "LOG#", "");
    entries.iter().map(|row| row["event"]["S"].as_str().unwrap().to_owned()).collect()
}

/// R104, R108, R205
#[tokio::test]
async fn somebody_recorded_sets_the_first_password_by_mail_and_signs_in() {
    for name in [FAY, "c10800", "finn@fern.test"] {
        let portal = TestPortal::new().await;
        record_fern(&portal).await;
        let before = nicknames(&portal);
        let email = if name == "finn@fern.test" { name } else { FAY };
        assert_eq!(sign_in(&portal, name, OTHER).await, "401 sign_in_failed");
        ask(&portal, name).await.expect(204);
        let letters = portal.letters_to(email).await;
        let language = if email == FAY { "/de" } else { "" };
        assert!(letters.last_link().starts_with(&format!("https://portal.test{language}/reset#token=")));
        set(&portal.stranger(), &letters.last_token(), OTHER).await.expect(204);

        let me = portal.stranger().post("/api/session", json!({ "name": name, "password": OTHER })).await.expect(200);
        assert_eq!(me.text("/user/email"), email);
        assert_eq!(me.text("/account/name"), "Fern Garden Tools");
        let row = person(&portal, email);
        assert_eq!((row["st"]["S"].as_str(), row["g"]["N"].as_str()), (Some("active"), Some("1")));
        let nickname = row["nk"]["S"].as_str().unwrap();
        assert!(nickname.starts_with("user-") && nickname.len() == 15, "{nickname}");
        assert_eq!(nicknames(&portal), before + 1, "and it is hers alone");
        let notices = portal.letters_to(email).await;
        assert_eq!(notices.count(), 2);
        assert!(notices.last_link().contains("/take-back#token="), "{}", notices.last());
    }
}

/// R104: what is written for somebody invited says so, and is the first password.
#[tokio::test]
async fn the_first_password_is_called_the_first() {
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    let first = link(&portal, FAY).await;
    let invited = portal.ses.mails_to(FAY).remove(0).subject.clone();
    set(&portal.stranger(), &first, OTHER).await.expect(204);
    let sets = portal.wire.snapshot().find("journal", "LOG#", "");
    assert!(sets.iter().any(|row| row["event"]["S"] == "password_set" && row["how"]["S"] == "first"), "{sets:?}");
    portal.clock.advance_secs(600);
    let again = link(&portal, FAY).await;
    assert_ne!(portal.ses.mails_to(FAY).remove(0).subject, invited, "from then on it is a reset");
    let nickname = person(&portal, FAY)["nk"].clone();
    set(&portal.stranger(), &again, "ten woolen mittens dry").await.expect(204);
    assert_eq!(person(&portal, FAY)["nk"], nickname, "whoever has a nickname keeps it");
}

/// R105
#[tokio::test]
async fn an_activation_code_opens_the_first_sign_in() {
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    let mailed = link(&portal, FAY).await;
    let answer = by_code(&portal, "fffff eeeee rrrrr nnnnn", OTHER).await.expect(200);
    assert_eq!(answer.json, json!({ "name": FAY }));
    assert_eq!(answer.header("set-cookie"), "");
    assert_eq!(sign_in(&portal, FAY, OTHER).await, "200");
    assert_eq!(set(&portal.stranger(), &mailed, "ten woolen mittens dry").await.says(), "410 link_expired");
    assert_eq!(person(&portal, FAY)["nk"]["S"].as_str().unwrap().len(), 15);
    let logged = events(&portal);
    for event in ["password_set", "claimed_order"] {
        assert_eq!(logged.iter().filter(|one| *one == event).count(), 1, "{event} in {logged:?}");
    }
    let notices = portal.letters_to(FAY).await;
    assert!(notices.last_link().contains("/take-back#token="), "who did not do it takes it back: {}", notices.last());
    let again = by_code(&portal, FAYS_CODE, OTHER).await;
    assert_eq!((again.status, again.at("/activation_code")), (422, "activation_code_used"));
}

/// R105
#[tokio::test]
async fn of_16_first_sign_ins_by_one_code_one_wins() {
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    let said = at_once((0..16).map(|_| by_code(&portal, FAYS_CODE, OTHER))).await;
    assert_eq!(said.iter().filter(|reply| reply.status == 200).count(), 1);
    let refused = said.iter().filter(|reply| reply.at("/activation_code") == "activation_code_used").count();
    let has_login = said.iter().filter(|reply| reply.at("/activation_code") == "activation_code_has_login").count();
    assert_eq!(refused + has_login, 15);
    assert_eq!(portal.letters_to(FAY).await.count(), 1, "one notice");
}

/// R105: by mail and by code at the same time, one of them wins.
#[tokio::test]
async fn a_link_and_a_code_do_not_set_two_passwords() {
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    let token = link(&portal, FAY).await;
    let stranger = portal.stranger();
    let mailed = set(&stranger, &token, OTHER);
    let (mailed, coded) = tokio::join!(mailed, by_code(&portal, FAYS_CODE, "ten woolen mittens dry"));
    let wins = [mailed.status == 204, coded.status == 200];
    assert!(wins[0] != wins[1], "{} {}", mailed.says(), coded.says());
    assert_eq!(person(&portal, FAY)["g"]["N"], "1");
    let works = if wins[0] { OTHER } else { "ten woolen mittens dry" };
    assert_eq!(sign_in(&portal, FAY, works).await, "200");
}

/// R105
#[tokio::test]
async fn each_code_that_does_not_open_says_why() {
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    let codes = |portal: &TestPortal| portal.wire.snapshot().find("accounts", "CODE#", "CODE");
    let before = portal.wire.snapshot();
    for (code, wanted) in [
        ("123", "activation_code_invalid"),
        ("ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ", "activation_code_unknown"),
        (CODE, "activation_code_has_login"),
        ("99999-AAAAA-BBBBB-CCCCC", "activation_code_has_login"),
    ] {
        let reply = by_code(&portal, code, OTHER).await;
        assert_eq!((reply.status, reply.at("/activation_code")), (422, wanted), "{code}");
    }
    let common = by_code(&portal, FAYS_CODE, "Fern Garden Tools 8").await;
    assert_eq!(common.at("/password"), "password_contains", "the company's name is known, too");
    let changes = before.changes(&portal.wire.snapshot());
    assert!(changes.iter().all(|line| line.contains("THROTTLE#")), "{changes:?}");

    let hers = codes(&portal).into_iter().find(|row| row["o"]["S"] == "SO-8001").unwrap();
    for (state, wanted) in [("used", "activation_code_used"), ("cancelled", "activation_code_used")] {
        portal.update(&hers, "SET st = :st", json!({ ":st": { "S": state } }));
        assert_eq!(by_code(&portal, FAYS_CODE, OTHER).await.at("/activation_code"), wanted, "{state}");
    }
    portal.update(&hers, "SET st = :st", json!({ ":st": { "S": "unused" } }));
    let account = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
    let fern = account.into_iter().find(|row| row["n"]["S"] == "C10800").unwrap();
    for state in ["suspended", "closed"] {
        portal.update(&fern, "SET st = :st, w = :w", json!({ ":st": { "S": state }, ":w": { "S": "Unpaid" } }));
        let reply = by_code(&portal, FAYS_CODE, OTHER).await;
        assert_eq!(reply.at("/activation_code"), "activation_code_unavailable", "{state}");
    }
    assert_eq!(person(&portal, FAY)["st"]["S"], "invited");
    assert_eq!(sign_in(&portal, FAY, OTHER).await, "401 sign_in_failed");
    portal.update(&fern, "SET st = :st", json!({ ":st": { "S": "active" } }));
    by_code(&portal, FAYS_CODE, OTHER).await.expect(200);
}

/// R105
#[tokio::test]
async fn a_network_that_tries_codes_without_end_is_told_to_wait() {
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    for _ in 0..60 {
        let reply = by_code(&portal, "ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ", OTHER).await;
        assert_eq!(reply.at("/activation_code"), "activation_code_unknown");
    }
    assert_eq!(by_code(&portal, FAYS_CODE, OTHER).await.says(), "429 too_many_tries");
}
