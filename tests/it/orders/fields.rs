//! What of an order cannot be taken, at the field that it is.

use serde_json::{Value, json};
use tests::portal::TestPortal;

use super::{PATH, amend, order, recorded};

/// R704
#[tokio::test]
async fn a_field_that_cannot_be_taken_says_why() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    recorded(&sam).await;
    let before = portal.wire.snapshot();
    for (pointer, value, code) in [
        ("/number", json!("SO 1"), "order_number_invalid"),
        ("/account", json!("10423"), "customer_number_invalid"),
        ("/account", json!("C99999"), "account_unknown"),
        ("/date", json!("20.11.2026"), "date_invalid"),
        ("/date", json!("2026-02-30"), "date_invalid"),
        ("/purchase_order", json!("x".repeat(81)), "too_long"),
        ("/invoice_url", json!("http://invoices.test/1"), "web_address_invalid"),
        ("/invoice_url", json!("javascript:alert(1)"), "web_address_invalid"),
        ("/lines", json!([]), "too_many_lines"),
        ("/lines/0/product", json!("NOPE"), "product_unknown"),
        ("/lines/0/product", json!("?"), "product_code_invalid"),
        ("/lines/0/type", json!("rented"), "choice_invalid"),
        ("/lines/0/seats", json!(0), "number_invalid"),
        ("/lines/0/seats", json!(100_001), "number_invalid"),
        ("/lines/0/seats", json!(-1), "wrong_type"),
        ("/lines/0/starts_on", json!(""), "required"),
        ("/lines/0/ends_on", json!("2026-11-30"), "end_before_start"),
        ("/lines/0/ends_on", json!(""), "required"),
        ("/lines/1/ends_on", json!("2027-11-30"), "end_unasked"),
        ("/lines/1/maintenance_ends_on", json!("2026-11-30"), "end_before_start"),
        ("/lines/0/serial_number", json!("NLD/1"), "serial_number_invalid"),
        ("/lines/0/serial_number", json!("NLD-7Q4M-X2KP-09TV"), "serial_number_taken"),
        ("/lines/0/serial_number", json!("N1D-7Q4M-X2KP-O9TV"), "serial_number_taken"),
        ("/lines/1/serial_number", json!("nlr 0000 aaaa 0002"), "twice"),
        ("/lines/0/converts", json!("NLD-PP1A-6C7E-M3NS"), "trial_unknown"),
        ("/lines/0/colour", json!("red"), "unknown_field"),
    ] {
        let mut body = order("SO-5002", "C10423");
        body["lines"][0]["serial_number"] = json!("NLR-0000-AAAA-0002");
        if pointer.ends_with("converts") {
            body["lines"][0]["serial_number"] = Value::Null;
        }
        put(&mut body, pointer, &value);
        let said = sam.post(PATH, body).await;
        assert_eq!((said.status, said.at(pointer)), (422, code), "{pointer} {value}: {}", said.json);
    }
    let mut many = order("SO-5002", "C10423");
    many["lines"] = Value::Array(vec![many["lines"][1].clone(); 21]);
    assert_eq!(sam.post(PATH, many).await.at("/lines"), "too_many_lines");
    let mut both = order("SO-5002", "C10423");
    both["lines"][0]["converts"] = json!("NLD-PP1A-6C7E-M3NS");
    assert_eq!(sam.post(PATH, both).await.at("/lines/0/serial_number"), "serial_unasked");
    assert_eq!(before.changes(&portal.wire.snapshot()), [""; 0]);
}

/// R704
#[tokio::test]
async fn a_change_that_cannot_be_made_says_why() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    recorded(&sam).await;
    let before = portal.wire.snapshot();
    for (body, pointer, code) in [
        (json!({ "invoice_url": "ftp://x.test" }), "/invoice_url", "web_address_invalid"),
        (json!({ "lines": [{ "line": 3, "seats": 1 }] }), "/lines/0/line", "line_unknown"),
        (json!({ "lines": [{ "line": 1 }, { "line": 1 }] }), "/lines/1/line", "twice"),
        (json!({ "lines": [{ "line": 1, "seats": 0 }] }), "/lines/0/seats", "number_invalid"),
        (json!({ "lines": [{ "line": 1, "ends_on": "2026-11-30" }] }), "/lines/0/ends_on", "end_before_start"),
        (json!({ "lines": [{ "line": 1, "ends_on": null }] }), "/lines/0/ends_on", "required"),
        (json!({ "lines": [{ "line": 2, "ends_on": "2028-01-01" }] }), "/lines/0/ends_on", "end_unasked"),
        (
            json!({ "add": [{ "product": "X1", "type": "perpetual", "seats": 1, "starts_on": "2026-12-01" }] }),
            "/add/0/product",
            "product_unknown",
        ),
        (json!({ "add": vec![order("x", "x")["lines"][1].clone(); 19] }), "/add", "too_many_lines"),
    ] {
        let said = amend(&sam, "SO-5001", body.clone()).await;
        assert_eq!((said.status, said.at(pointer)), (422, code), "{body}: {}", said.json);
    }
    assert_eq!(before.changes(&portal.wire.snapshot()), [""; 0]);
}

fn put(body: &mut Value, pointer: &str, value: &Value) {
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    body.pointer_mut(parent).unwrap()[field] = value.clone();
}
