//! What an account has of each product.

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use crate::seats::{FIVE, Seats, TWELVE, agree, license_row};

async fn items(by: &Caller, path: &str) -> Vec<Value> {
    by.get(path).await.expect(200).json["items"].as_array().unwrap().clone()
}

/// R402
#[tokio::test]
async fn the_summary_says_of_each_product_what_there_is_how_much_is_used_and_until_when() {
    let portal = TestPortal::new().await;
    for caller in [portal.owner().await, portal.manager().await, portal.viewer().await] {
        let summary = caller.get("/api/licenses/summary").await.expect(200);
        let (draft, render) = (
            json!({ "code": "NLD", "name": "Northlight Draft" }),
            json!({ "code": "NLR", "name": "Northlight Render" }),
        );
        let expected = json!([
            { "product": draft, "type": "perpetual", "ends_on": null, "state": "active", "licenses": 1,
              "seats": { "used": 2, "total": 12 } },
            { "product": draft, "type": "subscription", "ends_on": "2026-06-14", "state": "ended", "licenses": 1,
              "seats": { "used": 0, "total": 3 } },
            { "product": draft, "type": "trial", "ends_on": "2027-05-01", "state": "active", "licenses": 1,
              "seats": { "used": 0, "total": 1 } },
            { "product": render, "type": "subscription", "ends_on": "2026-12-14", "state": "ending", "licenses": 1,
              "seats": { "used": 1, "total": 5 } },
        ]);
        assert_eq!((&summary.json["items"], &summary.json["next"]), (&expected, &Value::Null));
    }
    agree(&portal);
}

/// R402
#[tokio::test]
async fn what_ends_comes_soonest_first_and_what_has_no_end_not_at_all() {
    let portal = TestPortal::new().await;
    let ends: Vec<_> = items(&portal.owner().await, "/api/licenses/summary?sort=end").await;
    let ends: Vec<_> = ends.iter().map(|item| item["ends_on"].as_str().unwrap()).collect();
    assert_eq!(ends, ["2026-06-14", "2026-12-14", "2027-05-01"]);
}

/// R402
#[tokio::test]
async fn who_may_not_view_orders_sees_no_summary() {
    let portal = TestPortal::new().await;
    assert_eq!(portal.member().await.get("/api/licenses/summary").await.says(), "403 orders_hidden");
}

/// R402
#[tokio::test]
async fn a_summary_is_of_one_s_own_account() {
    let portal = TestPortal::new().await;
    let birch = items(&portal.other_owner().await, "/api/licenses/summary").await;
    assert_eq!(birch.len(), 1);
    assert_eq!(birch[0]["seats"], json!({ "used": 1, "total": 2 }));
}

/// R402
#[tokio::test]
async fn a_contract_ends_in_the_summary_when_it_ends_where_the_account_is() {
    let portal = TestPortal::new().await;
    // The last minute of 14 December in London.
    portal.clock.advance_secs(22 * 86_400 + 11 * 3_600 + 59 * 60);
    let state = async || items(&portal.owner().await, "/api/licenses/summary").await[3]["state"].clone();
    assert_eq!(state().await, "ending");
    portal.clock.advance_secs(60);
    assert_eq!(state().await, "ended");
}

/// R402
#[tokio::test]
async fn the_summary_follows_every_seat() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let used = async || items(&ada, "/api/licenses/summary").await[3]["seats"]["used"].clone();
    let seats = Seats::of(&portal, FIVE);
    seats.assign(&ada, &["mia@acme.test", "max@acme.test"]).await.expect(204);
    assert_eq!(used().await, 3);
    seats.pass_on(&ada, "mia@acme.test", "dora@acme.test").await.expect(204);
    assert_eq!(used().await, 3);
    seats.release(&ada, &["max@acme.test"]).await.expect(204);
    assert_eq!(used().await, 2);
    agree(&portal);
}

/// R402
#[tokio::test]
async fn the_summary_follows_the_vendor_s_records_and_forgets_what_is_no_more() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let head = "order,line,product,serial_number,type,seats,starts_on,ends_on,maintenance_ends_on,assigned_to\n";
    let row = format!("SO-1001,2,NLR,{FIVE},subscription,7,2024-02-01,2027-12-14,,\n");
    portal.import(&[("licenses.csv", format!("{head}{row}"))]).await;
    let render: Vec<_> = items(&ada, "/api/licenses/summary").await;
    let render: Vec<_> = render.iter().filter(|item| item["product"]["code"] == "NLR").collect();
    assert_eq!(render.len(), 1, "{render:?}");
    assert_eq!((&render[0]["ends_on"], &render[0]["seats"]), (&json!("2027-12-14"), &json!({ "used": 1, "total": 7 })));
    agree(&portal);
}

/// R402
#[tokio::test]
async fn an_account_without_licenses_has_an_empty_summary() {
    let portal = TestPortal::new().await;
    for row in portal.wire.snapshot().find("accounts", "SUMMARY#", "") {
        portal.delete("accounts", &row);
    }
    let summary = portal.owner().await.get("/api/licenses/summary").await.expect(200);
    assert_eq!(summary.json, json!({ "items": [], "next": null }));
}

/// R402
#[tokio::test]
async fn a_sort_nobody_knows_is_refused() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let refused = ada.get("/api/licenses/summary?sort=name").await;
    assert_eq!((refused.says().as_str(), refused.at("/sort")), ("400 invalid_query", "choice_invalid"));
    assert_eq!(ada.get("/api/licenses/summary?limit=1").await.says(), "400 invalid_query");
    assert!(license_row(&portal, TWELVE)["x"].is_null());
}
