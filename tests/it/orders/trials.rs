//! Trials that an order converts (R407).

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use super::{PATH, show, summary, user};
use crate::trials::offer;

/// The trial among the vendor's records.
const TRIAL: &str = "NLD-PP1A-6C7E-M3NS";

pub(super) fn converting(number: &str, seats: u32) -> Value {
    json!({
        "number": number, "account": "C10423", "date": "2026-11-20",
        "lines": [{
            "product": "NLD", "type": "subscription", "seats": seats,
            "starts_on": "2026-11-20", "ends_on": "2027-11-19", "converts": TRIAL,
        }],
    })
}

pub(super) async fn give_a_seat(portal: &TestPortal, ada: &Caller, license: &str) {
    let body = json!({ "users": [user(portal, "mia@acme.test")] });
    ada.put(&format!("/api/licenses/{license}/seats"), body).await.expect(204);
}

/// R407, R704
#[tokio::test]
async fn a_converted_trial_keeps_its_serial_number_and_its_seats() {
    let portal = TestPortal::new().await;
    let (sam, ada, mia) = (portal.support().await, portal.owner().await, portal.member().await);
    let trial = show(&sam, "SO-1003").await.expect(200);
    let account = trial.text("/account/id").to_owned();
    give_a_seat(&portal, &ada, trial.text("/lines/0/id")).await;
    let said = sam.post(PATH, converting("SO-5003", 3)).await.expect(201);
    let line = &said.json["lines"][0];
    assert_eq!(line["serial_number"], TRIAL);
    assert_eq!((&line["seats"], &line["type"]), (&json!({ "used": 1, "total": 3 }), &json!("subscription")));
    assert_eq!(show(&sam, "SO-1003").await.expect(200).json["lines"], json!([]), "the trial is no more");
    assert_eq!(sam.post(PATH, converting("SO-5003", 3)).await.expect(200).json, said.json, "once");

    for caller in [&ada, &mia] {
        let listed = caller.get(&format!("/api/licenses?serial={TRIAL}")).await.expect(200);
        assert_eq!(listed.json["items"][0]["id"], line["id"]);
        assert_eq!((listed.text("/items/0/type"), listed.text("/items/0/state")), ("subscription", "active"));
    }
    let mias = mia.get("/api/licenses").await.expect(200);
    assert_eq!(mias.json["items"].as_array().unwrap().len(), 2, "the license once, and the one she had");
    let counted = summary(&portal, &account);
    assert!(counted.contains(&("NLD#subscription#2027-11-19".to_owned(), ["1", "3", "1"].map(str::to_owned))));
    assert!(!counted.iter().any(|(key, _)| key.starts_with("NLD#trial")), "{counted:?}");
    assert_eq!(portal.wire.snapshot().find("accounts", "JOBS", "").len(), 0);
    let seats =
        portal.wire.snapshot().find("accounts", &format!("SEATS#{account}#{}", line["id"].as_str().unwrap()), "");
    assert_eq!(seats.len(), 1);
}

/// R407: a trial that the customer started is, from then on, the license.
#[tokio::test]
async fn a_trial_that_was_started_becomes_the_license() {
    let portal = TestPortal::new().await;
    let (sam, max) = (portal.support().await, portal.manager().await);
    offer(&portal, 30).await;
    let started = max.post("/api/licenses/trials", json!({ "product": "NLR" })).await.expect(201);
    let serial = started.text("/serial_number");
    let found = max.get(&format!("/api/licenses?serial={serial}")).await.expect(200);
    let placed = found.text("/items/0/order/number").to_owned();
    assert_eq!(show(&sam, &placed).await.expect(200).json["lines"].as_array().unwrap().len(), 1);
    let mut body = converting("SO-5003", 3);
    body["lines"][0]["product"] = json!("NLR");
    body["lines"][0]["converts"] = json!(serial);
    let said = sam.post(PATH, body).await.expect(201);
    assert_eq!(show(&sam, &placed).await.says(), "404 not_found", "nobody placed that order");
    let offers = max.get("/api/licenses/trials").await.expect(200);
    assert_eq!(
        (&offers.json["items"][0]["used"], &offers.json["items"][0]["license"]),
        (&json!(true), &said.json["lines"][0]["id"])
    );
    assert_eq!(max.post("/api/licenses/trials", json!({ "product": "NLR" })).await.says(), "409 trial_used");
}

/// R407
#[tokio::test]
async fn what_is_no_trial_of_that_product_and_account_is_not_converted() {
    let portal = TestPortal::new().await;
    let (sam, ada) = (portal.support().await, portal.owner().await);
    for (field, value) in [
        ("converts", "NLD-7Q4M-X2KP-09TV"),
        ("converts", "NLD-8QJZ-N3KP-RT0V"),
        ("converts", "NLD-0000-0000-0000"),
        ("product", "NLR"),
    ] {
        let mut body = converting("SO-5003", 3);
        body["lines"][0][field] = value.into();
        assert_eq!(sam.post(PATH, body).await.at("/lines/0/converts"), "trial_unknown", "{field} {value}");
    }
    let mut foreign = converting("SO-5003", 3);
    foreign["account"] = json!("C10500");
    assert_eq!(sam.post(PATH, foreign).await.at("/lines/0/converts"), "trial_unknown");
    // Two seats in use, and one bought.
    let id = show(&sam, "SO-1003").await.expect(200).text("/lines/0/id").to_owned();
    let more = json!({ "lines": [{ "line": 1, "seats": 2 }] });
    sam.send_json("PATCH", &format!("{PATH}/SO-1003"), &more).await.expect(200);
    let both = json!({ "users": [user(&portal, "mia@acme.test"), user(&portal, "vera@acme.test")] });
    ada.put(&format!("/api/licenses/{id}/seats"), both).await.expect(204);
    assert_eq!(sam.post(PATH, converting("SO-5003", 1)).await.at("/lines/0/seats"), "seats_below_trial");
    sam.post(PATH, converting("SO-5003", 2)).await.expect(201);
    assert_eq!(sam.post(PATH, converting("SO-5004", 2)).await.at("/lines/0/converts"), "trial_unknown", "once");
}

/// R407: an order cannot convert the trial that stands in it; what it says of that line would be gone with it.
#[tokio::test]
async fn no_order_converts_a_trial_of_its_own() {
    let portal = TestPortal::new().await;
    let (sam, max) = (portal.support().await, portal.manager().await);
    offer(&portal, 30).await;
    let started = max.post("/api/licenses/trials", json!({ "product": "NLR" })).await.expect(201);
    let serial = started.text("/serial_number");
    let found = max.get(&format!("/api/licenses?serial={serial}")).await.expect(200);
    let mut nlr = converting("x", 3)["lines"][0].clone();
    (nlr["product"], nlr["converts"]) = (json!("NLR"), json!(serial));
    let both = json!({ "lines": [{ "line": 1, "seats": 2 }], "add": converting("x", 3)["lines"] });
    for (number, body) in [(found.text("/items/0/order/number"), json!({ "add": [nlr] })), ("SO-1003", both)] {
        let before = portal.wire.snapshot();
        let reply = sam.send_json("PATCH", &format!("{PATH}/{number}"), &body).await;
        assert_eq!(reply.at("/add/0/converts"), "trial_unknown", "{number}: {}", reply.says());
        let changes = before.changes(&portal.wire.snapshot());
        assert!(changes.iter().all(|line| !line.contains("LICENSE")), "{changes:?}");
    }
}
