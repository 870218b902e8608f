//! Coming in: a login of one's own, and the account that goes with it.

use serde_json::{Value, json};
use tests::portal::{CODE, Caller, GOOD, NORA, Reply, TestPortal};

/// What Nora enters in French, so that a test can tell whether her language is kept.
fn registration(email: &str) -> Value {
    let mut body = tests::portal::registration(email);
    body["language"] = json!("fr");
    body
}

async fn register(caller: &Caller, email: &str) -> String {
    caller.post("/api/sign-up/registrations", registration(email)).await.expect(202).text("/registration").to_owned()
}

async fn confirm(caller: &Caller, token: &str) -> Reply {
    caller.post("/api/sign-up/confirmations", json!({ "token": token, "password": GOOD })).await
}

/// Somebody with a proven address and no account, signed in.
async fn nora(portal: &TestPortal) -> Caller {
    let stranger = portal.stranger();
    register(&stranger, NORA).await;
    confirm(&stranger, &portal.letters_to(NORA).await.last_token()).await.expect(200);
    portal.sign_in(NORA).await
}

/// R101, R106
#[tokio::test]
async fn a_person_signs_up_proves_the_address_and_signs_in() {
    let portal = TestPortal::new().await;
    let stranger = portal.stranger();
    register(&stranger, NORA).await;
    let early = stranger.post("/api/session", json!({ "name": NORA, "password": GOOD })).await;
    assert_eq!(early.says(), "401 sign_in_failed", "nothing works before the address is proven");

    let letters = portal.letters_to(NORA).await;
    assert_eq!(letters.count(), 1);
    assert!(letters.last_link().starts_with("https://portal.test/fr/confirm#token="), "{}", letters.last_link());
    let confirmed = confirm(&stranger, &letters.last_token()).await.expect(200);
    assert_eq!(confirmed.json, json!({ "email": NORA, "claim": "none" }));

    let me = stranger.post("/api/session", json!({ "name": NORA, "password": GOOD })).await.expect(200);
    assert_eq!(me.text("/user/first_name"), "Nora");
    assert_eq!(me.text("/user/language"), "fr");
    assert_eq!(me.text("/capacity"), "unattached");
    assert_eq!(me.json["account"], Value::Null);
}

/// R101
#[tokio::test]
async fn a_mistyped_address_is_corrected_before_it_is_proven() {
    let portal = TestPortal::new().await;
    let stranger = portal.stranger();
    let handle = register(&stranger, "nroa@new.test").await;
    let wrong = portal.letters_to("nroa@new.test").await.last_token();
    let corrected = stranger
        .put("/api/sign-up/registrations/address", json!({ "registration": handle, "email": NORA }))
        .await
        .expect(202);
    assert!(!corrected.text("/registration").is_empty());
    let right = portal.letters_to(NORA).await.last_token();
    assert_eq!(confirm(&stranger, &wrong).await.says(), "410 link_expired");
    assert_eq!(confirm(&stranger, &right).await.expect(200).text("/email"), NORA);
    assert_eq!(portal.sign_in(NORA).await.get("/api/session").await.text("/user/email"), NORA);
}

/// R101
#[tokio::test]
async fn asking_again_sends_a_new_link_and_the_older_one_dies() {
    let portal = TestPortal::new().await;
    let stranger = portal.stranger();
    let handle = register(&stranger, NORA).await;
    let older = portal.letters_to(NORA).await.last_token();
    stranger
        .put("/api/sign-up/registrations/address", json!({ "registration": handle, "email": NORA }))
        .await
        .expect(202);
    let newer = portal.letters_to(NORA).await.last_token();
    assert_ne!(older, newer);
    assert_eq!(confirm(&stranger, &older).await.says(), "410 link_expired");
    confirm(&stranger, &newer).await.expect(200);
}

/// R101
#[tokio::test]
async fn a_known_address_gets_the_same_answer_and_a_letter_that_says_so() {
    let portal = TestPortal::new().await;
    let (unknown, known) = (portal.stranger(), portal.stranger());
    let unknown = unknown.post("/api/sign-up/registrations", registration(NORA)).await.expect(202);
    let mut adas = registration("ada@acme.test");
    adas["password"] = json!("somebody else's idea of a password");
    let known = known.post("/api/sign-up/registrations", adas.clone()).await.expect(202);
    assert_eq!(unknown.bytes.len(), known.bytes.len(), "not even the length tells");
    assert_eq!(unknown.headers.keys().collect::<Vec<_>>(), known.headers.keys().collect::<Vec<_>>());

    let letters = portal.letters_to("ada@acme.test").await;
    assert_eq!(letters.count(), 1);
    assert!(!letters.last().contains("#token="), "there is nothing to confirm: {}", letters.last());
    let name_and_password = json!({ "name": "ada@acme.test", "password": adas["password"] });
    let password = portal.stranger().post("/api/session", name_and_password).await;
    assert_eq!(password.says(), "401 sign_in_failed", "the password that was typed has no effect");
    portal.sign_in("ada@acme.test").await;
}

/// R101
#[tokio::test]
async fn only_the_terms_that_were_shown_can_be_accepted() {
    let portal = TestPortal::new().await;
    let mut old = registration(NORA);
    old["terms_version"] = json!("2019-01");
    let before = portal.wire.snapshot();
    assert_eq!(portal.stranger().post("/api/sign-up/registrations", old).await.says(), "409 terms_changed");
    let changes = before.changes(&portal.wire.snapshot());
    assert!(changes.iter().all(|line| line.contains("THROTTLE#")), "{changes:?}");
}

/// R101
#[tokio::test]
async fn a_confirmation_link_works_once_and_for_a_day() {
    let portal = TestPortal::new().await;
    let stranger = portal.stranger();
    register(&stranger, NORA).await;
    let token = portal.letters_to(NORA).await.last_token();
    portal.clock.advance_secs(24 * 3600 - 60);
    let wrong = json!({ "token": token, "password": "not the right password" });
    let wrong = stranger.post("/api/sign-up/confirmations", wrong).await;
    assert_eq!((wrong.status, wrong.at("/password")), (422, "password_wrong"));
    confirm(&stranger, &token).await.expect(200);
    assert_eq!(confirm(&stranger, &token).await.says(), "410 link_expired");

    register(&stranger, "late@new.test").await;
    let late = portal.letters_to("late@new.test").await.last_token();
    portal.clock.advance_secs(24 * 3600);
    assert_eq!(confirm(&stranger, &late).await.says(), "410 link_expired", "the row is still there; the time is over");
    portal.stranger().post("/api/session", json!({ "name": "late@new.test", "password": GOOD })).await.expect(401);
}

/// R101, R903
#[tokio::test]
async fn each_field_says_what_is_wrong_with_it() {
    let cases = [
        ("email", json!(""), "required"),
        ("email", json!("nora"), "email_invalid"),
        ("email", json!("nora@new.test\r\nBcc: all@new.test"), "email_invalid"),
        ("password", json!(""), "required"),
        ("password", json!("fourteen chars"), "password_too_short"),
        ("password", json!("x".repeat(2_000)), "password_too_long"),
        ("password", json!("aaaaaaaaaaaaaaaaaaaa"), "password_common"),
        ("password", json!("nora.Nora@new.test"), "password_contains"),
        ("first_name", json!("  "), "required"),
        ("first_name", json!("Nora <b>"), "name_invalid"),
        ("last_name", json!("x".repeat(500)), "too_long"),
        ("language", json!("it"), "language_unknown"),
        ("activation_code", json!("123"), "activation_code_invalid"),
    ];
    let portal = TestPortal::new().await;
    for (field, value, code) in cases {
        let mut body = registration(NORA);
        body[field] = value.clone();
        let reply = portal.stranger().post("/api/sign-up/registrations", body).await;
        assert_eq!(reply.says(), "422 invalid_fields", "{field} {value}");
        assert_eq!(reply.at(&format!("/{field}")), code, "{field} {value}: {}", reply.json);
    }
    assert_eq!(portal.letters_to(NORA).await.count(), 0);
}

/// R102
#[tokio::test]
async fn a_code_named_at_sign_up_brings_the_account_with_the_proof_of_the_address() {
    let portal = TestPortal::new().await;
    let stranger = portal.stranger();
    let mut body = registration(NORA);
    body["activation_code"] = json!("11111 22222 33333 44444");
    stranger.post("/api/sign-up/registrations", body).await.expect(202);
    let token = portal.letters_to(NORA).await.last_token();
    assert_eq!(confirm(&stranger, &token).await.expect(200).json, json!({ "email": NORA, "claim": "verified" }));
    let nora = portal.sign_in(NORA).await;
    let me = nora.get("/api/session").await.expect(200);
    assert_eq!((me.text("/account/name"), me.text("/role")), ("Acme Engineering", "member"));
}

/// R102
#[tokio::test]
async fn a_code_used_meanwhile_still_leaves_the_person_a_login() {
    let portal = TestPortal::new().await;
    let stranger = portal.stranger();
    let mut body = registration(NORA);
    body["activation_code"] = json!(CODE);
    stranger.post("/api/sign-up/registrations", body).await.expect(202);
    let token = portal.letters_to(NORA).await.last_token();
    portal.other_owner().await.post("/api/sign-up/claims", json!({ "activation_code": CODE })).await.expect(201);
    assert_eq!(confirm(&stranger, &token).await.expect(200).text("/claim"), "code_used");
    assert_eq!(portal.sign_in(NORA).await.get("/api/session").await.text("/capacity"), "unattached");
}

/// R102, R111, R401
#[tokio::test]
async fn a_person_claims_an_order_by_its_code_and_sees_the_license() {
    let portal = TestPortal::new().await;
    let nora = nora(&portal).await;
    assert_eq!(nora.get("/api/licenses").await.says(), "403 no_account", "until then one sees nothing");

    let claimed = nora.post("/api/sign-up/claims", json!({ "activation_code": CODE })).await.expect(201);
    assert_eq!(claimed.text("/status"), "verified");
    assert_eq!((claimed.text("/account/name"), claimed.text("/account/number")), ("Acme Engineering", "C10423"));

    let id = claimed.text("/account/id");
    nora.put("/api/session/account", json!({ "account_id": id })).await.expect(200);
    let listed = nora.get("/api/licenses").await.expect(200);
    assert_eq!(listed.text("/scope"), "account", "who holds the code may view orders");
    let claimed =
        listed.json["items"].as_array().unwrap().iter().any(|item| item["serial_number"] == "NLD-PP1A-6C7E-M3NS");
    assert!(claimed, "{}", listed.json);

    let owner = portal.letters_to("ada@acme.test").await;
    assert!(owner.last().contains("Nora Nilsson"), "the owner, who may not know them, is told: {}", owner.last());
    assert_eq!(portal.letters_to(NORA).await.count(), 2, "and so is the person");
}

/// R102
#[tokio::test]
async fn a_code_works_once_and_each_refusal_has_its_own_words() {
    let portal = TestPortal::new().await;
    let nora = nora(&portal).await;
    let claim = |code: &str| nora.post("/api/sign-up/claims", json!({ "activation_code": code }));
    assert_eq!(claim("").await.at("/activation_code"), "required");
    assert_eq!(claim("ABC").await.at("/activation_code"), "activation_code_invalid");
    assert_eq!(claim("ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ").await.at("/activation_code"), "activation_code_unknown");
    claim(CODE).await.expect(201);
    let other = portal.other_owner().await;
    let used = other.post("/api/sign-up/claims", json!({ "activation_code": CODE })).await;
    assert_eq!((used.status, used.at("/activation_code")), (422, "activation_code_used"));
}

/// R102
#[tokio::test]
async fn a_member_keeps_the_code_unused() {
    let portal = TestPortal::new().await;
    let claim = json!({ "activation_code": CODE });
    assert_eq!(portal.member().await.post("/api/sign-up/claims", claim.clone()).await.says(), "409 already_member");
    portal.other_owner().await.post("/api/sign-up/claims", claim).await.expect(201);
}
