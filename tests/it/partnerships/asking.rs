//! Where the vendor wants to be asked, the owner's word is a request to its desk (R509).

use serde_json::{Value, json};
use tests::portal::TestPortal;

use super::{ACCESS, SETTING, changes, in_place_of, let_in_by, listed, partner_of, subjects};
use crate::customers::{given, given::account};

const REQUESTS: &str = "/api/staff/requests";

fn decision(id: &str) -> String {
    format!("{REQUESTS}/{id}/decision")
}

/// R509
#[tokio::test]
async fn the_desk_decides_where_the_vendor_says_so() {
    let portal = TestPortal::new().await;
    let (ada, admin, pete) = (portal.owner().await, portal.admin().await, portal.partner_member().await);
    let there = pete.on_customer(&account(&portal, "C10423"));
    assert_eq!(admin.get(SETTING).await.expect(200).json, json!({ "owner_decides": true }));
    for _ in 0..2 {
        admin.put(SETTING, json!({ "owner_decides": false })).await.expect(204);
    }
    assert_eq!(admin.get(SETTING).await.expect(200).json, json!({ "owner_decides": false }));
    let logged = portal.wire.snapshot().find("journal", "LOG#VENDOR", "");
    assert_eq!(logged.iter().filter(|row| row["event"]["S"] == "access_setting_set").count(), 1);
    assert_eq!(ada.get(ACCESS).await.expect(200).json["asks_vendor"], true);

    let id = let_in_by(&ada, "guests_only").await.expect(202).text("/id").to_owned();
    assert_eq!(let_in_by(&ada, "guests_only").await.says(), "409 already_asked");
    there.get("/api/team/people").await.expect(200);
    let asked = admin.get(&format!("{REQUESTS}/{id}")).await.expect(200);
    assert_eq!((asked.text("/kind"), asked.text("/wish")), ("access", "Orion Resellers"));
    assert_eq!((asked.text("/details/access"), asked.text("/account/number")), ("guests_only", "C10423"));
    let mine = ada.get("/api/profile").await.expect(200);
    assert_eq!(mine.text("/requests/0/kind"), "access");

    admin.post(&decision(&id), json!({ "decision": "approve" })).await.expect(204);
    assert_eq!(there.get("/api/team/people").await.says(), "403 guests_only");
    assert_eq!(listed(&portal, "C20010", "C10423").len(), 1);
    assert_eq!(changes(&portal, "C10423").len(), 1);
    let mut told = subjects(&portal, "ada@acme.test").await;
    told.sort();
    assert_eq!(told, ["A requested change is done", "Your request has reached us"]);
    assert_eq!(subjects(&portal, "paula@orion.test").await, ["A customer has changed your access"]);
    let mine = ada.get("/api/profile").await.expect(200);
    assert_eq!(mine.json["requests"], json!([]));
}

/// R509
#[tokio::test]
async fn a_refusal_leaves_it_as_it_is() {
    let portal = TestPortal::new().await;
    let (ada, admin) = (portal.owner().await, portal.admin().await);
    admin.put(SETTING, json!({ "owner_decides": false })).await.expect(204);
    let id = let_in_by(&ada, "guests_only").await.expect(202).text("/id").to_owned();
    let refused = json!({ "decision": "refuse", "reason": "Please call us first." });
    admin.post(&decision(&id), refused).await.expect(204);
    assert_eq!(ada.get(ACCESS).await.expect(200).text("/access"), "automatic");
    let told = subjects(&portal, "ada@acme.test").await;
    assert!(told.contains(&"We did not carry out a requested change".to_owned()), "{told:?}");
    assert_eq!(let_in_by(&ada, "guests_only").await.status, 202, "asked anew");
}

/// R509, R514: approved for the partner and by the owner it was asked of, and for no other.
#[tokio::test]
async fn what_was_asked_of_another_partner_is_not_done() {
    let portal = TestPortal::new().await;
    let (ada, admin) = (portal.owner().await, portal.admin().await);
    drop(given::other_partner(&portal).await);
    admin.put(SETTING, json!({ "owner_decides": false })).await.expect(204);
    let id = let_in_by(&ada, "guests_only").await.expect(202).text("/id").to_owned();
    admin.put(&partner_of(&portal, "C10423"), in_place_of("C20020", "C20010")).await.expect(204);
    let approved = admin.post(&decision(&id), json!({ "decision": "approve" })).await;
    assert_eq!(approved.says(), "409 no_longer_possible");
    assert_eq!(ada.get(ACCESS).await.expect(200).text("/access"), "automatic");
}

/// R509
#[tokio::test]
async fn only_an_admin_says_who_decides() {
    let portal = TestPortal::new().await;
    let (support, ada) = (portal.support().await, portal.owner().await);
    for (caller, says) in [(&support, "403 admin_only"), (&ada, "404 not_found")] {
        assert_eq!(caller.get(SETTING).await.says(), says);
        assert_eq!(caller.put(SETTING, json!({ "owner_decides": false })).await.says(), says);
    }
    let admin = portal.admin().await;
    assert!(admin.put(SETTING, json!({ "owner_decides": "no" })).await.status >= 400);
    assert_eq!(portal.wire.snapshot().find("accounts", "SETTINGS", ""), Vec::<Value>::new());
    // What was said of the team before stays beside it.
    admin.put("/api/staff/team-area", json!({ "team_area": "partners" })).await.expect(204);
    admin.put(SETTING, json!({ "owner_decides": false })).await.expect(204);
    let area = admin.get("/api/staff/team-area").await.expect(200);
    assert_eq!(area.text("/team_area"), "partners");
}
