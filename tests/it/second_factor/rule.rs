//! The owner's rule that everyone in the account has a second factor.

use serde_json::{Value, json};
use tests::portal::{GOOD, TestPortal};

use super::with_code;

const RULE: &str = "/api/profile/account/second-factor";
const REMOVALS: &str = "/api/profile/second-factor/removals";

fn rule(required: bool, code: &str) -> Value {
    json!({ "required": required, "password": GOOD, "code": code })
}

/// R110
#[tokio::test]
async fn from_the_next_request_on_everyone_needs_a_factor_to_work() {
    let portal = TestPortal::new().await;
    let (ada, vera, otto) = (portal.owner().await, portal.viewer().await, portal.other_owner().await);
    let factor = portal.set_up_factor(&ada).await;
    ada.put(RULE, rule(true, &portal.next_code(&factor))).await.expect(204);

    ada.get("/api/licenses").await.expect(200);
    otto.get("/api/licenses").await.expect(200);
    assert_eq!(vera.get("/api/licenses").await.says(), "403 second_factor_missing");
    let me = vera.get("/api/session").await.expect(200);
    assert_eq!(
        (me.text("/standing"), me.text("/account/number"), &me.json["role"]),
        ("second_factor_missing", "C10423", &Value::Null)
    );
    let may: Vec<_> = me.json["may"].as_array().unwrap().iter().map(|act| act.as_str().unwrap()).collect();
    assert!(may.contains(&"manage_second_factor") && !may.contains(&"list_licenses"), "{may:?}");
    assert_eq!(vera.get("/api/profile").await.expect(200).json["second_factor"]["required"], true);
    assert_eq!(portal.sign_in("mia@acme.test").await.get("/api/licenses").await.says(), "403 second_factor_missing");

    portal.set_up_factor(&vera).await;
    vera.get("/api/licenses").await.expect(200);
    assert_eq!(vera.get("/api/session").await.text("/standing"), "working");

    let log = portal.wire.snapshot().find("journal", "LOG#acc_", "");
    assert!(
        log.iter().any(|row| row["event"]["S"] == "second_factor_rule" && row["required"]["BOOL"] == true),
        "{log:#?}"
    );
    ada.put(RULE, rule(false, &portal.next_code(&factor))).await.expect(204);
    portal.sign_in("mia@acme.test").await.get("/api/licenses").await.expect(200);
}

/// R110
#[tokio::test]
async fn whoever_works_where_it_is_required_keeps_their_factor() {
    let portal = TestPortal::new().await;
    let (ada, vera) = (portal.owner().await, portal.viewer().await);
    let (adas, veras) = (portal.set_up_factor(&ada).await, portal.set_up_factor(&vera).await);
    ada.put(RULE, rule(true, &portal.next_code(&adas))).await.expect(204);
    let before = portal.wire.snapshot();
    for (caller, factor) in [(&ada, &adas), (&vera, &veras)] {
        let refused = caller.post(REMOVALS, with_code(&portal.next_code(factor))).await;
        assert_eq!(refused.says(), "409 second_factor_required");
    }
    let changes = before.changes(&portal.wire.snapshot());
    assert!(changes.iter().all(|line| line.contains("THROTTLE#")), "{changes:?}");
    ada.put(RULE, rule(false, &portal.next_code(&adas))).await.expect(204);
    vera.post(REMOVALS, with_code(&portal.next_code(&veras))).await.expect(204);
}

/// R110
#[tokio::test]
async fn the_owner_alone_makes_the_rule_and_goes_first() {
    let portal = TestPortal::new().await;
    let before = portal.wire.snapshot();
    for (caller, refusal) in [
        (portal.manager().await, "403 owner_only"),
        (portal.member().await, "403 owner_only"),
        (portal.viewer().await, "403 owner_only"),
        (portal.unattached().await, "403 no_account"),
        (portal.owner().await, "409 second_factor_first"),
    ] {
        assert_eq!(caller.put(RULE, rule(true, "")).await.says(), refusal);
    }
    // Beside it, signing in is noted on the member's row.
    let of_the_rule = |line: &String| line.contains(" ACCOUNT#") && !line.contains(" MEMBER#");
    let rules = |changes: Vec<String>| changes.into_iter().filter(of_the_rule).collect::<Vec<_>>();
    assert_eq!(rules(before.changes(&portal.wire.snapshot())), Vec::<String>::new());

    let ada = portal.owner().await;
    assert_eq!(
        ada.put(RULE, json!({ "required": true, "password": "not the right password" })).await.at("/password"),
        "password_wrong"
    );
    let factor = portal.set_up_factor(&ada).await;
    assert_eq!(ada.put(RULE, rule(true, "")).await.at("/code"), "code_needed");
    portal.set_status("C10423", "suspended").await;
    assert_eq!(ada.put(RULE, rule(true, &portal.next_code(&factor))).await.says(), "403 account_suspended");
}

/// R110: what the rule rests on is asked of the rows as they are when it is written.
#[tokio::test]
async fn an_account_that_is_not_theirs_any_more_keeps_its_rule() {
    let stored = |portal: &TestPortal| {
        let accounts = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
        accounts.into_iter().find(|row| row["n"]["S"] == "C10423").unwrap()
    };
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let factor = portal.set_up_factor(&ada).await;
    // The account has another owner, whose role has not reached the memberships.
    portal.update(&stored(&portal), "SET o = :o", json!({ ":o": { "S": "usr_00000000000000000000000000" } }));
    assert_eq!(ada.put(RULE, rule(true, &portal.next_code(&factor))).await.says(), "409 conflict");
    assert!(stored(&portal).get("sf").is_none());
}

/// R110: giving the factor up and requiring it meet.
#[tokio::test]
async fn the_owner_cannot_require_a_factor_and_give_theirs_up_at_once() {
    for _ in 0..8 {
        let portal = TestPortal::new().await;
        let ada = portal.owner().await;
        let factor = portal.set_up_factor(&ada).await;
        let (first, second) = (portal.next_code(&factor), factor.recovery[0].clone());
        let other = ada.again();
        let (ruled, removed) =
            tokio::join!(ada.put(RULE, rule(true, &first)), other.post(REMOVALS, with_code(&second)));
        let me = ada.get("/api/session").await.expect(200);
        let accounts = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
        let required = accounts.iter().any(|row| row["n"]["S"] == "C10423" && row["sf"]["BOOL"] == true);
        let on = me.json["user"]["second_factor"] == true;
        assert!(!required || on, "{} and {}", ruled.says(), removed.says());
        assert!(ruled.status == 204 || removed.status == 204, "{} and {}", ruled.says(), removed.says());
    }
}
