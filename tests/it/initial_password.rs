//! The first sign-in with a password that somebody else gave, and the person's own in its place.

use std::time::Duration;

use serde_json::{Value, json};
use tests::portal::{Caller, GOOD, Reply, TestPortal};
use tests::wire::{Fault, Rule, Snapshot};

use crate::races::at_once;
use crate::reset::record_fern;

const MIA: &str = "mia@acme.test";
/// Somebody the vendor recorded, who has never signed in.
const FINN: &str = "finn@fern.test";
/// Another password than everybody's.
const OWN: &str = "nine copper kettles hum";
/// How long an initial password is good, in seconds.
const LIFE: i64 = 72 * 3_600;

/// Signs in with everybody's password, and with one to have instead.
async fn sign_in(caller: &Caller, name: &str, new: &str) -> Reply {
    caller.post("/api/session", json!({ "name": name, "password": GOOD, "new_password": new })).await
}

/// Whether a password signs in by itself.
async fn signs_in(portal: &TestPortal, name: &str, password: &str) -> String {
    portal.stranger().post("/api/session", json!({ "name": name, "password": password })).await.says()
}

/// The row of a person.
fn person(portal: &TestPortal, email: &str) -> Value {
    let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
    people.into_iter().find(|row| row["m"]["S"] == email).unwrap()
}

/// The row of somebody's password.
fn password(portal: &TestPortal, email: &str) -> Value {
    let owner = person(portal, email)["pk"]["S"].as_str().unwrap().to_owned();
    portal.wire.snapshot().find("credentials", &owner, "PASSWORD").swap_remove(0)
}

/// What somebody's log says, the person's own and the account's.
fn logged(portal: &TestPortal, event: &str) -> usize {
    let log = portal.wire.snapshot().find("journal", "LOG#", "");
    log.iter().filter(|row| row["event"]["S"] == event).count()
}

/// What was written since, the counts of throttles aside.
fn written(portal: &TestPortal, before: &Snapshot) -> Vec<String> {
    let changed = before.changes(&portal.wire.snapshot());
    changed.into_iter().filter(|line| !line.contains("THROTTLE#")).collect()
}

/// R303
#[tokio::test]
async fn an_initial_password_signs_in_with_ones_own_in_its_place() {
    let portal = TestPortal::new().await;
    let (mia, elsewhere) = (portal.member().await, portal.member().await);
    portal.give_initial_password(MIA, LIFE);
    let before = portal.wire.snapshot();
    for field in ["code", "new_password"] {
        let asked = portal.stranger().post("/api/session", json!({ "name": MIA, "password": GOOD, field: "" })).await;
        assert_eq!((asked.says().as_str(), asked.header("set-cookie")), ("401 new_password_needed", ""));
    }
    assert_eq!(written(&portal, &before), [""; 0], "no session, no letter, nothing in the log");

    let me = sign_in(&mia, MIA, OWN).await.expect(200);
    assert_eq!((me.text("/user/email"), me.text("/account/number")), (MIA, "C10423"));
    assert_eq!(mia.get("/api/session").await.says(), "200", "the session that began goes on");
    assert_eq!(elsewhere.get("/api/session").await.says(), "401 session_ended", "those before end");
    assert_eq!(signs_in(&portal, MIA, GOOD).await, "401 sign_in_failed");
    assert_eq!(signs_in(&portal, MIA, OWN).await, "200");
    assert_eq!(password(&portal, MIA)["i"], Value::Null, "one's own has no end");
    portal.clock.advance_secs(LIFE.unsigned_abs());
    assert_eq!(signs_in(&portal, MIA, OWN).await, "200");
    assert_eq!(logged(&portal, "password_set"), 1);
    let entry = portal.wire.snapshot().find("journal", "LOG#usr_", "evt_");
    assert!(entry.iter().any(|row| row["event"]["S"] == "password_set" && row["how"]["S"] == "first"), "{entry:?}");
}

/// R303, R202
#[tokio::test]
async fn a_notice_tells_of_it_and_can_take_it_back() {
    let portal = TestPortal::new().await;
    // The browser in which she signed in before: no letter about a new device.
    let mia = portal.member().await;
    portal.give_initial_password(MIA, LIFE);
    sign_in(&mia, MIA, OWN).await.expect(200);
    let letters = portal.letters_to(MIA).await;
    assert_eq!(letters.count(), 1, "{:?}", letters.texts());
    let back = json!({ "token": letters.last_token() });
    let back = portal.stranger().post("/api/profile/reversals", back).await.expect(200);
    assert_eq!(back.json, json!({ "what": "password", "password_removed": true }));
    assert_eq!(mia.get("/api/session").await.says(), "401 session_ended");
    for password in [GOOD, OWN] {
        assert_eq!(signs_in(&portal, MIA, password).await, "401 sign_in_failed");
    }
}

/// R303: to the millisecond of its row, and told only to whoever has it.
#[tokio::test]
async fn after_72_hours_it_is_past_its_time() {
    for (seconds, says) in [(LIFE - 1, "401 new_password_needed"), (LIFE, "403 initial_password_expired")] {
        let portal = TestPortal::new().await;
        portal.give_initial_password(MIA, LIFE);
        portal.clock.advance_secs(seconds.unsigned_abs());
        assert_eq!(signs_in(&portal, MIA, GOOD).await, says, "after {seconds} s");
    }
    let portal = TestPortal::new().await;
    portal.give_initial_password(MIA, 0);
    assert_eq!(signs_in(&portal, MIA, OWN).await, "401 sign_in_failed");
    let before = portal.wire.snapshot();
    assert_eq!(sign_in(&portal.stranger(), MIA, OWN).await.says(), "403 initial_password_expired");
    assert_eq!(written(&portal, &before), [""; 0]);
}

/// R303, R108, R203
#[tokio::test]
async fn every_other_way_to_ones_own_password_leaves_no_end_behind() {
    let portal = TestPortal::new().await;
    portal.give_initial_password(MIA, 0);
    portal.stranger().post("/api/reset/requests", json!({ "name": MIA })).await.expect(204);
    let token = portal.letters_to(MIA).await.last_token();
    portal.stranger().post("/api/reset/passwords", json!({ "token": token, "password": OWN })).await.expect(204);
    assert_eq!(signs_in(&portal, MIA, OWN).await, "200", "the way on that the page names");

    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    portal.give_initial_password(MIA, LIFE);
    mia.put("/api/profile/password", json!({ "password": GOOD, "new_password": OWN })).await.expect(204);
    assert_eq!(signs_in(&portal, MIA, OWN).await, "200");
}

/// R303, R108: a link asked for before would set the password once more.
#[tokio::test]
async fn what_was_asked_for_by_mail_before_ends() {
    let portal = TestPortal::new().await;
    portal.stranger().post("/api/reset/requests", json!({ "name": MIA })).await.expect(204);
    let token = portal.letters_to(MIA).await.last_token();
    portal.give_initial_password(MIA, LIFE);
    sign_in(&portal.stranger(), MIA, OWN).await.expect(200);
    let late = json!({ "token": token, "password": "seven brass lanterns hum" });
    assert_eq!(portal.stranger().post("/api/reset/passwords", late).await.says(), "410 link_expired");
}

/// R303
#[tokio::test]
async fn of_16_first_sign_ins_at_once_one_wins() {
    let portal = TestPortal::new().await;
    portal.give_initial_password(MIA, LIFE);
    let callers: Vec<_> = (0..16).map(|number| (portal.stranger(), format!("{OWN} {number}"))).collect();
    let said = at_once(callers.iter().map(|(caller, new)| sign_in(caller, MIA, new))).await;
    let said: Vec<_> = said.iter().map(Reply::says).collect();
    let winner = said.iter().position(|says| says == "200").unwrap_or_else(|| panic!("{said:?}"));
    assert!(said.iter().enumerate().all(|(at, says)| at == winner || says == "401 sign_in_failed"), "{said:?}");
    for (number, (caller, _)) in callers.iter().enumerate() {
        assert_eq!(caller.get("/api/session").await.status == 200, number == winner, "{number}");
    }
    assert_eq!(signs_in(&portal, MIA, &callers[winner].1).await, "200");
    assert_eq!((logged(&portal, "password_set"), portal.letters_to(MIA).await.count()), (1, 2), "and a new device");
    assert_eq!(person(&portal, MIA)["g"]["N"], "1");
}

/// R303: password and person are read at once, not at one moment: the person, read after the first sign-in, would let
/// the initial password in once more.
#[tokio::test]
async fn a_second_use_does_not_slip_in_beside_the_first() {
    let portal = TestPortal::new().await;
    portal.give_initial_password(MIA, LIFE);
    let (mia, thief) = (portal.stranger(), portal.stranger());
    portal.wire.inject(Rule::new(Fault::Delay(Duration::from_secs(2))).on("Query").at("accounts").times(1));
    let late = sign_in(&thief, MIA, "seven brass lanterns hum");
    let first = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        sign_in(&mia, MIA, OWN).await
    };
    let (late, first) = tokio::join!(late, first);
    assert_eq!((late.says(), first.says()), ("401 sign_in_failed".to_owned(), "200".to_owned()));
    assert_eq!(portal.wire.felt(), 1);
    assert_eq!(signs_in(&portal, MIA, OWN).await, "200");
}

/// R303, R106: what kind of password somebody has, nobody learns who does not have it.
#[tokio::test]
async fn wrong_and_unknown_get_the_same_answer_by_the_same_work() {
    let portal = TestPortal::new().await;
    portal.owner().await;
    record_fern(&portal).await;
    portal.give_initial_password(MIA, LIFE);
    portal.give_initial_password("max@acme.test", 0);
    portal.give_initial_password(FINN, LIFE);
    let mut seen = Vec::new();
    for name in ["nobody@acme.test", "ada@acme.test", MIA, "max@acme.test", FINN, "fay@fern.test"] {
        // Short ones too: what is wrong with the new password is told behind the right one alone.
        for new in [None, Some(""), Some("short"), Some(OWN)] {
            let mut body = json!({ "name": name, "password": "not the right password" });
            new.into_iter().for_each(|new| body["new_password"] = json!(new));
            let stranger = portal.stranger();
            let (reply, calls) = portal.wire.record(stranger.post("/api/session", body)).await;
            assert_eq!(reply.says(), "401 sign_in_failed", "{name} {new:?}");
            let headers: Vec<_> = reply.headers.keys().map(|name| name.as_str().to_owned()).collect();
            seen.push((reply.bytes, headers, calls.count(), calls.read_units(), calls.write_units()));
        }
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:#?}");
}

/// R303, R903
#[tokio::test]
async fn ones_own_is_refused_by_what_it_is() {
    let portal = TestPortal::new().await;
    portal.give_initial_password(MIA, LIFE);
    let before = portal.wire.snapshot();
    for (new, code) in [
        ("short", "password_too_short"),
        ("passwordpassword", "password_common"),
        ("mia@acme.test123", "password_contains"),
        ("Northlight CAD 1", "password_contains"),
        (GOOD, "password_same"),
        (&"\u{e9}".repeat(600), "password_too_long"),
    ] {
        let refused = sign_in(&portal.stranger(), MIA, new).await.expect(422);
        assert_eq!(refused.at("/new_password"), code, "{new}");
        assert_eq!(refused.json["errors"].as_array().map(Vec::len), Some(1), "{new}");
    }
    assert_eq!(written(&portal, &before), [""; 0]);
    sign_in(&portal.stranger(), MIA, OWN).await.expect(200);
}

/// R303, R207: a login that is being closed stays closed.
#[tokio::test]
async fn a_login_that_is_being_closed_is_not_opened_by_it() {
    let portal = TestPortal::new().await;
    portal.member().await.post("/api/profile/closure", json!({ "password": GOOD })).await.expect(204);
    portal.give_initial_password(MIA, LIFE);
    assert_eq!(sign_in(&portal.stranger(), MIA, OWN).await.says(), "403 login_closing");
}

/// R303, R203: signing in changes no password of the person's own.
#[tokio::test]
async fn a_new_password_is_not_taken_beside_ones_own() {
    let portal = TestPortal::new().await;
    let before = portal.wire.snapshot();
    let refused = sign_in(&portal.stranger(), MIA, OWN).await.expect(422);
    assert_eq!(refused.at("/new_password"), "new_password_unasked");
    assert_eq!(written(&portal, &before), [""; 0]);
    assert_eq!(signs_in(&portal, MIA, GOOD).await, "200");
}

/// R303, R110
#[tokio::test]
async fn a_second_factor_is_still_asked_for() {
    let portal = TestPortal::new().await;
    let factor = portal.set_up_factor(&portal.member().await).await;
    portal.give_initial_password(MIA, LIFE);
    let stranger = portal.stranger();
    let before = portal.wire.snapshot();
    assert_eq!(sign_in(&stranger, MIA, "").await.says(), "401 new_password_needed");
    assert_eq!(sign_in(&stranger, MIA, OWN).await.says(), "401 second_factor_needed");
    let code = portal.next_code(&factor);
    let with_code = |new: &'static str, code: &str| {
        stranger.post("/api/session", json!({ "name": MIA, "password": GOOD, "new_password": new, "code": code }))
    };
    let wrong = factor.app.wrong_code(portal.clock.now());
    assert_eq!(with_code(OWN, &wrong).await.expect(422).at("/code"), "code_wrong");
    assert_eq!(with_code("short", &code).await.expect(422).at("/new_password"), "password_too_short");
    assert_eq!(written(&portal, &before), [""; 0]);
    with_code(OWN, &code).await.expect(200);
    assert_eq!(signs_in(&portal, MIA, OWN).await, "401 second_factor_needed", "it stays on");
}

/// R303: somebody who has never signed in comes in so, and nobody else of them.
#[tokio::test]
async fn somebody_invited_comes_in_by_it() {
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    let invited = person(&portal, FINN);
    assert_eq!((&invited["st"]["S"], &invited["nk"]), (&json!("invited"), &Value::Null));
    assert_eq!(signs_in(&portal, FINN, GOOD).await, "401 sign_in_failed");
    portal.give_initial_password(FINN, LIFE);
    assert_eq!(signs_in(&portal, FINN, GOOD).await, "401 new_password_needed");
    let finn = portal.stranger();
    let me = sign_in(&finn, FINN, OWN).await.expect(200);
    assert_eq!((me.text("/account/number"), me.text("/role")), ("C10800", "member"));
    let nickname = me.text("/user/nickname").to_owned();
    let active = person(&portal, FINN);
    assert_eq!((&active["st"]["S"], &active["nk"]["S"]), (&json!("active"), &json!(nickname)));
    assert!(active["si"]["N"].is_string(), "and has signed in");
    let names = portal.wire.snapshot().find("credentials", "NICKNAME#", "NICKNAME");
    assert_eq!(names.iter().filter(|row| row["u"] == active["i"]).count(), 1, "which is theirs alone");
    assert_eq!(finn.get("/api/licenses").await.status, 200);
    assert_eq!(portal.letters_to(FINN).await.count(), 1, "the notice; there is no device from before");

    // A password of an invited person that has no end is no doing of ours: it does not let in.
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    portal.give_initial_password(FINN, LIFE);
    portal.update_in("credentials", &password(&portal, FINN), "SET v = :v REMOVE i", json!({ ":v": { "N": "1" } }));
    assert_eq!(signs_in(&portal, FINN, GOOD).await, "401 sign_in_failed");
}
