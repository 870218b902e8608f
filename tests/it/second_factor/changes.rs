//! Replacing the factor, giving it up, and new recovery codes.

use serde_json::json;
use tests::portal::{Authenticator, GOOD, Reply, TestPortal};

use super::{FACTOR, confirm, said_of_code, sign_in, with_code};
use crate::races::at_once;

const REMOVALS: &str = "/api/profile/second-factor/removals";
const CODES: &str = "/api/profile/recovery-codes";
const VERA: &str = "vera@acme.test";

/// R110
#[tokio::test]
async fn another_app_takes_the_place_of_the_first_and_of_its_recovery_codes() {
    let portal = TestPortal::new().await;
    let vera = portal.viewer().await;
    let old = portal.set_up_factor(&vera).await;
    let begun = vera.post(FACTOR, with_code(&portal.next_code(&old))).await.expect(201);
    let new = Authenticator::scan(begun.text("/uri"));
    // Until the new one has shown a code the old one is good.
    sign_in(&portal, VERA, &portal.next_code(&old)).await.expect(200);
    portal.clock.advance_secs(30);
    assert_eq!(confirm(&vera, &old.app.code(portal.clock.now())).await.at("/code"), "code_wrong");
    confirm(&vera, &new.code(portal.clock.now())).await.expect(200);
    portal.clock.advance_secs(30);
    let now = portal.clock.now();
    assert_eq!(sign_in(&portal, VERA, &old.app.code(now)).await.at("/code"), "code_wrong");
    assert_eq!(sign_in(&portal, VERA, &old.recovery[0]).await.at("/code"), "code_wrong");
    sign_in(&portal, VERA, &new.code(now)).await.expect(200);
}

/// R110
#[tokio::test]
async fn giving_the_factor_up_takes_password_and_code_and_is_told() {
    let portal = TestPortal::new().await;
    let vera = portal.viewer().await;
    let factor = portal.set_up_factor(&vera).await;
    let before = portal.wire.snapshot();
    for (body, pointer, code) in [
        (json!({ "password": GOOD }), "/code", "code_needed"),
        (with_code(&factor.app.wrong_code(portal.clock.now())), "/code", "code_wrong"),
        (with_code(&factor.app.code(portal.clock.now())), "/code", "code_wrong"),
        (json!({ "password": "not the right password", "code": factor.recovery[0] }), "/password", "password_wrong"),
    ] {
        assert_eq!(vera.post(REMOVALS, body).await.at(pointer), code);
    }
    let changes = before.changes(&portal.wire.snapshot());
    assert!(changes.iter().all(|line| line.contains("THROTTLE#")), "{changes:?}");

    vera.post(REMOVALS, with_code(&portal.next_code(&factor))).await.expect(204);
    let stored = portal.wire.snapshot();
    assert!(stored.find("credentials", "USER#", "SECOND-FACTOR").is_empty(), "the secret is gone");
    assert_eq!(
        stored.find("journal", "LOG#", "").iter().filter(|row| row["event"]["S"] == "second_factor_removed").count(),
        1
    );
    assert_eq!(vera.get("/api/session").await.expect(200).json["user"]["second_factor"], false);
    sign_in(&portal, VERA, "").await.expect(200);
    let letters = portal.letters_to(VERA).await;
    assert!(
        letters
            .texts()
            .iter()
            .any(|text| text.contains("takes your password alone") && text.contains("/take-back#token="))
    );
    assert_eq!(vera.post(REMOVALS, with_code("")).await.says(), "409 conflict", "there is none");
    assert_eq!(vera.post(CODES, with_code("")).await.says(), "409 conflict", "there is none");
}

/// R110
#[tokio::test]
async fn a_recovery_code_gives_the_factor_up_too() {
    let portal = TestPortal::new().await;
    let vera = portal.viewer().await;
    let factor = portal.set_up_factor(&vera).await;
    vera.post(REMOVALS, with_code(&factor.recovery[4])).await.expect(204);
    sign_in(&portal, VERA, "").await.expect(200);
}

/// R110
#[tokio::test]
async fn new_recovery_codes_void_those_before_and_end_no_session() {
    for with_recovery in [false, true] {
        let portal = TestPortal::new().await;
        let vera = portal.viewer().await;
        let factor = portal.set_up_factor(&vera).await;
        let elsewhere = portal.stranger();
        let code = portal.next_code(&factor);
        elsewhere.post("/api/session", json!({ "name": VERA, "password": GOOD, "code": code })).await.expect(200);
        let code = if with_recovery { factor.recovery[7].clone() } else { portal.next_code(&factor) };
        let made = vera.post(CODES, with_code(&code)).await.expect(200);
        let new: Vec<_> =
            made.json["recovery_codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
        assert_eq!(new.len(), 10);
        assert_eq!(vera.post(CODES, with_code(&code)).await.at("/code"), "code_wrong", "used");
        assert_eq!(sign_in(&portal, VERA, &factor.recovery[0]).await.at("/code"), "code_wrong");
        sign_in(&portal, VERA, new[0]).await.expect(200);
        elsewhere.get("/api/session").await.expect(200);
        assert_eq!(vera.get("/api/profile").await.json["second_factor"]["recovery_codes_left"], 9);
        let texts = portal.letters_to(VERA).await.texts();
        assert!(
            texts
                .iter()
                .any(|text| text.contains("New recovery codes were made") && text.contains("/take-back#token="))
        );
    }
}

/// R110: whatever a code allows, it allows once.
#[tokio::test]
async fn of_many_uses_of_one_code_at_once_one_goes_through() {
    for recovery in [false, true] {
        for path in [CODES, FACTOR, REMOVALS] {
            let portal = TestPortal::new().await;
            let vera = portal.viewer().await;
            let factor = portal.set_up_factor(&vera).await;
            let code = if recovery { factor.recovery[0].clone() } else { portal.next_code(&factor) };
            portal.wire.hold(std::time::Duration::from_millis(20));
            let tabs: Vec<_> = (0..16).map(|_| vera.again()).collect();
            let replies = at_once(tabs.iter().map(|tab| tab.post(path, with_code(&code)))).await;
            let said: Vec<_> = replies.iter().map(said_of_code).collect();
            assert_eq!(replies.iter().filter(|reply| reply.status < 300).count(), 1, "{path}: {said:?}");
            let refusals = ["200", "201", "204", "code_wrong", "409 conflict"];
            assert!(said.iter().all(|says| refusals.contains(&says.as_str())), "{path}: {said:?}");
            assert!(said.iter().any(|says| says == "code_wrong" || says == "409 conflict"), "{path}: {said:?}");
        }
    }
}

/// R110
#[tokio::test]
async fn one_code_does_not_serve_two_operations() {
    let portal = TestPortal::new().await;
    let vera = portal.viewer().await;
    let factor = portal.set_up_factor(&vera).await;
    let code = portal.next_code(&factor);
    let callers = [vera.again(), vera.again(), portal.stranger()];
    let sign_in = json!({ "name": VERA, "password": GOOD, "code": code });
    let calls = [(REMOVALS, with_code(&code)), (CODES, with_code(&code)), ("/api/session", sign_in)];
    let replies: Vec<Reply> =
        at_once(callers.iter().zip(calls).map(|(caller, (path, body))| caller.post(path, body))).await;
    let said: Vec<_> = replies.iter().map(said_of_code).collect();
    assert_eq!(replies.iter().filter(|reply| reply.status < 300).count(), 1, "{said:?}");
}
