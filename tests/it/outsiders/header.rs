//! The name of a customer that a request carries: forged, foreign, twice, and where it means nothing.

use hyper::body::Bytes;
use serde_json::{Value, json};
use tests::portal::{Caller, GOOD, TestPortal};

use super::{ACME, BIRCH, ORION, account_row, id_of, pete_on_acme};

const HEADER: &str = "x-portico-customer";

/// R502: whatever is no customer of theirs is answered byte by byte as one that there is not.
#[tokio::test]
async fn a_forged_name_is_nobodys_customer() {
    let portal = TestPortal::new().await;
    let pete = portal.partner_member().await;
    let (acme, orion) = (id_of(&portal, ACME), id_of(&portal, ORION));
    let missing = pete.on_customer(&format!("{}{}", &acme[..acme.len() - 4], "0000"));
    let missing = missing.get("/api/team/people").await;
    assert_eq!(missing.says(), "404 not_found");
    let names = [
        id_of(&portal, BIRCH),
        orion.clone(),
        acme.replace("acc_", "usr_"),
        acme[..acme.len() - 1].to_owned(),
        format!("{acme},{acme}"),
        format!("{acme} {acme}"),
        format!("{acme}'"),
        "' OR '1'='1".to_owned(),
        "🦊".to_owned(),
        String::new(),
        "none".to_owned(),
        "x".repeat(4_000),
    ];
    for name in names {
        let reply = pete.on_customer(&name).get("/api/team/people").await;
        assert_eq!((reply.says(), &reply.bytes), ("404 not_found".to_owned(), &missing.bytes), "{name}");
    }
    // In capitals it is the same id, as everywhere.
    pete.on_customer(&acme.to_uppercase()).get("/api/team/people").await.expect(200);
}

/// R502: which of two would count is nobody's guess.
#[tokio::test]
async fn two_names_at_once_are_none() {
    let portal = TestPortal::new().await;
    let pete = portal.partner_member().await;
    let acme = id_of(&portal, ACME);
    for other in [id_of(&portal, BIRCH), acme.clone()] {
        let request = pete.request("GET", "/api/team/people").header(HEADER, &acme).header(HEADER, &other);
        assert_eq!(pete.send(request, Bytes::new()).await.says(), "404 not_found");
    }
}

/// R502: nobody but a partner's own people has customers, be the account named their own.
#[tokio::test]
async fn nobody_else_has_customers() {
    let portal = TestPortal::new().await;
    let (acme, birch) = (id_of(&portal, ACME), id_of(&portal, BIRCH));
    for caller in [portal.owner().await, portal.viewer().await, portal.other_owner().await] {
        for id in [&acme, &birch] {
            let reply = caller.on_customer(id).get("/api/licenses").await;
            assert_eq!(reply.says(), "404 not_found");
        }
    }
    assert_eq!(portal.unattached().await.on_customer(&acme).get("/api/licenses").await.says(), "403 no_account");
    assert_eq!(portal.stranger().on_customer(&acme).get("/api/licenses").await.says(), "401 sign_in_needed");
    let (sam, _) = portal.at_console(tests::portal::SAM).await;
    assert_eq!(sam.on_customer(&acme).get("/api/licenses").await.says(), "403 no_account");
    assert_eq!(sam.on_customer(&acme).get("/api/staff/accounts").await.says(), "200", "the console has no customers");
}

/// What one is told of oneself, but for what changes by itself.
async fn about(caller: &Caller) -> Vec<Value> {
    let mut told = Vec::new();
    for read in ["/api/profile", "/api/session/accounts", "/api/sign-up/invitations", "/api/session/sessions"] {
        told.push(caller.get(read).await.expect(200).json);
    }
    told
}

/// R112, R512: what belongs to the person is the same on whatever page, and goes by the account they work in.
#[tokio::test]
async fn the_name_of_a_customer_changes_nothing_of_ones_own() {
    let portal = TestPortal::new().await;
    let paula = portal.partner_owner().await;
    let own = about(&paula).await;
    assert_eq!(own[0]["company"]["number"], ORION);
    for id in [id_of(&portal, ACME), id_of(&portal, BIRCH), "🦊".to_owned()] {
        let there = paula.on_customer(&id);
        assert_eq!(about(&there).await, own);
        let mut renamed = there.profile_with("last_name", "Nobody-Else").await;
        assert_eq!(there.put("/api/profile", renamed.take()).await.at("/last_name"), "protected");
        let closes = there.post("/api/profile/closure", json!({ "password": GOOD })).await;
        assert_eq!(closes.says(), "409 owner_cannot_close");
    }
    let leaving = paula.on_customer(&id_of(&portal, ACME));
    leaving.delete("/api/session").await.expect(204);
    assert_eq!(paula.get("/api/session").await.says(), "401 session_ended");
}

/// R110: whoever works where a second factor is required keeps theirs, whatever customer a page names: none of them, nor
/// one that is not theirs, takes the place of the account they work in.
#[tokio::test]
async fn no_customer_lifts_the_rule_of_ones_own_account() {
    let portal = TestPortal::new().await;
    let pete = portal.partner_member().await;
    let factor = portal.set_up_factor(&pete).await;
    portal.update(&account_row(&portal, ORION), "SET sf = :v", json!({ ":v": { "BOOL": true } }));
    for id in [id_of(&portal, ACME), id_of(&portal, BIRCH), "x".to_owned()] {
        let proof = json!({ "password": GOOD, "code": portal.next_code(&factor) });
        let reply = pete.on_customer(&id).post("/api/profile/second-factor/removals", proof).await;
        assert_eq!(reply.says(), "409 second_factor_required", "{id}");
    }
}

/// R110: a customer that requires a second factor of everyone requires it of its partner's people too.
#[tokio::test]
async fn a_customers_rule_holds_for_its_partners_people() {
    let portal = TestPortal::new().await;
    portal.update(&account_row(&portal, ACME), "SET sf = :v", json!({ ":v": { "BOOL": true } }));
    let pete = pete_on_acme(&portal).await;
    assert_eq!(pete.get("/api/team/people").await.says(), "403 second_factor_missing");
    let me = pete.get("/api/session").await.expect(200);
    assert_eq!(me.text("/standing"), "second_factor_missing");
    portal.set_up_factor(&pete).await;
    pete.get("/api/team/people").await.expect(200);
}

/// R112, R512: a page says where one is and as what, and nothing of an account that is not open to whom it is about.
#[tokio::test]
async fn what_one_is_told_of_a_customer() {
    let portal = TestPortal::new().await;
    let pete = pete_on_acme(&portal).await;
    let me = pete.get("/api/session").await.expect(200);
    assert_eq!(
        (me.text("/standing"), me.text("/capacity"), me.text("/account/number")),
        ("looking_after", "partner", ACME)
    );
    assert_eq!(me.text("/home/id"), id_of(&portal, ORION));
    for id in [id_of(&portal, BIRCH), "x".to_owned()] {
        let me = portal.partner_member().await.on_customer(&id).get("/api/session").await.expect(200);
        assert_eq!((me.text("/standing"), &me.json["account"]), ("not_theirs", &Value::Null));
    }
    portal.set_status(ACME, "suspended").await;
    let me = pete.get("/api/session").await.expect(200);
    assert!(me.text("/standing") == "customer_suspended" && me.json["account"]["suspension_reason"].is_string());
    portal.update(&account_row(&portal, ACME), "SET px = :v", json!({ ":v": { "S": "guests_only" } }));
    let me = pete.get("/api/session").await.expect(200);
    assert!(me.text("/standing") == "guests_only" && me.json["account"]["suspension_reason"].is_null());
}
