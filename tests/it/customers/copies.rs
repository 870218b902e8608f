//! What changes in a customer's account shows in its partner's list, and nothing is lost on the way (R503).

use serde_json::json;
use tests::portal::{CODE, Caller, NORA, TestPortal, confirm, registration};

use super::given::account;
use super::recount::lists_agree;
use super::{CUSTOMERS, names, shown};
use crate::{account_claims, given_logins, team_invitations};

/// How many people the list says that Acme has.
async fn users(by: &Caller) -> u64 {
    shown(by, "C10423").await["users"].as_u64().unwrap()
}

/// Whether Acme is among the customers with licenses of a product.
async fn has(by: &Caller, product: &str) -> bool {
    names(by, &format!("?product={product}")).await.contains(&"Acme Engineering".to_owned())
}

/// R503
#[tokio::test]
async fn somebody_who_joins_or_leaves_is_counted() {
    let portal = TestPortal::new().await;
    let (ada, pete) = (portal.owner().await, portal.partner_member().await);
    let before = users(&pete).await;
    let mia = format!("/api/team/members/{}", account_claims::id_of(&portal, "mia@acme.test"));
    ada.delete(&format!("{mia}/link")).await.expect(204);
    assert_eq!(users(&pete).await, before - 1, "taken out");
    ada.put(&format!("{mia}/link"), json!({})).await.expect(204);
    assert_eq!(users(&pete).await, before, "put back");
    ada.delete(&mia).await.expect(204);
    assert_eq!(users(&pete).await, before - 1, "removed");
    lists_agree(&portal);
}

/// R503
#[tokio::test]
async fn whoever_joins_is_counted_whichever_way_they_come() {
    let portal = TestPortal::new().await;
    let (ada, pete) = (portal.owner().await, portal.partner_member().await);
    let before = users(&pete).await;
    let (_, token) = team_invitations::invited(&portal, &ada, "nina@new.test").await;
    team_invitations::accept(&portal.stranger(), &token).await.expect(200);
    assert_eq!(users(&pete).await, before + 1, "invited");
    given_logins::add(&ada, given_logins::jane()).await.expect(201);
    assert_eq!(users(&pete).await, before + 2, "added");
    let una = portal.unattached().await;
    account_claims::ask(&una, "C10423").await.expect(202);
    let user = account_claims::id_of(&portal, account_claims::UNA);
    ada.put(&format!("/api/sign-up/claimants/{user}"), json!({})).await.expect(204);
    assert_eq!(users(&pete).await, before + 3, "let in by the account");
    let mut nora = registration(NORA);
    nora["activation_code"] = json!(CODE);
    portal.stranger().post("/api/sign-up/registrations", nora).await.expect(202);
    confirm(&portal, &portal.letters_to(NORA).await.last_token()).await.expect(200);
    assert_eq!(users(&pete).await, before + 4, "by the code of an order");
    let head = "customer,email,first_name,last_name,job_title,phone,language,role,permissions\n";
    let rows = "C10423,ivy@acme.test,Ivy,Imported,,,en,member,\nC10423,ian@acme.test,Ian,Imported,,,en,member,\n";
    portal.import(&[("people.csv", format!("{head}{rows}"))]).await;
    assert_eq!(users(&pete).await, before + 6, "by the vendor's records");
    lists_agree(&portal);
}

/// R503
#[tokio::test]
async fn orders_show_when_they_are_recorded_amended_and_cancelled() {
    let portal = TestPortal::new().await;
    let (sam, pete) = (portal.support().await, portal.partner_member().await);
    assert_eq!(shown(&pete, "C10423").await["renews_on"], "2026-12-14");
    let body = json!({
        "number": "SO-5001", "account": "C10423", "date": "2026-11-20",
        "lines": [{ "product": "NLR", "type": "subscription", "seats": 2, "starts_on": "2026-11-20", "ends_on": "2026-12-01" }],
    });
    sam.post("/api/staff/orders", body).await.expect(201);
    assert_eq!(shown(&pete, "C10423").await["renews_on"], "2026-12-01", "recorded");
    let change = json!({ "revision": 0, "lines": [{ "line": 1, "ends_on": "2026-12-05" }] });
    sam.send_json("PATCH", "/api/staff/orders/SO-5001", &change).await.expect(200);
    assert_eq!(shown(&pete, "C10423").await["renews_on"], "2026-12-05", "amended");
    let reason = json!({ "reason": "Ordered twice" });
    sam.put("/api/staff/orders/SO-5001/cancellation", reason.clone()).await.expect(204);
    assert_eq!(shown(&pete, "C10423").await["renews_on"], "2026-12-14", "cancelled");
    sam.put("/api/staff/orders/SO-1001/cancellation", reason).await.expect(204);
    assert!(!has(&pete, "NLR").await && has(&pete, "NLD").await, "the only license of a product");
    lists_agree(&portal);
}

/// R503
#[tokio::test]
async fn a_trial_shows_when_it_begins_and_when_an_order_converts_it() {
    let portal = TestPortal::new().await;
    let (ada, sam, pete) = (portal.owner().await, portal.support().await, portal.partner_member().await);
    sam.put("/api/staff/orders/SO-1001/cancellation", json!({ "reason": "Ordered twice" })).await.expect(204);
    assert!(!has(&pete, "NLR").await);
    crate::trials::offer(&portal, 30).await;
    ada.post("/api/licenses/trials", json!({ "product": "NLR" })).await.expect(201);
    assert!(has(&pete, "NLR").await, "a trial is a license");
    lists_agree(&portal);
    let body = json!({
        "number": "SO-5003", "account": "C10423", "date": "2026-11-20",
        "lines": [{
            "product": "NLD", "type": "subscription", "seats": 3, "starts_on": "2026-11-20", "ends_on": "2027-11-19",
            "converts": "NLD-PP1A-6C7E-M3NS",
        }],
    });
    sam.post("/api/staff/orders", body).await.expect(201);
    let of_draft = pete.get(&format!("{CUSTOMERS}?product=NLD")).await.expect(200);
    assert_eq!(of_draft.json["items"][0]["renews_on"], "2027-11-19");
    lists_agree(&portal);
}

/// R501, R503
#[tokio::test]
async fn licenses_for_demonstration_count_for_nothing() {
    let portal = TestPortal::new().await;
    let (sam, pete) = (portal.support().await, portal.partner_member().await);
    let before = shown(&pete, "C10423").await;
    let demo = |product: &str, number: &str| {
        json!({
            "number": number, "account": "C10423", "date": "2026-11-20",
            "lines": [{ "product": product, "type": "demo", "seats": 9, "starts_on": "2026-11-20", "ends_on": "2026-11-30" }],
        })
    };
    sam.post("/api/staff/orders", demo("NLD", "SO-5001")).await.expect(201);
    assert_eq!(shown(&pete, "C10423").await, before);
    sam.put("/api/staff/orders/SO-1001/cancellation", json!({ "reason": "Ordered twice" })).await.expect(204);
    sam.post("/api/staff/orders", demo("NLR", "SO-5002")).await.expect(201);
    assert!(!has(&pete, "NLR").await);
    lists_agree(&portal);
}

/// R503
#[tokio::test]
async fn a_name_and_a_status_show_and_place_the_customer_anew() {
    let portal = TestPortal::new().await;
    let (ada, sam, pete) = (portal.owner().await, portal.support().await, portal.partner_member().await);
    let wish = json!({ "kind": "company", "name": "Éclair & Fils", "reason": "" });
    let id = ada.post("/api/profile/change-requests", wish).await.expect(201).text("/id").to_owned();
    let decision = json!({ "decision": "approve", "reason": "" });
    sam.post(&format!("/api/staff/requests/{id}/decision"), decision).await.expect(204);
    assert_eq!(names(&pete, "?search=eclair").await, ["Éclair & Fils"]);
    assert_eq!(names(&pete, "?search=acme").await, Vec::<String>::new());
    for status in ["suspended", "closed", "active"] {
        portal.set_status("C10423", status).await;
        assert_eq!(shown(&pete, "C10423").await["status"], status);
        for asked in ["active", "suspended", "closed"] {
            let found = names(&pete, &format!("?status={asked}&sort=-renewal")).await.len();
            assert_eq!(found, usize::from(asked == status), "{status}, asked for {asked}");
        }
        lists_agree(&portal);
    }
}

/// R503, R509
#[tokio::test]
async fn a_customer_that_lets_in_guests_alone_shows_that_it_is_there_and_no_more() {
    let portal = TestPortal::new().await;
    let (ann, pete) = (portal.admin().await, portal.partner_member().await);
    let acme = account(&portal, "C10423");
    let features = |guests_only: bool| json!({ "team_area": true, "guests_only": guests_only, "partner": false });
    let path = format!("/api/staff/accounts/{acme}/features");
    let before = shown(&pete, "C10423").await;
    ann.put(&path, features(true)).await.expect(204);
    let wanted = json!({
        "id": acme, "number": "C10423", "name": "Acme Engineering", "status": "active", "access": "guests_only",
        "users": null, "products": null, "product_count": null, "renews_on": null,
    });
    assert_eq!(shown(&pete, "C10423").await, wanted);
    assert!(!has(&pete, "NLD").await && !has(&pete, "NLR").await);
    let stored = portal.wire.snapshot().find("accounts", "CUSTOMERS#", "");
    assert!(stored.iter().all(|row| row["m"]["N"] == "0" && row["ps"].is_null() && row["re"].is_null()), "{stored:?}");
    lists_agree(&portal);
    ann.put(&path, features(false)).await.expect(204);
    assert_eq!(shown(&pete, "C10423").await, before, "as it was");
    lists_agree(&portal);
}

/// R503
#[tokio::test]
async fn what_the_vendor_s_records_change_shows() {
    let portal = TestPortal::new().await;
    let pete = portal.partner_member().await;
    let license = |rows: &str| {
        let head = "order,line,product,serial_number,type,seats,starts_on,ends_on,maintenance_ends_on,assigned_to\n";
        [("licenses.csv", format!("{head}{rows}"))]
    };
    portal.import(&license("SO-1001,2,NLR,NLR-3B8C-YY2T-K5RW,subscription,5,2024-02-01,2027-12-14,,\n")).await;
    assert_eq!(shown(&pete, "C10423").await["renews_on"], "2027-05-01", "an end that moved");
    portal.import(&license("SO-1002,2,NLR,NLR-0000-0000-0001,subscription,5,2024-02-01,2026-12-24,,\n")).await;
    assert_eq!(shown(&pete, "C10423").await["renews_on"], "2026-12-24", "a line more");
    lists_agree(&portal);
    let partners = |access: &str| [("partners.csv", format!("partner,customer,access\nC20010,C10423,{access}\n"))];
    for access in ["guests_only", "automatic"] {
        portal.import(&partners(access)).await;
        assert_eq!(shown(&pete, "C10423").await["access"], access);
        lists_agree(&portal);
    }
    portal.import(&[("partners.csv", "partner,customer,access\nC20010,C10500,automatic\n".to_owned())]).await;
    assert_eq!(names(&pete, "").await, ["Acme Engineering", "Birch Studio"], "another customer");
    lists_agree(&portal);
}
