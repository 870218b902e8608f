//! Suspending a customer and ending that (R506).

use serde_json::{Value, json};
use tests::portal::{Caller, Reply, TestPortal};

use super::shown;
use crate::{
    access::{account_row, let_in, link, switched},
    team::letter,
};

pub(super) const REASON: &str = "Two invoices are unpaid since August.";

/// The page of a customer.
pub(super) fn page(portal: &TestPortal, number: &str) -> String {
    format!("/api/partner/customers/{}", account_row(portal, number)["i"]["S"].as_str().unwrap())
}

pub(crate) async fn suspend(by: &Caller, portal: &TestPortal, number: &str) -> Reply {
    by.put(&format!("{}/suspension", page(portal, number)), json!({ "reason": REASON })).await
}

pub(super) async fn reactivate(by: &Caller, portal: &TestPortal, number: &str) -> Reply {
    by.delete(&format!("{}/suspension", page(portal, number))).await
}

/// Takes an account's partner away, past the portal.
pub(super) fn unlink(portal: &TestPortal, number: &str) {
    let values = json!({ ":k": { "S": "customer" } });
    portal.update(&account_row(portal, number), "SET k = :k REMOVE pa, px", values);
}

/// What a person who works there gets of what is the account's.
async fn licenses(caller: &Caller) -> String {
    caller.get("/api/licenses").await.says()
}

/// R506
#[tokio::test]
async fn everybody_there_is_stopped_by_their_next_request_and_reads_why() {
    let portal = TestPortal::new().await;
    let_in(&portal, "paula@orion.test", "C10423", ("manager", 600));
    let guest = switched(&portal, "paula@orion.test", "C10423").await;
    let inside = [portal.owner().await, portal.manager().await, portal.member().await, guest];
    let pete = portal.partner_member().await;
    for caller in &inside {
        assert_eq!(licenses(caller).await, "200");
    }
    suspend(&pete, &portal, "C10423").await.expect(204);
    for caller in &inside {
        assert_eq!(licenses(caller).await, "403 account_suspended");
        let me = caller.get("/api/session").await.expect(200);
        assert_eq!(me.text("/standing"), "suspended");
        assert_eq!(
            (me.text("/account/suspension_reason"), me.text("/account/suspended_by")),
            (REASON, "Orion Resellers")
        );
    }
    // Whoever signs in now reads the same.
    assert_eq!(portal.viewer().await.get("/api/session").await.expect(200).text("/standing"), "suspended");
    let of_acme = pete.on_customer(account_row(&portal, "C10423")["i"]["S"].as_str().unwrap());
    assert_eq!(licenses(&of_acme).await, "403 customer_suspended");

    reactivate(&pete, &portal, "C10423").await.expect(204);
    for caller in &inside {
        assert_eq!(licenses(caller).await, "200", "their sessions go on");
        let me = caller.get("/api/session").await.expect(200);
        let account = &me.json["account"];
        assert_eq!((&account["suspension_reason"], &account["suspended_by"]), (&Value::Null, &Value::Null));
    }
}

/// R506: owner and vendor are told, in words of their own; lists of the partner and of the vendor follow.
#[tokio::test]
async fn owner_and_vendor_are_told_and_lists_follow() {
    let portal = TestPortal::new().await;
    let (pete, staff) = (portal.partner_member().await, portal.support().await);
    let listed = || async {
        let found = staff.get("/api/staff/accounts?query=acme").await.expect(200);
        (shown(&pete, "C10423").await["status"].clone(), found.json["items"][0]["status"].clone())
    };
    let letters = || async { (letter(&portal, "ada@acme.test").await, letter(&portal, "support@portal.test").await) };
    suspend(&pete, &portal, "C10423").await.expect(204);
    let (owner, vendor) = letters().await;
    for text in [&owner, &vendor] {
        assert!(text.contains("Pete Best of Orion Resellers") && text.contains(REASON), "{text}");
    }
    assert!(vendor.contains("C10423") && vendor.contains("Acme Engineering"), "{vendor}");
    assert_eq!(listed().await, (json!("suspended"), json!("suspended")));
    portal.clock.advance_secs(1);
    reactivate(&pete, &portal, "C10423").await.expect(204);
    let (owner, vendor) = letters().await;
    assert!(owner.contains("ended its suspension") && vendor.contains("ended the suspension"), "{owner} {vendor}");
    assert_eq!(listed().await, (json!("active"), json!("active")));
    for address in ["paula@orion.test", "pete@orion.test", "mia@acme.test"] {
        assert_eq!(portal.letters_to(address).await.count(), 0, "{address}");
    }
}

/// R506: done again it changes nothing, and nobody is written to again.
#[tokio::test]
async fn done_again_it_changes_nothing() {
    let portal = TestPortal::new().await;
    let (pete, paula) = (portal.partner_member().await, portal.partner_owner().await);
    for caller in [&pete, &paula] {
        suspend(caller, &portal, "C10423").await.expect(204);
    }
    assert_eq!(portal.letters_to("ada@acme.test").await.count(), 1);
    for caller in [&paula, &pete] {
        reactivate(caller, &portal, "C10423").await.expect(204);
    }
    assert_eq!(portal.letters_to("ada@acme.test").await.count(), 2);
    let page = page(&portal, "C10423");
    for (reason, code) in [("", "required"), ("  ", "required"), (&*"x".repeat(2_000), "too_long")] {
        let reply = pete.put(&format!("{page}/suspension"), json!({ "reason": reason })).await.expect(422);
        assert_eq!(reply.text("/errors/0/code"), code);
    }
    assert_eq!(pete.get(&page).await.expect(200).text("/status"), "active");
}

/// R506: whoever suspended a customer ends that, and nobody else.
#[tokio::test]
async fn what_somebody_else_suspended_stays_so() {
    let portal = TestPortal::new().await;
    let pete = portal.partner_member().await;
    portal.set_status("C10423", "suspended").await;
    let shown = pete.get(&page(&portal, "C10423")).await.expect(200);
    assert_eq!((shown.text("/suspended_by"), shown.text("/suspension_reason")), ("vendor", "Two invoices are unpaid"));
    for reply in [suspend(&pete, &portal, "C10423").await, reactivate(&pete, &portal, "C10423").await] {
        assert_eq!(reply.says(), "409 suspension_not_yours");
    }
    // The vendor ends it, and another partner takes over what the one before suspended.
    portal.set_status("C10423", "active").await;
    suspend(&pete, &portal, "C10423").await.expect(204);
    assert_eq!(pete.get(&page(&portal, "C10423")).await.expect(200).text("/suspended_by"), "partner");
    let birch = account_row(&portal, "C10500");
    portal.update(&birch, "SET k = :k", json!({ ":k": { "S": "partner" } }));
    link(&portal, "C10423", "C10500");
    let otto = portal.other_owner().await;
    assert_eq!(otto.get(&page(&portal, "C10423")).await.expect(200).text("/suspended_by"), "vendor");
    assert_eq!(reactivate(&otto, &portal, "C10423").await.says(), "409 suspension_not_yours");
    assert_eq!(reactivate(&pete, &portal, "C10423").await.says(), "404 not_found");
}

/// R506: the vendor's records know nothing of what a partner suspended, and do not end it; what they say of it counts.
#[tokio::test]
async fn an_import_does_not_open_what_a_partner_suspended() {
    let portal = TestPortal::new().await;
    let pete = portal.partner_member().await;
    suspend(&pete, &portal, "C10423").await.expect(204);
    let records = |name: &str| {
        let head = "number,name,kind,country,language,time_zone,status,suspension_reason";
        format!("{head}\nC10423,{name},customer,GB,en,Europe/London,active,\n")
    };
    portal.import(&[("customers.csv", records("Acme Works"))]).await;
    let shown = pete.get(&page(&portal, "C10423")).await.expect(200);
    assert_eq!(
        (shown.text("/name"), shown.text("/status"), shown.text("/suspended_by")),
        ("Acme Works", "suspended", "partner")
    );
    let listed = portal.support().await.get("/api/staff/accounts?query=acme").await.expect(200);
    assert_eq!(listed.text("/items/0/status"), "suspended");
    portal.set_status("C10423", "suspended").await;
    assert_eq!(pete.get(&page(&portal, "C10423")).await.expect(200).text("/suspended_by"), "vendor");
    assert_eq!(reactivate(&pete, &portal, "C10423").await.says(), "409 suspension_not_yours");
}
