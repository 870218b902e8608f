//! What people ask of the vendor in their own words: somebody is missing (R314), two logins are one person's (R304).

use serde_json::{Value, json};
use tests::portal::TestPortal;

use crate::account_claims::read;

const ASKED: &str = "/api/profile/change-requests";
const TEXT: &str = "Bea Winter, bea@acme.test,\nhas worked for us since May";
const LINE: &str = "Bea Winter, bea@acme.test, has worked for us since May";

/// R314
#[tokio::test]
async fn somebody_missing_is_asked_about_and_the_answer_comes_by_mail() {
    let portal = TestPortal::new().await;
    let (ada, sam) = (portal.owner().await, portal.support().await);
    let body = json!({ "kind": "missing_person", "text": TEXT });
    let id = ada.post(ASKED, body.clone()).await.expect(201).text("/id").to_owned();
    assert_eq!(ada.post(ASKED, body).await.says(), "409 already_asked", "one at a time");
    let mine = ada.get("/api/profile").await.expect(200);
    assert_eq!((mine.text("/requests/0/kind"), mine.text("/requests/0/wish")), ("missing_person", LINE));
    assert!(read(&portal, "ada@acme.test", &["somebody who is missing from your account"]).await);

    let shown = sam.get(&format!("/api/staff/requests/{id}")).await.expect(200);
    assert_eq!((shown.text("/kind"), shown.text("/wish")), ("missing_person", LINE));
    assert_eq!((shown.text("/details/text"), shown.text("/account/number")), (LINE, "C10423"));
    let before = portal.wire.snapshot().find("accounts", "ACCOUNT#", "");
    sam.post(&format!("/api/staff/requests/{id}/decision"), json!({ "decision": "approve" })).await.expect(204);
    assert_eq!(portal.wire.snapshot().find("accounts", "ACCOUNT#", ""), before, "done by whoever approves");
    assert!(read(&portal, "ada@acme.test", &["carried it out: a look for somebody who is missing"]).await);
    assert_eq!(ada.get("/api/profile").await.expect(200).json["requests"], json!([]));
}

/// R304
#[tokio::test]
async fn two_logins_of_one_person_come_to_the_desk_from_wherever_they_stand() {
    let portal = TestPortal::new().await;
    let (una, sam) = (portal.unattached().await, portal.support().await);
    let body = json!({ "kind": "two_logins", "text": "una@solo.test and una@old.test are both mine." });
    let id = una.post(ASKED, body).await.expect(201).text("/id").to_owned();
    let path = format!("/api/staff/requests/{id}");
    assert_eq!(sam.get(&path).await.expect(200).json["account"], Value::Null);
    let refused = json!({ "decision": "refuse", "reason": "Please sign in with both first." });
    sam.post(&format!("{path}/decision"), refused).await.expect(204);
    assert!(read(&portal, "una@solo.test", &["two logins into one", "Please sign in with both first."]).await);
}

/// R304, R314
#[tokio::test]
async fn words_are_needed_and_an_account_where_it_is_about_one() {
    let portal = TestPortal::new().await;
    let (una, mia) = (portal.unattached().await, portal.member().await);
    for kind in ["missing_person", "two_logins"] {
        for (text, code) in [("", "required"), (&*"x".repeat(501), "too_long"), ("a\u{202e}b", "name_invalid")] {
            let body = json!({ "kind": kind, "text": text });
            assert_eq!(mia.post(ASKED, body).await.expect(422).at("/text"), code, "{kind}");
        }
    }
    let missing = json!({ "kind": "missing_person", "text": "Bea" });
    assert_eq!(una.post(ASKED, missing).await.says(), "403 no_account");
}
