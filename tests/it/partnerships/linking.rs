//! The vendor's people link customers and partners (R514, R706).

use serde_json::json;
use tests::portal::TestPortal;

use super::{changes, in_place_of, listed, partner, partner_of, subjects};
use crate::customers::{given, given::account, names, recount::lists_agree, shown};
use crate::guests::{guest, is_over, offered};

/// R514, R706
#[tokio::test]
async fn a_customer_gets_a_partner_another_and_none() {
    let portal = TestPortal::new().await;
    let (admin, paula) = (portal.admin().await, portal.partner_owner().await);
    let viola = given::other_partner(&portal).await;
    let path = partner_of(&portal, "C10500");
    let birch = account(&portal, "C10500");
    assert_eq!(paula.on_customer(&birch).get("/api/team/people").await.says(), "404 not_found");
    for _ in 0..2 {
        admin.put(&path, partner("C20010")).await.expect(204);
    }
    let shown_there = admin.get(&format!("/api/staff/accounts/{birch}")).await.expect(200);
    assert_eq!((shown_there.text("/partner/number"), shown_there.text("/partner/access")), ("C20010", "automatic"));
    assert_eq!(shown(&paula, "C10500").await["name"], "Birch Studio");
    paula.on_customer(&birch).get("/api/team/people").await.expect(200);

    let refused = admin.put(&path, partner("C20020")).await;
    assert_eq!(refused.says(), "409 has_partner");
    assert_eq!((refused.text("/params/name"), refused.text("/params/number")), ("Orion Resellers", "C20010"));
    assert_eq!(admin.put(&path, in_place_of("C20020", "C10423")).await.says(), "409 has_partner");
    admin.put(&path, in_place_of("C20020", "C20010")).await.expect(204);
    assert_eq!(paula.on_customer(&birch).get("/api/team/people").await.says(), "404 not_found");
    assert_eq!(names(&paula, "").await, ["Acme Engineering"]);
    assert_eq!(names(&viola, "").await, ["Birch Studio"]);
    viola.on_customer(&birch).get("/api/team/people").await.expect(200);

    let guests_only = json!({ "partner_number": "C20020", "access": "guests_only" });
    admin.put(&path, guests_only).await.expect(204);
    assert_eq!(viola.on_customer(&birch).get("/api/team/people").await.says(), "403 guests_only");
    for _ in 0..2 {
        admin.delete(&path).await.expect(204);
    }
    assert_eq!(viola.on_customer(&birch).get("/api/team/people").await.says(), "404 not_found");
    assert_eq!(names(&viola, "").await, [""; 0]);
    lists_agree(&portal);
    let by_staff = |change: &str| (change.to_owned(), "staff".to_owned());
    let wanted = ["ended", "ended", "guests_only", "linked", "linked"].map(by_staff);
    let mut logged = changes(&portal, "C10500");
    logged.sort();
    assert_eq!(logged, wanted, "and it stays");
    let told = subjects(&portal, "otto@birch.test").await;
    assert_eq!(told.len(), 4, "{told:?}");
    let texts = portal.letters_to("paula@orion.test").await.texts();
    assert!(texts.iter().any(|text| text.contains("does not look after Birch Studio")), "{texts:?}");
}

/// R510, R514: a session of the partner's and one of its guest's end with the partnership, on their next request.
#[tokio::test]
async fn what_the_partner_could_do_ends_on_the_next_request() {
    for ends in [true, false] {
        let portal = TestPortal::new().await;
        let admin = portal.admin().await;
        drop(given::other_partner(&portal).await);
        let guest = guest(&portal, offered("pete@orion.test")).await;
        let paula = portal.partner_owner().await;
        let there = paula.on_customer(&account(&portal, "C10423"));
        for caller in [&guest, &there] {
            caller.get("/api/licenses").await.expect(200);
        }
        let path = partner_of(&portal, "C10423");
        if ends {
            admin.delete(&path).await.expect(204);
        } else {
            admin.put(&path, in_place_of("C20020", "C20010")).await.expect(204);
        }
        is_over(&guest).await;
        for place in ["/api/licenses", "/api/team/people"] {
            assert_eq!(there.get(place).await.says(), "404 not_found", "{place}");
        }
        assert_eq!(names(&paula, "").await, [""; 0]);
        assert_eq!(listed(&portal, "C20010", "C10423").len(), 0);
        // Whoever comes back as the partner brings no guest back whom it did not invite again.
        lists_agree(&portal);
    }
}

/// R514: not just anybody, and not just anywhere.
#[tokio::test]
async fn only_a_partner_in_use_looks_after_a_customer() {
    let portal = TestPortal::new().await;
    let admin = portal.admin().await;
    drop(given::other_partner(&portal).await);
    let birch = partner_of(&portal, "C10500");
    for number in ["C99999", "C10423", "C10500"] {
        assert_eq!(admin.put(&birch, partner(number)).await.expect(422).at("/partner_number"), "partner_unusable");
    }
    for (body, pointer, code) in [
        (partner(""), "/partner_number", "required"),
        (partner("20010"), "/partner_number", "customer_number_invalid"),
        (json!({ "partner_number": "C20010", "access": "all" }), "/access", "choice_invalid"),
        (json!({ "partner_number": "C20010", "replaces": "Orion" }), "/replaces", "customer_number_invalid"),
    ] {
        assert_eq!(admin.put(&birch, body).await.expect(422).at(pointer), code);
    }
    assert_eq!(admin.put(&partner_of(&portal, "C20020"), partner("C20010")).await.says(), "409 not_a_customer");
    assert_eq!(admin.put(&partner_of(&portal, "C10700"), partner("C20010")).await.says(), "409 account_not_in_use");
    admin.put(&partner_of(&portal, "C10600"), partner("C20010")).await.expect(204);
    let features = format!("/api/staff/accounts/{}/features", account(&portal, "C20020"));
    admin.put(&features, json!({ "team_area": true, "guests_only": false, "partner": false })).await.expect(204);
    assert_eq!(admin.put(&birch, partner("C20020")).await.expect(422).at("/partner_number"), "partner_unusable");
    let support = portal.support().await;
    assert_eq!(support.put(&birch, partner("C20010")).await.says(), "403 admin_only");
    assert_eq!(support.delete(&birch).await.says(), "403 admin_only");
    assert_eq!(portal.owner().await.delete(&birch).await.says(), "404 not_found");
}
