//! My licenses.

use serde_json::{Value, json};
use tests::portal::{Reply, TestPortal};
use tests::wire::{Fault, Rule};

fn serials(reply: &Reply) -> Vec<&str> {
    reply.json["items"].as_array().unwrap().iter().map(|item| item["serial_number"].as_str().unwrap()).collect()
}

/// R401
#[tokio::test]
async fn who_may_view_orders_sees_the_whole_account_by_order() {
    let portal = TestPortal::new().await;
    for caller in [portal.owner().await, portal.manager().await, portal.viewer().await] {
        let listed = caller.get("/api/licenses").await.expect(200);
        assert_eq!(
            serials(&listed),
            ["NLD-PP1A-6C7E-M3NS", "NLD-WW9D-4F6H-J8QN", "NLR-3B8C-YY2T-K5RW", "NLD-7Q4M-X2KP-09TV"],
            "newest order first"
        );
        assert_eq!(listed.text("/scope"), "account");
        assert_eq!(listed.json["next"], Value::Null);
        let license = &listed.json["items"][3];
        assert!(license["id"].as_str().unwrap().starts_with("lic_"));
        assert_eq!(license["product"], json!({ "code": "NLD", "name": "Northlight Draft" }));
        assert_eq!((&license["type"], &license["seats"]), (&json!("perpetual"), &json!({ "used": 2, "total": 12 })));
        assert_eq!((&license["starts_on"], &license["ends_on"]), (&json!("2024-02-01"), &Value::Null));
        assert_eq!(license["maintenance_ends_on"], "2026-12-31");
        assert_eq!(license["order"], json!({ "number": "SO-1001", "date": "2024-02-01", "line": 1 }));
    }
}

/// R401
#[tokio::test]
async fn other_members_see_what_is_assigned_to_them_and_no_order() {
    let portal = TestPortal::new().await;
    let listed = portal.member().await.get("/api/licenses").await.expect(200);
    assert_eq!(serials(&listed), ["NLD-7Q4M-X2KP-09TV"]);
    assert_eq!((listed.text("/scope"), &listed.json["items"][0]["order"]), ("assigned", &Value::Null));
}

/// R401
#[tokio::test]
async fn nobody_sees_the_licenses_of_another_account() {
    let portal = TestPortal::new().await;
    let listed = portal.other_owner().await.get("/api/licenses").await.expect(200);
    assert_eq!(serials(&listed), ["NLD-8QJZ-N3KP-RT0V"]);
}

/// R401
#[tokio::test]
async fn a_contract_says_whether_it_is_active_ending_or_ended() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let listed = ada.get("/api/licenses?sort=end").await.expect(200);
    let states: Vec<_> = listed.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["serial_number"].as_str().unwrap(), item["state"].as_str().unwrap()))
        .collect();
    // The test's day is 22 November 2026; what has no end comes last or not at all.
    assert_eq!(
        states[..3],
        [("NLD-WW9D-4F6H-J8QN", "ended"), ("NLR-3B8C-YY2T-K5RW", "ending"), ("NLD-PP1A-6C7E-M3NS", "active")]
    );
}

/// R401
#[tokio::test]
async fn a_list_comes_page_by_page_without_loss_or_repetition() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    for sort in ["order", "-order", "end"] {
        let whole = ada.get(&format!("/api/licenses?sort={sort}")).await.expect(200);
        let mut paged: Vec<String> = Vec::new();
        let mut path = format!("/api/licenses?sort={sort}&limit=1");
        loop {
            let page = ada.get(&path).await.expect(200);
            paged.extend(serials(&page).into_iter().map(str::to_owned));
            let Some(next) = page.json["next"].as_str() else { break };
            path = format!("/api/licenses?sort={sort}&limit=1&cursor={next}");
            assert!(paged.len() < 10, "pages without end");
        }
        assert_eq!(paged, serials(&whole), "{sort}");
    }
}

/// R401
#[tokio::test]
async fn a_serial_number_finds_its_license_and_only_in_the_own_account() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let found = ada.get("/api/licenses?serial=nld-7q4m-x2kp-09tv").await.expect(200);
    assert_eq!(serials(&found), ["NLD-7Q4M-X2KP-09TV"]);
    let foreign = ada.get("/api/licenses?serial=NLD-8QJZ-N3KP-RT0V").await.expect(200);
    assert_eq!(serials(&foreign), [""; 0]);
    assert_eq!(
        portal.member().await.get("/api/licenses?serial=NLD-WW9D-4F6H-J8QN").await.expect(200).json["items"],
        json!([])
    );
}

/// R401
#[tokio::test]
async fn pages_of_the_database_may_be_short_without_anything_missing() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let whole = ada.get("/api/licenses").await.expect(200);
    portal.wire.inject(Rule::new(Fault::ShortPage));
    let mut seen: Vec<String> = Vec::new();
    let mut path = "/api/licenses".to_owned();
    loop {
        let page = ada.get(&path).await.expect(200);
        seen.extend(serials(&page).into_iter().map(str::to_owned));
        let Some(next) = page.json["next"].as_str() else { break };
        path = format!("/api/licenses?cursor={next}");
        assert!(seen.len() < 10, "pages without end");
    }
    assert_eq!(seen, serials(&whole));
    assert!(portal.wire.felt() > 1);
}
