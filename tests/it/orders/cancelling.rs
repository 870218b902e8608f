//! A cancelled order: nothing of it opens anything, and all of it stays to be seen.

use local::import::{Audience, Mode, Source, import};
use serde_json::{Value, json};
use tests::portal::TestPortal;

use super::{ADA, FAY, PATH, amend, cancel, code, events, first_sign_in, order, recorded, show, summary};
use crate::races::at_once;
use crate::reset::{FAYS_CODE, record_fern};

/// R704: an imported order, whose seats people have.
#[tokio::test]
async fn a_cancelled_order_frees_its_seats_and_opens_nothing() {
    let portal = TestPortal::new().await;
    let (sam, ada, mia) = (portal.support().await, portal.owner().await, portal.member().await);
    let account = show(&sam, "SO-1001").await.expect(200).text("/account/id").to_owned();
    assert_eq!(mia.get("/api/licenses").await.expect(200).json["items"].as_array().unwrap().len(), 1);
    cancel(&sam, "SO-1001").await.expect(204);

    let shown = show(&sam, "SO-1001").await.expect(200);
    assert_eq!((shown.text("/cancelled_on"), shown.text("/cancelled_because")), ("2026-11-22", "Ordered twice"));
    for line in shown.json["lines"].as_array().unwrap() {
        assert_eq!((&line["state"], &line["seats"]["used"]), (&json!("cancelled"), &json!(0)));
    }
    let listed = ada.get("/api/licenses?serial=NLD-7Q4M-X2KP-09TV").await.expect(200);
    assert_eq!(listed.text("/items/0/state"), "cancelled", "the owner still sees what there was");
    assert_eq!(mia.get("/api/licenses").await.expect(200).json["items"], json!([]), "the member has no seat any more");
    let stored = portal.wire.snapshot();
    for rows in ["ASSIGNED#", "SEATS#", "JOBS"] {
        let left: Vec<Value> =
            stored.find("accounts", rows, "").into_iter().filter(|row| row["on"]["S"] == "SO-1001").collect();
        assert_eq!(left, Vec::<Value>::new(), "{rows}");
    }
    let left: Vec<String> = summary(&portal, &account).into_iter().map(|(key, _)| key).collect();
    assert!(!left.contains(&"NLD#perpetual#never".to_owned()), "{left:?}");
    assert!(!left.contains(&"NLR#subscription#2026-12-14".to_owned()), "{left:?}");
    assert!(events(&portal, &account).contains(&"order_cancelled".to_owned()));

    let letters = portal.letters_to(ADA).await;
    assert!(letters.last().contains("We cancelled order SO-1001"), "{}", letters.last());
    assert!(!letters.last().contains("Ordered twice"), "the reason is for staff");
    let taken = json!([{
        "product": "NLD", "type": "perpetual", "seats": 1, "starts_on": "2026-12-01", "serial_number": "NLD-7Q4M-X2KP-09TV",
    }]);
    let mut reuse = order("SO-5001", "C10423");
    reuse["lines"] = taken;
    assert_eq!(sam.post(PATH, reuse).await.at("/lines/0/serial_number"), "serial_number_taken");
}

/// R704
#[tokio::test]
async fn cancelling_twice_changes_nothing_more() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    recorded(&sam).await;
    cancel(&sam, "SO-5001").await.expect(204);
    assert_eq!(portal.letters_to(ADA).await.count(), 2);
    let before = portal.wire.snapshot();
    cancel(&sam, "SO-5001").await.expect(204);
    assert_eq!(before.changes(&portal.wire.snapshot()), [""; 0]);
    assert_eq!(amend(&sam, "SO-5001", json!({ "purchase_order": "x" })).await.says(), "409 order_cancelled");
    let mailed = sam.post(&format!("{PATH}/SO-5001/activation-mail"), json!({})).await;
    assert_eq!(mailed.says(), "409 order_cancelled");
    let again = sam.post(PATH, order("SO-5001", "C10423")).await.expect(200);
    assert_eq!(again.text("/cancelled_on"), "2026-11-22", "recorded again, it stays cancelled");
    assert_eq!(
        sam.put(&format!("{PATH}/SO-5001/cancellation"), json!({ "reason": " " })).await.at("/reason"),
        "required"
    );
}

/// R704
#[tokio::test]
async fn of_8_cancellations_at_once_one_is_made() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    let said = at_once((0..8).map(|_| cancel(&sam, "SO-1001"))).await;
    assert!(said.iter().all(|reply| [204, 409].contains(&reply.status)));
    assert!(said.iter().any(|reply| reply.status == 204));
    assert_eq!(portal.letters_to(ADA).await.count(), 1);
    let counted = summary(&portal, show(&sam, "SO-1001").await.expect(200).text("/account/id"));
    assert!(counted.iter().all(|(_, counts)| !counts.iter().any(|count| count.starts_with('-'))), "{counted:?}");
}

/// R105, R704
#[tokio::test]
async fn the_code_of_a_cancelled_order_is_refused() {
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    let sam = portal.support().await;
    sam.post(PATH, order("SO-5001", "C10800")).await.expect(201);
    let mailed = code(&portal.letters_to(FAY).await);
    for (number, code) in [("SO-5001", mailed.as_str()), ("SO-8001", FAYS_CODE)] {
        cancel(&sam, number).await.expect(204);
        assert_eq!(first_sign_in(&portal, code).await.at("/activation_code"), "activation_code_used", "{number}");
        let claimed = portal.other_owner().await.post("/api/sign-up/claims", json!({ "activation_code": code })).await;
        assert_eq!(claimed.at("/activation_code"), "activation_code_used", "{number}");
        assert_eq!(show(&sam, number).await.expect(200).text("/activation_code"), "cancelled");
    }
}

/// R105: who joined by the code stays; the code stays used.
#[tokio::test]
async fn a_used_code_stays_used_when_its_order_is_cancelled() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    recorded(&sam).await;
    let code = code(&portal.letters_to(ADA).await);
    portal.other_owner().await.post("/api/sign-up/claims", json!({ "activation_code": code })).await.expect(201);
    cancel(&sam, "SO-5001").await.expect(204);
    assert_eq!(show(&sam, "SO-5001").await.expect(200).text("/activation_code"), "used");
}

/// R701, R704: the vendor's files change nothing of an order that was cancelled at the console.
#[tokio::test]
async fn an_import_leaves_a_cancelled_order_as_it_is() {
    let portal = TestPortal::new().await;
    cancel(&portal.support().await, "SO-1002").await.expect(204);
    portal.dispatch().await;
    let before = portal.wire.snapshot();
    let orders =
        "number,customer,date,purchase_order,activation_code\nSO-1002,C10423,2025-06-15,PO 9,99999-99999-99999-99999\n";
    let files = Source::Texts(vec![("orders.csv", orders.to_owned())]);
    let done = import(&files, portal.app.store(), Mode::Write, Audience::Nobody, portal.clock.now()).await;
    let why = done.map(|report| format!("{:?}", report.outcome)).unwrap_or_else(|error| format!("{error:?}"));
    assert!(why.contains("it was cancelled at the console"), "{why}");
    assert_eq!(before.changes(&portal.wire.snapshot()), [""; 0]);
}

/// R701, R704: both give lines numbers.
#[tokio::test]
async fn an_import_does_not_take_a_line_of_the_console_for_its_own() {
    let portal = TestPortal::new().await;
    let mut line = order("x", "x")["lines"][1].clone();
    line["seats"] = json!(7);
    let added = amend(&portal.support().await, "SO-1002", json!({ "add": [line] })).await.expect(200);
    assert_eq!(added.json["lines"][1]["line"], 2);
    let before = portal.wire.snapshot();
    let licenses = "order,line,product,serial_number,type,seats,starts_on,ends_on,maintenance_ends_on,assigned_to\n\
                    SO-1002,2,NLR,NLR-0000-AAAA-0009,perpetual,1,2026-01-01,,,\n";
    let files = Source::Texts(vec![("licenses.csv", licenses.to_owned())]);
    let done = import(&files, portal.app.store(), Mode::Write, Audience::Nobody, portal.clock.now()).await;
    let why = done.map(|report| format!("{:?}", report.outcome)).unwrap_or_else(|error| format!("{error:?}"));
    assert!(why.contains("was added at the console"), "{why}");
    let changes = before.changes(&portal.wire.snapshot());
    assert!(changes.iter().all(|it| !it.contains("LICENSE") && !it.contains("SERIAL")), "{changes:?}");
}

/// R704
#[tokio::test]
async fn an_order_of_a_suspended_account_can_be_cancelled_too() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    cancel(&sam, "SO-3001").await.expect(204);
    assert_eq!(show(&sam, "SO-3001").await.expect(200).text("/lines/0/state"), "cancelled");
}
