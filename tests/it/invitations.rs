//! Owners whom the vendor recorded are invited, and come in by the link of the mail.

use serde_json::{Value, json};
use tests::portal::{Caller, GOOD, Reply, TestPortal};

use crate::races::at_once;
use crate::reset::record_fern;

/// The license contact of the vendor's newest customer, who has never signed in.
const FAY: &str = "fay@fern.test";
/// Her password, once she has one.
const OWN: &str = "nine copper kettles hum";
/// How long an invitation is good, in seconds.
const LIFE: u64 = 72 * 3_600;

async fn id_of(staff: &Caller, number: &str) -> String {
    let found = staff.get(&format!("/api/staff/accounts?query={number}")).await.expect(200);
    found.text("/items/0/id").to_owned()
}

async fn invite(staff: &Caller, accounts: &[&str]) -> Reply {
    let mut ids = Vec::new();
    for number in accounts {
        ids.push(id_of(staff, number).await);
    }
    staff.post("/api/staff/invitations", json!({ "accounts": ids })).await
}

/// How many are invited, have signed in, were invited a moment ago, and have an account that is not in use.
fn counts(reply: &Reply) -> [u64; 4] {
    ["invited", "already", "just_invited", "not_in_use"].map(|count| reply.json[count].as_u64().unwrap())
}

async fn set(portal: &TestPortal, token: &str) -> Reply {
    portal.stranger().post("/api/reset/passwords", json!({ "token": token, "password": OWN })).await
}

async fn sign_in(portal: &TestPortal, name: &str, password: &str) -> String {
    portal.stranger().post("/api/session", json!({ "name": name, "password": password })).await.says()
}

/// R104
#[tokio::test]
async fn an_owner_who_never_signed_in_is_invited_and_sets_the_first_password() {
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    let staff = portal.support().await;
    let answer = invite(&staff, &["C10800", "C10423", "C10700"]).await.expect(200);
    assert_eq!(counts(&answer), [1, 2, 0, 0], "whoever has signed in is not written to");
    assert_eq!(answer.json["next"], Value::Null);
    for owner in ["ada@acme.test", "gus@gone.test", "finn@fern.test"] {
        assert_eq!(portal.letters_to(owner).await.count(), 0, "{owner}");
    }
    let letters = portal.letters_to(FAY).await;
    assert!(letters.last_link().starts_with("https://portal.test/de/reset#token=usr_"), "{}", letters.last_link());
    assert!(letters.last().contains("C10800") && letters.last().contains("Fern Garden Tools"), "{}", letters.last());
    assert!(letters.last().contains("72\u{a0}Stunden") || letters.last().contains("72 Stunden"), "{}", letters.last());

    let token = letters.last_token();
    set(&portal, &token).await.expect(204);
    for name in [FAY, "C10800"] {
        assert_eq!(sign_in(&portal, name, OWN).await, "200");
    }
    assert_eq!(set(&portal, &token).await.says(), "410 link_expired", "it works once");
    assert_eq!(counts(&invite(&staff, &["C10800"]).await), [0, 1, 0, 0]);
    let log = portal.wire.snapshot().find("journal", "LOG#acc_", "");
    let invited: Vec<_> = log.iter().filter(|row| row["event"]["S"] == "owner_invited").collect();
    let sam = staff.get("/api/session").await;
    assert_eq!((invited.len(), &invited[0]["u"]["S"]), (1, &sam.json["user"]["id"]), "the log tells who invited");
}

/// R104
#[tokio::test]
async fn an_invitation_is_good_for_72_hours() {
    for (seconds, says) in [(LIFE - 1, "204"), (LIFE, "410 link_expired")] {
        let portal = TestPortal::new().await;
        record_fern(&portal).await;
        invite(&portal.support().await, &["C10800"]).await.expect(200);
        let token = portal.letters_to(FAY).await.last_token();
        portal.clock.advance_secs(seconds);
        assert_eq!(set(&portal, &token).await.says(), says, "after {seconds} s");
    }
}

/// R104
#[tokio::test]
async fn a_newer_invitation_ends_the_older_and_a_second_click_sends_none() {
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    let (staff, admin) = (portal.support().await, portal.admin().await);
    invite(&staff, &["C10800"]).await.expect(200);
    let first = portal.letters_to(FAY).await.last_token();
    for (seconds, invited) in [(0, [0, 0, 1, 0]), (299, [0, 0, 1, 0]), (1, [1, 0, 0, 0])] {
        portal.clock.advance_secs(seconds);
        assert_eq!(counts(&invite(&admin, &["C10800"]).await), invited, "{seconds} s later");
    }
    let letters = portal.letters_to(FAY).await;
    assert_eq!(letters.count(), 2);
    assert_eq!(set(&portal, &first).await.says(), "410 link_expired");
    set(&portal, &letters.last_token()).await.expect(204);
}

/// R104
#[tokio::test]
async fn of_many_clicks_at_once_one_sends_a_mail() {
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    let staff = portal.support().await;
    let id = id_of(&staff, "C10800").await;
    let clicks = (0..8).map(|_| staff.post("/api/staff/invitations", json!({ "accounts": [id] })));
    let said = at_once(clicks).await;
    let invited: u64 = said.iter().filter(|reply| reply.status == 200).map(|reply| counts(reply)[0]).sum();
    assert_eq!((invited, portal.letters_to(FAY).await.count()), (1, 1));
}

/// R104, R108: whoever types an invited person's name into "forgot password" does not end the invitation, and each way
/// in ends the other.
#[tokio::test]
async fn an_invitation_outlives_a_stranger_and_not_the_first_password() {
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    invite(&portal.support().await, &["C10800"]).await.expect(200);
    let invitation = portal.letters_to(FAY).await.last_token();
    portal.stranger().post("/api/reset/requests", json!({ "name": FAY })).await.expect(204);
    let asked = portal.letters_to(FAY).await.last_token();
    let kept = portal.wire.keep();
    for (one, other) in [(&invitation, &asked), (&asked, &invitation)] {
        portal.wire.bring_back(&kept);
        set(&portal, one).await.expect(204);
        assert_eq!(set(&portal, other).await.says(), "410 link_expired");
    }
    portal.wire.bring_back(&kept);
    let half = invitation.replace("-invited", "");
    assert_eq!(set(&portal, &half).await.says(), "410 link_expired", "one is not taken for the other");
}

/// R104
#[tokio::test]
async fn who_came_in_another_way_is_invited_no_more() {
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    let staff = portal.support().await;
    invite(&staff, &["C10800"]).await.expect(200);
    let token = portal.letters_to(FAY).await.last_token();
    let code = json!({ "activation_code": crate::reset::FAYS_CODE, "password": OWN });
    portal.stranger().post("/api/reset/first-passwords", code).await.expect(200);
    assert_eq!(set(&portal, &token).await.says(), "410 link_expired", "the code opened the login");
    assert_eq!(sign_in(&portal, FAY, OWN).await, "200");
}

/// R104
#[tokio::test]
async fn a_letter_not_yet_sent_is_not_sent_to_who_came_in_meanwhile() {
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    invite(&portal.support().await, &["C10800"]).await.expect(200);
    let code = json!({ "activation_code": crate::reset::FAYS_CODE, "password": OWN });
    portal.stranger().post("/api/reset/first-passwords", code).await.expect(200);
    let texts = portal.letters_to(FAY).await.texts();
    assert_eq!(texts.iter().filter(|text| text.contains("72")).count(), 0, "{texts:?}");
}

/// R104
#[tokio::test]
async fn nobody_is_invited_to_an_account_that_is_not_in_use() {
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    let staff = portal.support().await;
    let fern = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
    let fern = fern.iter().find(|row| row["n"]["S"] == "C10800").unwrap();
    portal.update(fern, "SET st = :st", json!({ ":st": { "S": "closed" } }));
    assert_eq!(counts(&invite(&staff, &["C10800"]).await), [0, 0, 0, 1]);
    assert_eq!(portal.letters_to(FAY).await.count(), 0);
}

/// R104, R701
#[tokio::test]
async fn all_owners_are_invited_a_page_at_a_time() {
    let portal = TestPortal::new().await;
    let mut customers = "number,name,kind,country,language,time_zone,status,suspension_reason\n".to_owned();
    let mut people = "customer,email,first_name,last_name,job_title,phone,language,role,permissions\n".to_owned();
    for n in 0..40 {
        customers.push_str(&format!("C{},Mill {n:02},customer,,en,Europe/London,active,\n", 50_000 + n));
        people.push_str(&format!("C{},owner{n}@mill.test,Mo,Mill,,,en,owner,\n", 50_000 + n));
    }
    portal.import(&[("customers.csv", customers), ("people.csv", people)]).await;
    let staff = portal.support().await;
    let (mut sums, mut body, mut calls) = ([0; 4], json!({ "all": true }), 0);
    loop {
        let answer = staff.post("/api/staff/invitations", body).await.expect(200);
        sums = std::array::from_fn(|place| sums[place] + counts(&answer)[place]);
        calls += 1;
        let Some(next) = answer.json["next"].as_str() else { break };
        body = json!({ "all": true, "cursor": next });
    }
    assert_eq!((sums, calls), ([40, 5, 0, 0], 2), "45 accounts, 25 a call");
    portal.dispatch().await;
    for n in 0..40 {
        assert_eq!(portal.letters_to(&format!("owner{n}@mill.test")).await.count(), 1, "{n}");
    }
}

/// R104
#[tokio::test]
async fn what_names_no_accounts_is_refused_whole() {
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    let staff = portal.support().await;
    let fern = id_of(&staff, "C10800").await;
    let nobody = "acc_00000000000000000000000000";
    let many: Vec<_> = (0..26).map(|n| format!("acc_{n:026}")).collect();
    for (body, says) in [
        (json!({}), "/accounts required"),
        (json!({ "accounts": [] }), "/accounts required"),
        (json!({ "accounts": many }), "/accounts list_too_long"),
        (json!({ "accounts": [fern], "all": true }), "/accounts unknown_field"),
        (json!({ "accounts": fern }), "/accounts wrong_type"),
        (json!({ "accounts": [fern, nobody] }), "404 not_found"),
        (json!({ "accounts": [fern, "usr_00000000000000000000000000"] }), "404 not_found"),
        (json!({ "all": true, "cursor": "x" }), "400 invalid_cursor"),
    ] {
        let reply = staff.post("/api/staff/invitations", body.clone()).await;
        let said = match says.split_once(' ') {
            Some((pointer, _)) if pointer.starts_with('/') => format!("{pointer} {}", reply.at(pointer)),
            _ => reply.says(),
        };
        assert_eq!(said, says, "{body}");
    }
    assert_eq!(portal.letters_to(FAY).await.count(), 0);
    let twice = json!({ "accounts": [fern, fern] });
    assert_eq!(counts(&staff.post("/api/staff/invitations", twice).await), [1, 0, 0, 0], "named twice, invited once");
    assert_eq!(sign_in(&portal, FAY, GOOD).await, "401 sign_in_failed", "an invitation alone opens nothing");
}
