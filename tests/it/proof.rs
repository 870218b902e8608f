//! Proof that a license is one: a signed file, verified offline as its own documentation does it, and the public answer
//! to whether a serial number counts.

mod offline;

use serde_json::{Value, json};
use tests::portal::{Caller, Reply, TestPortal};
use tests::wire::{Fault, Rule};

pub(crate) const SERIAL: &str = "NLD-7Q4M-X2KP-09TV";
/// Of a subscription that goes on, of one that has ended, and of Birch.
const RUNNING: &str = "NLR-3B8C-YY2T-K5RW";
const ENDED: &str = "NLD-WW9D-4F6H-J8QN";
const BIRCHS: &str = "NLD-8QJZ-N3KP-RT0V";

/// The id of a license, by its serial number.
pub(crate) fn license(portal: &TestPortal, serial: &str) -> String {
    let rows = portal.wire.snapshot().find("accounts", "LICENSES#", "LICENSE#");
    let row = rows.iter().find(|row| row["sn"]["S"] == serial).unwrap_or_else(|| panic!("no license {serial}"));
    row["sk"]["S"].as_str().unwrap().trim_start_matches("LICENSE#").to_owned()
}

pub(crate) async fn file(portal: &TestPortal, caller: &Caller, serial: &str) -> Reply {
    caller.get(&format!("/api/licenses/{}/file", license(portal, serial))).await
}

async fn check(caller: &Caller, serial: &str) -> Reply {
    caller.get(&format!("/api/licenses/check?serial={}", serial.replace(' ', "%20"))).await
}

/// Marks a license as cancelled, as the vendor does with an order.
fn cancel(portal: &TestPortal, serial: &str) {
    let rows = portal.wire.snapshot().find("accounts", "LICENSES#", "LICENSE#");
    let row = rows.iter().find(|row| row["sn"]["S"] == serial).unwrap();
    portal.update(row, "SET x = :x", json!({ ":x": { "S": "2026-05-05" } }));
}

/// R406
#[tokio::test]
async fn whoever_sees_a_license_gets_its_file() {
    let portal = TestPortal::new().await;
    for caller in [portal.owner().await, portal.viewer().await, portal.member().await] {
        let reply = file(&portal, &caller, SERIAL).await.expect(200);
        assert_eq!(reply.header("content-type"), "application/jose");
        assert_eq!(reply.header("content-disposition"), "attachment; filename=\"NLD-7Q4M-X2KP-09TV.license\"");
        assert_eq!(reply.header("cache-control"), "no-store");
        assert_eq!(String::from_utf8_lossy(&reply.bytes).split('.').count(), 3);
    }
    let missing = portal.owner().await.get("/api/licenses/lic_01jd0x5m2nfe4r8v0t6w9y2zab/file").await;
    for (caller, serial) in
        [(portal.owner().await, BIRCHS), (portal.other_owner().await, SERIAL), (portal.member().await, RUNNING)]
    {
        let reply = file(&portal, &caller, serial).await;
        assert_eq!((reply.says(), &reply.bytes), ("404 not_found".to_owned(), &missing.bytes), "{serial}");
    }
    let before = portal.wire.snapshot();
    file(&portal, &portal.owner().await, SERIAL).await.expect(200);
    let changes = before.changes(&portal.wire.snapshot());
    assert!(changes.iter().all(|line| !line.contains("LICENSE")), "{changes:?}");
}

/// R406
#[tokio::test]
async fn what_is_over_gets_no_file() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    assert_eq!(file(&portal, &ada, ENDED).await.says(), "409 license_over");
    file(&portal, &ada, RUNNING).await.expect(200);
    cancel(&portal, RUNNING);
    assert_eq!(file(&portal, &ada, RUNNING).await.says(), "409 license_over");
}

/// R406, R408: what a member's list shows of a license may lag behind it; nothing is signed from there.
#[tokio::test]
async fn a_member_gets_the_file_of_the_license_as_it_is_now() {
    let portal = TestPortal::new().await;
    let (mia, max) = (portal.member().await, portal.manager().await);
    let (read, path) =
        (file(&portal, &mia, SERIAL).await.expect(200), format!("/api/licenses/{}", license(&portal, SERIAL)));
    assert!(read.header("content-disposition").contains(SERIAL));
    // The number is replaced, and the lists of whoever has a seat are not reached.
    portal.wire.inject(Rule::new(Fault::Throttled).on("TransactWriteItems").after(1));
    let new = max.post(&format!("{path}/serial-number"), json!({})).await.expect(200);
    portal.wire.heal();
    let now = new.text("/serial_number");
    let file_of = async || mia.get(&format!("{path}/file")).await;
    assert!(
        file_of().await.expect(200).header("content-disposition").contains(now),
        "the leaked number is signed no more"
    );
    assert_eq!(mia.get(&path).await.expect(200).text("/serial_number"), now);
    cancel(&portal, now);
    assert_eq!(file_of().await.says(), "409 license_over");
}

/// R406
#[tokio::test]
async fn the_key_is_public_and_signs_nothing_else() {
    let portal = TestPortal::new().await;
    let reply = portal.stranger().get("/api/licenses/keys").await.expect(200);
    assert_eq!(reply.header("content-type"), "application/jwk-set+json");
    assert_eq!(reply.header("cache-control"), "public, max-age=3600");
    let key = &reply.json["keys"][0];
    assert_eq!(
        (&key["kty"], &key["crv"], &key["alg"], &key["use"]),
        (&json!("OKP"), &json!("Ed25519"), &json!("EdDSA"), &json!("sig"))
    );
    assert_eq!((reply.json["keys"].as_array().unwrap().len(), key.as_object().unwrap().len()), (1, 6));
    // The pair is made once; it is none that signs sessions, and its secret half goes nowhere.
    assert_eq!(portal.stranger().get("/api/licenses/keys").await.bytes, reply.bytes);
    let keys = portal.wire.snapshot().find("accounts", "PORTAL", "KEYS").swap_remove(0);
    assert!(keys["p"]["M"].get(key["kid"].as_str().unwrap()).is_none());
    // A session signed with the key of license files is none, and neither is a file.
    let file = file(&portal, &portal.owner().await, SERIAL).await.expect(200);
    let forger = portal.stranger();
    forger.set_cookie("__Host-portico", &String::from_utf8_lossy(&file.bytes));
    assert_eq!(forger.get("/api/session").await.says(), "401 sign_in_needed");
}

/// R406
#[tokio::test]
async fn a_serial_number_is_checked_by_anybody() {
    let portal = TestPortal::new().await;
    let stranger = portal.stranger();
    for typed in [SERIAL, "nld 7q4m x2kp o9tv", "N1D7Q4MX2KP09TV"] {
        let reply = check(&stranger, typed).await.expect(200);
        assert_eq!(reply.json, json!({ "valid": true, "product": "NLD", "type": "perpetual" }), "{typed}");
    }
    let running = json!({ "valid": true, "product": "NLR", "type": "subscription", "ends_on": "2026-12-14" });
    assert_eq!(check(&stranger, RUNNING).await.json, running);
    let refused = |reason: &str| json!({ "valid": false, "reason": reason });
    assert_eq!(check(&stranger, ENDED).await.json, refused("ended"));
    cancel(&portal, RUNNING);
    assert_eq!(check(&stranger, RUNNING).await.json, refused("cancelled"));
    let row = portal.wire.snapshot().find("accounts", "SERIAL#N1D8QJZN3KPRT0V", "SERIAL").swap_remove(0);
    portal.update(&row, "SET x = :x", json!({ ":x": { "S": "2026-05-05" } }));
    assert_eq!(check(&stranger, BIRCHS).await.json, refused("replaced"));
    for unknown in ["ZZZ-7Q4M-X2KP-09TV", "x", "", "%00", "NLD/7Q4M", "\u{437}", &"A".repeat(500)] {
        let path = format!("/api/licenses/check?serial={unknown}");
        let reply = stranger.get(&path.replace('\u{437}', "%D0%B7")).await.expect(200);
        assert_eq!(reply.json, refused("unknown"), "{unknown}");
    }
    for query in ["", "?serial=a&serial=b", "?serial=NLD-7Q4M-X2KP-09TV&account=x"] {
        assert_eq!(stranger.get(&format!("/api/licenses/check{query}")).await.says(), "400 invalid_query", "{query}");
    }
}

/// R406: nothing personal, whoever asks, and no more than 60 times an hour, counted before what a number names is read.
#[tokio::test]
async fn a_check_is_counted_and_tells_of_nobody() {
    let portal = TestPortal::new().await;
    let stranger = portal.stranger();
    let known = check(&stranger, SERIAL).await.expect(200);
    assert_eq!(check(&portal.owner().await, SERIAL).await.bytes, known.bytes, "the owner reads no more");
    for person in ["Acme", "C10423", "ada", "acc_", "lic_", "SO-1001", "seats"] {
        assert!(!String::from_utf8_lossy(&known.bytes).contains(person), "{person}");
    }
    for n in 2..60 {
        check(&stranger, &format!("ZZZ-7Q4M-X2KP-{n:04}")).await.expect(200);
    }
    for serial in [SERIAL, "ZZZ-7Q4M-X2KP-09TV", "x"] {
        let (refused, calls) = portal.wire.record(check(&stranger, serial)).await;
        assert_eq!(refused.says(), "429 too_many_tries", "{serial}");
        let reached = calls.partitions();
        assert!(calls.count() <= 2 && reached.iter().all(|(_, _, one)| !one.starts_with("LICENSES#")), "{reached:?}");
        assert!(!refused.header("retry-after").is_empty());
    }
    portal.clock.advance_secs(3_600);
    assert_ne!(check(&stranger, SERIAL).await.expect(200).json, Value::Null);
}
