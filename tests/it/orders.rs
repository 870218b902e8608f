//! Orders at the console: recorded, amended, cancelled, and mailed about.

mod amending;
mod cancelling;
mod fields;
mod taking_over;
mod trials;

use serde_json::{Value, json};
use tests::portal::{Caller, Letters, Reply, TestPortal};

use crate::races::at_once;
use crate::reset::record_fern;

const PATH: &str = "/api/staff/orders";
const ADA: &str = "ada@acme.test";
const FAY: &str = "fay@fern.test";
/// Another password than everybody's.
const OTHER: &str = "nine copper kettles hum";

/// An order of that number: a subscription that somebody can have seats of, and a license for good.
pub(crate) fn order(number: &str, account: &str) -> Value {
    json!({
        "number": number,
        "account": account,
        "date": "2026-11-20",
        "purchase_order": "PO 4711",
        "invoice_url": "https://invoices.northlight.test/2041",
        "lines": [
            {
                "product": "NLR", "type": "subscription", "seats": 2,
                "starts_on": "2026-12-01", "ends_on": "2027-11-30", "serial_number": "nlr 0000 aaaa 0001",
            },
            { "product": "NLD", "type": "perpetual", "seats": 1, "starts_on": "2026-12-01", "maintenance_ends_on": "2027-11-30" },
        ],
    })
}

/// Records that order for Acme.
pub(crate) async fn recorded(sam: &Caller) -> Reply {
    sam.post(PATH, order("SO-5001", "C10423")).await.expect(201)
}

async fn show(sam: &Caller, number: &str) -> Reply {
    sam.get(&format!("{PATH}/{number}")).await
}

async fn amend(sam: &Caller, number: &str, body: Value) -> Reply {
    sam.send_json("PATCH", &format!("{PATH}/{number}"), &body).await
}

async fn cancel(sam: &Caller, number: &str) -> Reply {
    sam.put(&format!("{PATH}/{number}/cancellation"), json!({ "reason": "Ordered twice" })).await
}

/// The activation code in the newest letter.
fn code(letters: &Letters) -> String {
    let text = letters.last();
    let at = text.find("code: ").unwrap_or_else(|| text.find("Aktivierungscode: ").unwrap() + 12) + 6;
    text[at..at + 23].to_owned()
}

async fn first_sign_in(portal: &TestPortal, code: &str) -> Reply {
    let body = json!({ "activation_code": code, "password": OTHER });
    portal.stranger().post("/api/reset/first-passwords", body).await
}

/// The summary of an account, row by row: key, licenses, seats, seats in use. Those that count nothing are left out.
fn summary(portal: &TestPortal, account: &str) -> Vec<(String, [String; 3])> {
    let rows = portal.wire.snapshot().find("accounts", &format!("SUMMARY#{account}"), "");
    let text = |row: &Value, name: &str| row[name]["N"].as_str().unwrap().to_owned();
    let counted = rows.iter().map(|row| {
        let key = row["sk"]["S"].as_str().unwrap().to_owned();
        (key, ["n", "t", "u"].map(|name| text(row, name)))
    });
    counted.filter(|(_, counts)| counts != &["0", "0", "0"].map(str::to_owned)).collect()
}

/// The id of somebody.
pub(crate) fn user(portal: &TestPortal, email: &str) -> String {
    let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
    let row = people.iter().find(|row| row["m"]["S"] == email).unwrap();
    row["pk"]["S"].as_str().unwrap().trim_start_matches("USER#").to_owned()
}

fn events(portal: &TestPortal, account: &str) -> Vec<String> {
    let entries = portal.wire.snapshot().find("journal", &format!("LOG#{account}"), "");
    entries.iter().map(|row| row["event"]["S"].as_str().unwrap().to_owned()).collect()
}

/// R704
#[tokio::test]
async fn a_recorded_order_is_shown_with_its_licenses_and_its_code() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    let answer = recorded(&sam).await;
    let account = answer.text("/account/id").to_owned();
    assert_eq!(answer.json["account"], json!({ "id": account, "number": "C10423", "name": "Acme Engineering" }));
    for (field, value) in [
        ("number", json!("SO-5001")),
        ("date", json!("2026-11-20")),
        ("purchase_order", json!("PO 4711")),
        ("invoice_url", json!("https://invoices.northlight.test/2041")),
        ("cancelled_on", Value::Null),
        ("revision", json!(0)),
        ("activation_code", json!("unused")),
        ("activation_mailed_at", json!("2026-11-22T12:00:00Z")),
    ] {
        assert_eq!(answer.json[field], value, "{field}");
    }
    let first = &answer.json["lines"][0];
    assert_eq!((&first["line"], &first["serial_number"]), (&json!(1), &json!("NLR-0000-AAAA-0001")));
    assert_eq!(first["product"], json!({ "code": "NLR", "name": "Northlight Render" }));
    assert_eq!((&first["seats"], &first["state"]), (&json!({ "used": 0, "total": 2 }), &json!("active")));
    let drawn = answer.text("/lines/1/serial_number");
    assert!(drawn.starts_with("NLD-") && drawn.len() == "NLD-XXXX-XXXX-XXXX".len(), "{drawn}");
    assert_eq!(show(&sam, "so-5001").await.expect(200).json, answer.json);

    let listed = portal.owner().await.get("/api/licenses?serial=NLR-0000-AAAA-0001").await.expect(200);
    assert_eq!(listed.json["items"][0]["id"], first["id"]);
    assert_eq!(listed.json["items"][0]["order"]["number"], "SO-5001");
    assert!(summary(&portal, &account).iter().any(|(key, counts)| {
        key == "NLR#subscription#2027-11-30" && counts == &["1", "2", "0"].map(str::to_owned)
    }));
    assert!(events(&portal, &account).contains(&"order_recorded".to_owned()));
}

/// R105, R704: whoever has signed in finds the licenses at once; the code is for a colleague.
#[tokio::test]
async fn an_owner_who_signs_in_already_gets_a_code_to_pass_on() {
    let portal = TestPortal::new().await;
    recorded(&portal.support().await).await;
    let letters = portal.letters_to(ADA).await;
    assert!(letters.last_link().ends_with("/licenses"), "{}", letters.last());
    assert!(letters.last().contains("Northlight Render: 2 seats"), "{}", letters.last());
    let code = code(&letters);
    let otto = portal.other_owner().await;
    otto.post("/api/sign-up/claims", json!({ "activation_code": code })).await.expect(201);
    assert_eq!(show(&portal.admin().await, "SO-5001").await.expect(200).text("/activation_code"), "used");
}

/// R105
#[tokio::test]
async fn an_owner_who_never_signed_in_does_so_with_the_code_of_the_mail() {
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    let sam = portal.support().await;
    sam.post(PATH, order("SO-5001", "c10800")).await.expect(201);
    let letters = portal.letters_to(FAY).await;
    assert!(letters.last_link().ends_with("/de/first-sign-in"), "{}", letters.last());
    let code = code(&letters);
    assert!(!portal.wire.snapshot().holds(&code), "the code is in the mail alone");
    assert!(!portal.wire.snapshot().holds(&code.replace('-', "")));
    assert_eq!(first_sign_in(&portal, &code).await.expect(200).text("/name"), FAY);
    let fay = portal.stranger();
    fay.post("/api/session", json!({ "name": FAY, "password": OTHER })).await.expect(200);
    let listed = fay.get("/api/licenses").await.expect(200);
    assert_eq!(listed.json["items"].as_array().unwrap().len(), 2);
    assert_eq!(show(&sam, "SO-5001").await.expect(200).text("/activation_code"), "used");
}

/// R105: a mail that is sent late, or twice, carries the same code.
#[tokio::test]
async fn the_code_is_made_from_the_letter_whenever_it_is_sent() {
    let mut portal = TestPortal::new().await;
    record_fern(&portal).await;
    portal.support().await.post(PATH, order("SO-5001", "C10800")).await.expect(201);
    portal.restart_dispatch();
    let code = code(&portal.letters_to(FAY).await);
    first_sign_in(&portal, &code).await.expect(200);
}

/// R704
#[tokio::test]
async fn the_same_order_again_is_recorded_once() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    let first = recorded(&sam).await;
    portal.dispatch().await;
    let before = portal.wire.snapshot();
    let mut respelled = order(" so-5001", "c10423");
    respelled["lines"][0]["serial_number"] = json!("NLR-0000-AAAA-0001");
    respelled["lines"][1]["ends_on"] = Value::Null;
    for again in [order("SO-5001", "C10423"), respelled] {
        let said = sam.post(PATH, again).await.expect(200);
        assert_eq!(said.json, first.json);
    }
    assert_eq!(before.changes(&portal.wire.snapshot()), [""; 0], "and nothing is written");
    for (field, value) in [("account", "C10500"), ("date", "2026-11-21"), ("purchase_order", "")] {
        let mut other = order("SO-5001", "C10423");
        other[field] = value.into();
        assert_eq!(sam.post(PATH, other).await.says(), "409 order_exists", "{field}");
    }
    assert_eq!(sam.post(PATH, order("SO-1001", "C10423")).await.says(), "409 order_exists", "an imported one");
    assert_eq!(before.changes(&portal.wire.snapshot()), [""; 0]);
}

/// R704
#[tokio::test]
async fn of_16_equal_orders_at_once_one_is_recorded() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    let said = at_once((0..16).map(|_| sam.post(PATH, order("SO-5001", "C10423")))).await;
    let statuses: Vec<_> = said.iter().map(|reply| reply.status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [200, 201].contains(status)), "{statuses:?}");
    let serials: std::collections::BTreeSet<_> =
        said.iter().map(|reply| reply.text("/lines/1/serial_number").to_owned()).collect();
    assert_eq!(serials.len(), 1);
    assert_eq!(portal.letters_to(ADA).await.count(), 1, "one letter");
}

/// R105: the activation mail again, with another code.
#[tokio::test]
async fn a_code_that_was_mailed_again_is_another_and_the_old_one_opens_nothing() {
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    let sam = portal.support().await;
    sam.post(PATH, order("SO-5001", "C10800")).await.expect(201);
    let old = code(&portal.letters_to(FAY).await);
    portal.clock.advance_secs(60);
    sam.post(&format!("{PATH}/SO-5001/activation-mail"), json!({})).await.expect(204);
    let new = code(&portal.letters_to(FAY).await);
    assert_ne!(old, new);
    let shown = show(&sam, "SO-5001").await.expect(200);
    assert_eq!(
        (shown.text("/activation_code"), shown.text("/activation_mailed_at")),
        ("unused", "2026-11-22T12:01:00Z")
    );
    assert_eq!(first_sign_in(&portal, &old).await.at("/activation_code"), "activation_code_used");
    first_sign_in(&portal, &new).await.expect(200);
    // An order that was imported with a code, or without one.
    for number in ["SO-8001", "SO-1001"] {
        sam.post(&format!("{PATH}/{number}/activation-mail"), Value::Null).await.expect(204);
        assert_eq!(show(&sam, number).await.expect(200).text("/activation_code"), "unused");
    }
    assert_eq!(first_sign_in(&portal, crate::reset::FAYS_CODE).await.at("/activation_code"), "activation_code_used");
}

/// R105: of several mails at once, the code of exactly one works.
#[tokio::test]
async fn of_codes_mailed_at_once_the_last_one_works() {
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    let sam = portal.support().await;
    let path = format!("{PATH}/SO-8001/activation-mail");
    let said = at_once((0..4).map(|_| sam.post(&path, json!({})))).await;
    assert!(said.iter().any(|reply| reply.status == 204));
    let codes = portal.wire.snapshot().find("accounts", "CODE#", "CODE");
    let unused = codes.iter().filter(|row| row["o"]["S"] == "SO-8001" && row["st"]["S"] == "unused").count();
    assert_eq!(unused, 1);
}

/// R704
#[tokio::test]
async fn an_order_nobody_placed_and_an_account_not_in_use_are_refused() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    for number in ["SO-404", "no%20number", "~"] {
        assert_eq!(show(&sam, number).await.says(), "404 not_found", "{number}");
        assert_eq!(amend(&sam, number, json!({})).await.says(), "404 not_found", "{number}");
        assert_eq!(cancel(&sam, number).await.says(), "404 not_found", "{number}");
        let again = sam.post(&format!("{PATH}/{number}/activation-mail"), json!({})).await;
        assert_eq!(again.says(), "404 not_found", "{number}");
    }
    for account in ["C10600", "C10700"] {
        let said = sam.post(PATH, order("SO-5001", account)).await;
        assert_eq!(said.says(), "409 account_not_in_use", "{account}");
    }
    assert_eq!(amend(&sam, "SO-3001", json!({ "purchase_order": "x" })).await.says(), "409 account_not_in_use");
    let mut slashed = order("2026/7/1", "C10423");
    slashed["lines"].as_array_mut().unwrap().truncate(1);
    sam.post(PATH, slashed).await.expect(201);
    assert_eq!(show(&sam, "2026~7~1").await.expect(200).text("/number"), "2026/7/1");
}
