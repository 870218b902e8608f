//! Products, their releases and the files of these, as the vendor's people keep them.

use domain::number::ProductCode;
use domain::release::{FileName, Platform, Release, ReleaseFile, ReleaseState, Sha256, Version};
use serde_json::{Value, json};
use tests::portal::{Caller, Reply, TestPortal};

const RELEASE: &str = "/api/staff/products/NLD/releases/2026.1";

/// Puts a release of Northlight Draft there that everybody's maintenance covers, and gives back the id of its file; the
/// file itself lies nowhere.
pub(crate) async fn put_release(portal: &TestPortal) -> String {
    let sha256 = Sha256([7; 32]);
    let name = FileName::parse("draft.zip").unwrap();
    let file = ReleaseFile { platform: Platform::Any, arch: None, name, bytes: 12, sha256 };
    let id = file.id().to_string();
    let release = Release {
        version: Version::parse("2026.1").unwrap(),
        released_on: "2026-05-20".parse().unwrap(),
        notes: None,
        files: vec![file],
        state: ReleaseState::Published,
        revision: 1,
    };
    let product = ProductCode::parse("NLD").unwrap();
    portal.app.store().import().put_release(&product, &release).await.unwrap();
    id
}

/// What a call about products sends, by its method and path.
pub(crate) fn sent(method: &str, path: &str) -> Value {
    match (method, path.rsplit('/').next()) {
        ("PUT", Some("NLD")) => product(json!(1)),
        ("PUT", _) => release(&[], json!(1)),
        ("POST", _) => wanted(b"new bytes"),
        _ => Value::Null,
    }
}

fn product(revision: Value) -> Value {
    json!({
        "name": "Northlight Draft 9", "terms_url": "https://northlight.test/draft/terms", "trial_days": 30,
        "trial_seats": 3, "withdrawn": false, "revision": revision,
    })
}

fn release(files: &[&Value], revision: Value) -> Value {
    json!({
        "released_on": "2026-11-20", "notes": "Walls\nand doors", "files": files, "published": true,
        "revision": revision,
    })
}

fn wanted(bytes: &[u8]) -> Value {
    json!({
        "name": "draft.zip", "platform": "windows", "arch": "x64", "bytes": bytes.len(),
        "sha256": credentials::sha256_hex(bytes),
    })
}

async fn begin(staff: &Caller, file: Value) -> Reply {
    staff.post("/api/staff/products/NLD/uploads", file).await
}

fn entries(portal: &TestPortal, event: &str) -> usize {
    let rows = portal.wire.snapshot().find("journal", "LOG#VENDOR", "evt_");
    rows.iter().filter(|row| row["event"]["S"] == event).count()
}

/// R703
#[tokio::test]
async fn a_product_is_added_and_changed_by_revision() {
    let portal = TestPortal::new().await;
    let (sam, ann) = (portal.support().await, portal.admin().await);
    let imported = sam.get("/api/staff/products/NLD").await.expect(200);
    assert_eq!(
        imported.json,
        json!({
            "code": "NLD", "name": "Northlight Draft", "terms_url": null, "trial_days": null, "trial_seats": 1,
            "withdrawn": false, "revision": 1,
        })
    );
    let changed = sam.put("/api/staff/products/nld", product(json!(1))).await.expect(200);
    assert_eq!(
        (changed.text("/terms_url"), &changed.json["revision"]),
        ("https://northlight.test/draft/terms", &json!(2))
    );
    assert_eq!(sam.get("/api/staff/products/NLD").await.expect(200).json, changed.json);
    assert_eq!(
        ann.put("/api/staff/products/NLD", product(json!(1))).await.says(),
        "409 conflict",
        "made from what was"
    );
    assert_eq!(ann.put("/api/staff/products/NLD", product(Value::Null)).await.says(), "409 conflict", "there already");
    ann.put("/api/staff/products/NEW", product(Value::Null)).await.expect(200);
    let listed = sam.get("/api/staff/products").await.expect(200);
    let codes: Vec<_> = listed.json["items"].as_array().unwrap().iter().map(|item| item["code"].clone()).collect();
    assert_eq!(codes, ["NEW", "NLD", "NLR"]);
    assert_eq!(listed.json["items"][1], changed.json);
    assert_eq!(entries(&portal, "product_changed"), 2);
}

/// R703
#[tokio::test]
async fn importing_products_again_keeps_what_the_console_says_of_them() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    sam.put("/api/staff/products/NLD", product(json!(1))).await.expect(200);
    portal.import(&[("products.csv", "code,name\nNLD,Draft by import\n".to_owned())]).await;
    let now = sam.get("/api/staff/products/NLD").await.expect(200);
    assert_eq!(
        (now.text("/name"), &now.json["trial_days"], &now.json["revision"]),
        ("Draft by import", &json!(30), &json!(3))
    );
}

/// R703
#[tokio::test]
async fn what_cannot_be_a_product_is_refused_by_field() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    for (field, value, code) in [
        ("name", json!(" "), "required"),
        ("terms_url", json!("javascript:alert(1)"), "web_address_invalid"),
        ("trial_days", json!(0), "number_invalid"),
        ("trial_days", json!(366), "number_invalid"),
        ("trial_seats", json!(1_001), "number_invalid"),
        ("owner", json!("x"), "unknown_field"),
    ] {
        let mut body = product(json!(1));
        body[field] = value;
        let refused = sam.put("/api/staff/products/NLD", body).await.expect(422);
        assert_eq!(refused.at(&format!("/{field}")), code);
    }
    assert_eq!(sam.put("/api/staff/products/..", product(Value::Null)).await.status, 404);
    assert_eq!(sam.get("/api/staff/products/ZZZ").await.says(), "404 not_found");
}

/// R703
#[tokio::test]
async fn a_release_is_uploaded_published_changed_and_withdrawn() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    let begun = begin(&sam, wanted(b"new bytes")).await.expect(200);
    let (file, upload) = (&begun.json["file"], &begun.json["upload"]);
    assert!(file["id"].as_str().unwrap().starts_with("fil_"));
    assert_eq!(upload["method"], "PUT");

    // Named before it has arrived.
    let early = sam.put(RELEASE, release(&[file], Value::Null)).await.expect(422);
    assert_eq!(early.at("/files/0"), "not_uploaded");
    let checksum = upload["headers"]["x-amz-checksum-sha256"].as_str().unwrap();
    let sent = [("content-length", "9"), ("x-amz-checksum-sha256", checksum)];
    let other = portal.fetch("PUT", begun.text("/upload/url"), &sent, b"oldbytes!").await;
    assert_eq!(other.status, 400, "other bytes than those that were named");
    portal.fetch("PUT", begun.text("/upload/url"), &sent, b"new bytes").await.expect(200);

    let published = sam.put(RELEASE, release(&[file], Value::Null)).await.expect(200);
    assert_eq!(
        published.json,
        json!({
            "version": "2026.1", "released_on": "2026-11-20", "notes": "Walls\nand doors", "state": "published",
            "files": [file], "revision": 1,
        })
    );
    assert_eq!(sam.put(RELEASE, release(&[file], Value::Null)).await.says(), "409 conflict", "there already");
    let mut draft = release(&[file], json!(1));
    draft["published"] = json!(false);
    draft["released_on"] = json!("2026-11-22");
    let draft = sam.put(RELEASE, draft).await.expect(200);
    assert_eq!((draft.text("/state"), &draft.json["revision"]), ("draft", &json!(2)));
    portal.publish(&sam, "NLD", ("2026.2", "2026-11-21"), b"others").await;
    let list = "/api/staff/products/NLD/releases";
    let listed = sam.get(list).await.expect(200);
    let versions: Vec<_> =
        listed.json["items"].as_array().unwrap().iter().map(|item| item["version"].clone()).collect();
    assert_eq!(versions, ["2026.1", "2026.2"], "the newest first, drafts among them");
    for _ in 0..2 {
        sam.delete(RELEASE).await.expect(204);
    }
    assert_eq!(sam.get(list).await.expect(200).json["items"][0]["state"], "withdrawn");
    assert_eq!(entries(&portal, "release_changed"), 5);
}

/// R703
#[tokio::test]
async fn what_cannot_be_a_release_is_refused_by_field() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    let one = portal.upload(&sam, "NLD", "one.zip", b"one").await;
    let (mut same_name, mut another) = (portal.upload(&sam, "NLD", "ONE.zip", b"two").await, one.clone());
    another["name"] = json!("other.zip");
    for files in [[&one, &same_name], [&one, &another]] {
        let twice = sam.put(RELEASE, release(&files, Value::Null)).await.expect(422);
        assert_eq!(twice.at("/files/1/name"), "twice");
    }
    same_name["id"] = one["id"].clone();
    let foreign = sam.put(RELEASE, release(&[&same_name], Value::Null)).await.expect(422);
    assert_eq!(foreign.at("/files/0/id"), "id_invalid");
    let many: Vec<_> = std::iter::repeat_n(&one, 13).collect();
    assert_eq!(sam.put(RELEASE, release(&many, Value::Null)).await.expect(422).at("/files"), "too_many_files");
    for (field, value, code) in [
        ("released_on", "yesterday", "date_invalid"),
        ("released_on", "", "required"),
        ("notes", "turned \u{202e} around", "name_invalid"),
    ] {
        let mut body = release(&[&one], Value::Null);
        body[field] = json!(value);
        assert_eq!(sam.put(RELEASE, body).await.expect(422).at(&format!("/{field}")), code);
    }
    for path in [
        "/api/staff/products/NLD/releases/..%2F..%2Fx",
        "/api/staff/products/NLD/releases/2026%231",
        "/api/staff/products/ZZZ/releases/1",
    ] {
        assert_eq!(sam.put(path, release(&[], Value::Null)).await.says(), "404 not_found", "{path}");
    }
    assert_eq!(sam.delete("/api/staff/products/NLD/releases/9").await.says(), "404 not_found");
}

/// R703
#[tokio::test]
async fn what_cannot_be_a_file_is_refused_by_field() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    for (field, value, code) in [
        ("name", json!("../../etc/passwd"), "file_name_invalid"),
        ("name", json!("a\r\nset-cookie: b"), "file_name_invalid"),
        ("name", json!("x".repeat(121)), "too_long"),
        ("platform", json!("amiga"), "choice_invalid"),
        ("arch", json!("x 64"), "choice_invalid"),
        ("bytes", json!(0), "bytes_invalid"),
        ("bytes", json!((5_u64 << 30) + 1), "bytes_invalid"),
        ("bytes", json!(-1), "wrong_type"),
        ("sha256", json!("ab"), "checksum_invalid"),
    ] {
        let mut file = wanted(b"bytes");
        file[field] = value;
        assert_eq!(begin(&sam, file).await.expect(422).at(&format!("/{field}")), code);
    }
    let nowhere = sam.post("/api/staff/products/ZZZ/uploads", wanted(b"bytes")).await;
    assert_eq!(nowhere.says(), "404 not_found");
}

/// R703
#[tokio::test]
async fn nobody_but_staff_has_a_console() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    assert_eq!(ada.put("/api/staff/products/NLD", product(json!(1))).await.says(), "404 not_found");
    assert_eq!(ada.put(RELEASE, release(&[], Value::Null)).await.says(), "404 not_found");
    assert_eq!(begin(&ada, wanted(b"bytes")).await.says(), "404 not_found");
    assert_eq!(ada.delete(RELEASE).await.says(), "404 not_found");
}

/// R703
#[tokio::test]
async fn two_people_who_change_a_release_at_once_do_not_undo_each_other() {
    let portal = TestPortal::new().await;
    let (sam, ann) = (portal.support().await, portal.admin().await);
    sam.put(RELEASE, release(&[], Value::Null)).await.expect(200);
    let change = || release(&[], json!(1));
    let (first, second) = tokio::join!(sam.put(RELEASE, change()), ann.put(RELEASE, change()));
    let mut said = [first.says(), second.says()];
    said.sort();
    assert_eq!(said, ["200", "409 conflict"]);
}
