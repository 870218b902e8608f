//! A member's page: their licenses, and what the account's log says of them.

use serde_json::{Value, json};
use tests::portal::{Caller, Reply, TestPortal};
use tests::wire::{Fault, Rule};

use super::{everybody, seen_by};
use crate::account_claims::{UNA, ask};
use crate::bad_input::is_problem;
use crate::seats::{FIVE, Seats, ids, license};

fn member(portal: &TestPortal, email: &str, what: &str) -> String {
    format!("/api/team/members/{}/{what}", ids(portal, &[email]).remove(0))
}

/// What a log says: the event, how it changed, and by whom.
fn told(entries: &[Value]) -> Vec<(&str, Option<&str>, Option<&str>)> {
    entries
        .iter()
        .map(|entry| (entry["event"].as_str().unwrap(), entry["change"].as_str(), entry["by"]["name"].as_str()))
        .collect()
}

/// R311
#[tokio::test]
async fn the_licenses_of_a_member_are_those_they_have_a_seat_of() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let path = member(&portal, "vera@acme.test", "licenses");
    let listed = everybody(&ada, &path).await;
    let draft = json!({
        "id": license(&portal, "NLD-7Q4M-X2KP-09TV"), "product": { "code": "NLD", "name": "Northlight Draft" },
        "type": "perpetual", "serial_number": "NLD-7Q4M-X2KP-09TV", "ends_on": null, "state": "active",
    });
    let render = json!({
        "id": license(&portal, FIVE), "product": { "code": "NLR", "name": "Northlight Render" },
        "type": "subscription", "serial_number": FIVE, "ends_on": "2026-12-14", "state": "ending",
    });
    assert_eq!(listed, [render.clone(), draft]);
    assert!(everybody(&ada, &member(&portal, "max@acme.test", "licenses")).await.is_empty());
    let seats = Seats::of(&portal, FIVE);
    seats.pass_on(&ada, "vera@acme.test", "max@acme.test").await.expect(204);
    assert_eq!(everybody(&ada, &path).await.len(), 1);
    assert_eq!(everybody(&ada, &member(&portal, "max@acme.test", "licenses")).await, [render]);
}

/// R311
#[tokio::test]
async fn the_account_s_log_tells_what_a_member_did_and_what_was_done_about_them() {
    let portal = TestPortal::new().await;
    let una = portal.unattached().await;
    ask(&una, "C10423").await.expect(202);
    let max = portal.manager().await;
    let user = ids(&portal, &[UNA]).remove(0);
    portal.clock.advance_secs(60);
    let verified = portal.clock.now();
    max.put(&format!("/api/sign-up/claimants/{user}"), json!({})).await.expect(204);
    portal.clock.advance_secs(60);
    let una = portal.sign_in(UNA).await;
    let ada = portal.owner().await;
    let path = member(&portal, UNA, "activity");
    let entries = everybody(&ada, &path).await;
    assert_eq!(
        told(&entries),
        [("signed_in", None, Some("Una Solo")), ("claim_decided", None, Some("Max Ernst"))],
        "the newest first; that she asked is in her own log"
    );
    assert_eq!(
        (&entries[1]["at"], &entries[1]["by"]["id"]),
        (&json!(verified.to_string()), &json!(ids(&portal, &["max@acme.test"])[0]))
    );
    // What she does with her login is hers.
    let profile = una.profile_with("city", "Oslo").await;
    una.put("/api/profile", profile).await.expect(200);
    assert_eq!(everybody(&ada, &path).await, entries);
    let of_max = everybody(&ada, &member(&portal, "max@acme.test", "activity")).await;
    assert_eq!(told(&of_max), [("signed_in", None, Some("Max Ernst"))], "on her page alone");
}

/// R311
#[tokio::test]
async fn whoever_acted_is_named_if_they_are_among_the_account_s_people() {
    let portal = TestPortal::new().await;
    for by in ["max@acme.test", "dora@acme.test", "vera@acme.test", "otto@birch.test", "ada@acme.test"] {
        seen_by(&portal, by, "mia@acme.test");
    }
    portal.deactivate("dora@acme.test").await;
    portal.remove("vera@acme.test").await;
    let ada = portal.owner().await;
    let entries = everybody(&ada, &member(&portal, "mia@acme.test", "activity")).await;
    let edited = |by| ("member", Some("edited"), by);
    assert_eq!(
        told(&entries),
        [
            edited(Some("Ada Lovelace")),
            edited(None),
            edited(None),
            edited(Some("Dora Maar")),
            edited(Some("Max Ernst"))
        ]
    );
    assert!(entries[1]["by"].is_null() && entries[2]["by"].is_null());
}

/// R311, incident 44
#[tokio::test]
async fn both_lists_come_page_by_page_without_loss_or_repetition() {
    let portal = TestPortal::new().await;
    for _ in 0..120 {
        portal.clock.advance_secs(1);
        seen_by(&portal, "max@acme.test", "mia@acme.test");
        seen_by(&portal, "max@acme.test", "vera@acme.test");
    }
    let ada = portal.owner().await;
    let path = member(&portal, "mia@acme.test", "activity");
    let whole = everybody(&ada, &path).await;
    let mut times: Vec<_> = whole.iter().map(|entry| entry["at"].as_str().unwrap()).collect();
    assert!(times.is_sorted_by(|newer, older| newer >= older), "the newest first");
    times.dedup();
    assert_eq!((whole.len(), times.len()), (120, 120));
    let licenses = member(&portal, "vera@acme.test", "licenses");
    let held = everybody(&ada, &licenses).await;
    portal.wire.inject(Rule::new(Fault::ShortPage).on("Query"));
    assert_eq!(everybody(&ada, &path).await, whole);
    assert_eq!(everybody(&ada, &licenses).await, held);
}

/// R311
#[tokio::test]
async fn a_cursor_is_good_for_one_list_of_one_member() {
    let portal = TestPortal::new().await;
    for _ in 0..60 {
        seen_by(&portal, "max@acme.test", "mia@acme.test");
    }
    let (ada, max) = (portal.owner().await, portal.manager().await);
    let path = member(&portal, "mia@acme.test", "activity");
    let cursor = ada.get(&path).await.expect(200).text("/next").to_owned();
    ada.get(&format!("{path}?cursor={cursor}")).await.expect(200);
    for (caller, path) in [
        (&max, path.clone()),
        (&ada, member(&portal, "vera@acme.test", "activity")),
        (&ada, member(&portal, "mia@acme.test", "licenses")),
    ] {
        is_problem(&caller.get(&format!("{path}?cursor={cursor}")).await, "400 invalid_cursor", &path);
    }
    for query in ["limit=1", "cursor=x&cursor=y"] {
        is_problem(&ada.get(&format!("{path}?{query}")).await, "400 invalid_query", query);
    }
}

/// R311
#[tokio::test]
async fn the_member_of_another_account_cannot_be_told_from_nobody() {
    let portal = TestPortal::new().await;
    let ada: Caller = portal.owner().await;
    portal.remove("dora@acme.test").await;
    let [otto, dora] = ids(&portal, &["otto@birch.test", "dora@acme.test"]).try_into().unwrap();
    let missing = format!("usr_{}", "0".repeat(26));
    let mut replies: Vec<Reply> = Vec::new();
    for user in [otto.as_str(), &dora, &missing, "usr_x", "..%2f..", "%ff", "lic_1"] {
        for what in ["licenses", "activity"] {
            let reply = ada.get(&format!("/api/team/members/{user}/{what}")).await;
            assert_eq!(reply.says(), "404 not_found", "{user} {what}");
            replies.push(reply);
        }
    }
    assert!(replies.windows(2).all(|pair| pair[0].bytes == pair[1].bytes));
}
