//! Trials: each product once for each account, and over by themselves.

use serde_json::{Value, json};
use tests::portal::{Caller, Reply, TestPortal};

use crate::races::at_once;

/// Puts Northlight Render on offer for so many days, with three seats.
pub(crate) async fn offer(portal: &TestPortal, days: u16) {
    for row in portal.wire.snapshot().find("accounts", "PRODUCTS", "PRODUCT#NLR") {
        let values = json!({ ":td": { "N": days.to_string() }, ":ts": { "N": "3" } });
        portal.update(&row, "SET td = :td, ts = :ts", values);
    }
}

async fn try_out(caller: &Caller, product: &str) -> Reply {
    caller.post("/api/licenses/trials", json!({ "product": product })).await
}

async fn listed(caller: &Caller) -> Value {
    caller.get("/api/licenses/trials").await.expect(200).json["items"].clone()
}

/// R407
#[tokio::test]
async fn a_product_on_offer_is_tried_once_and_ends_by_itself() {
    let portal = TestPortal::new().await;
    let (ada, max) = (portal.owner().await, portal.manager().await);
    assert_eq!(listed(&max).await, json!([]), "nothing is on offer");
    offer(&portal, 30).await;
    let product = json!({ "code": "NLR", "name": "Northlight Render" });
    let offered = json!([{ "product": product, "days": 30, "seats": 3, "used": false, "license": null }]);
    assert_eq!(listed(&max).await, offered);

    let started = try_out(&max, "nlr").await.expect(201);
    assert_eq!((started.text("/ends_on"), &started.json["seats"]), ("2026-12-22", &json!(3)));
    let serial = started.text("/serial_number");
    let found = ada.get(&format!("/api/licenses?serial={serial}")).await;
    let license = &found.json["items"][0];
    assert_eq!((&license["id"], &license["type"]), (&started.json["id"], &json!("trial")));
    assert_eq!((&license["state"], &license["starts_on"]), (&json!("ending"), &json!("2026-11-22")));
    let order = license["order"]["number"].as_str().unwrap();
    assert!(order.starts_with("TRIAL-"), "{license}");
    let shown = portal.support().await.get(&format!("/api/staff/orders/{order}")).await.expect(200);
    assert_eq!(shown.text("/lines/0/serial_number"), serial, "staff find it by its number");
    let text = portal.letters_to("ada@acme.test").await.texts().remove(0);
    for part in ["Max Ernst", "Northlight Render", "Acme Engineering", "22 December 2026"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let logged = portal.wire.snapshot().find("journal", "LOG#acc", "");
    assert!(logged.iter().any(|row| row["event"]["S"] == "trial_started" && row["product"]["S"] == "NLR"));

    assert_eq!(try_out(&ada, "NLR").await.says(), "409 trial_used", "whoever asks");
    assert_eq!(
        (&listed(&ada).await[0]["used"], &listed(&ada).await[0]["license"]),
        (&json!(true), &started.json["id"])
    );
    portal.clock.advance_secs(31 * 86_400);
    let ada = portal.owner().await;
    let found = ada.get(&format!("/api/licenses?serial={serial}")).await;
    assert_eq!(found.json["items"][0]["state"], "ended");
    assert_eq!(try_out(&ada, "NLR").await.says(), "409 trial_used", "once is once");
    // Another account has a trial of its own.
    try_out(&portal.other_owner().await, "NLR").await.expect(201);
}

/// R407
#[tokio::test]
async fn of_many_at_once_one_starts_the_trial() {
    let portal = TestPortal::new().await;
    offer(&portal, 14).await;
    let (ada, max) = (portal.owner().await, portal.manager().await);
    let callers = [&ada, &max, &ada, &max, &ada, &max, &ada, &max, &ada, &max];
    let replies = at_once(callers.iter().map(|caller| try_out(caller, "NLR"))).await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 1);
    let refused: Vec<_> = replies.iter().filter(|reply| reply.status != 201).map(Reply::says).collect();
    assert!(refused.iter().all(|says| says == "409 trial_used" || says == "503 try_again"), "{refused:?}");
    let rows = portal.wire.snapshot();
    let trials = rows.find("accounts", "LICENSES#", "LICENSE#");
    assert_eq!(trials.iter().filter(|row| row["p"]["S"] == "NLR" && row["ty"]["S"] == "trial").count(), 1);
    assert_eq!(rows.find("accounts", "ORDERNUMBER#TRIAL-", "").len(), 1);
}

/// R407
#[tokio::test]
async fn what_is_not_on_offer_is_not_tried() {
    let portal = TestPortal::new().await;
    offer(&portal, 14).await;
    let (ada, vera) = (portal.owner().await, portal.viewer().await);
    assert_eq!(try_out(&ada, "NLD").await.at("/product"), "trial_unavailable");
    assert_eq!(try_out(&ada, "NOPE").await.at("/product"), "trial_unavailable");
    assert_eq!(try_out(&ada, "").await.at("/product"), "required");
    assert_eq!(try_out(&vera, "NLR").await.says(), "403 licenses_not_theirs");
    for row in portal.wire.snapshot().find("accounts", "PRODUCTS", "PRODUCT#NLR") {
        portal.update(&row, "SET w = :w", json!({ ":w": { "BOOL": true } }));
    }
    assert_eq!(try_out(&ada, "NLR").await.at("/product"), "trial_unavailable", "no longer sold");
    assert_eq!(listed(&ada).await, json!([]));
}

/// R407
#[tokio::test]
async fn a_trial_begins_with_the_day_of_the_account_and_an_order_converts_it() {
    let portal = TestPortal::new().await;
    offer(&portal, 30).await;
    // Half past eleven at night in Greenwich: tomorrow in Paris.
    portal.clock.advance_secs(11 * 3_600 + 1_800);
    let otto = portal.other_owner().await;
    let started = try_out(&otto, "NLR").await.expect(201);
    assert_eq!(started.text("/ends_on"), "2026-12-23");
    let serial = started.text("/serial_number").to_owned();
    let body = json!({
        "number": "SO-7001", "account": "C10500", "date": "2026-11-23",
        "lines": [{
            "product": "NLR", "type": "perpetual", "seats": 5, "starts_on": "2026-11-23", "converts": serial,
        }],
    });
    portal.support().await.post("/api/staff/orders", body).await.expect(201);
    let found = otto.get(&format!("/api/licenses?serial={serial}")).await;
    let license = &found.json["items"][0];
    assert_eq!((&license["type"], &license["order"]["number"]), (&json!("perpetual"), &json!("SO-7001")));
    assert_eq!(try_out(&otto, "NLR").await.says(), "409 trial_used", "it was tried");
}

/// R407, R701
#[tokio::test]
async fn the_vendors_records_say_what_may_be_tried() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let products = |days: &str| format!("code,name,trial_days\nNLD,Northlight Draft,{days}\nNLR,Northlight Render,\n");
    portal.import(&[("products.csv", products("14"))]).await;
    let offered = listed(&ada).await;
    assert_eq!((&offered[0]["product"]["code"], &offered[0]["days"]), (&json!("NLD"), &json!(14)));
    // What the records leave open stays as it is.
    portal.import(&[("products.csv", products(""))]).await;
    assert_eq!(listed(&ada).await, offered);
    portal.import(&[("products.csv", products("21"))]).await;
    assert_eq!(listed(&ada).await[0]["days"], 21);
}
