//! The vendor's own people: how they sign in, and what they reach.

use domain::{EmailAddress, Language, StaffRole, name::PersonName};
use local::staff_people::{Added, NewStaff, add, remove};
use serde_json::json;
use tests::portal::{ANN, Caller, GOOD, SAM, TestPortal};

const OWN: &str = "nine copper kettles hum";
const NINA: &str = "nina@northlight.test";

fn address(email: &str) -> EmailAddress {
    EmailAddress::parse(email).unwrap()
}

async fn make_staff(portal: &TestPortal, email: &str, role: StaffRole) -> Added {
    let name = |text| PersonName::parse(text).unwrap();
    let names = Some((name("Nina"), name("North")));
    let new = NewStaff { email: address(email), names, role, language: Language::En };
    add(portal.app.store(), &new, portal.clock.now()).await.unwrap()
}

async fn stands(caller: &Caller) -> String {
    caller.get("/api/session").await.expect(200).text("/standing").to_owned()
}

/// R701, R110
#[tokio::test]
async fn who_is_made_staff_sets_a_password_and_a_factor_of_their_own() {
    let portal = TestPortal::new().await;
    let Added::Login(initial) = make_staff(&portal, NINA, StaffRole::Admin).await else { panic!("she has no login") };
    let nina = portal.stranger();
    let with = |password: &str, new: &str| json!({ "name": NINA, "password": password, "new_password": new });
    assert_eq!(nina.post("/api/session", with(&initial, "")).await.says(), "401 new_password_needed");
    let me = nina.post("/api/session", with(&initial, GOOD)).await.expect(200);
    assert_eq!((me.text("/standing"), me.text("/user/staff")), ("second_factor_missing", "admin"));
    assert_eq!(nina.get("/api/staff/accounts").await.says(), "404 not_found");
    portal.set_up_factor(&nina).await;
    assert_eq!(stands(&nina).await, "staff");
    nina.get("/api/staff/accounts").await.expect(200);
    assert_eq!(portal.stranger().post("/api/session", with(&initial, OWN)).await.says(), "401 sign_in_failed");
}

/// R701
#[tokio::test]
async fn an_initial_password_of_staff_is_good_for_72_hours() {
    for (seconds, says) in [(72 * 3_600 - 1, "200"), (72 * 3_600, "403 initial_password_expired")] {
        let portal = TestPortal::new().await;
        let Added::Login(initial) = make_staff(&portal, NINA, StaffRole::Support).await else { panic!("a login") };
        portal.clock.advance_secs(seconds);
        let body = json!({ "name": NINA, "password": initial, "new_password": GOOD });
        assert_eq!(portal.stranger().post("/api/session", body).await.says(), says);
    }
}

/// R110: staff without a second factor reach what sets it up, and their own login.
#[tokio::test]
async fn staff_without_a_factor_reach_nothing_of_the_console() {
    let portal = TestPortal::new().await;
    let sam = portal.sign_in(SAM).await;
    assert_eq!(stands(&sam).await, "second_factor_missing");
    let acme = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT").swap_remove(0);
    let acme = acme["i"]["S"].as_str().unwrap();
    for path in ["accounts", "products", &format!("accounts/{acme}")] {
        assert_eq!(sam.get(&format!("/api/staff/{path}")).await.says(), "404 not_found", "{path}");
    }
    let all = json!({ "all": true });
    assert_eq!(sam.post("/api/staff/invitations", all).await.says(), "404 not_found");
    assert_eq!(sam.get("/api/licenses").await.says(), "403 second_factor_missing");
    portal.set_up_factor(&sam).await;
    sam.get("/api/staff/accounts").await.expect(200);
}

/// R110
#[tokio::test]
async fn staff_keep_their_second_factor() {
    let portal = TestPortal::new().await;
    let (sam, factor) = portal.at_console(SAM).await;
    let proof = json!({ "password": GOOD, "code": portal.next_code(&factor) });
    let removed = sam.post("/api/profile/second-factor/removals", proof).await;
    assert_eq!(removed.says(), "409 second_factor_required");
    sam.get("/api/staff/accounts").await.expect(200);
    let without = json!({ "name": SAM, "password": GOOD });
    assert_eq!(portal.stranger().post("/api/session", without).await.says(), "401 second_factor_needed");
}

/// R110
#[tokio::test]
async fn a_session_of_staff_ends_after_15_minutes_unused_and_after_8_hours() {
    let portal = TestPortal::new().await;
    let idle = portal.support().await;
    assert_eq!(idle.get("/api/session").await.json["session"]["idle_seconds"], 900);
    portal.clock.advance_secs(899);
    idle.get("/api/staff/accounts").await.expect(200);
    portal.clock.advance_secs(900);
    assert_eq!(idle.get("/api/staff/accounts").await.says(), "401 session_timed_out");

    let busy = portal.admin().await;
    for _ in 0..(8 * 6 - 1) {
        portal.clock.advance_secs(600);
        busy.get("/api/staff/accounts").await.expect(200);
    }
    portal.clock.advance_secs(600);
    assert_eq!(busy.get("/api/staff/accounts").await.says(), "401 sign_in_needed", "after 8 hours, used or not");
}

/// R701
#[tokio::test]
async fn losing_the_role_ends_every_session_on_the_next_request() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    sam.get("/api/staff/accounts").await.expect(200);
    remove(portal.app.store(), &address(SAM)).await.unwrap();
    assert_eq!(sam.get("/api/staff/accounts").await.says(), "401 session_ended");
    assert!(remove(portal.app.store(), &address(SAM)).await.is_err(), "there is nothing more to take away");
    let ann = portal.admin().await;
    assert_eq!(make_staff(&portal, ANN, StaffRole::Support).await, Added::Role);
    assert_eq!(ann.get("/api/staff/accounts").await.says(), "401 session_ended", "another role is another session");
}

/// R701: who has a login keeps it, begins at the console, and reaches it from no account.
#[tokio::test]
async fn the_console_is_not_reached_from_inside_an_account() {
    let portal = TestPortal::new().await;
    assert_eq!(make_staff(&portal, "ada@acme.test", StaffRole::Admin).await, Added::Role);
    let (ada, factor) = portal.at_console("ada@acme.test").await;
    assert_eq!(stands(&ada).await, "staff", "though she has one account");
    ada.get("/api/staff/accounts").await.expect(200);
    let acme = ada.get("/api/session/accounts").await.text("/items/0/id").to_owned();
    ada.put("/api/session/account", json!({ "account_id": acme })).await.expect(200);
    assert_eq!(stands(&ada).await, "working");
    ada.get("/api/licenses").await.expect(200);
    for path in ["accounts", "products"] {
        assert_eq!(ada.get(&format!("/api/staff/{path}")).await.says(), "404 not_found", "{path}");
    }
    let again = portal.stranger();
    let body = json!({ "name": "ada@acme.test", "password": GOOD, "code": portal.next_code(&factor) });
    again.post("/api/session", body).await.expect(200);
    assert_eq!(stands(&again).await, "staff");
}

/// R701
#[tokio::test]
async fn a_login_prepared_for_somebody_becomes_staff_without_a_password() {
    let portal = TestPortal::new().await;
    crate::reset::record_fern(&portal).await;
    let fay = "fay@fern.test";
    assert_eq!(make_staff(&portal, fay, StaffRole::Support).await, Added::RoleWithoutPassword);
    portal.stranger().post("/api/reset/requests", json!({ "name": fay })).await.expect(204);
    let token = portal.letters_to(fay).await.last_token();
    let first = json!({ "token": token, "password": GOOD });
    portal.stranger().post("/api/reset/passwords", first).await.expect(204);
    assert_eq!(stands(&portal.sign_in(fay).await).await, "second_factor_missing");
}

/// R701
#[tokio::test]
async fn who_closes_their_login_becomes_no_staff() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    mia.post("/api/profile/closure", json!({ "password": GOOD })).await.expect(204);
    let new =
        NewStaff { email: address("mia@acme.test"), names: None, role: StaffRole::Support, language: Language::En };
    let refused = add(portal.app.store(), &new, portal.clock.now()).await.unwrap_err();
    assert_eq!(refused.to_string(), "mia@acme.test is closing their login");
}
