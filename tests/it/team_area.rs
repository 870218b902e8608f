//! Which accounts look after their people themselves, as the vendor says (R312).

use serde_json::{Value, json};
use tests::portal::{Caller, Reply, TestPortal};

const SETTING: &str = "/api/staff/team-area";

async fn set(admin: &Caller, team_area: &str) -> Reply {
    admin.put(SETTING, json!({ "team_area": team_area })).await
}

async fn people(caller: &Caller) -> String {
    let reply = caller.get("/api/team/people").await;
    if reply.status == 200 { "200".to_owned() } else { reply.says() }
}

async fn account(portal: &TestPortal, staff: &Caller, number: &str) -> (String, Value) {
    let rows = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
    let row = rows.iter().find(|row| row["n"]["S"] == number).unwrap();
    let path = format!("/api/staff/accounts/{}", row["i"]["S"].as_str().unwrap());
    let shown = staff.get(&path).await.expect(200).json;
    (path, shown)
}

/// R312
#[tokio::test]
async fn the_team_area_is_on_for_everyone_for_partners_or_for_chosen_accounts() {
    let portal = TestPortal::new().await;
    let (admin, ada, paula) = (portal.admin().await, portal.owner().await, portal.partner_owner().await);
    assert_eq!(admin.get(SETTING).await.expect(200).json, json!({ "team_area": "everyone" }), "unless staff say so");
    let off = "403 team_area_off".to_owned();
    for (setting, customer, partner) in
        [("everyone", true, true), ("partners", false, true), ("chosen", false, false), ("everyone", true, true)]
    {
        set(&admin, setting).await.expect(204);
        assert_eq!(admin.get(SETTING).await.expect(200).json, json!({ "team_area": setting }));
        for (caller, on) in [(&ada, customer), (&paula, partner)] {
            assert_eq!(people(caller).await, if on { "200".to_owned() } else { off.clone() }, "{setting}");
            let me = caller.get("/api/session").await.expect(200);
            assert_eq!(me.json["account"]["features"]["team_area"], on, "{setting}");
            let offered = me.json["may"].as_array().unwrap().contains(&json!("manage_members"));
            assert_eq!(offered, on, "{setting}");
        }
    }
    let logged = portal.wire.snapshot().find("journal", "LOG#VENDOR", "");
    assert_eq!(logged.iter().filter(|row| row["event"]["S"] == "team_area_set").count(), 4);
    set(&admin, "everyone").await.expect(204);
    let logged = portal.wire.snapshot().find("journal", "LOG#VENDOR", "");
    assert_eq!(logged.iter().filter(|row| row["event"]["S"] == "team_area_set").count(), 4, "said again: nothing");
}

/// R312
#[tokio::test]
async fn what_is_said_of_one_account_counts_first() {
    let portal = TestPortal::new().await;
    let (admin, ada, otto) = (portal.admin().await, portal.owner().await, portal.other_owner().await);
    let (path, shown) = account(&portal, &admin, "C10423").await;
    assert_eq!((&shown["features"]["team_area"], &shown["features_said"]), (&json!(true), &json!(false)));
    // Chosen while everyone has it: what counts stays, and from now on it is said.
    let on = json!({ "team_area": true, "guests_only": false, "partner": false });
    admin.put(&format!("{path}/features"), on).await.expect(204);
    set(&admin, "chosen").await.expect(204);
    assert_eq!((people(&ada).await.as_str(), people(&otto).await.as_str()), ("200", "403 team_area_off"));
    let (_, chosen) = account(&portal, &admin, "C10423").await;
    let (_, other) = account(&portal, &admin, "C10500").await;
    assert_eq!((&chosen["features"]["team_area"], &chosen["features_said"]), (&json!(true), &json!(true)));
    assert_eq!((&other["features"]["team_area"], &other["features_said"]), (&json!(false), &json!(false)));
    set(&admin, "everyone").await.expect(204);
    let off = json!({ "team_area": false, "guests_only": false, "partner": false });
    admin.put(&format!("{path}/features"), off).await.expect(204);
    assert_eq!((people(&ada).await.as_str(), people(&otto).await.as_str()), ("403 team_area_off", "200"));
}

/// R312: where it is off, one reads whom to contact; and nobody asks where nobody can decide.
#[tokio::test]
async fn where_it_is_off_the_vendor_is_named() {
    let portal = TestPortal::new().await;
    let (admin, mia) = (portal.admin().await, portal.member().await);
    set(&admin, "partners").await.expect(204);
    let asked = mia.post("/api/team/access-requests", json!({ "wants": "orders" })).await;
    assert_eq!(asked.says(), "403 team_area_off");
    let managers = mia.get("/api/team/managers").await.expect(200);
    assert_eq!(managers.text("/support_email"), "support@portal.test");
    assert_eq!(managers.text("/items/0/email"), "ada@acme.test");
    // An owner still goes through who has access.
    portal.owner().await.get("/api/team/review").await.expect(200);
}

/// R312
#[tokio::test]
async fn only_an_admin_says_and_sees_it() {
    let portal = TestPortal::new().await;
    let (support, ada, admin) = (portal.support().await, portal.owner().await, portal.admin().await);
    for (caller, says) in [(&support, "403 admin_only"), (&ada, "404 not_found")] {
        assert_eq!(caller.get(SETTING).await.says(), says);
        assert_eq!(set(caller, "chosen").await.says(), says);
    }
    for (wanted, code) in [("nobody", "choice_invalid"), ("", "required")] {
        assert_eq!(set(&admin, wanted).await.expect(422).at("/team_area"), code, "{wanted}");
    }
    assert!(portal.wire.snapshot().find("accounts", "SETTINGS", "").is_empty());
}

/// R312: another process learns of it within five minutes.
#[tokio::test]
async fn it_is_in_force_everywhere_within_five_minutes() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    portal.put(
        "accounts",
        &json!({ "pk": { "S": "SETTINGS" }, "sk": { "S": "SETTINGS" }, "v": { "N": "1" }, "ta": { "S": "chosen" } }),
    );
    assert_eq!(people(&ada).await, "200", "as another process had said it");
    portal.clock.advance_secs(301);
    assert_eq!(people(&ada).await, "403 team_area_off");
}
