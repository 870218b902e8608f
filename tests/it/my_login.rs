//! One's own login: password and address.

use std::time::Duration;

use serde_json::json;
use tests::portal::{Caller, GOOD, Reply, TestPortal};
use tests::wire::{Fault, Rule};

const MIA: &str = "mia@acme.test";
const NEW: &str = "mia.park@acme.test";
const OTHER: &str = "nine plain brown wrens";

async fn change_password(caller: &Caller, current: &str, new: &str) -> Reply {
    caller.put("/api/profile/password", json!({ "password": current, "new_password": new })).await
}

async fn ask_for_email(caller: &Caller, email: &str) -> Reply {
    caller.post("/api/profile/email", json!({ "email": email, "password": GOOD })).await
}

async fn confirm_as(caller: &Caller, token: &str) -> Reply {
    caller.post("/api/profile/email/confirmations", json!({ "token": token, "password": GOOD })).await
}

async fn confirm_email(portal: &TestPortal, token: &str) -> Reply {
    confirm_as(&portal.stranger(), token).await
}

async fn take_back(portal: &TestPortal, token: &str) -> Reply {
    portal.stranger().post("/api/profile/reversals", json!({ "token": token })).await
}

async fn signs_in(portal: &TestPortal, name: &str, password: &str) -> String {
    portal.stranger().post("/api/session", json!({ "name": name, "password": password })).await.says()
}

/// R203
#[tokio::test]
async fn a_new_password_counts_at_once_and_ends_all_other_sessions() {
    let portal = TestPortal::new().await;
    let (mia, elsewhere) = (portal.member().await, portal.member().await);
    change_password(&mia, GOOD, OTHER).await.expect(204);
    assert_eq!(elsewhere.get("/api/session").await.says(), "401 session_ended");
    assert_eq!(mia.get("/api/session").await.says(), "200", "the session that changed it goes on");
    assert_eq!(signs_in(&portal, MIA, GOOD).await, "401 sign_in_failed");
    assert_eq!(signs_in(&portal, MIA, OTHER).await, "200");
    change_password(&mia, OTHER, GOOD).await.expect(204);
    let letters = portal.letters_to(MIA).await;
    assert!(letters.last_link().contains("/take-back#token="), "{}", letters.last_link());
}

/// R203, R903
#[tokio::test]
async fn a_password_is_refused_by_what_it_is() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    let before = portal.wire.snapshot();
    for (new, code) in [
        ("short", "password_too_short"),
        ("", "required"),
        ("passwordpassword", "password_common"),
        ("mia@acme.test123", "password_contains"),
        ("Northlight CAD 1", "password_contains"),
        (GOOD, "password_same"),
        (&"é".repeat(600), "password_too_long"),
    ] {
        assert_eq!(change_password(&mia, GOOD, new).await.expect(422).at("/new_password"), code, "{new}");
    }
    assert_eq!(
        change_password(&mia, "wrong but long enough", OTHER).await.expect(422).at("/password"),
        "password_wrong"
    );
    assert_eq!(change_password(&mia, "", OTHER).await.expect(422).at("/password"), "required");
    let changed: Vec<_> = before.changes(&portal.wire.snapshot());
    assert!(changed.iter().all(|line| line.contains("THROTTLE")), "{changed:?}");
    assert_eq!(signs_in(&portal, MIA, GOOD).await, "200");
}

/// R203: the current password cannot be guessed from an open session.
#[tokio::test]
async fn the_current_password_is_counted() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    for _ in 0..20 {
        assert_eq!(change_password(&mia, "wrong but long enough", OTHER).await.status, 422);
    }
    assert_eq!(change_password(&mia, GOOD, OTHER).await.says(), "429 too_many_tries");
    portal.clock.advance_secs(15 * 60);
    change_password(&mia, GOOD, OTHER).await.expect(204);
}

/// R203, R206: a session that has ended uses up nobody's tries, whoever kept its cookie.
#[tokio::test]
async fn an_ended_session_uses_up_no_tries() {
    let portal = TestPortal::new().await;
    let (thief, mia) = (portal.member().await, portal.member().await);
    mia.delete("/api/session/sessions").await.expect(204);
    for _ in 0..21 {
        let says = change_password(&thief, "wrong but long enough", OTHER).await.says();
        assert!(["401 session_ended", "429 too_many_tries"].contains(&says.as_str()), "{says}");
    }
    change_password(&mia, GOOD, OTHER).await.expect(204);
}

/// R203: of many changes at once one counts.
#[tokio::test]
async fn of_many_password_changes_at_once_one_counts() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    let mut tries = tokio::task::JoinSet::new();
    for number in 0..8 {
        let caller = mia.again();
        let new = format!("{OTHER} {number}");
        tries.spawn(async move { (change_password(&caller, GOOD, &new).await.status, new) });
    }
    let answers = tries.join_all().await;
    let done: Vec<_> = answers.iter().filter(|(status, _)| *status == 204).collect();
    assert_eq!(done.len(), 1, "{answers:?}");
    assert_eq!(signs_in(&portal, MIA, &done[0].1).await, "200");
}

/// R203: hash and person are read at once, not at one moment: the person, read after the change, would let the old
/// password in.
#[tokio::test]
async fn an_old_password_does_not_slip_in_beside_its_change() {
    let portal = TestPortal::new().await;
    let (mia, thief) = (portal.member().await, portal.stranger());
    portal.wire.inject(Rule::new(Fault::Delay(Duration::from_secs(2))).on("Query").at("accounts").times(1));
    let sign_in = thief.post("/api/session", json!({ "name": MIA, "password": GOOD }));
    let (stolen, changed) = tokio::join!(sign_in, change_password(&mia, GOOD, OTHER));
    assert_eq!((stolen.says(), changed.says()), ("401 sign_in_failed".to_owned(), "204".to_owned()));
    assert_eq!(portal.wire.felt(), 1);
    assert_eq!(thief.get("/api/session").await.says(), "401 sign_in_needed");
}

/// R202: whoever changed the password is out, and nobody has one until the person makes a new one by mail.
#[tokio::test]
async fn a_password_that_somebody_else_changed_is_taken_back() {
    let portal = TestPortal::new().await;
    let thief = portal.member().await;
    change_password(&thief, GOOD, OTHER).await.expect(204);
    let token = portal.letters_to(MIA).await.last_token();
    let answer = take_back(&portal, &token).await.expect(200);
    assert_eq!(answer.json, json!({ "what": "password", "password_removed": true }));
    assert_eq!(thief.get("/api/session").await.says(), "401 session_ended");
    for password in [GOOD, OTHER] {
        assert_eq!(signs_in(&portal, MIA, password).await, "401 sign_in_failed");
    }
    assert!(portal.letters_to(MIA).await.last_link().contains("/forgot"), "told how to go on");
}

/// R204
#[tokio::test]
async fn a_new_address_counts_when_its_link_is_opened() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    ask_for_email(&mia, NEW).await.expect(204);
    let to_new = portal.letters_to(NEW).await;
    assert!(to_new.last_link().contains("/confirm-email#token="), "{}", to_new.last_link());
    assert_eq!(portal.letters_to(MIA).await.count(), 1, "and the old address hears of it");
    assert_eq!(signs_in(&portal, NEW, GOOD).await, "401 sign_in_failed", "not before");
    assert_eq!(mia.get("/api/session").await.text("/user/email"), MIA);

    let confirmed = confirm_email(&portal, &to_new.last_token()).await.expect(200);
    assert_eq!(confirmed.json, json!({ "email": NEW }));
    assert_eq!(mia.get("/api/session").await.says(), "401 session_ended");
    assert_eq!(signs_in(&portal, MIA, GOOD).await, "401 sign_in_failed");
    assert_eq!((portal.letters_to(MIA).await.count(), portal.letters_to(NEW).await.count()), (2, 2), "both are told");
    assert_eq!(portal.sign_in(NEW).await.get("/api/session").await.text("/user/email"), NEW);
    assert_eq!(confirm_email(&portal, &to_new.last_token()).await.says(), "410 link_expired", "once");
}

/// R204, R202
#[tokio::test]
async fn an_address_that_somebody_else_changed_is_taken_back_from_the_old_one() {
    let portal = TestPortal::new().await;
    let thief = portal.member().await;
    ask_for_email(&thief, "thief@evil.test").await.expect(204);
    confirm_email(&portal, &portal.letters_to("thief@evil.test").await.last_token()).await.expect(200);
    let thief = portal.sign_in("thief@evil.test").await;
    let answer = take_back(&portal, &portal.letters_to(MIA).await.last_token()).await.expect(200);
    assert_eq!(answer.json, json!({ "what": "email", "password_removed": true }));
    assert_eq!(thief.get("/api/session").await.says(), "401 session_ended");
    assert_eq!(signs_in(&portal, "thief@evil.test", GOOD).await, "401 sign_in_failed");
    let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
    assert!(people.iter().any(|row| row["m"]["S"] == MIA) && !portal.wire.snapshot().holds("NAME#thief@evil.test"));
}

/// R204, R202: before it is confirmed, the old address can stop it.
#[tokio::test]
async fn a_change_of_address_is_stopped_before_it_is_confirmed() {
    let portal = TestPortal::new().await;
    let thief = portal.member().await;
    ask_for_email(&thief, "thief@evil.test").await.expect(204);
    let link = portal.letters_to("thief@evil.test").await.last_token();
    let answer = take_back(&portal, &portal.letters_to(MIA).await.last_token()).await.expect(200);
    assert_eq!(answer.text("/what"), "email_request");
    assert_eq!(confirm_email(&portal, &link).await.says(), "410 link_expired");
    assert_eq!(thief.get("/api/session").await.says(), "401 session_ended");
}

/// R204
#[tokio::test]
async fn a_link_to_a_new_address_ends_with_time_a_newer_one_and_a_new_password() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    ask_for_email(&mia, NEW).await.expect(204);
    let first = portal.letters_to(NEW).await.last_token();
    ask_for_email(&mia, "m.park@acme.test").await.expect(204);
    assert_eq!(confirm_email(&portal, &first).await.says(), "410 link_expired", "superseded");
    let second = portal.letters_to("m.park@acme.test").await.last_token();
    portal.clock.advance_secs(10 * 60);
    assert_eq!(confirm_email(&portal, &second).await.says(), "410 link_expired", "ten minutes");
    ask_for_email(&mia, NEW).await.expect(204);
    let third = portal.letters_to(NEW).await.last_token();
    change_password(&mia, GOOD, OTHER).await.expect(204);
    assert_eq!(confirm_email(&portal, &third).await.says(), "410 link_expired", "another password");
}

/// R204: somebody else's address cannot be had, and nobody learns whose it is.
#[tokio::test]
async fn an_address_with_a_login_gets_the_same_answer_and_another_letter() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    let (taken, free) = (ask_for_email(&mia, "max@acme.test").await, ask_for_email(&mia, NEW).await);
    assert_eq!((taken.status, &taken.bytes), (free.status, &free.bytes));
    assert!(portal.letters_to("max@acme.test").await.last_link().ends_with("/sign-in"));
    assert_eq!(portal.member().await.get("/api/session").await.text("/user/email"), MIA);
}

/// R204: two people prove one address at the same time.
#[tokio::test]
async fn an_address_becomes_one_persons() {
    let portal = TestPortal::new().await;
    let mut tokens = Vec::new();
    for name in [MIA, "max@acme.test", "vera@acme.test"] {
        ask_for_email(&portal.sign_in(name).await, "shared@acme.test").await.expect(204);
        tokens.push(portal.letters_to("shared@acme.test").await.last_token());
    }
    let mut clicks = tokio::task::JoinSet::new();
    for token in tokens.into_iter().cycle().take(30) {
        let stranger = portal.stranger();
        clicks.spawn(async move { confirm_as(&stranger, &token).await.status });
    }
    let answers = clicks.join_all().await;
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");
    let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
    assert_eq!(people.iter().filter(|row| row["m"]["S"] == "shared@acme.test").count(), 1);
}

/// R201, R204
#[tokio::test]
async fn an_owners_address_is_the_vendors_to_change() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    assert_eq!(ask_for_email(&ada, "ada@new.test").await.expect(422).at("/email"), "protected");
    let wish = json!({ "kind": "email", "email": "ada@new.test", "reason": "" });
    ada.post("/api/profile/change-requests", wish).await.expect(201);
    assert_eq!(portal.letters_to("ada@new.test").await.count(), 0);
}

/// R204, R903
#[tokio::test]
async fn what_is_no_address_is_refused_at_its_field() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    for email in ["", "mia", "mia@", "a@b@c.test", "mia@acme.test\r\nBcc: x@y.test", "mia@аcme.test\u{202e}"] {
        assert_eq!(ask_for_email(&mia, email).await.status, 422, "{email:?}");
    }
    assert_eq!(ask_for_email(&mia, MIA).await.expect(422).at("/email"), "email_same");
    let list = mia.post("/api/profile/email", json!({ "email": [NEW, "x@y.test"], "password": GOOD })).await;
    assert_eq!(list.expect(422).at("/email"), "wrong_type");
    assert_eq!(portal.letters_to(NEW).await.count(), 0);
}
