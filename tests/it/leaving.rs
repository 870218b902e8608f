//! Leaving: closing one's login, and taking along everything that is held about one.

use serde_json::{Value, json};
use tests::portal::{GOOD, TestPortal};

use crate::races::midway;

const MIA: &str = "mia@acme.test";
const OTHER: &str = "nine plain brown wrens";

async fn signs_in(portal: &TestPortal, password: &str) -> String {
    portal.stranger().post("/api/session", json!({ "name": MIA, "password": password })).await.says()
}

/// R207
#[tokio::test]
async fn a_closed_login_signs_nobody_in_and_comes_back_by_its_letter() {
    let portal = TestPortal::new().await;
    let (mia, elsewhere) = (portal.member().await, portal.member().await);
    // The letter about the second sign-in goes out first.
    portal.dispatch().await;
    let close = async |password: &str| mia.post("/api/profile/closure", json!({ "password": password })).await;
    assert_eq!(close("wrong but long enough").await.expect(422).at("/password"), "password_wrong");
    let closed = close(GOOD).await.expect(204);
    assert!(closed.header("set-cookie").contains("Max-Age=0"), "{:?}", closed.headers);
    assert_eq!(elsewhere.get("/api/session").await.says(), "401 session_ended");
    assert_eq!(signs_in(&portal, GOOD).await, "403 login_closing");
    assert_eq!(signs_in(&portal, OTHER).await, "401 sign_in_failed", "told only to whoever has the password");
    let token = portal.letters_to(MIA).await.last_token();
    let answer = portal.stranger().post("/api/profile/reversals", json!({ "token": token })).await.expect(200);
    assert_eq!(answer.json, json!({ "what": "closure", "password_removed": true }));
    assert_eq!(signs_in(&portal, GOOD).await, "401 sign_in_failed", "with a new password alone");
}

/// R207
#[tokio::test]
async fn an_owner_does_not_leave_an_account_without_one() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let refused = ada.post("/api/profile/closure", json!({ "password": GOOD })).await;
    assert_eq!(refused.says(), "409 owner_cannot_close");
    assert_eq!(ada.get("/api/session").await.says(), "200");
}

/// R207: who has been made an owner in the midst of it closes nothing.
#[tokio::test]
async fn who_joins_an_account_meanwhile_is_asked_again() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
    let row = people.into_iter().find(|row| row["m"]["S"] == MIA).unwrap();
    // As joining does to the person's row.
    let joins = || portal.update(&row, "ADD ve :one", json!({ ":one": { "N": "1" } }));
    let body = json!({ "password": GOOD });
    let closing = mia.post("/api/profile/closure", body.clone());
    assert_eq!(midway(&portal, closing, joins).await.says(), "409 conflict");
    assert_eq!(mia.get("/api/session").await.says(), "200");
    mia.post("/api/profile/closure", body).await.expect(204);
}

/// R208
#[tokio::test]
async fn a_person_gets_everything_that_is_held_about_them() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    mia.put("/api/profile/password", json!({ "password": GOOD, "new_password": OTHER })).await.expect(204);
    let export = async |password: &str| mia.post("/api/profile/export", json!({ "password": password })).await;
    assert_eq!(export(GOOD).await.expect(422).at("/password"), "password_wrong");
    let all = export(OTHER).await.expect(200);
    assert_eq!((all.text("/profile/email"), all.text("/memberships/0/number")), (MIA, "C10423"));
    let list = |pointer: &str| all.json.pointer(pointer).and_then(Value::as_array).map_or(0, Vec::len);
    assert!(list("/sessions") >= 1 && list("/log") >= 1 && list("/licenses") >= 1, "{}", all.json);
    assert!(!String::from_utf8_lossy(&all.bytes).contains("argon2"), "nothing secret");
    let logged = portal.wire.snapshot().find("journal", "LOG#usr_", "evt_");
    assert!(logged.iter().any(|row| row["event"]["S"] == "data_exported"), "and the log knows that it was handed out");
    // Which each of them tells of those before, and never of itself.
    for before in [0, 1] {
        let said = if before == 0 { all.json.clone() } else { export(OTHER).await.expect(200).json };
        let told = said["log"].as_array().unwrap().iter().filter(|entry| entry["event"] == "data_exported").count();
        assert_eq!(told, before);
    }
}
