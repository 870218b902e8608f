//! Releases and their files, as those get them who hold a license.

use serde_json::{Value, json};
use tests::portal::{Caller, Reply, TestPortal};

const BYTES: &[u8] = b"what an installer is made of, and more of it";

/// The id of the license with that serial number.
async fn license(caller: &Caller, serial: &str) -> String {
    caller.get(&format!("/api/licenses?serial={serial}")).await.expect(200).text("/items/0/id").to_owned()
}

/// Perpetual, with maintenance until the end of 2026; Mia and Vera have seats.
const DRAFT: &str = "NLD-7Q4M-X2KP-09TV";
/// A subscription that ended on 14 June 2026.
const ENDED: &str = "NLD-WW9D-4F6H-J8QN";

/// A portal with a release that the maintenance covers and one that came too late; and the files.
async fn with_releases() -> (TestPortal, Caller, [Value; 2]) {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    let covered = portal.publish(&sam, "NLD", ("2026.1", "2026-12-31"), BYTES).await;
    let late = portal.publish(&sam, "NLD", ("2027.1", "2027-01-01"), b"too late").await;
    (portal, sam, [covered, late])
}

async fn download(caller: &Caller, license: &str, release: &str, file: &Value) -> Reply {
    let body = json!({ "release": release, "file": file["id"], "product": "NLD" });
    caller.post(&format!("/api/licenses/{license}/downloads"), body).await
}

/// Downloads in an account's log.
fn recorded(portal: &TestPortal) -> Vec<Value> {
    let rows = portal.wire.snapshot().find("journal", "LOG#acc_", "evt_");
    rows.into_iter().filter(|row| row["event"]["S"] == "downloaded").collect()
}

/// R404
#[tokio::test]
async fn an_owner_gets_the_bytes_that_staff_uploaded() {
    let (portal, _, [file, _]) = with_releases().await;
    let ada = portal.owner().await;
    let id = license(&ada, DRAFT).await;
    let got = download(&ada, &id, "2026.1", &file).await.expect(201);
    assert_eq!((got.text("/name"), &got.json["bytes"]), ("NLD-2026.1.zip", &json!(BYTES.len())));
    assert_eq!(got.text("/expires_at"), "2026-11-22T12:05:00Z");
    let saved = portal.fetch("GET", got.text("/url"), &[], b"").await.expect(200);
    assert_eq!(saved.bytes, BYTES);
    assert_eq!(credentials::sha256_hex(&saved.bytes), got.text("/sha256"));
    assert_eq!(
        saved.header("content-disposition"),
        "attachment; filename=\"NLD-2026.1.zip\"; filename*=UTF-8''NLD-2026.1.zip"
    );

    // The line broke off after ten bytes: the rest is enough.
    let rest = portal.fetch("GET", got.text("/url"), &[("range", "bytes=10-")], b"").await.expect(206);
    assert_eq!([&BYTES[..10], &rest.bytes].concat(), BYTES);

    portal.clock.advance_secs(301);
    assert_eq!(portal.fetch("GET", got.text("/url"), &[], b"").await.status, 403, "good for five minutes");
}

/// R404
#[tokio::test]
async fn each_download_is_recorded_once_in_the_accounts_log() {
    let (portal, _, [file, late]) = with_releases().await;
    let ada = portal.owner().await;
    let id = license(&ada, DRAFT).await;
    for count in 1..=3 {
        download(&ada, &id, "2026.1", &file).await.expect(201);
        assert_eq!(recorded(&portal).len(), count);
    }
    download(&ada, &id, "2027.1", &late).await.expect(403);
    let entries = recorded(&portal);
    assert_eq!(entries.len(), 3, "what was refused was not downloaded");
    for (name, value) in
        [("license", id.as_str()), ("product", "NLD"), ("release", "2026.1"), ("file", file["id"].as_str().unwrap())]
    {
        assert_eq!(entries[0][name]["S"], value);
    }
}

/// R404
#[tokio::test]
async fn releases_come_newest_first_and_say_what_is_covered() {
    let (portal, sam, [file, _]) = with_releases().await;
    let terms = json!({ "name": "Northlight Draft", "terms_url": "https://northlight.test/terms", "revision": 1 });
    sam.put("/api/staff/products/NLD", terms).await.expect(200);
    let mut draft = json!({ "released_on": "2026-11-01", "files": [], "published": false });
    sam.put("/api/staff/products/NLD/releases/draft", draft.take()).await.expect(200);
    let ada = portal.owner().await;
    let id = license(&ada, DRAFT).await;
    let path = format!("/api/licenses/{id}/releases");
    let listed = ada.get(&format!("{path}?product=NLD")).await.expect(200);
    let told: Vec<_> = listed.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["version"].clone(), item["covered"].clone()))
        .collect();
    assert_eq!(told, [(json!("2027.1"), json!(false)), (json!("2026.1"), json!(true))], "no draft");
    assert_eq!((listed.text("/covered_until"), &listed.json["next"]), ("2026-12-31", &Value::Null));
    assert_eq!(
        listed.json["items"][1],
        json!({
            "version": "2026.1", "released_on": "2026-12-31", "notes": "What is new",
            "terms_url": "https://northlight.test/terms", "covered": true, "files": [file],
        })
    );
    // It is no license of another product, whoever asks.
    for query in ["?product=NLR", "?product=ZZZ", "?product=x"] {
        assert_eq!(ada.get(&format!("{path}{query}")).await.says(), "404 not_found", "{query}");
    }
    assert_eq!(ada.get(&path).await.status, 400, "the product is to be named");
    assert_eq!(ada.get(&format!("{path}?product=NLD&cursor=abc")).await.says(), "400 invalid_cursor");
}

/// R404
#[tokio::test]
async fn what_maintenance_does_not_cover_is_refused_with_the_reason() {
    let (portal, _, [file, late]) = with_releases().await;
    let ada = portal.owner().await;
    let id = license(&ada, DRAFT).await;
    let refused = download(&ada, &id, "2027.1", &late).await;
    assert_eq!(refused.says(), "403 not_covered");
    assert_eq!(refused.json["params"], json!({ "because": "maintenance", "ended_on": "2026-12-31" }));
    let ended = license(&ada, ENDED).await;
    let refused = download(&ada, &ended, "2026.1", &file).await;
    assert_eq!(refused.json["params"], json!({ "because": "contract", "ended_on": "2026-06-14" }));
    // Maintenance that is over keeps what came before.
    portal.clock.advance_secs(60 * 24 * 3_600);
    let ada = portal.owner().await;
    download(&ada, &id, "2026.1", &file).await.expect(201);
    for row in portal.wire.snapshot().find("accounts", "LICENSES#", &id) {
        portal.update(&row, "SET x = :day", json!({ ":day": { "S": "2026-11-22" } }));
    }
    let refused = download(&ada, &id, "2026.1", &file).await;
    assert_eq!(refused.json["params"], json!({ "because": "cancelled", "ended_on": "2026-11-22" }));
}

/// R404
#[tokio::test]
async fn a_member_needs_a_seat_and_nobody_sees_another_accounts() {
    let (portal, _, [file, _]) = with_releases().await;
    let (ada, mia) = (portal.owner().await, portal.member().await);
    let (mine, other) = (license(&ada, DRAFT).await, license(&ada, "NLD-PP1A-6C7E-M3NS").await);
    download(&mia, &mine, "2026.1", &file).await.expect(201);
    mia.get(&format!("/api/licenses/{mine}/releases?product=NLD")).await.expect(200);
    assert_eq!(download(&mia, &other, "2026.1", &file).await.says(), "404 not_found");
    assert_eq!(mia.get(&format!("/api/licenses/{other}/releases?product=NLD")).await.says(), "404 not_found");
    let otto = portal.other_owner().await;
    assert_eq!(download(&otto, &mine, "2026.1", &file).await.says(), "404 not_found");
    for id in [&*mine, "nonsense"] {
        assert_eq!(otto.get(&format!("/api/licenses/{id}/releases?product=NLD")).await.says(), "404 not_found");
    }
    assert_eq!(recorded(&portal).len(), 1);
}

/// R404
#[tokio::test]
async fn a_seat_taken_away_meanwhile_downloads_nothing() {
    let (portal, _, [file, _]) = with_releases().await;
    let (ada, mia) = (portal.owner().await, portal.member().await);
    let id = license(&ada, DRAFT).await;
    for row in portal.wire.snapshot().find("accounts", "ASSIGNED#", &id) {
        portal.delete("accounts", &row);
    }
    assert_eq!(download(&mia, &id, "2026.1", &file).await.says(), "404 not_found");
    portal.set_status("C10423", "suspended").await;
    assert_eq!(download(&ada, &id, "2026.1", &file).await.says(), "403 account_suspended");
    assert!(recorded(&portal).is_empty());
}

/// R404
#[tokio::test]
async fn a_withdrawn_release_is_gone_for_customers() {
    let (portal, sam, [file, _]) = with_releases().await;
    let ada = portal.owner().await;
    let id = license(&ada, DRAFT).await;
    sam.delete("/api/staff/products/NLD/releases/2026.1").await.expect(204);
    let listed = ada.get(&format!("/api/licenses/{id}/releases?product=NLD")).await.expect(200);
    assert_eq!(listed.json["items"].as_array().unwrap().len(), 1);
    assert_eq!(download(&ada, &id, "2026.1", &file).await.says(), "404 not_found");
    for (release, file) in [("9", &file), ("2027.1", &file)] {
        assert_eq!(download(&ada, &id, release, file).await.says(), "404 not_found");
    }
    let refused =
        ada.post(&format!("/api/licenses/{id}/downloads"), json!({ "release": "..", "file": "x" })).await.expect(422);
    assert_eq!((refused.at("/release"), refused.at("/file")), ("version_invalid", "id_invalid"));
}

/// R404
#[tokio::test]
async fn odd_names_are_saved_as_they_are() {
    let portal = TestPortal::new().await;
    let (sam, ada) = (portal.support().await, portal.owner().await);
    let id = license(&ada, DRAFT).await;
    let file = portal.upload(&sam, "NLD", "Plän “A” \"1\"; 😀.zip", b"odd").await;
    let release = json!({ "released_on": "2026-11-01", "files": [file], "published": true });
    sam.put("/api/staff/products/NLD/releases/1", release).await.expect(200);
    let got = download(&ada, &id, "1", &file).await.expect(201);
    let saved = portal.fetch("GET", got.text("/url"), &[], b"").await.expect(200);
    assert_eq!(
        saved.header("content-disposition"),
        "attachment; filename=\"Pl_n _A_ _1__ _.zip\"; \
         filename*=UTF-8''Pl%C3%A4n%20%E2%80%9CA%E2%80%9D%20%221%22%3B%20%F0%9F%98%80.zip"
    );
    assert_eq!(saved.header("content-type"), "application/octet-stream");
}

/// R404
#[tokio::test]
async fn sixty_downloads_in_an_hour_are_enough() {
    let (portal, _, [file, _]) = with_releases().await;
    let ada = portal.owner().await;
    let id = license(&ada, DRAFT).await;
    for _ in 0..60 {
        download(&ada, &id, "2026.1", &file).await.expect(201);
    }
    let refused = download(&ada, &id, "2026.1", &file).await;
    assert_eq!(refused.says(), "429 too_many_tries");
    assert_eq!(recorded(&portal).len(), 60);
    download(&portal.manager().await, &id, "2026.1", &file).await.expect(201);
    portal.clock.advance_secs(3_600);
    download(&portal.owner().await, &id, "2026.1", &file).await.expect(201);
}

/// R404
#[tokio::test]
async fn releases_come_page_by_page() {
    let portal = TestPortal::new().await;
    let (sam, ada) = (portal.support().await, portal.owner().await);
    let id = license(&ada, DRAFT).await;
    for number in 10..35 {
        let body = json!({ "released_on": format!("2026-10-{}", if number > 31 { 31 } else { number }), "files": [], "published": true });
        sam.put(&format!("/api/staff/products/NLD/releases/1.{number}"), body).await.expect(200);
    }
    let path = format!("/api/licenses/{id}/releases?product=NLD");
    let first = ada.get(&path).await.expect(200);
    let second = ada.get(&format!("{path}&cursor={}", first.text("/next"))).await.expect(200);
    let versions = |reply: &Reply| -> Vec<String> {
        reply.json["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["version"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = [versions(&first), versions(&second)].concat();
    assert_eq!((versions(&first).len(), all.len()), (20, 25));
    assert_eq!(all, (10..35).rev().map(|number| format!("1.{number}")).collect::<Vec<_>>());
    let foreign = portal.manager().await.get(&format!("{path}&cursor={}", first.text("/next"))).await;
    assert_eq!(foreign.says(), "400 invalid_cursor");
}
