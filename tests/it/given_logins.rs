//! Logins that a team makes for its people: a user name of the account's, and a password that somebody hands over.

mod address;
mod names;

use serde_json::{Value, json};
use tests::portal::{Caller, GOOD, Reply, TestPortal};

use crate::seats::ids;

pub(crate) const JANE: &str = "jane@acme.test";
pub(crate) const NAME: &str = "C10423/jane";
/// Another password than everybody's.
pub(crate) const OWN: &str = "nine copper kettles hum";
/// How long an initial password is good, in seconds.
const LIFE: u64 = 72 * 3_600;

/// Somebody to be added.
pub(crate) fn jane() -> Value {
    json!({
        "email": JANE, "first_name": "Jane", "last_name": "Doe", "user_name": "jane", "job_title": "Fitter",
        "phone": "+44 20 7946 0000", "role": "member", "permissions": ["view_orders"], "language": "en",
        "password": null,
    })
}

/// The same with a field otherwise.
pub(crate) fn jane_with(field: &str, value: impl Into<Value>) -> Value {
    let mut jane = jane();
    jane[field] = value.into();
    jane
}

pub(crate) async fn add(by: &Caller, person: Value) -> Reply {
    by.post("/api/team/members", person).await
}

async fn give(portal: &TestPortal, by: &Caller, email: &str, password: Value) -> Reply {
    let user = ids(portal, &[email]).remove(0);
    by.post(&format!("/api/team/members/{user}/password"), json!({ "password": password })).await
}

async fn sign_in(caller: &Caller, name: &str, password: &str, new: &str) -> Reply {
    caller.post("/api/session", json!({ "name": name, "password": password, "new_password": new })).await
}

pub(crate) async fn signs_in(portal: &TestPortal, name: &str, password: &str) -> String {
    sign_in(&portal.stranger(), name, password, "").await.says()
}

/// Somebody added by the owner, who has come in with a password of her own.
pub(crate) async fn came_in(portal: &TestPortal, person: Value) -> Caller {
    let added = add(&portal.owner().await, person).await.expect(201);
    let jane = portal.stranger();
    sign_in(&jane, added.text("/user_name"), added.text("/password"), OWN).await.expect(200);
    // Letters sort by time.
    portal.clock.advance_secs(1);
    jane
}

/// Somebody as the list of people shows them.
pub(crate) async fn listed(by: &Caller, email: &str) -> Value {
    let found = by.get(&format!("/api/team/people?search={}", email.replace('@', "%40"))).await.expect(200);
    found.json["items"][0].clone()
}

/// R303, R106
#[tokio::test]
async fn a_password_is_shown_once_and_changed_at_the_first_sign_in() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let added = add(&ada, jane()).await.expect(201);
    assert_eq!((added.text("/user_name"), added.header("cache-control")), (NAME, "no-store"));
    let password = added.text("/password").to_owned();
    assert_eq!(password.len(), 19, "{password}");
    let shown = listed(&ada, JANE).await;
    assert_eq!(
        (&shown["user_name"], &shown["group"], &shown["user"]),
        (&json!(NAME), &json!("invited"), &added.json["user"])
    );
    assert_eq!((&shown["job_title"], &shown["permissions"]), (&json!("Fitter"), &json!(["view_orders"])));

    assert_eq!(signs_in(&portal, NAME, &password).await, "401 new_password_needed");
    let stranger = portal.stranger();
    let me = sign_in(&stranger, "c10423/JANE", &password, OWN).await.expect(200);
    assert_eq!((me.text("/account/number"), me.text("/user/user_name")), ("C10423", NAME));
    assert_eq!(me.json["user"]["email_proven"], false);
    assert_eq!(stranger.get("/api/session").await.json["user"], me.json["user"], "and in the next request");
    let letters = portal.letters_to(JANE).await;
    assert_eq!(letters.count(), 0, "the address may be a stranger's: {:?}", letters.texts());
    assert_eq!(listed(&ada, JANE).await["group"], "members");
    assert_eq!(signs_in(&portal, NAME, &password).await, "401 sign_in_failed");
    assert_eq!(signs_in(&portal, NAME, OWN).await, "200");
    assert_eq!(signs_in(&portal, JANE, OWN).await, "401 sign_in_failed", "the address is nobody's yet");

    let stored = portal.wire.snapshot();
    assert!(!stored.holds(&password) && !stored.holds(OWN), "neither is kept, nor mailed");
    let log = stored.find("journal", "LOG#acc_", "evt_");
    assert!(log.iter().any(|row| row["change"]["S"] == "added" && row["user"]["S"] == added.text("/user")), "{log:?}");
}

/// R303
#[tokio::test]
async fn a_password_can_be_typed_and_is_as_good_as_any() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let before = portal.wire.snapshot();
    for (password, code) in [("short", "password_too_short"), ("jane.doe jane.doe", "password_common")] {
        assert_eq!(add(&ada, jane_with("password", password)).await.expect(422).at("/password"), code);
    }
    let changed = before.changes(&portal.wire.snapshot());
    assert!(changed.iter().all(|line| line.contains("THROTTLE#")), "{changed:?}");
    let added = add(&ada, jane_with("password", GOOD)).await.expect(201);
    assert_eq!(added.json["password"], Value::Null, "whoever typed it knows it");
    assert_eq!(signs_in(&portal, NAME, GOOD).await, "401 new_password_needed");
}

/// R303: to the second, and another one begins anew.
#[tokio::test]
async fn another_password_is_given_until_they_have_come_in() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    let first = add(&max, jane()).await.expect(201).text("/password").to_owned();
    portal.clock.advance_secs(LIFE - 1);
    assert_eq!(signs_in(&portal, NAME, &first).await, "401 new_password_needed");
    portal.clock.advance_secs(1);
    assert_eq!(signs_in(&portal, NAME, &first).await, "403 initial_password_expired");

    let max = portal.manager().await;
    let second = give(&portal, &max, JANE, Value::Null).await.expect(200);
    assert_eq!((second.text("/user_name"), second.header("cache-control")), (NAME, "no-store"));
    let second = second.text("/password").to_owned();
    assert_ne!(first, second);
    assert_eq!(signs_in(&portal, NAME, &first).await, "401 sign_in_failed");
    assert_eq!(give(&portal, &max, JANE, json!("short")).await.expect(422).at("/password"), "password_too_short");
    assert_eq!(give(&portal, &max, JANE, json!(GOOD)).await.expect(200).json["password"], Value::Null);
    assert_eq!(signs_in(&portal, NAME, &second).await, "401 sign_in_failed");
    sign_in(&portal.stranger(), NAME, GOOD, OWN).await.expect(200);
    for theirs in [JANE, "mia@acme.test"] {
        assert_eq!(give(&portal, &max, theirs, Value::Null).await.says(), "409 password_theirs", "{theirs}");
    }
    assert_eq!(signs_in(&portal, NAME, OWN).await, "200");
    assert_eq!(give(&portal, &max, "otto@birch.test", Value::Null).await.says(), "404 not_found");
    assert_eq!(max.post("/api/team/members/usr_0/password", json!({})).await.says(), "404 not_found");
}

/// R303: whoever the vendor recorded has never signed in either, but it is not this team that made the login.
#[tokio::test]
async fn who_was_recorded_by_the_vendor_is_given_none() {
    let portal = TestPortal::new().await;
    crate::reset::record_fern(&portal).await;
    let owner = portal.owner().await;
    let before = portal.wire.snapshot();
    let row = before.find("accounts", "ACCOUNT#", "MEMBER#").into_iter().find(|row| row["m"]["S"] == "finn@fern.test");
    let mut row = row.unwrap();
    row["pk"] = ids_of_account(&portal, "C10423");
    portal.put("accounts", &row);
    assert_eq!(give(&portal, &owner, "finn@fern.test", Value::Null).await.says(), "409 password_theirs");
}

fn ids_of_account(portal: &TestPortal, number: &str) -> Value {
    let accounts = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
    accounts.into_iter().find(|row| row["n"]["S"] == number).unwrap()["pk"].clone()
}

/// R303
#[tokio::test]
async fn what_cannot_be_taken_is_told_at_its_fields() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    for (field, value, code) in [
        ("email", json!("jane"), "email_invalid"),
        ("first_name", json!(""), "required"),
        ("last_name", json!(""), "required"),
        ("user_name", json!(""), "required"),
        ("user_name", json!("C10500/jane"), "user_name_invalid"),
        ("phone", json!("12"), "phone_invalid"),
        ("role", json!("owner"), "choice_invalid"),
        ("permissions", json!(["own_everything"]), "choice_invalid"),
        ("language", json!("xx"), "language_unknown"),
    ] {
        assert_eq!(
            add(&ada, jane_with(field, value.clone())).await.expect(422).at(&format!("/{field}")),
            code,
            "{value}"
        );
    }
    assert_eq!(
        portal.wire.snapshot().find("accounts", "USER#", "USER").iter().filter(|row| row["m"]["S"] == JANE).count(),
        0
    );
}

/// R303, R903: each is a hash, which costs; counted for each person who gives them.
#[tokio::test]
async fn passwords_are_given_so_often_in_an_hour() {
    let portal = TestPortal::new().await;
    let (ada, max) = (portal.owner().await, portal.manager().await);
    for _ in 0..100 {
        assert_eq!(add(&ada, jane_with("role", "")).await.status, 422);
    }
    assert_eq!(add(&ada, jane()).await.says(), "429 too_many_tries");
    add(&max, jane()).await.expect(201);
    assert_eq!(give(&portal, &ada, JANE, Value::Null).await.says(), "429 too_many_tries");
}

/// R303, R307: a contact of that address is one of the team from then on; who is invited is not made a second login of.
#[tokio::test]
async fn a_contact_becomes_a_member_and_an_invitation_stands_in_the_way() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let contact = json!({ "email": JANE, "first_name": "J.", "last_name": "D.", "job_title": null, "phone": null });
    ada.post("/api/team/contacts", contact.clone()).await.expect(201);
    let row = portal.wire.snapshot().find("accounts", "ACCOUNT#", "CONTACT#").remove(0);
    portal.update(&row, "SET iv = :iv", json!({ ":iv": { "S": "inv_01jd0x5m2nfe4r8v0t6w9y2zab" } }));
    assert_eq!(add(&ada, jane()).await.expect(422).at("/email"), "already_invited");
    portal.update(&row, "SET mv = :mv REMOVE iv", json!({ ":mv": row["mv"] }));
    add(&ada, jane()).await.expect(201);
    let people = ada.get("/api/team/people?search=jane%40acme").await.expect(200);
    assert_eq!(people.json["items"].as_array().map(Vec::len), Some(1), "{}", people.json);
    assert_eq!(people.json["items"][0]["first_name"], "Jane");
}
