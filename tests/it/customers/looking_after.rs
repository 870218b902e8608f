//! Looking after a customer's people and licenses: the operations of its own team, by its partner's people (R502, R504,
//! R507).

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use crate::{
    access::{account_row, let_in, link},
    given_logins::{NAME, jane},
    seats::{Seats, TWELVE, agree, license},
    team::{DORA, MIA, act, edit, letter, path, set_role},
    team_invitations::{accept, invited},
};

/// Somebody on the page of a customer.
async fn on(portal: &TestPortal, caller: &Caller, number: &str) -> Caller {
    caller.on_customer(account_row(portal, number)["i"]["S"].as_str().unwrap())
}

fn emails(listed: &Value) -> Vec<&str> {
    listed["items"].as_array().unwrap().iter().map(|item| item["email"].as_str().unwrap()).collect()
}

/// R502, R507: a plain member of the partner's team, and its owner.
#[tokio::test]
async fn everyone_of_a_partner_looks_after_a_customers_people() {
    let portal = TestPortal::new().await;
    for caller in [portal.partner_member().await, portal.partner_owner().await] {
        let pete = on(&portal, &caller, "C10423").await;
        let listed = pete.get("/api/team/people?search=park").await.expect(200);
        assert_eq!(emails(&listed.json), [MIA]);
        let file = pete.get("/api/team/people/export").await.expect(200);
        assert!(String::from_utf8_lossy(&file.bytes).contains(MIA));
        let dry = json!({ "csv": "kim@acme.test,Kim,Gordon" });
        pete.post("/api/team/invitations/dry-runs", dry).await.expect(200);

        let dora = path(&portal, DORA);
        let detail = pete.get(&dora).await.expect(200);
        assert_eq!(detail.json["may"], json!(["edit", "set_role", "deactivate", "unlink", "remove"]));
        edit(&pete, &dora, "job_title", "Fitter").await.expect(200);
        set_role(&pete, &dora, "member", &["view_orders"]).await.expect(200);
        for what in ["deactivate", "reactivate", "unlink", "link"] {
            assert_eq!(act(&pete, &dora, what).await.says(), "204", "{what}");
        }
        for tail in ["/licenses", "/activity"] {
            pete.get(&format!("{dora}{tail}")).await.expect(200);
        }
        assert_eq!(act(&pete, &path(&portal, "ada@acme.test"), "deactivate").await.says(), "403 owner_protected");
    }
    let pete = on(&portal, &portal.partner_member().await, "C10423").await;
    act(&pete, &path(&portal, DORA), "remove").await.expect(204);
    let said = letter(&portal, DORA).await;
    assert!(said.contains("Pete Best of Orion Resellers, the partner who looks after Acme Engineering,"), "{said}");
    agree(&portal);
}

/// R507: created with a login of the customer's own, and by invitation; letters say who.
#[tokio::test]
async fn a_partner_adds_people_to_a_customer() {
    let portal = TestPortal::new().await;
    let pete = on(&portal, &portal.partner_member().await, "C10423").await;
    let added = pete.post("/api/team/members", jane()).await.expect(201);
    assert_eq!(added.text("/user_name"), NAME, "the customer's number, not the partner's");
    pete.post(&format!("/api/team/members/{}/password", added.text("/user")), json!({ "password": null }))
        .await
        .expect(200);
    let before = super::shown(&portal.partner_member().await, "C10423").await["users"].as_u64().unwrap();
    let (_, token) = invited(&portal, &pete, "nora@new.test").await;
    assert!(letter(&portal, "nora@new.test").await.contains("Pete Best (Orion Resellers) invites you"));
    accept(&portal.stranger(), &token).await.expect(200);
    let listed = portal.owner().await.get("/api/team/people").await.expect(200);
    assert!(emails(&listed.json).contains(&"nora@new.test"), "{}", listed.json);
    assert_eq!(super::shown(&portal.partner_member().await, "C10423").await["users"], before + 1);
    // The partner's own people stay as they were.
    let own = portal.partner_owner().await.get("/api/team/people").await.expect(200);
    assert_eq!(emails(&own.json), ["pete@orion.test", "paula@orion.test"]);
}

/// R507: an invitation of a partner's lets somebody in as long as the partner could invite them.
#[tokio::test]
async fn an_invitation_of_a_former_partner_lets_nobody_in() {
    for end in ["unlinked", "guests only", "deactivated there", "suspended there"] {
        let portal = TestPortal::new().await;
        let pete = on(&portal, &portal.partner_member().await, "C10423").await;
        let (_, token) = invited(&portal, &pete, "nora@new.test").await;
        let acme = account_row(&portal, "C10423");
        match end {
            "unlinked" => super::suspending::unlink(&portal, "C10423"),
            "guests only" => portal.update(&acme, "SET px = :px", json!({ ":px": { "S": "guests_only" } })),
            "deactivated there" => portal.deactivate("pete@orion.test").await,
            _ => portal.set_status("C20010", "suspended").await,
        }
        assert_eq!(accept(&portal.stranger(), &token).await.says(), "410 inviter_gone", "{end}");
    }
}

/// R502, R504, R507
#[tokio::test]
async fn everyone_of_a_partner_looks_after_a_customers_licenses() {
    let portal = TestPortal::new().await;
    let own = portal.owner().await.get("/api/licenses/summary").await.expect(200);
    for caller in [portal.partner_member().await, portal.partner_owner().await] {
        let pete = on(&portal, &caller, "C10423").await;
        assert_eq!(pete.get("/api/licenses/summary").await.expect(200).json, own.json);
        assert_eq!(pete.get("/api/licenses").await.expect(200).json["items"].as_array().unwrap().len(), 4);
        pete.get("/api/licenses/export").await.expect(200);
        let seats = Seats::of(&portal, TWELVE);
        seats.assign(&pete, &[DORA]).await.expect(204);
        seats.pass_on(&pete, DORA, "max@acme.test").await.expect(204);
        assert_eq!(seats.holders(&pete).await, ["max@acme.test", MIA, "vera@acme.test"]);
        seats.release(&pete, &["max@acme.test"]).await.expect(204);
        agree(&portal);
        // They use no seat themselves: they belong to another account.
        assert_eq!(seats.assign(&pete, &["pete@orion.test"]).await.says(), "409 not_a_member");
        pete.get(&format!("/api/licenses/{}", license(&portal, TWELVE))).await.expect(200);
    }
}

/// What a partner's person tries of everything there is to do at a customer.
const TRIES: [(&str, &str); 6] = [
    ("GET", "/api/team/people"),
    ("POST", "/api/team/invitations"),
    ("PUT", "{member}/deactivation"),
    ("GET", "/api/licenses"),
    ("GET", "/api/licenses/summary"),
    ("PUT", "{seats}"),
];

/// Tries all of it on the customer with that number.
async fn tries(portal: &TestPortal, caller: &Caller, number: &str) -> Vec<String> {
    let caller = on(portal, caller, number).await;
    let mut says = Vec::new();
    for (method, at) in TRIES {
        let at = at.replace("{member}", &path(portal, MIA));
        let at = at.replace("{seats}", &format!("/api/licenses/{}/seats", license(portal, TWELVE)));
        let body = match method {
            "GET" => Value::Null,
            _ if at.ends_with("seats") => json!({ "users": crate::seats::ids(portal, &[DORA]) }),
            _ if at.ends_with("invitations") => crate::team_invitations::wanted("nora@new.test"),
            _ => json!({}),
        };
        let reply = if body.is_null() { caller.get(&at).await } else { caller.send_json(method, &at, &body).await };
        says.push(reply.says());
    }
    let page = super::suspending::page(portal, number);
    for at in [page.clone(), format!("{page}/export?format=csv")] {
        says.push(caller.get(&at).await.says());
    }
    says.push(super::suspending::suspend(&caller, portal, number).await.says());
    says.sort_unstable();
    says.dedup();
    says
}

/// R502, R507, R509, R514: at customers of others, after the partnership, and where only guests are let in.
#[tokio::test]
async fn a_partner_is_refused_wherever_it_looks_after_nobody() {
    for (what, refusal) in [
        ("another's customer", "404 not_found"),
        ("one without a partner", "404 not_found"),
        ("unlinked since", "404 not_found"),
        ("guests only", "403 guests_only"),
        ("closed", "403 account_closed"),
        ("own", "404 not_found"),
    ] {
        let portal = TestPortal::new().await;
        let pete = portal.partner_member().await;
        let acme = account_row(&portal, "C10423");
        let number = match what {
            "another's customer" => {
                link(&portal, "C10500", "C10423");
                "C10500"
            }
            "one without a partner" => "C10500",
            "unlinked since" => {
                super::suspending::unlink(&portal, "C10423");
                "C10423"
            }
            "guests only" => {
                portal.update(&acme, "SET px = :px", json!({ ":px": { "S": "guests_only" } }));
                "C10423"
            }
            "closed" => {
                portal.set_status("C10423", "closed").await;
                "C10423"
            }
            _ => "C20010",
        };
        assert_eq!(tries(&portal, &pete, number).await, [refusal], "{what}");
    }
}

/// R502, R507: whoever is no (longer) one of the partner's team.
#[tokio::test]
async fn only_those_on_the_partners_team_look_after_customers() {
    let portal = TestPortal::new().await;
    for caller in [portal.other_owner().await, portal.member().await, portal.unattached().await] {
        let says = tries(&portal, &caller, "C10423").await;
        assert!(says.iter().all(|says| says.starts_with("403") || says.starts_with("404")), "{says:?}");
    }
    link(&portal, "C20010", "C10500");
    let_in(&portal, "otto@birch.test", "C20010", ("member", 600));
    let otto = crate::access::switched(&portal, "otto@birch.test", "C20010").await;
    assert_eq!(tries(&portal, &otto, "C10423").await, ["404 not_found"], "a guest of the partner");
    let pete = portal.partner_member().await;
    portal.deactivate("pete@orion.test").await;
    assert_eq!(tries(&portal, &pete, "C10423").await, ["403 membership_deactivated"]);
    let paula = portal.partner_owner().await;
    portal.set_status("C20010", "suspended").await;
    assert_eq!(tries(&portal, &paula, "C10423").await, ["403 account_suspended"]);
}

/// R508
#[tokio::test]
async fn a_partners_own_people_are_for_its_managers() {
    let portal = TestPortal::new().await;
    let (pete, paula) = (portal.partner_member().await, portal.partner_owner().await);
    assert_eq!(pete.get("/api/team/people").await.says(), "403 managers_only");
    let id = crate::account_claims::id_of(&portal, "pete@orion.test");
    let of_pete = format!("/api/team/members/{id}");
    assert_eq!(act(&pete, &of_pete, "deactivate").await.says(), "403 managers_only");
    let at_acme = on(&portal, &pete, "C10423").await;
    assert_eq!(act(&at_acme, &of_pete, "deactivate").await.says(), "404 not_found", "not by way of a customer");
    act(&paula, &of_pete, "deactivate").await.expect(204);
}

/// R507, R510: guests are let in and looked after by the customer; a partner gives none of its own people more.
#[tokio::test]
async fn a_partner_changes_nothing_of_a_guest() {
    let portal = TestPortal::new().await;
    let_in(&portal, "pete@orion.test", "C10423", ("member", 600));
    let guest = path(&portal, "pete@orion.test");
    let at_acme = on(&portal, &portal.partner_owner().await, "C10423").await;
    let detail = at_acme.get(&guest).await.expect(200);
    assert_eq!(detail.json["may"], json!([]));
    assert_eq!(set_role(&at_acme, &guest, "manager", &[]).await.says(), "403 not_for_partners");
    for what in ["deactivate", "remove"] {
        assert_eq!(act(&at_acme, &guest, what).await.says(), "403 not_for_partners", "{what}");
    }
    act(&portal.owner().await, &guest, "remove").await.expect(204);
}
