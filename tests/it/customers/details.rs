//! A customer's page and its export (R502, R505), and the partner's own summary (R501).

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use super::suspending::page;

/// R502
#[tokio::test]
async fn a_customers_page_says_who_it_is_and_what_one_may_do() {
    let portal = TestPortal::new().await;
    for caller in [portal.partner_member().await, portal.partner_owner().await] {
        let shown = caller.get(&page(&portal, "C10423")).await.expect(200).json;
        let mut may = shown["may"].clone();
        may.as_array_mut().unwrap().retain(|act| act.as_str().unwrap().contains("customer"));
        assert_eq!(may, json!(["show_customer", "suspend_customer"]));
        let expected = json!({
            "id": shown["id"], "number": "C10423", "name": "Acme Engineering", "status": "active",
            "suspension_reason": null, "suspended_by": null, "access": "automatic", "users": 6, "country": "GB",
            "language": "en", "time_zone": "Europe/London",
            "owner": { "first_name": "Ada", "last_name": "Lovelace", "email": "ada@acme.test" }, "may": shown["may"],
        });
        assert_eq!(shown, expected);
    }
    for id in ["x", "acc_00000000000000000000000000", "../C10423"] {
        let reply = portal.partner_owner().await.get(&format!("/api/partner/customers/{id}")).await;
        assert_eq!(reply.status, 404, "{id}");
    }
}

/// The pages of a file, put together; how many there are, and the cursor of the last.
async fn whole(caller: &Caller, path: &str) -> (String, usize, String) {
    let (mut file, mut pages, mut cursor) = (String::new(), 0, String::new());
    loop {
        let reply = caller.get(&format!("{path}{cursor}")).await.expect(200);
        file.push_str(std::str::from_utf8(&reply.bytes).unwrap());
        pages += 1;
        match reply.headers.get("x-portico-next") {
            Some(next) => cursor = format!("&cursor={}", next.to_str().unwrap()),
            None => return (file, pages, cursor),
        }
    }
}

/// R505
#[tokio::test]
async fn a_customers_details_are_exported() {
    let portal = TestPortal::new().await;
    let pete = portal.partner_member().await;
    let export = format!("{}/export?format=", page(&portal, "C10423"));
    let file = pete.get(&format!("{export}json")).await.expect(200);
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"C10423.json\"");
    let (file, _, _) = whole(&pete, &format!("{export}json")).await;
    let said: Value = serde_json::from_str(&file).unwrap();
    assert_eq!(
        (&said["customer"]["name"], &said["customer"]["status"]),
        (&json!("Acme Engineering"), &json!("active"))
    );
    let owners = said["people"].as_array().unwrap().iter().filter(|person| person["role"] == "owner");
    assert_eq!(owners.map(|owner| owner["email"].clone()).collect::<Vec<_>>(), ["ada@acme.test"]);
    assert_eq!((said["people"].as_array().unwrap().len(), said["licenses"].as_array().unwrap().len()), (6, 4));

    let (text, _, _) = whole(&pete, &format!("{export}csv")).await;
    let rows: Vec<_> = text.trim_start_matches('\u{feff}').lines().collect();
    assert!(rows[0].starts_with("record,number,name,") && rows.len() == 1 + 1 + 6 + 4, "{text}");
    assert!(rows[1].starts_with("customer,C10423,Acme Engineering,GB,en,Europe/London,active,"), "{}", rows[1]);
    assert!(rows.iter().all(|row| row.matches(',').count() >= 34), "{text}");
    for format in ["", "xml", "csv&cursor=x"] {
        assert_eq!(pete.get(&format!("{export}{format}")).await.status, 400, "{format}");
    }
    for caller in [portal.owner().await, portal.other_owner().await, portal.unattached().await] {
        let says = caller.get(&format!("{export}csv")).await.says();
        assert!(["404 not_found", "403 no_account"].contains(&&*says), "{says}");
    }
}

/// R505: what a customer calls itself is computed in no spreadsheet.
#[tokio::test]
async fn no_cell_of_an_export_is_a_formula() {
    let portal = TestPortal::new().await;
    let people = "customer,email,first_name,last_name,job_title,phone,language,role,permissions\n\
                  C10423,mia@acme.test,Mia,Park,=1+1,,fr,member,\n";
    portal.import(&[("people.csv", people.to_owned())]).await;
    let pete = portal.partner_member().await;
    let file = pete.get(&format!("{}/export?format=csv", page(&portal, "C10423"))).await.expect(200);
    let text = String::from_utf8(file.bytes.to_vec()).unwrap();
    assert!(text.contains(",Mia,Park,,'=1+1,"), "{text}");
}

/// R505: a large customer comes in pages, which put together are one file.
#[tokio::test]
async fn pages_of_an_export_are_one_file() {
    let portal = TestPortal::new().await;
    let people: Vec<_> = (0..1_050).map(|n| format!("C10423,p{n}@acme.test,Pia,P{n},,,en,member,\n")).collect();
    let head = "customer,email,first_name,last_name,job_title,phone,language,role,permissions\n";
    portal.import(&[("people.csv", format!("{head}{}", people.concat()))]).await;
    let pete = portal.partner_member().await;
    for format in ["json", "csv"] {
        let at = format!("{}/export?format={format}", page(&portal, "C10423"));
        let (file, pages, cursor) = whole(&pete, &at).await;
        assert_eq!(pages, 3, "{format}: two of people, and the licenses");
        if format == "json" {
            let said: Value = serde_json::from_str(&file).expect("one JSON file");
            let count = |list: &str| said[list].as_array().unwrap().len();
            assert_eq!((count("people"), count("licenses")), (1_056, 4));
        } else {
            assert_eq!(file.lines().count(), 1 + 1 + 1_056 + 4);
        }
        // A cursor of one format, or of one caller, is none of another's.
        let other = at.replace(format, if format == "csv" { "json" } else { "csv" });
        assert_eq!(pete.get(&format!("{other}{cursor}")).await.says(), "400 invalid_cursor");
        let paula = portal.partner_owner().await;
        assert_eq!(paula.get(&format!("{at}{cursor}")).await.says(), "400 invalid_cursor");
    }
}

/// R501: its own, and none of its customers'; what it shows to others is apart.
#[tokio::test]
async fn a_partner_sees_its_own_summary() {
    let portal = TestPortal::new().await;
    let nothing = json!({ "products": 0, "licenses": 0, "seats": { "used": 0, "total": 0 }, "next_end": null });
    let demo = json!({ "products": 1, "licenses": 1, "seats": { "used": 0, "total": 10 }, "next_end": "2027-03-02" });
    let paula = portal.partner_owner().await.get("/api/partner/summary").await.expect(200);
    assert_eq!(paula.json, json!({ "users": 2, "own": nothing, "demo": demo }));
    let pete = portal.partner_member().await;
    let of_pete = pete.get("/api/partner/summary").await.expect(200);
    assert_eq!(of_pete.json, json!({ "users": 2, "own": null, "demo": null }), "who may not see orders");
    for caller in [portal.owner().await, portal.unattached().await] {
        assert_eq!(caller.get("/api/partner/summary").await.says(), "404 not_found");
    }
    let at_acme = pete.on_customer(crate::access::account_row(&portal, "C10423")["i"]["S"].as_str().unwrap());
    assert_eq!(at_acme.get("/api/partner/summary").await.says(), "404 not_found", "not while acting on a customer");
}
