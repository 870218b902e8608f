//! What is read beside the authority, before it is known whether somebody may: handed out to a right that bears it out, and
//! to nobody else.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};
use tests::wire::{Fault, Rule};

use crate::{
    access::account_row,
    people::{large::crowd, seen_by},
    seats::{FOREIGN, ids, license},
};

fn account(portal: &TestPortal, number: &str) -> String {
    account_row(portal, number)["i"]["S"].as_str().unwrap().to_owned()
}

/// Something of the same kind that nothing is called.
fn nothing(name: &str) -> String {
    match name {
        "SO-1001" => "SO-9999".to_owned(),
        "C10423" => "C99999".to_owned(),
        "NLD-7Q4M-X2KP-09TV" => "NLD-0000-0000-0000".to_owned(),
        id => format!("{}{}", &id[..4], "0".repeat(26)),
    }
}

/// What somebody may not see, and the same of what does not exist.
async fn pairs(portal: &TestPortal) -> Vec<(Caller, String, String)> {
    let (ada, mia, otto) = (portal.owner().await, portal.member().await, portal.other_owner().await);
    let (pete, una) = (portal.partner_member().await, portal.unattached().await);
    let (acme, birch) = (account(portal, "C10423"), account(portal, "C10500"));
    let (theirs, person) = (license(portal, FOREIGN), ids(portal, &["otto@birch.test"]).remove(0));
    let mut pairs = Vec::new();
    let mut both = |by: &Caller, path: &str, there: &str| {
        pairs.push((by.again(), path.replace("{}", there), path.replace("{}", &nothing(there))));
    };
    for by in [&ada, &mia] {
        both(by, "/api/licenses/{}/seats", &theirs);
        both(by, "/api/licenses/{}/releases?product=NLD", &theirs);
        both(by, "/api/team/members/{}/activity", &person);
    }
    for (by, id) in [(&pete, &birch), (&ada, &acme), (&otto, &acme), (&una, &acme)] {
        both(by, "/api/partner/customers/{}", id);
        both(by, "/api/partner/customers/{}/export?format=csv", id);
    }
    // Whoever is in no account could be at the console, for all that the cookie says.
    for by in [&ada, &una] {
        both(by, "/api/staff/accounts/{}", &acme);
        both(by, "/api/staff/orders/{}", "SO-1001");
        both(by, "/api/staff/accounts?query={}", "C10423");
        both(by, "/api/staff/accounts?query={}", "NLD-7Q4M-X2KP-09TV");
    }
    pairs
}

#[tokio::test]
async fn what_is_not_theirs_is_neither_answered_nor_told_apart() {
    let portal = TestPortal::new().await;
    for (by, there, missing) in pairs(&portal).await {
        let (one, other) = (by.get(&there).await, by.get(&missing).await);
        assert!([403, 404].contains(&one.status), "{there}: {}", one.status);
        assert_eq!((one.says(), &one.bytes), (other.says(), &other.bytes), "{there}");
    }
}

/// Incident 30: a refusal waits for nothing that is read beside it.
#[tokio::test]
async fn who_may_not_waits_for_nothing_that_is_read_meanwhile() {
    let portal = TestPortal::new().await;
    let refused: Vec<_> = pairs(&portal).await;
    portal.wire.inject(Rule::new(Fault::Delay(Duration::from_secs(30))).on("Query"));
    portal.wire.inject(Rule::new(Fault::Delay(Duration::from_secs(30))).on("GetItem"));
    for (by, there, missing) in refused {
        // A license or a person is looked for where the caller may look; the rest is nobody's to ask for.
        if there.starts_with("/api/licenses") || there.starts_with("/api/team") {
            continue;
        }
        for path in [there, missing] {
            let began = Instant::now();
            assert!([403, 404].contains(&by.get(&path).await.status), "{path}");
            assert!(began.elapsed() < Duration::from_secs(8), "{path}: {:?}", began.elapsed());
        }
    }
}

/// R702; incident 30: who is no staff waits for no search, whatever it would find.
#[tokio::test]
async fn who_may_not_search_learns_nothing_by_the_time_it_takes() {
    let portal = TestPortal::new().await;
    let una = portal.unattached().await;
    una.get("/api/staff/accounts").await;
    // Reached only for an address that has a login.
    portal.wire.inject(Rule::new(Fault::Delay(Duration::from_secs(20))).on("Query"));
    let began = Instant::now();
    for address in ["ada%40acme.test", "nobody%40acme.test"] {
        assert_eq!(una.get(&format!("/api/staff/accounts?query={address}")).await.says(), "404 not_found", "{address}");
    }
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
}

/// R501: what the cookie presumes of orders is no right to see them.
#[tokio::test]
async fn a_partners_summary_follows_what_one_may_see_now() {
    let portal = TestPortal::new().await;
    let (paula, pete) = (portal.partner_owner().await, portal.partner_member().await);
    let orion = account(&portal, "C20010");
    let place = |email: &str| {
        let user = ids(&portal, &[email]).remove(0);
        portal.wire.snapshot().find("accounts", &format!("ACCOUNT#{orion}"), &format!("MEMBER#{user}")).remove(0)
    };
    portal.update(&place("pete@orion.test"), "SET p = :p", json!({ ":p": { "L": [{ "S": "view_orders" }] } }));
    portal.update(&place("paula@orion.test"), "SET r = :r", json!({ ":r": { "S": "member" } }));
    let (of_paula, of_pete) = (paula.get("/api/partner/summary").await, pete.get("/api/partner/summary").await);
    assert_eq!(of_paula.expect(200).json, json!({ "users": 2, "own": null, "demo": null }));
    assert_eq!(of_pete.expect(200).json["demo"]["licenses"], 1);
}

/// R502, R311: of many, those whom a page beside did not hold are read afterwards.
#[tokio::test]
async fn in_a_large_team_nobody_goes_unnamed() {
    let portal = TestPortal::new().await;
    crowd(&portal, 600);
    seen_by(&portal, "dora@acme.test", "mia@acme.test");
    let shown =
        portal.partner_member().await.get(&format!("/api/partner/customers/{}", account(&portal, "C10423"))).await;
    assert_eq!(shown.expect(200).text("/owner/email"), "ada@acme.test");
    let mia = ids(&portal, &["mia@acme.test"]).remove(0);
    let activity = portal.owner().await.get(&format!("/api/team/members/{mia}/activity")).await.expect(200);
    assert_ne!(activity.json["items"][0]["by"]["name"], Value::Null, "{}", activity.json);
}
