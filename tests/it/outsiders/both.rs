//! Whoever is somebody in the customer's account and in its partner's too: neither place gives them more in the other.

use serde_json::json;
use tests::portal::{GOOD, TestPortal};

use super::{ACME, ORION, PETE, account_row, id_of, let_in, link, member_row, pete_on_acme, switched};
use crate::seats::{FIVE, Seats};
use crate::team::{self, ACTS};

/// Makes Pete a member of Acme who belongs there: what a guest has, without whatever makes them one.
fn join(portal: &TestPortal) {
    let_in(portal, PETE, ACME, ("member", 600));
    let member = member_row(portal, PETE, ACME).unwrap();
    let user = member["sk"]["S"].as_str().unwrap().trim_start_matches("MEMBER#").to_owned();
    let copy =
        json!({ "pk": { "S": format!("USER#{user}") }, "sk": { "S": format!("MEMBER#{}", id_of(portal, ACME)) } });
    for row in [&member, &copy] {
        portal.update(row, "REMOVE gh, gn, gu", json!({}));
    }
}

/// R502, R510, R512: as the customer's partner they manage its people, but not themselves: what they are there, others say.
#[tokio::test]
async fn nobody_gives_themselves_a_place_in_a_customers_account() {
    for as_guest in [false, true] {
        let portal = TestPortal::new().await;
        if as_guest {
            let_in(&portal, PETE, ACME, ("member", 600));
        } else {
            join(&portal);
        }
        // In Acme he asks for more; from Orion he decides on Acme's requests.
        let inside = switched(&portal, PETE, ACME).await;
        inside.post("/api/team/access-requests", json!({ "wants": "team", "note": "" })).await.expect(201);
        let pete = portal.sign_in(PETE).await;
        if pete.get("/api/session").await.json["account"].is_null() {
            let orion = json!({ "account_id": id_of(&portal, ORION), "password": GOOD });
            pete.put("/api/session/account", orion).await.expect(200);
        }
        let pete = pete.on_customer(&id_of(&portal, ACME));
        let user = crate::seats::ids(&portal, &[PETE]).remove(0);
        let asked = format!("/api/team/access-requests/{user}/decision");
        let granted = pete.post(&asked, json!({ "decision": "grant", "reason": "" })).await;
        assert_eq!(granted.says(), "409 not_yourself");
        let me = team::path(&portal, PETE);
        let mut says = vec![team::set_role(&pete, &me, "manager", &[]).await.says()];
        for (method, tail) in ACTS {
            says.push(pete.send_json(method, &format!("{me}{tail}"), &json!({})).await.says());
        }
        // Guests are for those to let in and see off who belong to the account.
        let refusals = ["409 not_yourself", "403 not_for_partners", "409 member_is_guest"];
        let refusals = if as_guest { &refusals[..] } else { &refusals[..1] };
        assert!(says.iter().all(|says| refusals.contains(&says.as_str())), "{says:?}");
        assert_eq!(member_row(&portal, PETE, ACME).unwrap()["r"]["S"], "member");
        // The customer's own people decide.
        portal.owner().await.post(&asked, json!({ "decision": "grant", "reason": "" })).await.expect(204);
        assert_eq!(member_row(&portal, PETE, ACME).unwrap()["r"]["S"], "manager");
    }
}

/// R507, R510: a seat for oneself as a member, given as the partner, is counted once; a guest gets none.
#[tokio::test]
async fn a_seat_given_to_oneself_is_counted() {
    let portal = TestPortal::new().await;
    join(&portal);
    let pete = portal.sign_in(PETE).await;
    let orion = json!({ "account_id": id_of(&portal, ORION), "password": GOOD });
    pete.put("/api/session/account", orion).await.expect(200);
    let pete = pete.on_customer(&id_of(&portal, ACME));
    let five = Seats::of(&portal, FIVE);
    five.assign(&pete, &[PETE]).await.expect(204);
    assert_eq!(five.holders(&pete).await, [PETE, "vera@acme.test"]);
    crate::seats::agree(&portal);
    five.release(&pete, &[PETE]).await.expect(204);
    crate::seats::agree(&portal);

    let portal = TestPortal::new().await;
    let_in(&portal, PETE, ACME, ("manager", 600));
    let five = Seats::of(&portal, FIVE);
    for by in [pete_on_acme(&portal).await, switched(&portal, PETE, ACME).await, portal.owner().await] {
        assert_eq!(five.assign(&by, &[PETE]).await.says(), "409 guest_no_seat");
    }
}

/// R502, R512: two accounts that look after each other give each other's people no more than each lets in.
#[tokio::test]
async fn two_partners_of_each_other_stay_apart() {
    let portal = TestPortal::new().await;
    portal.update(&account_row(&portal, ACME), "SET k = :v", json!({ ":v": { "S": "partner" } }));
    link(&portal, ORION, ACME);
    let (acme, orion) = (id_of(&portal, ACME), id_of(&portal, ORION));
    let (pete, mia) = (portal.partner_member().await, portal.member().await);
    for (caller, theirs, own) in [(&pete, &acme, &orion), (&mia, &orion, &acme)] {
        caller.on_customer(theirs).get("/api/team/people").await.expect(200);
        // Not by the detour of the other, nor as one's own customer.
        assert_eq!(caller.on_customer(own).get("/api/team/people").await.says(), "404 not_found");
        assert_eq!(caller.get("/api/team/people").await.says(), "403 managers_only");
    }
}
