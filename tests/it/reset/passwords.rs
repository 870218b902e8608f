//! Which passwords are refused, and in what form a request may come.

use serde_json::json;
use tests::portal::{TestPortal, VENDOR_NAME};

use super::{ADA, FAY, OTHER, link, record_fern, set};

/// R108, R203
#[tokio::test]
async fn a_password_that_is_refused_leaves_the_link_good() {
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    let token = link(&portal, FAY).await;
    let vendor = format!("{VENDOR_NAME} 1");
    let long = "x".repeat(257);
    let cases = [
        ("", "required"),
        ("fourteen chars", "password_too_short"),
        (long.as_str(), "password_too_long"),
        ("passwordpassword", "password_common"),
        ("aaaaaaaaaaaaaaaaaaaa", "password_common"),
        ("M\u{fc}llerstedt2026", "password_contains"),
        ("Mu\u{308}llerstedt2026", "password_contains"),
        ("fay@fern.test.1", "password_contains"),
        (vendor.as_str(), "password_contains"),
    ];
    for (password, code) in cases {
        let refused = set(&portal.stranger(), &token, password).await;
        assert_eq!((refused.status, refused.at("/password")), (422, code), "{password}");
    }
    let composed = "M\u{fc}llerstedt und die sieben Farne";
    set(&portal.stranger(), &token, composed).await.expect(204);
    let decomposed = "Mu\u{308}llerstedt und die sieben Farne";
    assert_eq!(super::sign_in(&portal, FAY, decomposed).await, "200", "NFC and NFD are one password");
}

/// R108: a bad link is told before a bad password, so that nobody without one learns what is known of the person.
#[tokio::test]
async fn the_link_is_judged_first() {
    let portal = TestPortal::new().await;
    let token = link(&portal, ADA).await;
    set(&portal.stranger(), &token, OTHER).await.expect(204);
    assert_eq!(set(&portal.stranger(), &token, "short").await.says(), "410 link_expired");
}

/// R108, R903
#[tokio::test]
async fn requests_have_one_form() {
    let portal = TestPortal::new().await;
    let token = link(&portal, ADA).await;
    let cases = [
        ("requests", json!({}), "/name required"),
        ("requests", json!({ "name": "  " }), "/name required"),
        ("requests", json!({ "name": [ADA, "thief@new.test"] }), "/name wrong_type"),
        ("requests", json!([ADA]), " wrong_type"),
        ("requests", json!({ "name": ADA, "email": "thief@new.test" }), "/email unknown_field"),
        ("passwords", json!({ "token": token }), "/password required"),
        ("passwords", json!({ "token": [token], "password": OTHER }), "/token wrong_type"),
        ("passwords", json!({ "token": token, "password": { "S": OTHER } }), "/password wrong_type"),
        ("passwords", json!({ "token": token, "password": OTHER, "user": "usr_x" }), "/user unknown_field"),
        ("first-passwords", json!({ "activation_code": "", "password": OTHER }), "/activation_code required"),
        ("first-passwords", json!({ "activation_code": 1, "password": OTHER }), "/activation_code wrong_type"),
        ("first-passwords", json!({ "activation_code": "x", "password": "" }), "/password required"),
    ];
    let before = portal.wire.snapshot();
    for (operation, body, wanted) in cases {
        let reply = portal.stranger().post(&format!("/api/reset/{operation}"), body.clone()).await;
        let (pointer, code) = wanted.split_once(' ').unwrap();
        assert_eq!((reply.status, reply.at(pointer)), (422, code), "{operation} {body}: {}", reply.json);
    }
    let changes = before.changes(&portal.wire.snapshot());
    assert!(changes.iter().all(|line| line.contains("THROTTLE#")), "{changes:?}");
    set(&portal.stranger(), &token, OTHER).await.expect(204);
}
