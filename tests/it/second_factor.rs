//! The second factor: setting one up. What signing in then takes, how it is changed, and the rule of an account are in
//! files of their own.

mod changes;
mod rule;
mod sign_in;

use serde_json::{Value, json};
use tests::portal::{Authenticator, Caller, GOOD, Reply, TestPortal, VENDOR_NAME};
use tests::wire::{Fault, Rule};

const FACTOR: &str = "/api/profile/second-factor";

/// Begins to set a factor up, where none is on.
async fn begin(caller: &Caller) -> (Authenticator, Reply) {
    let begun = caller.post(FACTOR, json!({ "password": GOOD })).await.expect(201);
    (Authenticator::scan(begun.text("/uri")), begun)
}

async fn confirm(caller: &Caller, code: &str) -> Reply {
    caller.put(FACTOR, json!({ "code": code })).await
}

async fn sign_in(portal: &TestPortal, name: &str, code: &str) -> Reply {
    portal.stranger().post("/api/session", json!({ "name": name, "password": GOOD, "code": code })).await
}

fn with_code(code: &str) -> Value {
    json!({ "password": GOOD, "code": code })
}

/// What the answer says at `/code`, or its status and code.
fn said_of_code(reply: &Reply) -> String {
    if reply.at("/code").is_empty() { reply.says() } else { reply.at("/code").to_owned() }
}

/// R110
#[tokio::test]
async fn an_app_takes_the_secret_and_its_first_code_turns_the_factor_on() {
    let portal = TestPortal::new().await;
    let vera = portal.viewer().await;
    let (app, begun) = begin(&vera).await;
    let uri = begun.text("/uri");
    assert!(
        uri.starts_with(&format!("otpauth://totp/{}:vera%40acme%2Etest?", VENDOR_NAME.replace(' ', "%20"))),
        "{uri}"
    );
    assert!(uri.contains(&begun.text("/secret").replace(' ', "")), "what is typed is what is scanned");
    assert_eq!((begun.json["qr"]["size"].as_u64().unwrap() - 21) % 4, 0);
    assert!(begun.text("/qr/path").starts_with("M0 0h7v1h-7z"));
    assert_eq!(vera.get("/api/session").await.json["user"]["second_factor"], false, "nothing has changed yet");
    sign_in(&portal, "vera@acme.test", "").await.expect(200);

    let before = portal.wire.snapshot();
    let on = confirm(&vera, &app.code(portal.clock.now())).await.expect(200);
    let codes: std::collections::BTreeSet<_> =
        on.json["recovery_codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
    assert_eq!(codes.len(), 10);
    let after = portal.wire.snapshot();
    assert!(codes.iter().all(|code| !after.holds(code)), "only hashes are stored");
    let changes = before.changes(&after);
    let kinds: Vec<_> =
        changes.iter().map(|line| (&line[..1], line.rsplit(' ').next().unwrap().split('#').next().unwrap())).collect();
    for kind in
        [("~", "USER"), ("-", "ENROLMENT"), ("+", "SECOND-FACTOR"), ("+", "LETTER"), ("+", "UNDO"), ("~", "SESSION")]
    {
        assert!(kinds.contains(&kind), "{kind:?} in {changes:?}");
    }
    assert!(after.find("journal", "LOG#usr_", "").iter().any(|row| row["event"]["S"] == "second_factor_set"));

    assert_eq!(vera.get("/api/session").await.expect(200).json["user"]["second_factor"], true, "the session goes on");
    let factor = &vera.get("/api/profile").await.expect(200).json["second_factor"];
    assert_eq!(factor, &json!({ "on": true, "required": false, "recovery_codes_left": 10 }));
    let texts = portal.letters_to("vera@acme.test").await.texts();
    let told = texts.iter().find(|text| text.contains("the authenticator app that was just set up")).unwrap();
    assert!(told.contains("https://portal.test/take-back#token="), "{told}");
}

/// R110
#[tokio::test]
async fn every_other_session_ends_where_a_factor_is_set_or_given_up() {
    let portal = TestPortal::new().await;
    let (vera, elsewhere) = (portal.viewer().await, portal.viewer().await);
    let factor = portal.set_up_factor(&vera).await;
    assert_eq!(elsewhere.get("/api/session").await.says(), "401 session_ended");
    let elsewhere = portal.stranger();
    let code = portal.next_code(&factor);
    elsewhere
        .post("/api/session", json!({ "name": "vera@acme.test", "password": GOOD, "code": code }))
        .await
        .expect(200);
    vera.post("/api/profile/second-factor/removals", with_code(&portal.next_code(&factor))).await.expect(204);
    assert_eq!(elsewhere.get("/api/session").await.says(), "401 session_ended");
    vera.get("/api/session").await.expect(200);
}

/// R110
#[tokio::test]
async fn a_secret_waits_ten_minutes_for_its_first_code() {
    let portal = TestPortal::new().await;
    let vera = portal.viewer().await;
    assert_eq!(confirm(&vera, "123456").await.says(), "410 link_expired", "nothing was begun");
    let (app, _) = begin(&vera).await;
    portal.clock.advance_secs(600);
    assert_eq!(confirm(&vera, &app.code(portal.clock.now())).await.says(), "410 link_expired");
    let (app, _) = begin(&vera).await;
    portal.clock.advance_secs(599);
    confirm(&vera, &app.code(portal.clock.now())).await.expect(200);
    assert_eq!(confirm(&vera, &app.code_beside(portal.clock.now(), 1)).await.says(), "410 link_expired", "once");
}

/// R110
#[tokio::test]
async fn the_newest_secret_alone_waits() {
    let portal = TestPortal::new().await;
    let vera = portal.viewer().await;
    let ((older, _), (newer, _)) = (begin(&vera).await, begin(&vera).await);
    let now = portal.clock.now();
    assert_eq!(confirm(&vera, &older.code(now)).await.at("/code"), "code_wrong");
    confirm(&vera, &newer.code(now)).await.expect(200);
}

/// R110
#[tokio::test]
async fn of_16_first_codes_at_once_one_turns_the_factor_on() {
    let portal = TestPortal::new().await;
    let vera = portal.viewer().await;
    let (app, _) = begin(&vera).await;
    let code = app.code(portal.clock.now());
    let tabs: Vec<_> = (0..16).map(|_| vera.again()).collect();
    let replies = crate::races::at_once(tabs.iter().map(|tab| confirm(tab, &code))).await;
    let said: Vec<_> = replies.iter().map(Reply::says).collect();
    assert_eq!(said.iter().filter(|says| *says == "200").count(), 1, "{said:?}");
    assert!(said.iter().all(|says| ["200", "409 conflict", "410 link_expired"].contains(&says.as_str())), "{said:?}");
    let shown = replies.iter().find(|reply| reply.status == 200).unwrap().json["recovery_codes"][3].clone();
    portal.clock.advance_secs(30);
    sign_in(&portal, "vera@acme.test", shown.as_str().unwrap()).await.expect(200);
}

/// R110
#[tokio::test]
async fn guessing_the_first_code_is_counted() {
    let portal = TestPortal::new().await;
    let vera = portal.viewer().await;
    let (app, _) = begin(&vera).await;
    let now = portal.clock.now();
    for _ in 0..20 {
        assert_eq!(confirm(&vera, &app.wrong_code(now)).await.at("/code"), "code_wrong");
    }
    assert_eq!(confirm(&vera, &app.code(now)).await.says(), "429 too_many_tries");
}

/// R110
#[tokio::test]
async fn whoever_begins_proves_who_they_are() {
    let portal = TestPortal::new().await;
    let vera = portal.viewer().await;
    let begin = |body: Value| vera.post(FACTOR, body);
    assert_eq!(begin(json!({ "password": "" })).await.at("/password"), "required");
    assert_eq!(begin(json!({ "password": "not the right password" })).await.at("/password"), "password_wrong");
    let factor = portal.set_up_factor(&vera).await;
    assert_eq!(begin(json!({ "password": GOOD })).await.at("/code"), "code_needed");
    assert_eq!(begin(with_code(&factor.app.wrong_code(portal.clock.now()))).await.at("/code"), "code_wrong");
    assert_eq!(begin(with_code(&factor.app.code(portal.clock.now()))).await.at("/code"), "code_wrong", "used already");
    begin(with_code(&portal.next_code(&factor))).await.expect(201);
}

/// R110: the person and what they sign in with are read at once, not at one moment.
#[tokio::test]
async fn a_factor_turned_on_between_two_reads_is_not_passed_by() {
    let portal = TestPortal::new().await;
    let vera = portal.viewer().await;
    let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
    let row = people.iter().find(|row| row["m"]["S"] == "vera@acme.test").unwrap();
    portal.update(row, "SET sf = :on", json!({ ":on": { "BOOL": true } }));
    let before = portal.wire.snapshot();
    assert_eq!(sign_in(&portal, "vera@acme.test", "").await.says(), "409 conflict");
    assert_eq!(vera.post(FACTOR, json!({ "password": GOOD })).await.says(), "409 conflict");
    let changes = before.changes(&portal.wire.snapshot());
    assert!(changes.iter().all(|line| line.contains("THROTTLE#")), "{changes:?}");
}

/// R110: what is confirmed is what was read, also if another secret is shown meanwhile.
#[tokio::test]
async fn a_secret_shown_while_an_older_one_is_confirmed_voids_it() {
    let portal = TestPortal::new().await;
    let vera = portal.viewer().await;
    let (app, _) = begin(&vera).await;
    // The confirmation meets another transaction and is tried again; in between the other secret is written.
    portal.wire.inject(Rule::new(Fault::Conflict).on("TransactWriteItems").times(1));
    let replaced = async {
        while portal.wire.felt() == 0 {
            tokio::task::yield_now().await;
        }
        let waiting = portal.wire.snapshot().find("credentials", "USER#", "ENROLMENT");
        let other = vec![json!({ "N": "7" }); 20];
        portal.update_in("credentials", &waiting[0], "SET k = :k", json!({ ":k": { "L": other } }));
    };
    let code = app.code(portal.clock.now());
    let (confirmed, ()) = tokio::join!(confirm(&vera, &code), replaced);
    assert_eq!(confirmed.says(), "410 link_expired");
    assert_eq!(vera.get("/api/session").await.expect(200).json["user"]["second_factor"], false);
}
