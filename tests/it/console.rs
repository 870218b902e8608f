//! Accounts at the vendor's console: found, opened, and what they may use.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::portal::{Caller, Reply, TestPortal};
use tests::wire::{Fault, Rule};

async fn find(staff: &Caller, query: &str) -> Reply {
    let query: String = query.bytes().map(|byte| format!("%{byte:02x}")).collect();
    staff.get(&format!("/api/staff/accounts?query={query}")).await.expect(200)
}

/// The numbers of the accounts of a page, in its order.
fn numbers(page: &Reply) -> Vec<String> {
    let items = page.json["items"].as_array().unwrap().iter();
    items.map(|item| item["number"].as_str().unwrap().to_owned()).collect()
}

async fn id_of(staff: &Caller, number: &str) -> String {
    find(staff, number).await.text("/items/0/id").to_owned()
}

/// Records so many customers beside those there are, named in a row.
async fn record(portal: &TestPortal, count: usize) {
    let mut customers = "number,name,kind,country,language,time_zone,status,suspension_reason\n".to_owned();
    let mut people = "customer,email,first_name,last_name,job_title,phone,language,role,permissions\n".to_owned();
    for n in 0..count {
        customers.push_str(&format!("C{},Mill {n:05},customer,,en,Europe/London,active,\n", 50_000 + n));
        people.push_str(&format!("C{},owner{n}@mill.test,Mo,Mill,,,en,owner,\n", 50_000 + n));
    }
    portal.import(&[("customers.csv", customers), ("people.csv", people)]).await;
}

/// R702
#[tokio::test]
async fn all_accounts_are_listed_by_name() {
    let portal = TestPortal::new().await;
    let staff = portal.support().await;
    let all = staff.get("/api/staff/accounts").await.expect(200);
    assert_eq!(numbers(&all), ["C10423", "C10500", "C10700", "C20010", "C10600"]);
    assert_eq!(all.json["next"], Value::Null);
    let [acme, sunk] = [0, 4].map(|place| all.json["items"][place].clone());
    let shown = json!({
        "id": acme["id"], "number": "C10423", "name": "Acme Engineering", "kind": "customer", "status": "active",
    });
    assert_eq!((acme, &sunk["status"]), (shown, &json!("suspended")));
}

/// R702
#[tokio::test]
async fn an_account_is_found_by_name_number_serial_and_address() {
    let portal = TestPortal::new().await;
    portal.set_status("C10500", "active").await;
    let rename = "number,name,kind,country,language,time_zone,status,suspension_reason\n\
                  C10500,\u{c9}tudes & S\u{f8}n,customer,FR,fr,Europe/Paris,active,\n";
    portal.import(&[("customers.csv", rename.to_owned())]).await;
    let staff = portal.support().await;
    for (query, found) in [
        ("acme", &["C10423"][..]),
        ("ACME ENG", &["C10423"]),
        ("etudes & son", &["C10500"]),
        ("  \u{c9}TU", &["C10500"]),
        ("birch", &[]),
        ("engineering", &[]),
        ("c20010", &["C20010"]),
        ("C99999", &[]),
        ("NLD-8QJZ-N3KP-RT0V", &["C10500"]),
        ("nld 8qjz n3kp rtov", &["C10500"]),
        ("NLD-0000-0000-0000", &[]),
        ("otto@birch.test", &["C10500"]),
        ("Tess@TWO.test", &["C10423", "C10500"]),
        ("una@solo.test", &[]),
        ("nobody@new.test", &[]),
    ] {
        assert_eq!(numbers(&find(&staff, query).await), found, "{query}");
    }
    let una = find(&staff, "una@solo.test").await;
    let person = json!([una.text("/person/first_name"), una.text("/person/status"), una.text("/person/language")]);
    assert_eq!(person, json!(["Una", "active", "en"]));
    assert_eq!(find(&staff, "nobody@new.test").await.json["person"], Value::Null);
}

/// R702
#[tokio::test]
async fn a_search_is_read_page_by_page_with_its_own_cursor() {
    let portal = TestPortal::new().await;
    record(&portal, 120).await;
    let (staff, admin) = (portal.support().await, portal.admin().await);
    let mut page = find(&staff, "mill").await;
    let mut seen = numbers(&page);
    let next = page.text("/next").to_owned();
    for (who, query, why) in
        [(&staff, "acme", "another search"), (&staff, "", "all"), (&admin, "mill", "somebody else")]
    {
        let other = who.get(&format!("/api/staff/accounts?query={query}&cursor={next}")).await;
        assert_eq!(other.says(), "400 invalid_cursor", "a cursor of {why}");
    }
    while let Some(next) = page.json["next"].as_str() {
        page = staff.get(&format!("/api/staff/accounts?query=mill&cursor={next}")).await.expect(200);
        seen.extend(numbers(&page));
    }
    assert_eq!(seen, (0..120).map(|n| format!("C{}", 50_000 + n)).collect::<Vec<_>>());
}

/// R702
#[tokio::test]
async fn a_page_of_ten_thousand_accounts_costs_what_a_page_of_sixty_does() {
    let cost = async |count| {
        let portal = TestPortal::new().await;
        record(&portal, 60).await;
        list_more(&portal, count);
        let staff = portal.support().await;
        let (page, calls) = portal.wire.record(staff.get("/api/staff/accounts")).await;
        assert_eq!(numbers(&page).len(), 50);
        let (_, named) = portal.wire.record(find(&staff, "mill 0000")).await;
        assert!(page.bytes.len() < 12_000, "{} bytes", page.bytes.len());
        [calls, named].map(|calls| (calls.count(), calls.read_units().to_string(), calls.write_units().to_string()))
    };
    assert_eq!(cost(0).await, cost(10_000).await);
}

/// Lists so many more accounts in the directory, as long as the others; what else an account has no page reads.
fn list_more(portal: &TestPortal, count: usize) {
    let listed = portal.wire.snapshot().find("accounts", "ACCOUNTS", "mill 00000");
    for n in 0..count {
        let key = json!({ "pk": "ACCOUNTS", "sk": format!("rill {n:05}\tacc_{n:026}") });
        let mut row = listed[0].clone();
        row["sk"]["S"] = key["sk"].clone();
        row["na"]["S"] = json!(format!("Rill {n:05}"));
        portal.put("accounts", &row);
    }
}

/// R702
#[tokio::test]
async fn a_search_that_is_too_long_is_refused() {
    let portal = TestPortal::new().await;
    let staff = portal.support().await;
    let long = "x".repeat(255);
    for (query, says) in [
        (format!("query={long}"), "400 invalid_query"),
        ("query=a&query=b".to_owned(), "400 invalid_query"),
        ("name=a".to_owned(), "400 invalid_query"),
        ("cursor=x".to_owned(), "400 invalid_cursor"),
    ] {
        assert_eq!(staff.get(&format!("/api/staff/accounts?{query}")).await.says(), says, "{query}");
    }
}

/// R702
#[tokio::test]
async fn the_directory_follows_names_and_statuses() {
    let portal = TestPortal::new().await;
    let staff = portal.support().await;
    portal.set_status("C10423", "suspended").await;
    for query in ["acme", "C10423"] {
        assert_eq!(find(&staff, query).await.text("/items/0/status"), "suspended", "{query}");
    }
    let renamed = "number,name,kind,country,language,time_zone,status,suspension_reason\n\
                   C10423,Zenith Works,customer,GB,en,Europe/London,active,\n";
    portal.import(&[("customers.csv", renamed.to_owned())]).await;
    assert_eq!(numbers(&find(&staff, "acme").await), [""; 0], "the name before is listed no more");
    let zenith = find(&staff, "zenith").await;
    assert_eq!(zenith.text("/items/0/status"), "active");
    assert_eq!(find(&staff, "C10423").await.json["items"], zenith.json["items"]);
    // A number whose row says no more than whose it is.
    let number = portal.wire.snapshot().find("accounts", "CUSTOMERNUMBER#C10423", "").swap_remove(0);
    portal.update(&number, "REMOVE l", json!({}));
    assert_eq!(find(&staff, "C10423").await.json["items"], zenith.json["items"]);
    let rows = portal.wire.snapshot().find("accounts", "ACCOUNTS", "");
    assert_eq!(rows.len(), portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT").len());
}

/// R702
#[tokio::test]
async fn an_account_is_opened_with_its_owner_and_its_partner() {
    let portal = TestPortal::new().await;
    let staff = portal.support().await;
    let acme = staff.get(&format!("/api/staff/accounts/{}", id_of(&staff, "C10423").await)).await.expect(200);
    let mut shown = acme.json.clone();
    for id in ["/id", "/owner/id", "/partner/id"] {
        assert!(!acme.text(id).is_empty());
        *shown.pointer_mut(id).unwrap() = Value::Null;
    }
    assert_eq!(
        shown,
        json!({
            "id": null, "number": "C10423", "name": "Acme Engineering", "kind": "customer", "status": "active",
            "suspension_reason": null, "country": "GB", "language": "en", "time_zone": "Europe/London",
            "second_factor_required": false, "members": 6,
            "features": { "team_area": true, "guests_only": false, "partner": false, "on_behalf": false }, "features_said": false,
            "owner": {
                "id": null, "first_name": "Ada", "last_name": "Lovelace", "email": "ada@acme.test", "language": "en",
                "status": "active", "signed_in_at": null,
            },
            "partner": { "id": null, "number": "C20010", "name": "Orion Resellers", "access": "automatic" },
        })
    );
    drop(portal.owner().await);
    let sunk = staff.get(&format!("/api/staff/accounts/{}", id_of(&staff, "C10600").await)).await.expect(200);
    assert_eq!(sunk.text("/suspension_reason"), "Two invoices are unpaid");
    assert_eq!(sunk.json["partner"], Value::Null);
    let again = staff.get(&format!("/api/staff/accounts/{}", acme.text("/id"))).await.expect(200);
    assert_eq!(again.text("/owner/signed_in_at"), portal.clock.now().to_string());
}

/// R702
#[tokio::test]
async fn an_admin_says_what_an_account_may_use() {
    let portal = TestPortal::new().await;
    let (ada, admin, support) = (portal.owner().await, portal.admin().await, portal.support().await);
    let path = format!("/api/staff/accounts/{}", id_of(&admin, "C10423").await);
    let features = format!("{path}/features");
    let wanted = json!({ "team_area": false, "guests_only": true, "partner": false, "on_behalf": false });
    assert_eq!(support.put(&features, wanted.clone()).await.says(), "403 admin_only");
    admin.put(&features, wanted.clone()).await.expect(204);
    assert_eq!(support.get(&path).await.json["features"], wanted);
    let me = ada.get("/api/session").await.expect(200);
    assert_eq!(me.json["account"]["features"], wanted, "from the next request on");

    let set = || -> Vec<_> {
        let log = portal.wire.snapshot().find("journal", "LOG#acc_", "");
        log.into_iter().filter(|row| row["event"]["S"] == "features_set").collect()
    };
    let ann = admin.get("/api/session").await;
    assert_eq!((set().len(), &set()[0]["u"]["S"]), (1, &ann.json["user"]["id"]), "the account's log tells who");
    admin.put(&features, wanted).await.expect(204);
    assert_eq!(set().len(), 1, "said again, it changes nothing");
    let back = json!({ "team_area": true, "guests_only": false, "partner": false, "on_behalf": false });
    admin.put(&features, back.clone()).await.expect(204);
    assert_eq!(ada.get("/api/session").await.json["account"]["features"], back);
}

/// R702
#[tokio::test]
async fn only_a_partner_has_the_pages_of_one() {
    let portal = TestPortal::new().await;
    let (admin, paula) = (portal.admin().await, portal.partner_owner().await);
    let wanted = json!({ "team_area": true, "guests_only": false, "partner": true, "on_behalf": false });
    let acme = format!("/api/staff/accounts/{}/features", id_of(&admin, "C10423").await);
    let refused = admin.put(&acme, wanted.clone()).await.expect(422);
    assert_eq!(refused.at("/partner"), "not_a_partner");
    assert_eq!(paula.get("/api/session").await.json["account"]["features"], wanted, "a partner has them at once");
    let orion = format!("/api/staff/accounts/{}/features", id_of(&admin, "C20010").await);
    admin.put(&orion, json!({ "team_area": true, "guests_only": false, "partner": false })).await.expect(204);
    assert_eq!(paula.get("/api/session").await.json["account"]["features"]["partner"], false);
    for (body, pointer, code) in [
        (json!({ "team_area": true, "guests_only": false }), "/partner", "required"),
        (json!({ "team_area": 1, "guests_only": false, "partner": false }), "/team_area", "wrong_type"),
        (
            json!({ "team_area": true, "guests_only": false, "partner": false, "kind": "partner" }),
            "/kind",
            "unknown_field",
        ),
    ] {
        assert_eq!(admin.put(&orion, body).await.expect(422).at(pointer), code, "{pointer}");
    }
}

/// R702: of admins at the same time, each writes on what it read.
#[tokio::test]
async fn of_two_who_say_something_else_at_once_neither_undoes_the_other_unseen() {
    let portal = TestPortal::new().await;
    let (one, other) = (portal.admin().await, portal.other_admin().await);
    let path = format!("/api/staff/accounts/{}/features", id_of(&one, "C10423").await);
    let say = |team_area: bool| json!({ "team_area": team_area, "guests_only": true, "partner": false });
    portal.wire.hold(std::time::Duration::from_millis(30));
    let (first, second) = tokio::join!(one.put(&path, say(true)), other.put(&path, say(false)));
    let mut said = [first.says(), second.says()];
    said.sort();
    assert_eq!(said, ["204", "409 conflict"]);
}

/// R704; incident 30: who is no staff waits for nothing that is read of an order, whether it exists or not.
#[tokio::test]
async fn who_may_not_record_orders_learns_nothing_by_the_time_it_takes() {
    let portal = TestPortal::new().await;
    let una = portal.unattached().await;
    let call = async |method, path, body: &serde_json::Value| una.send_json(method, path, body).await.says();
    let (order, change) = (crate::orders::order("SO-1001", "C10423"), json!({ "add": [] }));
    let all = [("POST", "/api/staff/orders", &order), ("PATCH", "/api/staff/orders/SO-1001", &change)];
    for (method, path, body) in all {
        assert_eq!(call(method, path, body).await, "404 not_found", "{path}");
    }
    portal.wire.inject(Rule::new(Fault::Delay(Duration::from_secs(20))).on("Query"));
    let began = Instant::now();
    for (method, path, body) in all {
        assert_eq!(call(method, path, body).await, "404 not_found", "{path}");
    }
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
}
