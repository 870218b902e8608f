//! The owner decides how the partner's people get in (R509).

use serde_json::json;
use tests::portal::TestPortal;
use tests::wire::{Fault, Rule};

use super::{ACCESS, changes, let_in_by, listed, subjects};
use crate::customers::{given::account, recount::lists_agree, shown};
use crate::guests::{GUESTS, guest, offered};

/// R509
#[tokio::test]
async fn owner_and_managers_see_who_can_see_them() {
    let portal = TestPortal::new().await;
    for (caller, may_change) in [(portal.owner().await, true), (portal.manager().await, false)] {
        let shown = caller.get(ACCESS).await.expect(200);
        let wanted = json!({
            "partner": { "number": "C20010", "name": "Orion Resellers" }, "access": "automatic", "by_vendor": false,
            "may_change": may_change, "asks_vendor": false,
        });
        assert_eq!(shown.json, wanted);
    }
    let otto = portal.other_owner().await;
    let wanted =
        json!({ "partner": null, "access": null, "by_vendor": false, "may_change": false, "asks_vendor": false });
    assert_eq!(otto.get(ACCESS).await.expect(200).json, wanted);
    assert_eq!(let_in_by(&otto, "guests_only").await.says(), "409 no_partner");
    let acme = account(&portal, "C10423");
    for (caller, reads, changes) in [
        (portal.viewer().await, "403 managers_only", "403 managers_only"),
        (portal.manager().await, "200", "403 owner_only"),
        (portal.partner_owner().await.on_customer(&acme), "403 not_for_partners", "403 not_for_partners"),
    ] {
        assert_eq!(
            (caller.get(ACCESS).await.says().as_str(), let_in_by(&caller, "guests_only").await.says().as_str()),
            (reads, changes)
        );
    }
}

/// R509: on the next request, the list too, and told to both.
#[tokio::test]
async fn guests_only_counts_from_the_next_request_on() {
    let portal = TestPortal::new().await;
    let (ada, pete) = (portal.owner().await, portal.partner_member().await);
    let there = pete.on_customer(&account(&portal, "C10423"));
    there.get("/api/team/people").await.expect(200);
    assert!(shown(&pete, "C10423").await["users"].is_u64());
    for _ in 0..2 {
        let_in_by(&ada, "guests_only").await.expect(204);
    }
    for path in ["/api/team/people", "/api/licenses", "/api/licenses/summary"] {
        assert_eq!(there.get(path).await.says(), "403 guests_only", "{path}");
    }
    let refused = there.post("/api/team/contacts", json!({})).await;
    assert!(refused.status == 422 || refused.says() == "403 guests_only", "{}", refused.says());
    let listed_now = shown(&pete, "C10423").await;
    assert_eq!(
        (&listed_now["access"], &listed_now["users"], &listed_now["products"]),
        (&json!("guests_only"), &json!(null), &json!(null))
    );
    assert_eq!(listed(&portal, "C20010", "C10423").len(), 1, "no row of any product");
    assert_eq!(changes(&portal, "C10423"), [("guests_only".to_owned(), String::new())], "once, by one of its own");
    assert_eq!(subjects(&portal, "ada@acme.test").await, ["Your partner’s access has changed"]);
    assert_eq!(subjects(&portal, "paula@orion.test").await, ["A customer has changed your access"]);

    let_in_by(&ada, "automatic").await.expect(204);
    there.get("/api/team/people").await.expect(200);
    assert!(shown(&pete, "C10423").await["users"].is_u64());
    lists_agree(&portal);
}

/// R509: a guest stays one, whichever way the others get in.
#[tokio::test]
async fn guests_stay() {
    let portal = TestPortal::new().await;
    let guest = guest(&portal, offered("pete@orion.test")).await;
    let ada = portal.owner().await;
    let_in_by(&ada, "guests_only").await.expect(204);
    guest.get("/api/licenses").await.expect(200);
    assert_eq!(let_in_by(&guest, "automatic").await.says(), "403 not_for_guests");
    assert_eq!(ada.post(GUESTS, offered("paula@orion.test")).await.status, 201);
}

/// R509: nothing of the customer is listed any more even if everything after the change's own transaction fails.
#[tokio::test]
async fn what_follows_may_be_interrupted() {
    let portal = TestPortal::new().await;
    let (ada, pete) = (portal.owner().await, portal.partner_member().await);
    assert!(listed(&portal, "C20010", "C10423").len() > 1);
    // Authority apart, the account, its partner and its rows are read; then comes the job.
    portal.wire.inject(Rule::new(Fault::Dropped).on("GetItem").after(3));
    let_in_by(&ada, "guests_only").await.expect(204);
    portal.wire.heal();
    assert_eq!(listed(&portal, "C20010", "C10423"), Vec::<serde_json::Value>::new());
    assert_eq!(crate::customers::names(&pete, "").await, [""; 0]);
    portal.housekeeping().await.unwrap();
    assert_eq!(shown(&pete, "C10423").await["access"], "guests_only", "the sweep finishes it");
    lists_agree(&portal);
}

/// R509, R702: what the vendor said stands above it.
#[tokio::test]
async fn the_vendor_can_say_guests_only() {
    let portal = TestPortal::new().await;
    let (ada, admin) = (portal.owner().await, portal.admin().await);
    let path = format!("/api/staff/accounts/{}/features", account(&portal, "C10423"));
    let features = |guests_only: bool| json!({ "team_area": true, "guests_only": guests_only, "partner": false });
    admin.put(&path, features(true)).await.expect(204);
    let shown = ada.get(ACCESS).await.expect(200);
    assert_eq!(
        (shown.text("/access"), &shown.json["by_vendor"], &shown.json["may_change"]),
        ("guests_only", &json!(true), &json!(false))
    );
    for access in ["automatic", "guests_only"] {
        assert_eq!(let_in_by(&ada, access).await.says(), "409 access_by_vendor");
    }
    admin.put(&path, features(false)).await.expect(204);
    let_in_by(&ada, "guests_only").await.expect(204);
}

/// R509
#[tokio::test]
async fn another_word_is_no_way_in() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    for (access, code) in [("", "required"), ("nobody", "choice_invalid")] {
        assert_eq!(let_in_by(&ada, access).await.expect(422).at("/access"), code);
    }
}
