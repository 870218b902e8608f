//! Asking for a link tells nobody who is known, and neither floods nor shuts out anybody.

use serde_json::json;
use tests::portal::{Reply, TestPortal};
use tests::wire::Calls;

use super::{ADA, FAY, OTHER, ask, link, person, record_fern, set, sign_in};
use crate::races::at_once;

/// What can be told of an answer from outside.
fn told(reply: &Reply) -> (String, Vec<u8>, Vec<(String, String)>) {
    let headers = reply.headers.iter().filter(|(name, _)| *name != "x-request-id");
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    (reply.says(), reply.bytes.to_vec(), headers.collect())
}

/// What each call did and cost; those of one round in any order.
fn spent(calls: &Calls) -> Vec<String> {
    let each = calls.0.iter().map(|call| {
        let units = (call.read_units, call.write_units, call.index_write_units);
        format!("{} {:?} {} {units:?} {}", call.operation, call.actions, call.keys, call.error)
    });
    let mut each: Vec<_> = each.collect();
    each.sort();
    each
}

/// R104, R106, R108
#[tokio::test]
async fn every_name_is_answered_and_paid_for_alike() {
    let portal = TestPortal::new().await;
    record_fern(&portal).await;
    let closing = person(&portal, "dora@acme.test");
    portal.update(&closing, "SET st = :st", json!({ ":st": { "S": "closing" } }));
    let owner = link(&portal, "max@acme.test").await;
    assert!(owner.starts_with("usr_"), "keys are in memory from here on");

    let nobody = async |time| ask(&portal, &format!("nobody{time}@acme.test")).await;
    let (reply, calls) = portal.wire.record_depth(2, nobody).await;
    let (unknown, cost) = (told(&reply), spent(&calls));
    assert_eq!((unknown.0.as_str(), unknown.1.len()), ("204", 0));
    assert_eq!(calls.depth(), 2);
    let long = "x".repeat(1_000);
    let names = [
        ADA,
        "  ADA@Acme.test ",
        "nobody@elsewhere.test",
        "mia@acme.test",
        "C10500",
        "c99999",
        "C10423/nobody",
        "nobody",
        FAY,
        "dora@acme.test",
        "sue@sunk.test",
        long.as_str(),
        "ada@acme.test\r\nBcc: thief@new.test",
        "ada@acme.test,thief@new.test",
        "ad\u{430}@acme.test",
        "\u{202e}",
    ];
    for name in names {
        let (reply, calls) = portal.wire.record(ask(&portal, name)).await;
        assert_eq!(told(&reply), unknown, "{name}");
        assert_eq!(spent(&calls), cost, "{name}");
    }

    portal.dispatch().await;
    let mut written: Vec<_> = portal.ses.mails().iter().flat_map(|mail| mail.to.clone()).collect();
    written.sort();
    let wanted = [ADA, ADA, FAY, "max@acme.test", "mia@acme.test", "otto@birch.test", "sue@sunk.test"];
    assert_eq!(written, wanted, "nobody unknown, and nobody whose login is being closed");
    let letters = portal.wire.snapshot().find("journal", "LETTER#", "LETTER");
    assert!(letters.iter().all(|row| ["sent", "unsent"].contains(&row["st"]["S"].as_str().unwrap())), "no alarm");
}

/// R108, R207
#[tokio::test]
async fn a_login_that_is_being_closed_opens_by_no_link() {
    let portal = TestPortal::new().await;
    let token = link(&portal, ADA).await;
    let closing = person(&portal, ADA);
    portal.update(&closing, "SET st = :st", json!({ ":st": { "S": "closing" } }));
    assert_eq!(set(&portal.stranger(), &token, OTHER).await.says(), "410 link_expired");
    assert_eq!(person(&portal, ADA)["st"]["S"], "closing");
}

/// R108
#[tokio::test]
async fn a_name_given_up_leads_nowhere() {
    let portal = TestPortal::new().await;
    let names = portal.wire.snapshot().find("credentials", "NAME#ada@acme.test", "NAME");
    portal.update_in("credentials", &names[0], "SET x = :x", json!({ ":x": { "N": "99999999999" } }));
    ask(&portal, ADA).await.expect(204);
    assert_eq!(portal.letters_to(ADA).await.count(), 0);
}

/// R108
#[tokio::test]
async fn too_many_letters_are_not_written_and_the_last_link_stays_good() {
    let portal = TestPortal::new().await;
    link(&portal, ADA).await;
    let last = link(&portal, ADA).await;
    let before = portal.wire.snapshot();
    for name in [ADA, "C10423", ADA, "C10423"] {
        assert_eq!(ask(&portal, name).await.says(), "204", "and nobody learns of it");
    }
    let changes = before.changes(&portal.wire.snapshot());
    let written: Vec<_> = changes.iter().filter(|line| !line.contains("THROTTLE#reset-network")).collect();
    assert!(written.is_empty(), "whatever name of hers is typed: {written:?}");
    assert_eq!(portal.letters_to(ADA).await.count(), 2);

    // To the end of the time in which letters are counted, its link is good; then there is another.
    portal.clock.advance_secs(599);
    set(&portal.stranger(), &last, OTHER).await.expect(204);
    portal.clock.advance_secs(1);
    let next = link(&portal, ADA).await;
    set(&portal.stranger(), &next, "ten woolen mittens dry").await.expect(204);
}

/// R106, R108: nor is what is counted for an unknown name different.
#[tokio::test]
async fn letters_to_nobody_are_counted_alike() {
    let portal = TestPortal::new().await;
    link(&portal, "max@acme.test").await;
    let mut costs = Vec::new();
    for name in [ADA, "nobody@acme.test"] {
        for _ in 0..2 {
            ask(&portal, name).await.expect(204);
        }
        let (reply, calls) = portal.wire.record(ask(&portal, name)).await;
        costs.push((told(&reply), spent(&calls)));
    }
    assert_eq!(costs[0], costs[1]);
    let made_up = portal.wire.snapshot().find("sessions", "RESET#", "RESET");
    assert_eq!(made_up.len(), 3, "one way in for each name, known or not");
}

/// R106, R108
#[tokio::test]
async fn strangers_shut_nobody_out() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    for _ in 0..20 {
        ask(&portal, ADA).await.expect(204);
        portal.clock.advance_secs(1);
    }
    let token = portal.letters_to(ADA).await.last_token();
    assert_eq!(ada.get("/api/session").await.status, 200);
    assert_eq!(sign_in(&portal, ADA, tests::portal::GOOD).await, "200", "the password in use goes on");
    let (user, _) = token.split_once('.').unwrap();
    let made_up: Vec<_> = (0..120).map(|n| format!("{user}.{n:0>43}")).collect();
    for token in made_up {
        let guess = set(&portal.stranger(), &token, OTHER).await.says();
        assert_eq!(guess, "410 link_expired", "{token}");
    }
    set(&portal.stranger(), &token, OTHER).await.expect(204);
}

/// R108
#[tokio::test]
async fn a_network_that_asks_without_end_is_told_to_wait() {
    let portal = TestPortal::new().await;
    for n in 0..60 {
        ask(&portal, &format!("nobody{n}@acme.test")).await.expect(204);
    }
    let refused = [ask(&portal, ADA).await, ask(&portal, "nobody@acme.test").await];
    for reply in &refused {
        assert_eq!(reply.says(), "429 too_many_tries");
        assert!(!reply.header("retry-after").is_empty());
    }
    assert_eq!(portal.letters_to(ADA).await.count(), 0);
}

/// R108
#[tokio::test]
async fn asked_at_the_same_time_one_link_is_good() {
    let portal = TestPortal::new().await;
    let said = at_once((0..16).map(|_| ask(&portal, ADA))).await;
    assert!(said.iter().all(|reply| reply.status == 204));
    portal.dispatch().await;
    let mails = portal.ses.mails_to(ADA);
    assert_eq!(mails.len(), 2);
    let mut good = 0;
    for mail in &mails {
        let text = mail.text.as_deref().unwrap();
        let token = text.split_once("#token=").unwrap().1.split_whitespace().next().unwrap();
        good += usize::from(set(&portal.stranger(), token, OTHER).await.status == 204);
    }
    assert_eq!(good, 1);
}
