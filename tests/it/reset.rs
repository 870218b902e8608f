//! Back in: a forgotten password, and the first one of somebody the vendor knows.

mod asking;
mod first;
mod passwords;

use serde_json::{Value, json};
use tests::portal::{Caller, GOOD, Reply, TestPortal};

use crate::races::at_once;

const ADA: &str = "ada@acme.test";
/// Another password than everybody's.
const OTHER: &str = "nine copper kettles hum";
/// The vendor's newest customer: its license contact has never signed in.
const FAY: &str = "fay@fern.test";
/// The activation code of its order.
pub(crate) const FAYS_CODE: &str = "FFFFF-EEEEE-RRRRR-NNNNN";

async fn ask(portal: &TestPortal, name: &str) -> Reply {
    portal.stranger().post("/api/reset/requests", json!({ "name": name })).await
}

/// Asks, and takes the token from the mail. What else is to be sent goes before.
async fn link(portal: &TestPortal, email: &str) -> String {
    portal.dispatch().await;
    ask(portal, email).await.expect(204);
    portal.letters_to(email).await.last_token()
}

async fn set(caller: &Caller, token: &str, password: &str) -> Reply {
    caller.post("/api/reset/passwords", json!({ "token": token, "password": password })).await
}

async fn sign_in(portal: &TestPortal, name: &str, password: &str) -> String {
    portal.stranger().post("/api/session", json!({ "name": name, "password": password })).await.says()
}

/// The row of a person.
fn person(portal: &TestPortal, email: &str) -> Value {
    let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
    people.into_iter().find(|row| row["m"]["S"] == email).unwrap()
}

/// Records a customer whose people have never signed in.
pub(crate) async fn record_fern(portal: &TestPortal) {
    let customers = "number,name,kind,country,language,time_zone,status,suspension_reason\n\
                     C10800,Fern Garden Tools,customer,DE,de,Europe/Berlin,active,\n";
    let people = "customer,email,first_name,last_name,job_title,phone,language,role,permissions\n\
                  C10800,fay@fern.test,Fay,M\u{fc}llerstedt,Owner,,de,owner,\n\
                  C10800,finn@fern.test,Finn,Farn,Gardener,,en,member,\n";
    let orders =
        format!("number,customer,date,purchase_order,activation_code\nSO-8001,C10800,2026-06-01,,{FAYS_CODE}\n");
    let files = [("customers.csv", customers.to_owned()), ("people.csv", people.to_owned()), ("orders.csv", orders)];
    portal.import(&files).await;
}

/// R108
#[tokio::test]
async fn a_forgotten_password_is_set_anew_by_a_link_that_works_once() {
    let portal = TestPortal::new().await;
    let (desk, phone) = (portal.owner().await, portal.owner().await);
    let token = link(&portal, ADA).await;
    let letters = portal.letters_to(ADA).await;
    assert!(letters.last_link().starts_with("https://portal.test/reset#token="), "{}", letters.last_link());
    assert_eq!(desk.get("/api/session").await.status, 200, "asking alone changes nothing");
    assert_eq!(sign_in(&portal, ADA, GOOD).await, "200");

    let stranger = portal.stranger();
    let answer = set(&stranger, &token, OTHER).await.expect(204);
    assert!(answer.bytes.is_empty());
    assert_eq!((answer.header("set-cookie"), stranger.cookie("__Host-portico")), ("", None), "nobody is signed in");
    for session in [&desk, &phone] {
        assert_eq!(session.get("/api/session").await.says(), "401 session_ended", "on the next request");
    }
    assert_eq!(sign_in(&portal, ADA, GOOD).await, "401 sign_in_failed");
    assert_eq!(sign_in(&portal, ADA, OTHER).await, "200");
    assert_eq!(set(&stranger, &token, GOOD).await.says(), "410 link_expired");
    assert_eq!(sign_in(&portal, ADA, OTHER).await, "200");
}

/// R108, R202
#[tokio::test]
async fn a_notice_tells_of_the_new_password_and_can_take_it_back() {
    let portal = TestPortal::new().await;
    let token = link(&portal, ADA).await;
    set(&portal.stranger(), &token, OTHER).await.expect(204);
    let notices = portal.letters_to(ADA).await;
    assert_eq!(notices.count(), 2);
    assert!(notices.last_link().starts_with("https://portal.test/take-back#token="), "{}", notices.last());
    let back = json!({ "token": notices.last_token() });
    let back = portal.stranger().post("/api/profile/reversals", back).await.expect(200);
    assert_eq!(back.json, json!({ "what": "password", "password_removed": true }));
    assert_eq!(sign_in(&portal, ADA, OTHER).await, "401 sign_in_failed");

    portal.clock.advance_secs(600);
    let token = link(&portal, ADA).await;
    set(&portal.stranger(), &token, GOOD).await.expect(204);
    assert_eq!(sign_in(&portal, ADA, GOOD).await, "200", "without a password, too, there is a way back in");
}

/// R108
#[tokio::test]
async fn of_64_confirmations_of_one_link_one_wins() {
    let portal = TestPortal::new().await;
    let token = link(&portal, ADA).await;
    let callers: Vec<_> = (0..64).map(|_| portal.stranger()).collect();
    let said = at_once(callers.iter().map(|caller| set(caller, &token, OTHER))).await;
    let with = |status| said.iter().filter(|reply| reply.status == status).count();
    assert_eq!((with(204), with(410)), (1, 63));
    assert_eq!(portal.letters_to(ADA).await.count(), 2, "the link and one notice");
    let sets = portal.wire.snapshot().find("journal", "LOG#", "");
    assert_eq!(sets.iter().filter(|row| row["event"]["S"] == "password_set").count(), 1);
    assert_eq!(person(&portal, ADA)["g"]["N"], "1");
}

/// R108
#[tokio::test]
async fn a_link_is_good_for_ten_minutes() {
    for (seconds, says) in [(599, "204"), (600, "410 link_expired")] {
        let portal = TestPortal::new().await;
        let token = link(&portal, ADA).await;
        portal.clock.advance_secs(seconds);
        assert_eq!(set(&portal.stranger(), &token, OTHER).await.says(), says, "after {seconds} s");
    }
}

/// R108
#[tokio::test]
async fn a_newer_link_ends_the_older_whatever_name_was_typed() {
    let portal = TestPortal::new().await;
    let older = link(&portal, ADA).await;
    ask(&portal, "C10423").await.expect(204);
    let newer = portal.letters_to(ADA).await.last_token();
    assert_ne!(older, newer);
    assert_eq!(set(&portal.stranger(), &older, OTHER).await.says(), "410 link_expired");
    set(&portal.stranger(), &newer, OTHER).await.expect(204);
}

/// R108, R203, R204
#[tokio::test]
async fn a_password_or_an_address_changed_otherwise_ends_the_link() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    let token = link(&portal, "mia@acme.test").await;
    let changed = json!({ "password": GOOD, "new_password": OTHER });
    mia.put("/api/profile/password", changed).await.expect(204);
    assert_eq!(set(&portal.stranger(), &token, GOOD).await.says(), "410 link_expired");

    let portal = TestPortal::new().await;
    let new = json!({ "email": "mia@new.test", "password": GOOD });
    portal.member().await.post("/api/profile/email", new).await.expect(204);
    let proof = portal.letters_to("mia@new.test").await.last_token();
    let token = link(&portal, "mia@acme.test").await;
    portal
        .stranger()
        .post("/api/profile/email/confirmations", json!({ "token": proof, "password": GOOD }))
        .await
        .expect(200);
    assert_eq!(set(&portal.stranger(), &token, OTHER).await.says(), "410 link_expired");
}

/// R108, R204
#[tokio::test]
async fn a_change_of_address_asked_for_with_the_password_before_ends_with_it() {
    let portal = TestPortal::new().await;
    let new = json!({ "email": "thief@new.test", "password": GOOD });
    portal.member().await.post("/api/profile/email", new).await.expect(204);
    let proof = portal.letters_to("thief@new.test").await.last_token();
    let token = link(&portal, "mia@acme.test").await;
    set(&portal.stranger(), &token, OTHER).await.expect(204);
    let proof =
        portal.stranger().post("/api/profile/email/confirmations", json!({ "token": proof, "password": GOOD })).await;
    assert_eq!(proof.says(), "410 link_expired");
}

/// R108, R110
#[tokio::test]
async fn the_second_factor_stays_on() {
    let portal = TestPortal::new().await;
    let row = person(&portal, ADA);
    let factor = json!({ "pk": row["pk"], "sk": { "S": "SECOND-FACTOR" }, "v": { "N": "1" },
        "k": { "L": vec![json!({ "N": "7" }); 20] }, "ls": { "N": "0" }, "rc": { "L": [] } });
    let put = json!({ "TableName": format!("{}credentials", tests::portal::TABLES), "Item": factor });
    drop(portal.wire.database().put_item(serde_json::from_value(put).unwrap()).unwrap());
    let token = link(&portal, ADA).await;
    set(&portal.stranger(), &token, OTHER).await.expect(204);
    assert_eq!(sign_in(&portal, ADA, OTHER).await, "401 second_factor_needed");
}

/// R108
#[tokio::test]
async fn only_the_whole_link_of_the_person_opens() {
    let portal = TestPortal::new().await;
    let (adas, mias) = (link(&portal, ADA).await, link(&portal, "mia@acme.test").await);
    let (ada, secret) = adas.split_once('.').unwrap();
    let (mia, mias_secret) = mias.split_once('.').unwrap();
    let mut wrong = vec![
        String::new(),
        format!("{mia}.{secret}"),
        format!("{ada}.{mias_secret}"),
        format!("{}.{secret}", ada.to_uppercase()),
        format!("{ada}.{}", secret.to_lowercase()),
        format!("{ada}.{}", secret.to_uppercase()),
        format!("{ada}.{secret}="),
        format!(" {adas}"),
        format!("{adas} "),
        format!("{adas}.{secret}"),
        format!("{ada}.{}", "A".repeat(43)),
        format!("usr_00000000000000000000000000.{secret}"),
        format!("reg_{}.{secret}", &ada[4..]),
    ];
    wrong.extend((1..adas.len()).map(|end| adas[..end].to_owned()));
    wrong.extend(secret.char_indices().map(|(place, one)| {
        let other = if one.is_ascii_lowercase() { one.to_ascii_uppercase() } else { one.to_ascii_lowercase() };
        let other = if other == one { 'x' } else { other };
        format!("{ada}.{}{other}{}", &secret[..place], &secret[place + 1..])
    }));
    for token in wrong {
        assert_eq!(set(&portal.stranger(), &token, OTHER).await.says(), "410 link_expired", "{token}");
    }
    set(&portal.stranger(), &adas, OTHER).await.expect(204);
}

/// R108, R306, R506
#[tokio::test]
async fn a_login_is_the_persons_whatever_becomes_of_the_account() {
    let portal = TestPortal::new().await;
    portal.deactivate("mia@acme.test").await;
    for email in ["mia@acme.test", "sue@sunk.test", "gus@gone.test", "una@solo.test"] {
        let token = link(&portal, email).await;
        set(&portal.stranger(), &token, OTHER).await.expect(204);
        assert_eq!(sign_in(&portal, email, OTHER).await, "200", "{email}");
    }
}
