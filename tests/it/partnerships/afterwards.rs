//! What outlives a partnership, and what does not; and what a partner learns of those it names.

use serde_json::{Value, json};
use tests::portal::TestPortal;

use super::{
    creating::{CUSTOMERS, allowed, wanted},
    let_in_by, partner, partner_of,
};
use crate::account_claims::id_of;
use crate::customers::given::account;
use crate::guests::{DAY, GUESTS, PETE, guest, is_over, offered};

/// R506, R514: nobody else could end it.
#[tokio::test]
async fn what_a_partner_suspended_opens_when_it_goes() {
    let portal = TestPortal::new().await;
    let (ada, pete, admin) = (portal.owner().await, portal.partner_member().await, portal.admin().await);
    let suspension = format!("/api/partner/customers/{}/suspension", account(&portal, "C10423"));
    pete.put(&suspension, json!({ "reason": "Two invoices are unpaid." })).await.expect(204);
    assert_eq!(ada.get("/api/licenses").await.says(), "403 account_suspended");
    admin.delete(&partner_of(&portal, "C10423")).await.expect(204);
    ada.get("/api/licenses").await.expect(200);
    let found = admin.get("/api/staff/accounts?query=acme").await.expect(200);
    assert_eq!(found.text("/items/0/status"), "active", "the directory says so too");
}

/// R514: whoever comes back to a customer is let in anew, or not at all.
#[tokio::test]
async fn guests_of_before_do_not_come_back_with_their_partner() {
    let portal = TestPortal::new().await;
    let (admin, path) = (portal.admin().await, partner_of(&portal, "C10423"));
    let pete = guest(&portal, offered(PETE)).await;
    pete.get("/api/licenses").await.expect(200);
    portal.clock.advance_secs(60);
    admin.delete(&path).await.expect(204);
    is_over(&pete).await;
    portal.clock.advance_secs(60);
    admin.put(&path, partner("C20010")).await.expect(204);
    is_over(&pete).await;
    let ada = portal.owner().await;
    let period = format!("{GUESTS}/{}/period", id_of(&portal, PETE));
    ada.put(&period, json!({ "days": 30 })).await.expect(204);
    pete.get("/api/licenses").await.expect(200);
    portal.clock.advance_secs(31 * DAY);
}

/// R509, R514: who is moved to another partner stays as closed as they were.
#[tokio::test]
async fn a_customer_s_choice_is_not_overturned_by_saying_nothing() {
    let portal = TestPortal::new().await;
    let (ada, admin) = (portal.owner().await, portal.admin().await);
    let_in_by(&ada, "guests_only").await.expect(204);
    admin.put(&partner_of(&portal, "C10423"), partner("C20010")).await.expect(204);
    let shown = ada.get("/api/team/access").await.expect(200);
    assert_eq!(shown.text("/access"), "guests_only");
}

/// R106, R511: whom a partner names as an owner, it learns nothing of before they come in.
#[tokio::test]
async fn an_owner_who_was_named_is_shown_as_they_were_named() {
    let portal = TestPortal::new().await;
    let pete = allowed(&portal).await;
    let mut told = Vec::new();
    for (request, email) in [("1", "una@solo.test"), ("2", "nobody@new.test")] {
        let mut body = wanted(request, email);
        body["name"] = format!("Nile {request}").into();
        let made = pete.post(CUSTOMERS, body).await.expect(201);
        let id = made.text("/id").to_owned();
        let page = pete.get(&format!("{CUSTOMERS}/{id}")).await.expect(200);
        let people = pete.on_customer(&id).get("/api/team/people").await.expect(200);
        let mut person = people.json["items"][0].clone();
        for own in ["id", "email", "user"] {
            person[own] = Value::Null;
        }
        let owner = json!([page.json["owner"]["first_name"], page.json["owner"]["last_name"], person]);
        assert_eq!((&owner[0], &owner[1]), (&json!("Nora"), &json!("Nile")), "{email}");
        told.push(owner);
    }
    assert_eq!(told[0], told[1], "nothing tells who has a login");
    let own = pete.post(CUSTOMERS, wanted("3", PETE)).await;
    assert_eq!(own.at("/owner/email"), "own_address_as_owner");
}

/// R301, R510: what a guest comes in with is for those who belong to the account to raise.
#[tokio::test]
async fn nobody_from_outside_gives_a_guest_more() {
    let portal = TestPortal::new().await;
    let (paula, pete) = (portal.partner_owner().await, guest(&portal, offered(PETE)).await);
    pete.post("/api/team/access-requests", json!({ "wants": "team", "note": "" })).await.expect(201);
    let acme = account(&portal, "C10423");
    let path = format!("/api/team/access-requests/{}/decision", id_of(&portal, PETE));
    let by_partner = paula.on_customer(&acme).post(&path, json!({ "decision": "grant" })).await;
    assert_eq!(by_partner.says(), "403 not_for_partners");
    portal.owner().await.post(&path, json!({ "decision": "grant" })).await.expect(204);
}

/// R303, R510: a name to sign in with is of those who belong to the account; and the log says as what somebody came in.
#[tokio::test]
async fn a_guest_has_no_name_of_the_account_and_comes_in_as_one() {
    let portal = TestPortal::new().await;
    let _pete = guest(&portal, offered(PETE)).await;
    let ada = portal.owner().await;
    let place = format!("/api/team/members/{}", id_of(&portal, PETE));
    let now = ada.get(&place).await.expect(200).json;
    let body = json!({
        "first_name": "Pete", "last_name": "Best", "job_title": null, "phone": null, "user_name": "pete",
        "role": "member", "permissions": ["view_orders"], "version": now["version"],
    });
    assert_eq!(ada.put(&place, body).await.at("/user_name"), "guest_no_user_name");
    let log = portal.wire.snapshot().find("journal", &format!("LOG#{}", account(&portal, "C10423")), "evt_");
    let came = log.iter().find(|entry| entry["event"]["S"] == "chose_account").unwrap();
    assert_eq!((&came["o"]["M"]["c"]["S"], &came["o"]["M"]["hn"]["S"]), (&json!("guest"), &json!("Orion Resellers")));
}
