//! The list of everyone, and how somebody is found in it.

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};
use tests::wire::{Fault, Rule};

use super::{PEOPLE, everybody, found, know, names, of};
use crate::bad_input::is_problem;
use crate::seats::ids;

const ALL: [&str; 6] = ["Ernst Max", "Lovelace Ada", "Maar Dora", "Park Mia", "Rubin Vera", "Two Tess"];

/// A portal where Acme knows two people beside its team, whose names have marks.
async fn with_contacts() -> (TestPortal, Caller) {
    let portal = TestPortal::new().await;
    know(&portal, ("Søren", "Ångström"), "soren@elsewhere.test");
    know(&portal, ("Zoë", "Müller-Lüdenscheidt"), "zoe@elsewhere.test");
    let ada = portal.owner().await;
    (portal, ada)
}

/// R302
#[tokio::test]
async fn everyone_is_listed_with_all_that_is_theirs_here() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let listed = everybody(&ada, PEOPLE).await;
    assert_eq!(names(&listed), ALL);
    let [mia] = ids(&portal, &["mia@acme.test"]).try_into().unwrap();
    assert_eq!(
        listed[3],
        json!({
            "user": mia, "contact": null, "first_name": "Mia", "last_name": "Park", "email": "mia@acme.test",
            "user_name": null, "job_title": "Draughtsperson", "phone": null, "group": "members", "role": "member",
            "permissions": [], "status": "active", "registered": true, "last_sign_in": null, "seats": 1,
            "invitation": null, "invited_until": null, "reviewed_at": null, "guest": null, "version": listed[3]["version"],
        })
    );
    let of = |name: usize, what: &str| listed[name][what].clone();
    assert_eq!((of(0, "group"), of(0, "role")), (json!("managers"), json!("manager")));
    assert_eq!((of(1, "group"), of(1, "role")), (json!("managers"), json!("owner")));
    assert_eq!((of(4, "permissions"), of(4, "seats")), (json!(["view_orders"]), json!(2)));
    assert_eq!(of(1, "last_sign_in"), json!(portal.clock.now().to_string()), "Ada has just come in");
}

/// R307
#[tokio::test]
async fn people_the_account_knows_stand_among_its_members() {
    let (_portal, ada) = with_contacts().await;
    let listed = everybody(&ada, PEOPLE).await;
    let wanted = [&["Ångström Søren"][..], &ALL[..3], &["Müller-Lüdenscheidt Zoë"], &ALL[3..]].concat();
    assert_eq!(names(&listed), wanted);
    let soren = &listed[0];
    assert_eq!(
        (&soren["group"], &soren["registered"], &soren["role"]),
        (&json!("contacts"), &json!(false), &Value::Null)
    );
    assert!(soren["user"].is_null() && soren["contact"].as_str().unwrap().starts_with("con_"), "{soren}");
}

/// R302
#[tokio::test]
async fn somebody_is_found_by_how_their_name_begins_however_it_is_written() {
    let (_portal, ada) = with_contacts().await;
    for (search, who) in [
        ("lov", &["Lovelace Ada"][..]),
        ("LOVELACE%20a", &["Lovelace Ada"]),
        ("M", &["Maar Dora", "Müller-Lüdenscheidt Zoë"]),
        ("muller", &["Müller-Lüdenscheidt Zoë"]),
        ("M%C3%9CLLER-l", &["Müller-Lüdenscheidt Zoë"]),
        ("angstrom", &["Ångström Søren"]),
        ("%C3%85ngstr%C3%B6m%20S%C3%B8", &["Ångström Søren"]),
        ("%20%20park%20%20", &["Park Mia"]),
        ("ovelace", &[]),
        ("ada", &[]),
        ("nobody", &[]),
        ("%25", &[]),
    ] {
        assert_eq!(found(&ada, &format!("?search={search}")).await, who, "{search}");
    }
    assert_eq!(found(&ada, "?group=members&search=ru").await, ["Rubin Vera"]);
    assert!(found(&ada, "?group=managers&search=ru").await.is_empty());
}

/// R302
#[tokio::test]
async fn somebody_is_found_by_how_their_address_begins_in_whatever_group() {
    let (portal, ada) = with_contacts().await;
    portal.deactivate("dora@acme.test").await;
    make_inactive(&portal, "dora@acme.test");
    for (search, who) in [
        ("mia%40", &["Park Mia"][..]),
        ("MIA%40Acme.test", &["Park Mia"]),
        ("soren%40else", &["Ångström Søren"]),
        ("dora%40", &["Maar Dora"]),
        ("%40acme.test", &[]),
    ] {
        assert_eq!(found(&ada, &format!("?search={search}")).await, who, "{search}");
    }
}

/// Puts a deactivated member where lists look for them, as the team's own act does.
fn make_inactive(portal: &TestPortal, email: &str) {
    let user = ids(portal, &[email]).remove(0);
    for row in portal.wire.snapshot().find("accounts", "ACCOUNT#", &format!("MEMBER#{user}")) {
        let name = row["s"]["S"].as_str().unwrap();
        portal.update(&row, "SET e = :e REMOVE s", json!({ ":e": { "S": format!("inactive#{name}") } }));
    }
}

/// R302, R307
#[tokio::test]
async fn each_group_is_listed_alone_and_the_inactive_only_if_asked_for() {
    let (portal, ada) = with_contacts().await;
    portal.deactivate("dora@acme.test").await;
    make_inactive(&portal, "dora@acme.test");
    let people = "customer,email,first_name,last_name,job_title,phone,language,role,permissions\n\
                  C10423,nina@acme.test,Nina,Neu,,,en,manager,\n";
    portal.import(&[("people.csv", people.to_owned())]).await;
    for (group, who) in [
        ("managers", &["Ernst Max", "Lovelace Ada", "Two Tess"][..]),
        ("members", &["Park Mia", "Rubin Vera"]),
        ("invited", &["Neu Nina"]),
        ("contacts", &["Ångström Søren", "Müller-Lüdenscheidt Zoë"]),
        ("inactive", &["Maar Dora"]),
    ] {
        let listed = everybody(&ada, &format!("{PEOPLE}?group={group}")).await;
        assert_eq!(names(&listed), who, "{group}");
        assert!(listed.iter().all(|person| person["group"] == group), "{listed:?}");
    }
    let all = found(&ada, "").await;
    assert!(all.len() == 8 && !all.contains(&"Maar Dora".to_owned()), "{all:?}");
    assert_eq!(of(&ada, "nina@acme.test").await["registered"], false);
}

/// R302
#[tokio::test]
async fn each_order_can_be_turned_round() {
    let (_portal, ada) = with_contacts().await;
    for query in ["sort=name", "sort=last_sign_in", "sort=name&group=managers", "sort=name&search=m"] {
        let mut forth = found(&ada, &format!("?{query}")).await;
        forth.reverse();
        assert_eq!(found(&ada, &format!("?{}", query.replace("sort=", "sort=-"))).await, forth, "{query}");
        assert!(forth.len() > 1, "{query}");
    }
}

/// R302
#[tokio::test]
async fn members_are_listed_by_their_last_sign_in_and_who_never_came_first() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    for email in ["mia@acme.test", "max@acme.test", "ada@acme.test"] {
        portal.clock.advance_secs(60);
        drop(portal.sign_in(email).await);
    }
    let newest = everybody(&ada, &format!("{PEOPLE}?sort=-last_sign_in")).await;
    assert_eq!(names(&newest)[..3], ["Lovelace Ada", "Ernst Max", "Park Mia"]);
    assert_eq!(newest[0]["last_sign_in"], portal.clock.now().to_string());
    assert!(newest[3..].iter().all(|person| person["last_sign_in"].is_null()), "{newest:?}");
}

/// R302, incident 44
#[tokio::test]
async fn short_pages_of_the_database_lose_nobody() {
    let (portal, ada) = with_contacts().await;
    for query in ["", "?group=members", "?sort=-last_sign_in", "?search=m", "?search=mia%40"] {
        let whole = found(&ada, query).await;
        portal.wire.inject(Rule::new(Fault::ShortPage).on("Query"));
        assert_eq!(found(&ada, query).await, whole, "{query}");
        portal.wire.heal();
    }
}

/// R302
#[tokio::test]
async fn a_cursor_of_another_query_or_caller_is_refused() {
    let portal = TestPortal::new().await;
    super::large::crowd(&portal, 300);
    let (ada, max) = (portal.owner().await, portal.manager().await);
    let cursor = async |query: &str| ada.get(&format!("{PEOPLE}{query}")).await.expect(200).text("/next").to_owned();
    let (named, found, seen) = (cursor("").await, cursor("?search=aa").await, cursor("?sort=last_sign_in").await);
    for (query, good) in
        [("?", &named), ("?search=aa&", &found), ("?search=A%C3%A4&", &found), ("?sort=last_sign_in&", &seen)]
    {
        ada.get(&format!("{PEOPLE}{query}cursor={good}")).await.expect(200);
        for other in [&named, &found, &seen] {
            let reply = ada.get(&format!("{PEOPLE}{query}cursor={other}")).await;
            if other != good {
                is_problem(&reply, "400 invalid_cursor", query);
            }
        }
        is_problem(&max.get(&format!("{PEOPLE}{query}cursor={good}")).await, "400 invalid_cursor", "another's");
    }
    for path in [
        format!("{PEOPLE}?sort=-name&cursor={named}"),
        format!("{PEOPLE}?group=members&cursor={named}"),
        format!("{PEOPLE}/export?cursor={named}"),
        format!("/api/licenses?cursor={named}"),
    ] {
        is_problem(&ada.get(&path).await, "400 invalid_cursor", &path);
    }
}

/// R302
#[tokio::test]
async fn queries_that_cannot_be_taken_are_refused() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let long = "x".repeat(101);
    for query in [
        "group=owners",
        "group=",
        "sort=email",
        "sort=",
        "sort=name&sort=-name",
        "account=acc_0",
        "limit=10",
        &format!("search={long}"),
    ] {
        for path in [format!("{PEOPLE}?{query}"), format!("{PEOPLE}/export?{query}")] {
            is_problem(&ada.get(&path).await, "400 invalid_query", &path);
        }
    }
    for cursor in ["", "%00", "x"] {
        is_problem(&ada.get(&format!("{PEOPLE}?cursor={cursor}")).await, "400 invalid_cursor", cursor);
    }
}
