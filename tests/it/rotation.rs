//! Serial numbers that leaked: replaced, so often a year, and the old one is nobody's ever again.

use serde_json::{Value, json};
use tests::portal::{Caller, Reply, TestPortal};
use tests::wire::{Fault, Rule};

use crate::races::at_once;

const DRAFT: &str = "NLD-7Q4M-X2KP-09TV";
const OVER: &str = "NLD-WW9D-4F6H-J8QN";

/// The id of the license of that serial number.
pub(crate) async fn license(caller: &Caller, serial: &str) -> String {
    let found = caller.get(&format!("/api/licenses?serial={serial}")).await.expect(200);
    found.text("/items/0/id").to_owned()
}

async fn replace(caller: &Caller, id: &str) -> Reply {
    caller.post(&format!("/api/licenses/{id}/serial-number"), json!({ "reason": "It was in a video" })).await
}

fn serial_of(reply: &Reply) -> Value {
    reply.json["items"][0]["serial_number"].clone()
}

/// R408
#[tokio::test]
async fn a_leaked_serial_number_is_replaced_and_the_old_one_is_nobodys() {
    let portal = TestPortal::new().await;
    let (ada, max, mia) = (portal.owner().await, portal.manager().await, portal.member().await);
    let id = license(&ada, DRAFT).await;
    let replaced = replace(&max, &id).await.expect(200);
    let new = replaced.text("/serial_number").to_owned();
    assert!(new.starts_with("NLD-") && new != DRAFT, "{new}");
    assert_eq!(license(&ada, &new).await, id);
    assert_eq!(serial_of(&mia.get("/api/licenses").await), new, "whoever has a seat sees the new one");
    assert_eq!(ada.get(&format!("/api/licenses?serial={DRAFT}")).await.json["items"], json!([]));

    let letters = portal.letters_to("ada@acme.test").await;
    let text = &letters.texts()[0];
    assert!(text.contains("Max Ernst") && text.contains(DRAFT) && !text.contains(&new), "{text}");
    let rows = portal.wire.snapshot();
    let old = rows.find("accounts", "SERIAL#N1D7Q4MX2KP09TV", "SERIAL").remove(0);
    assert_eq!(old["x"]["S"], "2026-11-22", "the row says that it was replaced");
    let logged = rows.find("journal", "LOG#acc", "");
    let entry = logged.iter().find(|row| row["event"]["S"] == "serial_replaced").expect("an entry");
    assert_eq!((&entry["license"]["S"], &entry["why"]["S"]), (&json!(id), &json!("It was in a video")));
    assert_eq!(rows.find("accounts", "JOBS", "").len(), 0);
}

/// R408
#[tokio::test]
async fn nobody_gets_a_serial_number_that_was_replaced() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    replace(&ada, &license(&ada, DRAFT).await).await.expect(200);
    let body = json!({
        "number": "SO-7001", "account": "C10500", "date": "2026-11-22",
        "lines": [{ "product": "NLD", "type": "perpetual", "seats": 1, "starts_on": "2026-11-22", "serial_number": DRAFT }],
    });
    let taken = portal.support().await.post("/api/staff/orders", body).await;
    assert_eq!(taken.says(), "422 invalid_fields", "{}", String::from_utf8_lossy(&taken.bytes));
    // The vendor's own records still name the old one: what the portal gave in its place stays.
    let lines = "order,line,product,serial_number,type,seats,starts_on,ends_on,maintenance_ends_on,assigned_to\n\
                 SO-1001,1,NLD,NLD-7Q4M-X2KP-09TV,perpetual,15,2024-02-01,,2026-12-31,mia@acme.test;vera@acme.test\n\
                 SO-1001,2,NLR,NLR-3B8C-YY2T-K5RW,subscription,5,2024-02-01,2026-12-14,,vera@acme.test\n";
    let orders = "number,customer,date,purchase_order,activation_code\nSO-1001,C10423,2024-02-01,PO 7,\n";
    portal.import(&[("orders.csv", orders.to_owned()), ("licenses.csv", lines.to_owned())]).await;
    let listed = ada.get("/api/licenses").await;
    let items = listed.json["items"].as_array().unwrap();
    let draft = items.iter().find(|item| item["seats"]["total"] == 15).expect("more seats, as the records say");
    assert_ne!(draft["serial_number"], DRAFT);
}

/// R408
#[tokio::test]
async fn of_many_at_once_as_many_succeed_as_a_year_allows() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let id = license(&ada, DRAFT).await;
    let replies = at_once((0..16).map(|_| replace(&ada, &id))).await;
    let done: Vec<_> = replies.iter().filter(|reply| reply.status == 200).collect();
    assert_eq!(done.len(), 2, "{:?}", replies.iter().map(Reply::says).collect::<Vec<_>>());
    let refused: Vec<_> = replies.iter().filter(|reply| reply.status != 200).map(Reply::says).collect();
    assert!(refused.iter().all(|says| says == "409 rotations_exhausted" || says == "503 try_again"), "{refused:?}");
    let shown = ada.get(&format!("/api/licenses?serial={}", done[0].text("/serial_number"))).await;
    let other = ada.get(&format!("/api/licenses?serial={}", done[1].text("/serial_number"))).await;
    let found = [shown, other].iter().filter(|reply| reply.json["items"] != json!([])).count();
    assert_eq!(found, 1, "the last one counts");
    assert_eq!(portal.letters_to("ada@acme.test").await.count(), 2);
}

/// R408
#[tokio::test]
async fn each_year_begins_anew_where_the_account_is() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let id = license(&ada, DRAFT).await;
    for _ in 0..2 {
        replace(&ada, &id).await.expect(200);
    }
    let refused = replace(&ada, &id).await;
    assert_eq!((refused.says(), refused.text("/params/until")), ("409 rotations_exhausted".to_owned(), "2027-01-01"));
    // Another license has its own count.
    replace(&ada, &license(&ada, "NLD-PP1A-6C7E-M3NS").await).await.expect(200);
    // Noon of 22 November to the last minute of the year, and two minutes more.
    portal.clock.advance_secs(39 * 86_400 + 12 * 3_600 - 60);
    let ada = portal.owner().await;
    assert_eq!(replace(&ada, &id).await.says(), "409 rotations_exhausted");
    portal.clock.advance_secs(120);
    replace(&ada, &id).await.expect(200);
}

/// R408
#[tokio::test]
async fn what_is_over_or_not_theirs_is_not_replaced() {
    let portal = TestPortal::new().await;
    let (ada, otto, vera) = (portal.owner().await, portal.other_owner().await, portal.viewer().await);
    let (id, over) = (license(&ada, DRAFT).await, license(&ada, OVER).await);
    assert_eq!(replace(&ada, &over).await.says(), "409 license_over");
    assert_eq!(replace(&otto, &id).await.says(), "404 not_found", "another account's");
    assert_eq!(replace(&vera, &id).await.says(), "403 managers_only");
    assert_eq!(replace(&ada, "lic_nonsense").await.says(), "404 not_found");
    let long = json!({ "reason": "x".repeat(1_001) });
    let refused = ada.post(&format!("/api/licenses/{id}/serial-number"), long).await;
    assert_eq!(refused.at("/reason"), "too_long");
}

/// R408
#[tokio::test]
async fn lists_that_could_not_be_refreshed_are_by_the_next_sweep() {
    let portal = TestPortal::new().await;
    let (ada, mia) = (portal.owner().await, portal.member().await);
    let id = license(&ada, DRAFT).await;
    // The number is replaced, and then the database is silent.
    portal.wire.inject(Rule::new(Fault::Dropped).on("TransactWriteItems").after(1));
    let new = replace(&ada, &id).await.expect(200).text("/serial_number").to_owned();
    portal.wire.heal();
    assert_eq!(serial_of(&mia.get("/api/licenses").await), DRAFT);
    assert_eq!(portal.housekeeping().await.expect("a run").jobs, 1);
    assert_eq!(serial_of(&mia.get("/api/licenses").await), new);
    assert_eq!(portal.housekeeping().await.expect("a run").jobs, 0);
}
