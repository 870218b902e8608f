//! Asking for a renewal: one click, once for each license until the desk has decided.

use serde_json::json;
use tests::portal::{Caller, Reply, TestPortal};

use crate::races::at_once;
use crate::reminders::record;
use crate::rotation::license;

const RENDER: &str = "NLR-3B8C-YY2T-K5RW";
const ENDED: &str = "NLD-WW9D-4F6H-J8QN";
const PERPETUAL: &str = "NLD-7Q4M-X2KP-09TV";

async fn ask(caller: &Caller, id: &str) -> Reply {
    caller.post(&format!("/api/licenses/{id}/renewal-requests"), json!({ "note": "Five seats more, please" })).await
}

/// R405
#[tokio::test]
async fn a_renewal_is_asked_for_and_person_partner_and_desk_know() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    let id = license(&max, RENDER).await;
    let asked = ask(&max, &id).await.expect(201);
    assert!(asked.text("/id").starts_with("req_"));
    assert!(portal.letters_to("max@acme.test").await.texts()[0].contains("Verlängerung einer Lizenz"));
    let told = portal.letters_to("paula@orion.test").await.texts().remove(0);
    for part in ["Acme Engineering", "Northlight Render", RENDER, "14 December 2026"] {
        assert!(told.contains(part), "{part} in {told}");
    }
    let waiting = max.get("/api/profile").await.json["requests"].clone();
    assert_eq!(waiting[0]["kind"], "renewal");
    let rows = portal.wire.snapshot().find("accounts", "REQUESTS", "req_");
    let row = rows.iter().find(|row| row["pk"]["S"] == "REQUESTS").expect("a row of the desk");
    assert_eq!((&row["q"]["M"]["license"]["S"], &row["y"]["S"]), (&json!(id), &json!("Five seats more, please")));
    let logged = portal.wire.snapshot().find("journal", "LOG#acc", "");
    assert!(logged.iter().any(|row| row["event"]["S"] == "renewal_asked" && row["license"]["S"] == id));
}

/// R405
#[tokio::test]
async fn one_waits_for_each_license_whoever_asks() {
    let portal = TestPortal::new().await;
    let (ada, max) = (portal.owner().await, portal.manager().await);
    let (render, ended) = (license(&ada, RENDER).await, license(&ada, ENDED).await);
    let callers = [&ada, &max, &ada, &max, &ada, &max, &ada, &max];
    let replies = at_once(callers.iter().map(|caller| ask(caller, &render))).await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 1);
    assert_eq!(ask(&max, &render).await.says(), "409 already_asked");
    // Another license, also one that is over, waits beside it.
    ask(&ada, &ended).await.expect(201);
    assert_eq!(portal.letters_to("paula@orion.test").await.count(), 2);
}

/// R405
#[tokio::test]
async fn what_has_no_end_or_is_not_theirs_is_not_renewed() {
    let portal = TestPortal::new().await;
    let (ada, vera, otto) = (portal.owner().await, portal.viewer().await, portal.other_owner().await);
    let (render, perpetual) = (license(&ada, RENDER).await, license(&ada, PERPETUAL).await);
    assert_eq!(ask(&ada, &perpetual).await.says(), "409 not_renewable");
    assert_eq!(ask(&vera, &render).await.says(), "403 licenses_not_theirs");
    assert_eq!(ask(&otto, &render).await.says(), "404 not_found");
    assert_eq!(ask(&ada, "lic_nonsense").await.says(), "404 not_found");
}

/// R405, R705
#[tokio::test]
async fn once_the_desk_has_decided_it_can_be_asked_for_again() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let id = license(&ada, RENDER).await;
    let sam = portal.support().await;
    for (decision, reason, words) in
        [("refuse", "The product is no longer sold", "no longer sold"), ("approve", "", "")]
    {
        ask(&ada, &id).await.expect(201);
        // The letter about the decision is the newer one.
        portal.clock.advance_secs(1);
        let listed = sam.get("/api/staff/requests").await.expect(200);
        let request = listed.json["items"][0].clone();
        assert_eq!(request["kind"], "renewal", "{request}");
        let path = format!("/api/staff/requests/{}/decision", request["id"].as_str().unwrap());
        sam.post(&path, json!({ "decision": decision, "reason": reason })).await.expect(204);
        let texts = portal.letters_to("ada@acme.test").await.texts();
        assert!(texts[0].contains(words), "{decision}: {}", texts[0]);
    }
    assert!(ada.get("/api/profile").await.json["requests"].as_array().unwrap().is_empty());
    ask(&ada, &id).await.expect(201);
}

/// R405
#[tokio::test]
async fn what_ends_next_is_one_call_wherever_the_account_is() {
    let portal = TestPortal::new().await;
    let zone = "number,name,kind,country,language,time_zone,status,suspension_reason\n\
                C10423,Acme Engineering,customer,NZ,en,Pacific/Auckland,active,\n";
    portal.import(&[("customers.csv", zone.to_owned())]).await;
    // Noon of the 22nd in Greenwich: the 23rd has begun in Auckland.
    let lines = [("NLD", "subscription", "2026-11-22"), ("NLD", "subscription", "2026-11-23")];
    record(&portal, "SO-5001", "C10423", &lines).await;
    let ada = portal.owner().await;
    let ends = |reply: &Reply| -> Vec<String> {
        let items = reply.json["items"].as_array().unwrap().iter();
        items.map(|item| item["ends_on"].as_str().unwrap().to_owned()).collect()
    };
    let next = ["2026-11-23", "2026-12-14", "2027-05-01"];
    let listed = ada.get("/api/licenses?sort=end&from=today").await.expect(200);
    assert_eq!(ends(&listed), next, "without what has ended");
    assert_eq!(ends(&ada.get("/api/licenses?sort=end").await)[..2], ["2026-06-14", "2026-11-22"], "all of them");

    let mut turned = Vec::new();
    let mut path = "/api/licenses?sort=end&from=today&limit=1".to_owned();
    loop {
        let page = ada.get(&path).await.expect(200);
        turned.extend(ends(&page));
        let Some(cursor) = page.json["next"].as_str() else { break };
        path = format!("/api/licenses?sort=end&from=today&limit=1&cursor={cursor}");
    }
    assert_eq!(turned, next);
    let first = ada.get("/api/licenses?sort=end&from=today&limit=1").await;
    let cursor = first.text("/next");
    let other = ada.get(&format!("/api/licenses?sort=end&limit=1&cursor={cursor}")).await;
    assert_eq!(other.says(), "400 invalid_cursor", "of another list");
    for query in ["from=today", "sort=order&from=today", "sort=end&from=2026-11-22"] {
        assert_eq!(ada.get(&format!("/api/licenses?{query}")).await.says(), "400 invalid_query", "{query}");
    }
}
