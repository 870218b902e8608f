//! Members whom the vendor recorded and who have never signed in are invited by their own team (R307).

use serde_json::json;
use tests::portal::{Caller, TestPortal};

use crate::reset::{FAYS_CODE, record_fern};
use crate::team::path;

const FINN: &str = "finn@fern.test";
const OWN: &str = "nine copper kettles hum";

/// The owner of Fern, who has come in by a code.
async fn fay(portal: &TestPortal) -> Caller {
    record_fern(portal).await;
    let code = json!({ "activation_code": FAYS_CODE, "password": OWN });
    portal.stranger().post("/api/reset/first-passwords", code).await.expect(200);
    let fay = portal.stranger();
    fay.post("/api/session", json!({ "name": "fay@fern.test", "password": OWN })).await.expect(200);
    fay
}

/// R307
#[tokio::test]
async fn a_member_who_never_signed_in_is_sent_the_way_to_a_first_password() {
    let portal = TestPortal::new().await;
    let fay = fay(&portal).await;
    let finn = format!("{}/invitation", path(&portal, FINN));
    fay.post(&finn, json!({})).await.expect(204);
    let first = portal.letters_to(FINN).await.last_token();
    assert_eq!(fay.post(&finn, json!({})).await.says(), "409 just_invited");
    portal.clock.advance_secs(300);
    fay.post(&finn, json!({})).await.expect(204);
    let letters = portal.letters_to(FINN).await;
    assert_eq!(letters.count(), 2);
    let set = async |token: &str| {
        portal.stranger().post("/api/reset/passwords", json!({ "token": token, "password": OWN })).await.says()
    };
    assert_eq!(set(&first).await, "410 link_expired");
    assert_eq!(set(&letters.last_token()).await, "204");
    portal.clock.advance_secs(300);
    assert_eq!(fay.post(&finn, json!({})).await.status, 409, "who has come in needs none");
    let signed_in = portal.stranger().post("/api/session", json!({ "name": FINN, "password": OWN })).await;
    assert_eq!(signed_in.says(), "200");
    let log = portal.wire.snapshot().find("journal", "LOG#acc_", "");
    let about: Vec<_> = log.iter().filter(|row| row["change"]["S"] == "invited").collect();
    assert_eq!(about.len(), 2, "the log tells of each");
}

/// R307
#[tokio::test]
async fn whom_nobody_can_invite() {
    let portal = TestPortal::new().await;
    let fay = fay(&portal).await;
    let finn = format!("{}/invitation", path(&portal, FINN));
    for (caller, says) in [
        (portal.owner().await, "404 not_found"),
        (portal.member().await, "403 managers_only"),
        (portal.stranger(), "401 sign_in_needed"),
    ] {
        assert_eq!(caller.post(&finn, json!({})).await.says(), says);
    }
    let herself = format!("{}/invitation", path(&portal, "fay@fern.test"));
    assert_eq!(fay.post(&herself, json!({})).await.says(), "403 owner_protected");
    assert_eq!(portal.letters_to(FINN).await.count(), 0);
    // An address that a team wrote down is sent nothing that opens a login.
    let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
    let row = people.iter().find(|row| row["m"]["S"] == FINN).unwrap();
    portal.update(row, "SET eu = :no", json!({ ":no": { "BOOL": false } }));
    assert_eq!(fay.post(&finn, json!({})).await.says(), "409 conflict");
    assert_eq!(portal.letters_to(FINN).await.count(), 0);
}
