//! A partner makes a customer's account on behalf of the vendor (R511).

use serde_json::{Value, json};
use tests::portal::{Caller, GOOD, Reply, TestPortal};

use super::{changes, set_on_behalf, subjects};
use crate::customers::{names, recount::lists_agree, shown};
use crate::trials::offer;

pub(super) const CUSTOMERS: &str = "/api/partner/customers";
pub(super) const NORA: &str = "nora@nile.test";

/// What the form sends; `request` is its own id.
pub(crate) fn wanted(request: &str, email: &str) -> Value {
    json!({
        "request": format!("7d444840-9dc0-11d1-b245-{request:0>12}"), "name": "Nile Works", "country": "FR",
        "language": "fr", "time_zone": "Europe/Paris",
        "owner": { "first_name": "Nora", "last_name": "Nile", "email": email },
    })
}

/// Orion, which may, and a member of its team.
pub(super) async fn allowed(portal: &TestPortal) -> Caller {
    set_on_behalf(portal, &portal.admin().await, true).await;
    portal.partner_member().await
}

async fn create(caller: &Caller, body: Value) -> Reply {
    caller.post(CUSTOMERS, body).await
}

/// R511
#[tokio::test]
async fn a_partner_makes_a_customer_and_its_owner_comes_in() {
    let portal = TestPortal::new().await;
    let pete = allowed(&portal).await;
    let made = create(&pete, wanted("1", NORA)).await.expect(201);
    let (id, number) = (made.text("/id").to_owned(), made.text("/number").to_owned());
    assert!(number.starts_with("C9") && number.len() == 10, "{number}");
    let listed = shown(&pete, &number).await;
    assert_eq!(
        (&listed["name"], &listed["users"], &listed["access"]),
        (&json!("Nile Works"), &json!(1), &json!("automatic"))
    );
    pete.on_customer(&id).get("/api/team/people").await.expect(200);
    let found = portal.support().await.get("/api/staff/accounts?query=nile").await.expect(200);
    assert_eq!(found.text("/items/0/number"), number, "staff find it");
    assert_eq!(changes(&portal, &number), [("created".to_owned(), "partner".to_owned())]);
    let ours = portal.wire.snapshot().find("journal", "LOG#acc_", "evt_");
    assert!(ours.iter().any(|row| row["event"]["S"] == "customer_created" && row["customer"]["S"] == id));

    let letter = portal.letters_to(NORA).await;
    let text = letter.texts().remove(0);
    for part in ["Orion Resellers", "Nile Works", number.as_str(), "Choisir mon mot de passe"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let token = letter.last_token();
    portal.stranger().post("/api/reset/passwords", json!({ "token": token, "password": GOOD })).await.expect(204);
    let nora = portal.sign_in(NORA).await;
    let me = nora.get("/api/session").await.expect(200);
    assert_eq!((me.text("/role"), me.text("/account/number")), ("owner", number.as_str()));
    assert_eq!(portal.sign_in(&number).await.get("/api/session").await.text("/user/email"), NORA, "by its number too");
    let told = portal.letters_to("support@portal.test").await.texts().remove(0);
    for part in ["Pete Best", "Orion Resellers", "Nile Works", number.as_str()] {
        assert!(told.contains(part), "{part} in {told}");
    }
    lists_agree(&portal);
}

/// R511: who has the address already owns the account, and is sent no link to a password.
#[tokio::test]
async fn an_address_with_a_login_owns_it_with_that() {
    let portal = TestPortal::new().await;
    let pete = allowed(&portal).await;
    let made = create(&pete, wanted("1", "UNA@solo.test")).await.expect(201);
    let texts = portal.letters_to("una@solo.test").await.texts();
    assert!(texts[0].contains("One more account") || texts[0].contains("Nile Works"), "{texts:?}");
    assert!(!texts[0].contains("#token="), "{texts:?}");
    let una = portal.sign_in("una@solo.test").await;
    let me = una.get("/api/session").await.expect(200);
    assert_eq!((me.text("/account/number"), me.text("/role")), (made.text("/number"), "owner"));
    assert_eq!(me.text("/user/last_name"), "Solo", "as they call themselves");
    assert_eq!(subjects(&portal, "una@solo.test").await[0], "One more account at Northlight CAD");
}

/// R511: neither the answer nor what it costs tells whether there is a login.
#[tokio::test]
async fn known_and_unknown_addresses_are_answered_alike() {
    let mut seen = Vec::new();
    for email in [NORA, "una@solo.test"] {
        let portal = TestPortal::new().await;
        let pete = allowed(&portal).await;
        drop(create(&pete, wanted("1", "first@nile.test")).await.expect(201));
        let (reply, calls) = portal.wire.record(create(&pete, wanted("2", email))).await;
        let fields: Vec<_> = reply.json.as_object().unwrap().keys().cloned().collect();
        let kinds: Vec<_> = calls.0.iter().map(|call| call.operation.clone()).collect();
        let mut kinds = kinds;
        kinds.sort();
        seen.push((reply.status, fields, kinds, calls.read_units(), calls.write_units()));
    }
    assert_eq!(seen[0], seen[1]);
}

/// R511, R407
#[tokio::test]
async fn a_first_trial_comes_with_it() {
    let portal = TestPortal::new().await;
    offer(&portal, 30).await;
    let pete = allowed(&portal).await;
    let mut body = wanted("1", NORA);
    body["trial"] = json!({ "product": "NLX" });
    assert_eq!(create(&pete, body.clone()).await.expect(422).at("/trial/product"), "trial_unavailable");
    body["trial"] = json!({ "product": "nlr" });
    let made = create(&pete, body).await.expect(201);
    let there = pete.on_customer(made.text("/id"));
    let licenses = there.get("/api/licenses").await.expect(200);
    assert_eq!((licenses.text("/items/0/product/code"), licenses.text("/items/0/type")), ("NLR", "trial"));
    assert_eq!(shown(&pete, made.text("/number")).await["products"], json!(["NLR"]));
    let again = there.post("/api/licenses/trials", json!({ "product": "NLR" })).await;
    assert_eq!(again.says(), "409 trial_used");
    lists_agree(&portal);
}

/// R511
#[tokio::test]
async fn only_where_the_vendor_lets_it() {
    let portal = TestPortal::new().await;
    let (pete, admin) = (portal.partner_member().await, portal.admin().await);
    let before = names(&pete, "").await;
    assert_eq!(create(&pete, wanted("1", NORA)).await.says(), "403 not_on_behalf");
    for caller in [portal.owner().await, portal.unattached().await] {
        assert_eq!(create(&caller, wanted("1", NORA)).await.says(), "404 not_found");
    }
    set_on_behalf(&portal, &admin, true).await;
    create(&pete, wanted("1", NORA)).await.expect(201);
    set_on_behalf(&portal, &admin, false).await;
    assert_eq!(create(&pete, wanted("2", "second@nile.test")).await.says(), "403 not_on_behalf");
    assert_eq!(names(&pete, "").await.len(), before.len() + 1);
}

/// R511
#[tokio::test]
async fn each_field_says_what_it_takes() {
    let portal = TestPortal::new().await;
    let pete = allowed(&portal).await;
    for (pointer, value, code) in [
        ("/request", json!("short"), "id_invalid"),
        ("/request", json!(""), "required"),
        ("/name", json!(" "), "required"),
        ("/country", json!("France"), "country_invalid"),
        ("/language", json!("es"), "language_unknown"),
        ("/time_zone", json!("Mars"), "time_zone_invalid"),
        ("/owner/email", json!("nora"), "email_invalid"),
        ("/owner/first_name", json!(""), "required"),
        ("/owner/last_name", json!("\u{202e}"), "name_invalid"),
    ] {
        let mut body = wanted("1", NORA);
        *body.pointer_mut(pointer).unwrap() = value;
        assert_eq!(create(&pete, body).await.expect(422).at(pointer), code, "{pointer}");
    }
    // Somebody who leaves owns nothing any more.
    portal.unattached().await.post("/api/profile/closure", json!({ "password": GOOD })).await.expect(204);
    let closing = create(&pete, wanted("1", "una@solo.test")).await;
    assert_eq!(closing.expect(422).at("/owner/email"), "owner_unavailable");
}
