//! One license on its own page.

use serde_json::{Value, json};
use tests::portal::TestPortal;

use crate::seats::{FIVE, TWELVE, license, license_row};

/// R401
#[tokio::test]
async fn who_may_view_orders_sees_a_license_with_its_order() {
    let portal = TestPortal::new().await;
    let path = format!("/api/licenses/{}", license(&portal, FIVE));
    for caller in [portal.owner().await, portal.manager().await, portal.viewer().await] {
        let shown = caller.get(&path).await.expect(200);
        assert_eq!(
            shown.json,
            json!({
                "id": license(&portal, FIVE),
                "serial_number": FIVE,
                "product": { "code": "NLR", "name": "Northlight Render" },
                "type": "subscription",
                "seats": { "used": 1, "total": 5 },
                "starts_on": "2024-02-01",
                "ends_on": "2026-12-14",
                "maintenance_ends_on": null,
                "state": "ending",
                "order": {
                    "number": "SO-1001", "date": "2024-02-01", "line": 2, "purchase_order": "PO 7", "invoice_url": null,
                },
            })
        );
    }
}

/// R401
#[tokio::test]
async fn other_members_see_a_license_assigned_to_them_without_its_order() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    let shown = mia.get(&format!("/api/licenses/{}", license(&portal, TWELVE))).await.expect(200);
    assert_eq!((&shown.json["order"], &shown.json["seats"]), (&Value::Null, &Value::Null));
    assert_eq!(shown.text("/serial_number"), TWELVE);
    let unassigned = mia.get(&format!("/api/licenses/{}", license(&portal, FIVE))).await;
    let missing = mia.get(&format!("/api/licenses/lic_{}", "0".repeat(26))).await;
    assert_eq!((unassigned.says().as_str(), &unassigned.bytes), ("404 not_found", &missing.bytes));
}

/// R401
#[tokio::test]
async fn orders_hidden_meanwhile_are_hidden_from_the_next_request_on() {
    let portal = TestPortal::new().await;
    let vera = portal.viewer().await;
    let path = format!("/api/licenses/{}", license(&portal, FIVE));
    assert_eq!(vera.get(&path).await.expect(200).text("/order/number"), "SO-1001");
    let people = "customer,email,first_name,last_name,job_title,phone,language,role,permissions\n\
                  C10423,vera@acme.test,Vera,Rubin,Purchasing,,en,member,\n";
    portal.import(&[("people.csv", people.to_owned())]).await;
    let shown = vera.get(&path).await.expect(200);
    assert_eq!(shown.json["order"], Value::Null, "her own seat she still sees");
    let trial = format!("/api/licenses/{}", license(&portal, "NLD-PP1A-6C7E-M3NS"));
    assert_eq!(vera.get(&trial).await.says(), "404 not_found");
}

/// R401
#[tokio::test]
async fn a_cancelled_license_says_so_wherever_it_is_shown() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    portal.update(&license_row(&portal, FIVE), "SET x = :x", json!({ ":x": { "S": "2026-11-20" } }));
    let shown = ada.get(&format!("/api/licenses/{}", license(&portal, FIVE))).await.expect(200);
    assert_eq!(shown.text("/state"), "cancelled");
    let listed = ada.get(&format!("/api/licenses?serial={FIVE}")).await.expect(200);
    assert_eq!(listed.text("/items/0/state"), "cancelled");
}

/// R401
#[tokio::test]
async fn a_serial_number_read_from_paper_is_found_and_a_wrong_one_is_explained() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    for typed in ["nld7q4mx2kpo9tv", "N1D-7Q4M-X2KP-O9TV", "nld%207q4m%20x2kp%2009tv", "NLD%E2%80%937Q4M-X2KP-09TV"] {
        let found = ada.get(&format!("/api/licenses?serial={typed}")).await.expect(200);
        assert_eq!(found.text("/items/0/serial_number"), TWELVE, "{typed}");
    }
    for typed in ["NLD", "NLD/7Q4M", "%D0%9DLD-7Q4M-X2KP", "--", &"A".repeat(41)] {
        let refused = ada.get(&format!("/api/licenses?serial={typed}")).await;
        assert_eq!(refused.says(), "400 invalid_query", "{typed}");
        assert!(["serial_number_invalid", "required"].contains(&refused.at("/serial")), "{typed}");
    }
}
