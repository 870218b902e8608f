//! What changes of an order changes everywhere it is shown.

use serde_json::{Value, json};
use tests::portal::{Caller, Reply, TestPortal};
use tests::wire::{Fault, Rule};

use super::{PATH, amend, cancel, events, order, recorded, show, summary, user};
use crate::races::at_once;

const SERIAL: &str = "NLD-7Q4M-X2KP-09TV";

async fn license(caller: &Caller, serial: &str) -> Value {
    let listed = caller.get(&format!("/api/licenses?serial={serial}")).await.expect(200);
    listed.json["items"][0].clone()
}

fn counts(portal: &TestPortal, account: &str, key: &str) -> Option<[String; 3]> {
    summary(portal, account).into_iter().find(|(found, _)| found == key).map(|(_, counts)| counts)
}

fn three(counts: [&str; 3]) -> Option<[String; 3]> {
    Some(counts.map(str::to_owned))
}

async fn account(sam: &Caller) -> String {
    show(sam, "SO-1001").await.expect(200).text("/account/id").to_owned()
}

/// R704: an imported order, like any other.
#[tokio::test]
async fn amended_seats_and_days_are_seen_by_owner_member_and_summary() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    let account = account(&sam).await;
    let change = json!({
        "revision": 0,
        "purchase_order": "PO 8",
        "invoice_url": "https://invoices.northlight.test/8",
        "lines": [
            { "line": 1, "seats": 3, "maintenance_ends_on": null },
            { "line": 2, "ends_on": "2028-12-14", "maintenance_ends_on": "2027-12-14" },
        ],
    });
    let amended = amend(&sam, "SO-1001", change.clone()).await.expect(200);
    assert_eq!((amended.text("/purchase_order"), &amended.json["revision"]), ("PO 8", &json!(1)));
    assert_eq!(amended.json, show(&sam, "SO-1001").await.expect(200).json);
    assert_eq!(amended.json["lines"][0]["seats"], json!({ "used": 2, "total": 3 }));

    let owners = license(&portal.owner().await, SERIAL).await;
    assert_eq!((&owners["seats"]["total"], &owners["maintenance_ends_on"]), (&json!(3), &Value::Null));
    let members = license(&portal.member().await, SERIAL).await;
    assert_eq!(members["maintenance_ends_on"], Value::Null, "her own list follows");
    let renewed = license(&portal.viewer().await, "NLR-3B8C-YY2T-K5RW").await;
    assert_eq!((&renewed["ends_on"], &renewed["state"]), (&json!("2028-12-14"), &json!("active")));

    assert_eq!(counts(&portal, &account, "NLD#perpetual#never"), three(["1", "3", "2"]));
    assert_eq!(counts(&portal, &account, "NLR#subscription#2026-12-14"), None);
    assert_eq!(counts(&portal, &account, "NLR#subscription#2028-12-14"), three(["1", "5", "1"]));
    assert_eq!(portal.wire.snapshot().find("accounts", "RENEWALS#2028-12-14", &account).len(), 1);
    assert!(events(&portal, &account).contains(&"order_amended".to_owned()));
    assert_eq!(portal.wire.snapshot().find("accounts", "JOBS", "").len(), 0, "no work is left");

    assert_eq!(amend(&sam, "SO-1001", change).await.says(), "409 conflict", "it was made from another revision");
    let before = portal.wire.snapshot();
    let same = json!({ "purchase_order": "PO 8", "lines": [{ "line": 1, "seats": 3 }] });
    assert_eq!(amend(&sam, "SO-1001", same).await.expect(200).json["revision"], 1);
    let lines = before.changes(&portal.wire.snapshot());
    assert_eq!(lines, [""; 0], "what changes nothing writes nothing");
    let cleared = amend(&sam, "SO-1001", json!({ "purchase_order": null, "invoice_url": "" })).await.expect(200);
    assert_eq!((&cleared.json["purchase_order"], &cleared.json["invoice_url"]), (&Value::Null, &Value::Null));
}

/// R704
#[tokio::test]
async fn seats_in_use_cannot_be_taken_away() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    let said = amend(&sam, "SO-1001", json!({ "lines": [{ "line": 1, "seats": 1 }] })).await;
    assert_eq!(said.says(), "409 seats_in_use");
    assert_eq!(said.json["params"], json!({ "line": "1", "used": "2" }));
    let exact = amend(&sam, "SO-1001", json!({ "lines": [{ "line": 1, "seats": 2 }] })).await.expect(200);
    assert_eq!(exact.json["lines"][0]["seats"], json!({ "used": 2, "total": 2 }));
}

/// R704
#[tokio::test]
async fn lines_that_come_are_licenses_like_the_others() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    recorded(&sam).await;
    let mut line = order("x", "x")["lines"][0].clone();
    line["serial_number"] = json!("NLR-0000-AAAA-0003");
    let added = amend(&sam, "SO-5001", json!({ "add": [line.clone()] })).await.expect(200);
    let third = &added.json["lines"][2];
    assert_eq!((&third["line"], &third["serial_number"]), (&json!(3), &json!("NLR-0000-AAAA-0003")));
    assert_eq!(license(&portal.owner().await, "NLR-0000-AAAA-0003").await["id"], third["id"]);
    let account = added.text("/account/id").to_owned();
    assert_eq!(counts(&portal, &account, "NLR#subscription#2027-11-30"), three(["2", "4", "0"]));
    let again = amend(&sam, "SO-5001", json!({ "add": [line] })).await;
    assert_eq!(again.at("/add/0/serial_number"), "serial_number_taken");
}

/// R704: twenty lines, each of another end, change at once; if somebody has a seat of each, in two steps.
#[tokio::test]
async fn an_order_of_twenty_lines_is_amended_whole() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    let line = |n: usize| {
        json!({
            "product": "NLR", "type": "subscription", "seats": 1,
            "starts_on": "2026-12-01", "ends_on": format!("2027-01-{:02}", n + 1),
        })
    };
    let mut whole = order("SO-5020", "C10423");
    whole["lines"] = (0..20).map(line).collect();
    sam.post(PATH, whole).await.expect(201);
    let later = |n: usize| json!({ "line": n + 1, "ends_on": format!("2028-02-{:02}", n + 1) });
    let all: Vec<_> = (0..20).map(later).collect();
    let said = amend(&sam, "SO-5020", json!({ "lines": all })).await.expect(200);
    assert_eq!(said.json["lines"][19]["ends_on"], "2028-02-20");

    let (ada, mia) = (portal.owner().await, user(&portal, "mia@acme.test"));
    for line in said.json["lines"].as_array().unwrap() {
        let seats = format!("/api/licenses/{}/seats", line["id"].as_str().unwrap());
        ada.put(&seats, json!({ "users": [mia] })).await.expect(204);
    }
    let again = |n: usize| json!({ "line": n + 1, "ends_on": format!("2029-02-{:02}", n + 1) });
    let mut all: Vec<_> = (0..20).map(again).collect();
    assert_eq!(amend(&sam, "SO-5020", json!({ "lines": all })).await.at("/lines"), "too_many_changes");
    let rest = all.split_off(10);
    for some in [all, rest] {
        amend(&sam, "SO-5020", json!({ "lines": some })).await.expect(200);
    }
    cancel(&sam, "SO-5020").await.expect(204);
    let mias = portal.member().await.get("/api/licenses").await.expect(200);
    assert_eq!(mias.json["items"].as_array().unwrap().len(), 1);
}

/// R704: of changes from one revision at the same time, one is made.
#[tokio::test]
async fn of_16_changes_of_one_revision_one_is_made() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    let account = account(&sam).await;
    let said = at_once((13..29).map(|seats| {
        let change = json!({ "revision": 0, "lines": [{ "line": 1, "seats": seats }] });
        let sam = &sam;
        async move { amend(sam, "SO-1001", change).await }
    }))
    .await;
    let made: Vec<&Reply> = said.iter().filter(|reply| reply.status == 200).collect();
    assert_eq!(made.len(), 1, "{:?}", said.iter().map(Reply::says).collect::<Vec<_>>());
    let total = made[0].json["lines"][0]["seats"]["total"].to_string();
    assert_eq!(counts(&portal, &account, "NLD#perpetual#never"), three(["1", &total, "2"]));
}

/// R704, R403: a seat given while seats are taken away is counted, and never one too many.
#[tokio::test]
async fn seats_given_and_taken_away_at_once_are_never_oversold() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    let account = account(&sam).await;
    let ada = portal.owner().await;
    let id = show(&sam, "SO-1001").await.expect(200).text("/lines/0/id").to_owned();
    let dora = user(&portal, "dora@acme.test");
    let seats = format!("/api/licenses/{id}/seats");
    let body = json!({ "users": [dora] });
    let (given, taken) =
        tokio::join!(ada.put(&seats, body), amend(&sam, "SO-1001", json!({ "lines": [{ "line": 1, "seats": 2 }] })),);
    assert!((given.status == 204) != (taken.status == 200), "{} {}", given.says(), taken.says());
    let line = show(&sam, "SO-1001").await.expect(200).json["lines"][0]["seats"].clone();
    let (used, total) = (line["used"].to_string(), line["total"].to_string());
    assert_eq!(counts(&portal, &account, "NLD#perpetual#never"), three(["1", &total, &used]));
}

/// R704: the change is made though the lists that follow cannot be brought up to it at once.
#[tokio::test]
async fn lists_that_lag_behind_are_left_to_the_sweep() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    drop(show(&sam, "SO-1001").await);
    portal.wire.inject(Rule::new(Fault::InternalError).on("GetItem").at("accounts"));
    let change = json!({ "lines": [{ "line": 1, "maintenance_ends_on": "2030-01-01" }] });
    amend(&sam, "SO-1001", change).await.expect(200);
    portal.wire.heal();
    let mia = portal.member().await;
    assert_eq!(license(&mia, SERIAL).await["maintenance_ends_on"], "2026-12-31");
    for job in portal.app.store().due_jobs().await.unwrap() {
        portal.app.store().run_job(job).await.unwrap();
    }
    assert_eq!(license(&mia, SERIAL).await["maintenance_ends_on"], "2030-01-01");
}
