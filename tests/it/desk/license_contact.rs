//! Another license contact: two of the vendor's people, one transaction, and nobody without an owner.

use std::time::Duration;

use serde_json::{Value, json};
use tests::portal::{Caller, GOOD, TestPortal};
use tests::wire::{Fault, Rule};

use super::{ADA, REQUESTS, approve, ask, decide, owner_of, subjects};

/// Another password than everybody's.
const OTHER: &str = "nine copper kettles hum";

async fn ask_for(portal: &TestPortal, email: &str) -> String {
    let contact = json!({
        "kind": "license_contact", "first_name": "Nell", "last_name": "Novak", "email": email, "reason": "Ada has left",
    });
    ask(&portal.manager().await, contact).await
}

/// Approved by both.
async fn hand_over(portal: &TestPortal, email: &str) {
    let (sam, ann) = (portal.support().await, portal.admin().await);
    let id = ask_for(portal, email).await;
    assert_eq!(approve(&sam, &id).await.expect(202).json, json!({ "waiting_for_second": true }));
    approve(&ann, &id).await.expect(204);
}

async fn role(caller: &Caller) -> Value {
    caller.get("/api/session").await.expect(200).json["role"].clone()
}

/// How many memberships of Acme are an owner's: the account's rows, and the copies of people.
fn owners(portal: &TestPortal) -> (usize, usize) {
    let stored = portal.wire.snapshot();
    let accounts = stored.find("accounts", "ACCOUNT#", "ACCOUNT");
    let id = accounts.iter().find(|row| row["n"]["S"] == "C10423").unwrap()["i"]["S"].as_str().unwrap().to_owned();
    let own = |rows: Vec<Value>| rows.iter().filter(|row| row["r"]["S"] == "owner").count();
    (
        own(stored.find("accounts", &format!("ACCOUNT#{id}"), "MEMBER#")),
        own(stored.find("accounts", "USER#", &format!("MEMBER#{id}"))),
    )
}

/// R313, R705
#[tokio::test]
async fn it_takes_two_people_and_the_second_is_an_admin() {
    let portal = TestPortal::new().await;
    let (sam, ann, abe) = (portal.support().await, portal.admin().await, portal.other_admin().await);
    let ada = portal.owner().await;
    let id = ask_for(&portal, "max@acme.test").await;
    let shown = |caller: Caller| {
        let path = format!("{REQUESTS}/{id}");
        async move { caller.get(&path).await.expect(200) }
    };
    assert_eq!(shown(sam.again()).await.json["takes_two"], true);
    ann.put(&owner_of(&id), json!({})).await.expect(204);
    approve(&ann, &id).await.expect(202);
    assert_eq!(approve(&ann, &id).await.says(), "409 same_person");
    assert_eq!(approve(&sam, &id).await.says(), "403 admin_only");
    let mine = shown(ann.again()).await;
    assert_eq!(
        (mine.text("/barred"), &mine.json["may"], &mine.json["owner"]),
        ("same_person", &json!(["refuse"]), &Value::Null)
    );
    assert_eq!(
        (mine.text("/approved_first/by/name"), &mine.json["approved_first"]["by"]["me"]),
        ("Ann North", &json!(true))
    );
    assert_eq!(shown(sam.again()).await.text("/barred"), "admin_only");
    assert_eq!(shown(abe.again()).await.json["may"], json!(["approve", "refuse"]));
    assert_eq!(role(&ada).await, "owner", "one approval does nothing");
    approve(&abe, &id).await.expect(204);
    assert_eq!(role(&portal.manager().await).await, "owner");
    assert_eq!(owners(&portal), (1, 1));
}

/// R313: what one person approved, any other can still refuse.
#[tokio::test]
async fn a_first_approval_can_be_followed_by_a_refusal() {
    let portal = TestPortal::new().await;
    let (sam, ann) = (portal.support().await, portal.admin().await);
    let ada = portal.owner().await;
    let id = ask_for(&portal, "max@acme.test").await;
    approve(&ann, &id).await.expect(202);
    decide(&sam, &id, "refuse", "Ada told us on the telephone that she stays.").await.expect(204);
    assert_eq!((role(&ada).await, owners(&portal)), (json!("owner"), (1, 1)));
    assert_eq!(approve(&ann, &id).await.says(), "404 not_found");
}

/// R104, R313
#[tokio::test]
async fn a_member_becomes_the_owner_and_the_owner_a_member() {
    let portal = TestPortal::new().await;
    let (ada, mia) = (portal.owner().await, portal.member().await);
    hand_over(&portal, "mia@acme.test").await;
    assert_eq!(mia.get("/api/session").await.expect(200).json["role"], "owner", "from the next request on");
    assert_eq!(ada.get("/api/session").await.says(), "401 session_ended", "her sessions in this account end");
    let ada = portal.sign_in(ADA).await;
    let me = ada.get("/api/session").await.expect(200);
    assert_eq!((&me.json["role"], &me.json["permissions"]), (&json!("member"), &json!(["view_orders"])));
    assert_eq!(ada.get("/api/licenses").await.expect(200).text("/scope"), "account");
    assert_eq!(ada.get("/api/profile").await.expect(200).json["owner"], false);
    let by_number = portal.sign_in("C10423").await;
    assert_eq!(by_number.get("/api/profile").await.expect(200).text("/email"), "mia@acme.test", "the number moves");
    assert!(subjects(&portal, ADA).await.contains(&"Your company has another license contact".to_owned()));
    let to_mia = portal.letters_to("mia@acme.test").await.texts();
    let made = |text: &String| text.contains("contact licences") && text.contains("/fr/licenses");
    assert!(to_mia.iter().any(made), "{to_mia:?}");
    assert_eq!(owners(&portal), (1, 1));
    // Max, who asked, hears of it.
    let to_max = portal.letters_to("max@acme.test").await.texts();
    assert!(to_max.iter().any(|text| text.contains("geprüft und ausgeführt: ein anderer Lizenzkontakt")), "{to_max:?}");
}

/// R104, R313
#[tokio::test]
async fn somebody_new_is_given_a_login_and_invited() {
    const NELL: &str = "nell@new.test";
    let portal = TestPortal::new().await;
    hand_over(&portal, NELL).await;
    let letters = portal.letters_to(NELL).await;
    assert_eq!(letters.count(), 1);
    let body = json!({ "token": letters.last_token(), "password": OTHER });
    portal.stranger().post("/api/reset/passwords", body).await.expect(204);
    for name in [NELL, "C10423"] {
        let nell = portal.stranger();
        nell.post("/api/session", json!({ "name": name, "password": OTHER })).await.expect(200);
        let me = nell.get("/api/session").await.expect(200);
        assert_eq!(
            (me.text("/user/first_name"), me.text("/role"), me.text("/account/number")),
            ("Nell", "owner", "C10423")
        );
    }
    assert_eq!(owners(&portal), (1, 1));
    let accounts = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
    let acme = accounts.iter().find(|row| row["n"]["S"] == "C10423").unwrap();
    assert_eq!(acme["m"]["N"], "7", "one member more");
}

/// R313
#[tokio::test]
async fn somebody_from_elsewhere_keeps_what_they_have_there() {
    let portal = TestPortal::new().await;
    let otto = portal.other_owner().await;
    hand_over(&portal, "otto@birch.test").await;
    let accounts = otto.get("/api/session/accounts").await.expect(200);
    let roles: Vec<_> =
        accounts.json["items"].as_array().unwrap().iter().map(|item| (&item["number"], &item["role"])).collect();
    assert_eq!(roles.len(), 2);
    assert!(roles.iter().all(|(_, role)| **role == "owner"), "{roles:?}");
    portal.sign_in("C10500").await;
    portal.sign_in("C10423").await;
}

/// R313: a member that was switched off works again.
#[tokio::test]
async fn a_deactivated_member_becomes_the_owner() {
    let portal = TestPortal::new().await;
    portal.deactivate("mia@acme.test").await;
    hand_over(&portal, "mia@acme.test").await;
    let mia = portal.sign_in("mia@acme.test").await;
    assert_eq!((role(&mia).await, mia.get("/api/licenses").await.status), (json!("owner"), 200));
}

/// R313, R705: whoever owns the account already, or closes their login, is not made its owner.
#[tokio::test]
async fn what_cannot_be_handed_over_stays() {
    let portal = TestPortal::new().await;
    let (sam, ann) = (portal.support().await, portal.admin().await);
    let id = ask_for(&portal, ADA).await;
    approve(&sam, &id).await.expect(202);
    assert_eq!(approve(&ann, &id).await.says(), "409 no_longer_possible");
    decide(&sam, &id, "refuse", "She is already.").await.expect(204);
    let id = ask_for(&portal, "mia@acme.test").await;
    portal.member().await.post("/api/profile/closure", json!({ "password": GOOD })).await.expect(204);
    approve(&sam, &id).await.expect(202);
    assert_eq!(approve(&ann, &id).await.says(), "409 no_longer_possible");
    assert_eq!(owners(&portal), (1, 1));
}

/// R104, R701: an import knows the new owner, so that the vendor's next file is held against them.
#[tokio::test]
async fn an_import_is_told_of_the_new_owner() {
    let portal = TestPortal::new().await;
    hand_over(&portal, "mia@acme.test").await;
    let known = portal.wire.snapshot().find("accounts", "IMPORTED#C10423", "CUSTOMER");
    assert_eq!(known[0]["o"]["S"], "mia@acme.test");
}

/// R105, R313: the code that was mailed to one license contact does not open the login of the next.
#[tokio::test]
async fn a_code_of_the_contact_before_does_not_open_the_login_of_the_next() {
    const NELL: &str = "nell@new.test";
    let portal = TestPortal::new().await;
    crate::reset::record_fern(&portal).await;
    let (sam, ann, finn) = (portal.support().await, portal.admin().await, portal.stranger());
    portal.stranger().post("/api/reset/requests", json!({ "name": "finn@fern.test" })).await.expect(204);
    let token = portal.letters_to("finn@fern.test").await.last_token();
    finn.post("/api/reset/passwords", json!({ "token": token, "password": OTHER })).await.expect(204);
    finn.post("/api/session", json!({ "name": "finn@fern.test", "password": OTHER })).await.expect(200);
    let contact = json!({
        "kind": "license_contact", "first_name": "Nell", "last_name": "Novak", "email": NELL, "reason": "Fay has left",
    });
    let id = ask(&finn, contact).await;
    approve(&sam, &id).await.expect(202);
    approve(&ann, &id).await.expect(204);
    let before = portal.wire.snapshot().find("credentials", "USER#", "PASSWORD").len();
    let fay = json!({ "activation_code": crate::reset::FAYS_CODE, "password": "ten woolen mittens dry" });
    let refused = portal.stranger().post("/api/reset/first-passwords", fay).await;
    assert_eq!((refused.status, refused.at("/activation_code")), (422, "activation_code_unavailable"));
    assert_eq!(portal.wire.snapshot().find("credentials", "USER#", "PASSWORD").len(), before, "nobody got a password");
    let body = json!({ "token": portal.letters_to(NELL).await.last_token(), "password": OTHER });
    portal.stranger().post("/api/reset/passwords", body).await.expect(204);
}

/// R104, R705: an account that is called otherwise meanwhile is called so in the list of who gets it.
#[tokio::test]
async fn who_gets_an_account_while_its_name_changes_reads_the_new_one() {
    let portal = TestPortal::new().await;
    let (sam, ann, otto) = (portal.support().await, portal.admin().await, portal.other_owner().await);
    let id = ask_for(&portal, "otto@birch.test").await;
    approve(&sam, &id).await.expect(202);
    let acme = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
    let acme = acme.into_iter().find(|row| row["n"]["S"] == "C10423").unwrap();
    // Between what is read and what is written.
    portal.wire.inject(Rule::new(Fault::Delay(Duration::from_secs(1))).on("TransactWriteItems").times(1));
    let renaming = async {
        tokio::time::sleep(Duration::from_millis(600)).await;
        portal.update(&acme, "SET na = :na", json!({ ":na": { "S": "Acme & Sons" } }));
    };
    let (first, ()) = tokio::join!(approve(&ann, &id), renaming);
    if first.says() == "409 conflict" {
        approve(&ann, &id).await.expect(204);
    }
    let accounts = otto.get("/api/session/accounts").await.expect(200);
    let names: Vec<_> = accounts.json["items"].as_array().unwrap().iter().map(|item| &item["name"]).collect();
    assert!(names.contains(&&json!("Acme & Sons")), "{names:?}");
}
