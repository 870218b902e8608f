//! The people of an account: who is listed, found and exported, and what a member's page shows.

mod copies;
mod counts;
mod export;
pub(crate) mod large;
mod lists;
mod page;

use domain::fold::fold;
use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use crate::seats::ids;

pub(crate) const PEOPLE: &str = "/api/team/people";

/// The id of Acme.
pub(crate) fn acme(portal: &TestPortal) -> String {
    let accounts = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
    let acme = accounts.iter().find(|row| row["n"]["S"] == "C10423").expect("Acme");
    acme["i"]["S"].as_str().unwrap().to_owned()
}

/// Whom a list shows, page by page to its end.
async fn everybody(by: &Caller, list: &str) -> Vec<Value> {
    let (mut seen, mut path) = (Vec::new(), list.to_owned());
    let joint = if list.contains('?') { '&' } else { '?' };
    loop {
        let page = by.get(&path).await.expect(200);
        seen.extend(page.json["items"].as_array().unwrap().iter().cloned());
        let Some(next) = page.json["next"].as_str() else { return seen };
        path = format!("{list}{joint}cursor={next}");
        assert!(seen.len() < 2_000, "pages without end");
    }
}

/// What they are called, last name first.
fn names(people: &[Value]) -> Vec<String> {
    let name = |it: &Value| format!("{} {}", it["last_name"].as_str().unwrap(), it["first_name"].as_str().unwrap());
    people.iter().map(name).collect()
}

/// Whom the list of that query shows, last name first.
async fn found(by: &Caller, query: &str) -> Vec<String> {
    names(&everybody(by, &format!("{PEOPLE}{query}")).await)
}

/// Somebody of the list, by address.
async fn of(by: &Caller, email: &str) -> Value {
    let people = everybody(by, &format!("{PEOPLE}?search={}", email.replace('@', "%40"))).await;
    assert_eq!(people.len(), 1, "{email}: {people:?}");
    people[0].clone()
}

/// Notes somebody beside Acme's team, past the portal.
fn know(portal: &TestPortal, (first, last): (&str, &str), email: &str) {
    let account = domain::AccountId::parse(&acme(portal)).unwrap();
    let id = domain::ContactId::of(account, &domain::EmailAddress::parse(email).unwrap());
    let name = format!("{}\t{id}", fold(&format!("{last} {first}")));
    let row = json!({
        "pk": { "S": format!("ACCOUNT#{account}") }, "sk": { "S": format!("CONTACT#{id}") }, "v": { "N": "1" },
        "f": { "S": first }, "n": { "S": last }, "m": { "S": email }, "mv": { "N": "0" },
        "s": { "S": name }, "e": { "S": format!("contacts#{name}") }, "em": { "S": format!("{email}\t{id}") },
    });
    portal.put("accounts", &row);
}

/// Notes in Acme's log, past the portal, that the one changed what Acme says of the other.
pub(crate) fn seen_by(portal: &TestPortal, by: &str, about: &str) {
    let [by, about] = [by, about].map(|email| ids(portal, &[email]).remove(0));
    let (log, now) = (format!("LOG#{}", acme(portal)), portal.clock.now());
    let written = u64::try_from(portal.wire.snapshot().find("journal", &log, "evt_").len()).unwrap();
    let mut random = [0; 10];
    random[2..].copy_from_slice(&written.to_be_bytes());
    let id = domain::EventId::new(now, random);
    let entry = json!({
        "pk": { "S": log }, "sk": { "S": id.to_string() }, "v": { "N": "1" },
        "t": { "N": now.as_millisecond().to_string() }, "u": { "S": by }, "pe": { "S": format!("{about}#{id}") },
        "event": { "S": "member" }, "user": { "S": about }, "change": { "S": "edited" },
    });
    portal.put("journal", &entry);
}

/// R301
#[tokio::test]
async fn who_does_not_look_after_the_team_reads_why_and_nothing_else() {
    let portal = TestPortal::new().await;
    let mia = ids(&portal, &["mia@acme.test"]).remove(0);
    let calls = [
        PEOPLE.to_owned(),
        format!("{PEOPLE}/export"),
        format!("/api/team/members/{mia}/licenses"),
        format!("/api/team/members/{mia}/activity"),
    ];
    for caller in [portal.member().await, portal.viewer().await] {
        for path in &calls {
            assert_eq!(caller.get(path).await.says(), "403 managers_only", "{path}");
        }
    }
}

/// R312
#[tokio::test]
async fn where_the_team_area_is_off_everyone_reads_so() {
    let portal = TestPortal::new().await;
    let (ada, mia, admin) = (portal.owner().await, portal.member().await, portal.admin().await);
    ada.get(PEOPLE).await.expect(200);
    let features = json!({ "team_area": false, "guests_only": false, "partner": false });
    admin.put(&format!("/api/staff/accounts/{}/features", acme(&portal)), features).await.expect(204);
    let user = ids(&portal, &["mia@acme.test"]).remove(0);
    for path in [
        PEOPLE.to_owned(),
        format!("{PEOPLE}/export"),
        format!("/api/team/members/{user}/licenses"),
        format!("/api/team/members/{user}/activity"),
    ] {
        assert_eq!(ada.get(&path).await.says(), "403 team_area_off", "{path}");
        assert_eq!(mia.get(&path).await.says(), "403 team_area_off", "{path}");
    }
}
