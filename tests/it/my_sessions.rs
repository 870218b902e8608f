//! One's sessions: where one is signed in, ending one or all others, and the letter about a new device.

use http::header::{CONTENT_TYPE, USER_AGENT};
use hyper::body::Bytes;
use serde_json::{Value, json};
use tests::portal::{Caller, GOOD, Reply, TestPortal};

const SESSIONS: &str = "/api/session/sessions";
const FIREFOX: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0";
const SAFARI: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                      Version/26.0 Mobile/15E148 Safari/604.1";

/// Signs in with a browser.
async fn sign_in_with(caller: &Caller, name: &str, browser: &str) {
    let request = caller.request("POST", "/api/session").header(CONTENT_TYPE, "application/json");
    let body = json!({ "name": name, "password": GOOD }).to_string();
    caller.send(request.header(USER_AGENT, browser), Bytes::from(body)).await.expect(200);
}

async fn listed(caller: &Caller) -> Vec<Value> {
    caller.get(SESSIONS).await.expect(200).json["items"].as_array().unwrap().clone()
}

async fn end(caller: &Caller, id: &str) -> Reply {
    caller.delete(&format!("{SESSIONS}/{id}")).await
}

/// R206
#[tokio::test]
async fn the_list_shows_where_one_is_signed_in_the_last_used_first() {
    let portal = TestPortal::new().await;
    let (phone, desk) = (portal.stranger(), portal.stranger());
    sign_in_with(&phone, "vera@acme.test", SAFARI).await;
    portal.clock.advance_secs(60);
    sign_in_with(&desk, "vera@acme.test", FIREFOX).await;
    portal.other_owner().await;
    let short = |sessions: &[Value]| -> Vec<String> {
        let line = |it: &Value| format!("{} {} {}", it["browser"], it["system"], it["current"]).replace('"', "");
        sessions.iter().map(line).collect()
    };
    assert_eq!(short(&listed(&desk).await), ["firefox windows true", "safari ios false"]);
    portal.clock.advance_secs(600);
    phone.get("/api/session").await.expect(200);
    let sessions = listed(&phone).await;
    assert_eq!(short(&sessions), ["safari ios true", "firefox windows false"]);
    assert_eq!(
        (&sessions[0]["started_at"], &sessions[0]["seen_at"]),
        (&json!("2026-11-22T12:00:00Z"), &json!("2026-11-22T12:11:00Z"))
    );
    let cookie = phone.cookie("__Host-portico").unwrap();
    assert!(!cookie.contains(sessions[0]["id"].as_str().unwrap()), "the name of a session does not open it");
}

/// R206: what is shown is what counts (incident 10).
#[tokio::test]
async fn a_session_that_does_not_count_is_not_listed() {
    let portal = TestPortal::new().await;
    let here = portal.in_two_accounts().await;
    let accounts = here.get("/api/session/accounts").await;
    let mut others = Vec::new();
    for place in ["/items/0/id", "/items/1/id"] {
        let other = portal.in_two_accounts().await;
        other.put("/api/session/account", json!({ "account_id": accounts.text(place) })).await.expect(200);
        others.push(other);
    }
    let unused = portal.in_two_accounts().await;
    let left = portal.in_two_accounts().await;
    left.again().delete("/api/session").await.expect(204);
    assert_eq!(listed(&here).await.len(), 4, "signed out: gone");

    portal.clock.advance_secs(20 * 60);
    for caller in others.iter().chain([&here]) {
        caller.get("/api/session").await.expect(200);
    }
    portal.clock.advance_secs(15 * 60);
    assert_eq!(unused.get("/api/session").await.says(), "401 session_timed_out");
    assert_eq!(listed(&here).await.len(), 3, "timed out");

    portal.remove("tess@two.test").await;
    for other in &others {
        assert_eq!(other.get("/api/session").await.says(), "401 session_ended");
    }
    let sessions = listed(&here).await;
    assert_eq!((sessions.len(), &sessions[0]["current"]), (1, &json!(true)), "removed from both accounts");
}

/// R206
#[tokio::test]
async fn one_of_ones_sessions_is_ended_from_another() {
    let portal = TestPortal::new().await;
    let (here, lost, kept) = (portal.viewer().await, portal.viewer().await, portal.viewer().await);
    let id = listed(&lost).await.iter().find(|it| it["current"] == true).unwrap()["id"].as_str().unwrap().to_owned();
    let before = portal.wire.snapshot();
    end(&here, &id).await.expect(204);
    let changes = before.changes(&portal.wire.snapshot());
    assert_eq!(changes.len(), 2, "the session, and a log entry: {changes:?}");
    assert!(
        portal.wire.snapshot().find("journal", "LOG#usr_", "").iter().any(|row| row["event"]["S"] == "session_ended")
    );
    assert_eq!(lost.get("/api/session").await.says(), "401 session_ended");
    for caller in [&here, &kept] {
        caller.get("/api/session").await.expect(200);
    }
    assert!(here.cookie("__Host-portico").is_some());
    assert_eq!(end(&here, &id).await.says(), "404 not_found", "once");
}

/// R206, R109
#[tokio::test]
async fn ending_the_session_that_asks_is_signing_out() {
    let portal = TestPortal::new().await;
    let here = portal.viewer().await;
    let stolen = here.again();
    let id = listed(&here).await[0]["id"].as_str().unwrap().to_owned();
    end(&here, &id).await.expect(204);
    assert_eq!(here.cookie("__Host-portico"), None, "the browser forgets it");
    assert_eq!(stolen.get("/api/session").await.says(), "401 session_ended");
}

/// R206: foreign, unknown and impossible are one answer, and change nothing (incident 19).
#[tokio::test]
async fn what_is_no_session_of_ones_own_does_not_exist() {
    let portal = TestPortal::new().await;
    let (vera, otto) = (portal.viewer().await, portal.other_owner().await);
    let foreign = listed(&otto).await[0]["id"].as_str().unwrap().to_owned();
    let own = listed(&vera).await[0]["id"].as_str().unwrap().to_owned();
    let before = portal.wire.snapshot();
    let mut answers = Vec::new();
    for id in [
        foreign.clone(),
        "0".repeat(64),
        "x".to_owned(),
        own.to_uppercase(),
        own[..63].to_owned(),
        format!("{own}0"),
        format!("{own}%20"),
        "%ff".to_owned(),
        "%00".to_owned(),
        "SESSION%23x".to_owned(),
        "1".repeat(10_000),
    ] {
        let reply = end(&vera, &id).await;
        assert_eq!(reply.says(), "404 not_found", "{}", &id[..id.len().min(80)]);
        answers.push(reply.bytes);
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(before.changes(&portal.wire.snapshot()), Vec::<String>::new());
    otto.get("/api/session").await.expect(200);
    assert_eq!(end(&portal.stranger(), &foreign).await.says(), "401 sign_in_needed");
}

/// R206
#[tokio::test]
async fn all_other_sessions_end_at_once() {
    let portal = TestPortal::new().await;
    let (here, one, two) = (portal.viewer().await, portal.viewer().await, portal.viewer().await);
    here.delete(SESSIONS).await.expect(204);
    for caller in [&one, &two] {
        assert_eq!(caller.get("/api/session").await.says(), "401 session_ended");
    }
    assert_eq!(listed(&here).await.len(), 1);
    assert!(
        portal
            .wire
            .snapshot()
            .find("journal", "LOG#usr_", "")
            .iter()
            .any(|row| row["event"]["S"] == "other_sessions_ended")
    );
    let later = portal.viewer().await;
    assert_eq!(listed(&later).await.len(), 2, "who signs in later is in");
}

/// R206: of many who end each other one stays.
#[tokio::test]
async fn of_eight_sessions_that_end_all_others_at_once_one_stays() {
    let portal = TestPortal::new().await;
    let mut sessions = Vec::new();
    for _ in 0..8 {
        sessions.push(portal.viewer().await);
    }
    let replies = crate::races::at_once(sessions.iter().map(|session| session.delete(SESSIONS))).await;
    let said: Vec<_> = replies.iter().map(Reply::says).collect();
    assert_eq!(said.iter().filter(|says| *says == "204").count(), 1, "{said:?}");
    assert!(said.iter().all(|says| ["204", "409 conflict", "401 session_ended"].contains(&says.as_str())), "{said:?}");
    let mut left = 0;
    for session in &sessions {
        left += usize::from(session.get("/api/session").await.status == 200);
    }
    assert_eq!(left, 1);
}

/// R206
#[tokio::test]
async fn a_sign_in_from_a_new_device_is_told() {
    let portal = TestPortal::new().await;
    let told = async || portal.letters_to("vera@acme.test").await;
    let phone = portal.stranger();
    sign_in_with(&phone, "vera@acme.test", SAFARI).await;
    assert_eq!(told().await.count(), 0, "the first sign-in of all: there is nothing to compare it with");
    phone.delete("/api/session").await.expect(204);
    sign_in_with(&phone, "vera@acme.test", SAFARI).await;
    assert_eq!(told().await.count(), 0, "the same browser again");

    let thief = portal.stranger();
    sign_in_with(&thief, "vera@acme.test", FIREFOX).await;
    let letters = told().await;
    assert_eq!(letters.count(), 1);
    assert!(letters.last().contains("Firefox on Windows"), "{}", letters.last());
    let link = letters.last_link();
    assert!(link.starts_with("https://portal.test/take-back#token="), "{link}");
    let undo = portal.wire.snapshot().find("sessions", "UNDO#", "UNDO");
    assert_eq!(undo.len(), 1);
    assert!(!portal.wire.snapshot().holds(link.rsplit('.').next().unwrap()), "only the token's hash is stored");

    // A forged or foreign device cookie makes no known device.
    let forged = portal.stranger();
    forged.set_cookie("__Host-portico-device", "x.y.z");
    sign_in_with(&forged, "vera@acme.test", FIREFOX).await;
    let ottos = portal.other_owner().await;
    sign_in_with(&ottos, "vera@acme.test", FIREFOX).await;
    assert_eq!(told().await.count(), 3);
}

/// R206, R202
#[tokio::test]
async fn whoever_did_not_sign_in_takes_it_back() {
    let portal = TestPortal::new().await;
    let (vera, thief) = (portal.viewer().await, portal.viewer().await);
    let token = portal.letters_to("vera@acme.test").await.last_token();
    let back = portal.stranger().post("/api/profile/reversals", json!({ "token": token })).await.expect(200);
    assert_eq!((back.text("/what"), &back.json["password_removed"]), ("sign_in", &json!(true)));
    for caller in [&vera, &thief] {
        assert_eq!(caller.get("/api/session").await.says(), "401 session_ended");
    }
    let again = portal.stranger().post("/api/session", json!({ "name": "vera@acme.test", "password": GOOD })).await;
    assert_eq!(again.says(), "401 sign_in_failed", "somebody else knows that password");
}
