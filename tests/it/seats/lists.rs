//! Who has a seat and who could have one, page by page.

use std::fmt::Write as _;

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use super::{FIVE, Seats, TWELVE, ids, license};

/// A license with so many seats, all taken by people new to Acme.
pub(crate) async fn full_house(portal: &TestPortal, people: usize) -> &'static str {
    const SERIAL: &str = "NLR-CRWD-0000-0000";
    let emails: Vec<_> = (0..people).map(|n| format!("crowd{n}@acme.test")).collect();
    let mut rows = "customer,email,first_name,last_name,job_title,phone,language,role,permissions\n".to_owned();
    for (n, email) in emails.iter().enumerate() {
        let _ = writeln!(rows, "C10423,{email},Crowd,Number {n},,,en,member,");
    }
    portal
        .import(&[
            ("people.csv", rows),
            ("orders.csv", "number,customer,date,purchase_order,activation_code\nSO-7000,C10423,2026-03-01,,\n".into()),
            (
                "licenses.csv",
                format!(
                    "order,line,product,serial_number,type,seats,starts_on,ends_on,maintenance_ends_on,assigned_to\n\
                     SO-7000,1,NLR,{SERIAL},subscription,{people},2026-03-01,2027-03-01,,{}\n",
                    emails.join(";")
                ),
            ),
        ])
        .await;
    SERIAL
}

async fn everybody(by: &Caller, list: &str) -> Vec<Value> {
    let (mut seen, mut path) = (Vec::new(), list.to_owned());
    loop {
        let page = by.get(&path).await.expect(200);
        seen.extend(page.json["items"].as_array().unwrap().iter().cloned());
        let Some(next) = page.json["next"].as_str() else { return seen };
        path = format!("{list}?cursor={next}");
        assert!(seen.len() < 1_000, "pages without end");
    }
}

fn emails(people: &[Value]) -> Vec<&str> {
    let mut emails: Vec<_> = people.iter().map(|person| person["email"].as_str().unwrap()).collect();
    emails.sort_unstable();
    emails
}

/// R403
#[tokio::test]
async fn the_lists_name_people_and_say_who_is_at_work() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    portal.deactivate("vera@acme.test").await;
    let path = format!("/api/licenses/{}", license(&portal, FIVE));
    let [vera] = ids(&portal, &["vera@acme.test"]).try_into().unwrap();
    let listed = ada.get(&format!("{path}/seats")).await.expect(200);
    let holder = json!({ "id": vera, "name": "Vera Rubin", "email": "vera@acme.test", "active": false });
    assert_eq!((&listed.json["items"], &listed.json["next"]), (&json!([holder]), &Value::Null));
    let candidates = everybody(&ada, &format!("{path}/candidates")).await;
    let of = |email: &str| candidates.iter().find(|person| person["email"] == email).unwrap();
    assert_eq!(
        emails(&candidates),
        ["ada@acme.test", "dora@acme.test", "max@acme.test", "mia@acme.test", "tess@two.test", "vera@acme.test"]
    );
    assert_eq!((&of("vera@acme.test")["active"], &of("vera@acme.test")["assigned"]), (&json!(false), &json!(true)));
    assert_eq!((&of("mia@acme.test")["active"], &of("mia@acme.test")["assigned"]), (&json!(true), &json!(false)));
}

/// R403
#[tokio::test]
async fn lists_of_people_come_page_by_page_without_loss_or_repetition() {
    let portal = TestPortal::new().await;
    let serial = full_house(&portal, 120).await;
    let ada = portal.owner().await;
    let path = format!("/api/licenses/{}", license(&portal, serial));
    for (list, people) in [("seats", 120), ("candidates", 126)] {
        let seen = everybody(&ada, &format!("{path}/{list}")).await;
        let mut emails = emails(&seen);
        emails.dedup();
        assert_eq!((seen.len(), emails.len()), (people, people), "{list}");
    }
}

/// R403
#[tokio::test]
async fn a_cursor_of_another_list_license_or_caller_is_refused() {
    let portal = TestPortal::new().await;
    let serial = full_house(&portal, 60).await;
    let (ada, max) = (portal.owner().await, portal.manager().await);
    let path = format!("/api/licenses/{}", license(&portal, serial));
    let other = format!("/api/licenses/{}", license(&portal, TWELVE));
    let cursor = ada.get(&format!("{path}/seats")).await.expect(200).text("/next").to_owned();
    ada.get(&format!("{path}/seats?cursor={cursor}")).await.expect(200);
    for (caller, list) in [
        (&ada, format!("{path}/candidates")),
        (&ada, format!("{other}/seats")),
        (&ada, "/api/licenses/summary".to_owned()),
        (&ada, "/api/licenses/export".to_owned()),
        (&max, format!("{path}/seats")),
    ] {
        let reply = caller.get(&format!("{list}?cursor={cursor}")).await;
        assert_eq!(reply.says(), "400 invalid_cursor", "{list}");
    }
}

/// R403
#[tokio::test]
async fn short_pages_of_the_database_lose_nobody() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let path = format!("/api/licenses/{}", license(&portal, TWELVE));
    for list in ["seats", "candidates"] {
        let whole = everybody(&ada, &format!("{path}/{list}")).await;
        portal.wire.inject(tests::wire::Rule::new(tests::wire::Fault::ShortPage));
        assert_eq!(everybody(&ada, &format!("{path}/{list}")).await, whole, "{list}");
        portal.wire.heal();
    }
    assert_eq!(Seats::of(&portal, TWELVE).holders(&ada).await.len(), 2);
}
