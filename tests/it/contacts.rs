//! Contacts: people an account knows by their address, who do not belong to it.

use serde_json::{Value, json};
use tests::portal::{Caller, Reply, TestPortal};

const KIM: &str = "kim@acme.test";

/// Somebody to be noted.
pub(crate) fn kim() -> Value {
    json!({ "email": KIM, "first_name": "Kim", "last_name": "Gordon", "job_title": "Bass", "phone": "", "version": 0 })
}

fn kim_with(field: &str, value: impl Into<Value>) -> Value {
    let mut kim = kim();
    kim[field] = value.into();
    kim
}

async fn add(by: &Caller, contact: Value) -> Reply {
    by.post("/api/team/contacts", contact).await
}

/// The path of a contact.
fn path(added: &Reply) -> String {
    format!("/api/team/contacts/{}", added.text("/contact"))
}

/// Who is listed as a contact, by name and address.
async fn contacts(by: &Caller) -> Vec<String> {
    let listed = by.get("/api/team/people?group=contacts").await.expect(200);
    let items = listed.json["items"].as_array().unwrap().iter();
    items.map(|it| format!("{} {} {}", it["first_name"], it["last_name"], it["email"]).replace('"', "")).collect()
}

/// Makes a contact one that is invited, as an invitation does.
fn invite(portal: &TestPortal, email: &str) {
    let rows = portal.wire.snapshot().find("accounts", "ACCOUNT#", "CONTACT#");
    let row = rows.into_iter().find(|row| row["m"]["S"] == email).unwrap();
    let until = portal.clock.now().as_millisecond() + 3_600_000;
    let values = json!({ ":iv": { "S": "inv_01jd0x5m2nfe4r8v0t6w9y2zab" }, ":x": { "N": until.to_string() } });
    portal.update(&row, "SET iv = :iv, x = :x", values);
}

/// R307
#[tokio::test]
async fn a_contact_is_noted_changed_and_forgotten_and_nobody_is_told() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    let added = add(&max, kim()).await.expect(201);
    assert_eq!(
        (added.text("/group"), &added.json["registered"], &added.json["user"]),
        ("contacts", &json!(false), &Value::Null)
    );
    assert_eq!(contacts(&max).await, ["Kim Gordon kim@acme.test"]);
    let changed = max.put(&path(&added), kim_with("last_name", "Deal")).await.expect(200);
    assert_eq!((changed.text("/last_name"), &changed.json["version"]), ("Deal", &json!(1)));
    assert_eq!(contacts(&max).await, ["Kim Deal kim@acme.test"]);

    let mut elsewhere = kim_with("email", "kim@new.test");
    elsewhere["version"] = json!(1);
    let moved = max.put(&path(&changed), elsewhere).await.expect(200);
    assert_ne!(moved.text("/contact"), changed.text("/contact"));
    assert_eq!(contacts(&max).await, ["Kim Gordon kim@new.test"], "another address is another contact");
    assert_eq!(max.delete(&path(&changed)).await.says(), "404 not_found");
    max.delete(&path(&moved)).await.expect(204);
    assert_eq!(contacts(&max).await, [""; 0]);
    let log = portal.wire.snapshot().find("journal", "LOG#acc_", "evt_");
    let of_contacts = log.iter().filter(|row| row["event"]["S"] == "contact");
    let mut told: Vec<_> = of_contacts.map(|row| row["change"]["S"].as_str().unwrap_or_default()).collect();
    told.sort_unstable();
    assert_eq!(told, ["added", "edited", "edited", "removed"]);
    assert_eq!(portal.letters_to(KIM).await.count() + portal.letters_to("kim@new.test").await.count(), 0);
}

/// R307
#[tokio::test]
async fn an_account_knows_nobody_twice() {
    let portal = TestPortal::new().await;
    let (ada, otto) = (portal.owner().await, portal.other_owner().await);
    let added = add(&ada, kim()).await.expect(201);
    assert_eq!(add(&ada, kim_with("email", "KIM@acme.test")).await.expect(422).at("/email"), "contact_exists");
    assert_eq!(add(&ada, kim_with("email", "Mia@acme.test")).await.expect(422).at("/email"), "already_in_team");
    let other = add(&ada, kim_with("email", "lee@acme.test")).await.expect(201);
    for (email, code) in [(KIM, "contact_exists"), ("mia@acme.test", "already_in_team")] {
        assert_eq!(ada.put(&path(&other), kim_with("email", email)).await.expect(422).at("/email"), code);
    }
    portal.deactivate("mia@acme.test").await;
    assert_eq!(add(&ada, kim_with("email", "mia@acme.test")).await.expect(422).at("/email"), "already_in_team");
    add(&otto, kim()).await.expect(201);
    assert_eq!(otto.delete(&path(&added)).await.says(), "404 not_found", "another account's");
    assert_eq!(contacts(&otto).await, ["Kim Gordon kim@acme.test"]);
}

/// R307: of two changes at once, one learns of the other.
#[tokio::test]
async fn a_change_rests_on_what_was_read() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let added = add(&ada, kim()).await.expect(201);
    ada.put(&path(&added), kim_with("first_name", "Kimberly")).await.expect(200);
    assert_eq!(ada.put(&path(&added), kim_with("first_name", "Kay")).await.says(), "409 conflict");
    let id = path(&added);
    let answers = crate::races::at_once((0..10).map(|_| {
        let (ada, id) = (ada.again(), id.clone());
        let mut wanted = kim_with("first_name", "Kate");
        wanted["version"] = json!(1);
        async move { ada.put(&id, wanted).await.says() }
    }))
    .await;
    assert_eq!(answers.iter().filter(|says| *says == "200").count(), 1, "{answers:?}");
    assert!(answers.iter().all(|says| says == "200" || says == "409 conflict"), "{answers:?}");
}

/// R307, R309: an invitation keeps its contact, at the address it is for.
#[tokio::test]
async fn who_is_invited_stays_until_the_invitation_is_taken_back() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let added = add(&ada, kim()).await.expect(201);
    invite(&portal, KIM);
    assert_eq!(ada.delete(&path(&added)).await.says(), "409 contact_invited");
    assert_eq!(
        ada.put(&path(&added), kim_with("email", "kim@new.test")).await.expect(422).at("/email"),
        "already_invited"
    );
    let renamed = ada.put(&path(&added), kim_with("last_name", "Deal")).await.expect(200);
    assert_eq!((renamed.text("/group"), renamed.text("/last_name")), ("invited", "Deal"), "and is still invited");
    assert!(renamed.json["invitation"].is_string() && renamed.json["invited_until"].is_string(), "{}", renamed.json);
}

/// R307, R903
#[tokio::test]
async fn what_cannot_be_noted_is_told_at_its_fields() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let refused =
        add(&ada, json!({ "email": "kim", "first_name": "", "last_name": "", "phone": "1" })).await.expect(422);
    for (field, code) in [
        ("/email", "email_invalid"),
        ("/first_name", "required"),
        ("/last_name", "required"),
        ("/phone", "phone_invalid"),
    ] {
        assert_eq!(refused.at(field), code);
    }
    assert_eq!(ada.put("/api/team/contacts/con_0", kim()).await.says(), "404 not_found");
    assert_eq!(ada.delete("/api/team/contacts/con_01jd0x5m2nfe4r8v0t6w9y2zab").await.says(), "404 not_found");
}
