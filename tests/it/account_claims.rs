//! Asking to join an account by a number one knows: nobody learns from it what is there, and somebody decides.

pub(crate) mod rule;

use serde_json::{Value, json};
use tests::portal::{Caller, GOOD, Reply, TestPortal, confirm, registration};
use tests::wire::Calls;

pub(crate) const UNA: &str = "una@solo.test";
pub(crate) const OLGA: &str = "olga@new.test";
/// Of Acme, as is the other.
pub(crate) const SERIAL: &str = "NLD-7Q4M-X2KP-09TV";
const OTHER_SERIAL: &str = "NLR-3B8C-YY2T-K5RW";

pub(crate) async fn ask(caller: &Caller, reference: &str) -> Reply {
    caller.post("/api/sign-up/account-claims", json!({ "reference": reference })).await
}

/// The numbers somebody reads that they asked by.
pub(crate) async fn mine(caller: &Caller) -> Vec<String> {
    let reply = caller.get("/api/sign-up/account-claims").await.expect(200);
    let items = reply.json["items"].as_array().unwrap().iter();
    items.map(|item| item["reference"].as_str().unwrap().to_owned()).collect()
}

/// Somebody who has just proven that address.
pub(crate) async fn newcomer(portal: &TestPortal, email: &str) -> Caller {
    portal.stranger().post("/api/sign-up/registrations", registration(email)).await.expect(202);
    let token = portal.letters_to(email).await.last_token();
    confirm(portal, &token).await.expect(200);
    portal.sign_in(email).await
}

/// Whether somebody got a letter that says all of this.
pub(crate) async fn read(portal: &TestPortal, email: &str, words: &[&str]) -> bool {
    let letters = portal.letters_to(email).await.texts();
    letters.iter().any(|letter| words.iter().all(|words| letter.contains(words)))
}

/// What waits at the desk, by kind.
pub(crate) fn desk(portal: &TestPortal) -> Vec<String> {
    let rows = portal.wire.snapshot().find("accounts", "REQUESTS", "req_");
    rows.iter().map(|row| row["q"]["M"]["kind"]["S"].as_str().unwrap().to_owned()).collect()
}

/// Everything that can be told of an answer from outside.
fn told(reply: &Reply) -> (String, Vec<u8>, Vec<(String, String)>) {
    let headers = reply.headers.iter().filter(|(name, _)| *name != "x-request-id");
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    (reply.says(), reply.bytes.to_vec(), headers.collect())
}

/// What each call cost; those of one round in any order.
fn spent(calls: &Calls) -> Vec<String> {
    let each = calls.0.iter().map(|call| {
        let units = (call.read_units, call.write_units, call.index_write_units);
        format!("{} {} {units:?} {}", call.operation, call.keys, call.error)
    });
    let mut each: Vec<_> = each.collect();
    each.sort();
    each
}

/// R102; incident 30.
#[tokio::test]
async fn every_number_is_answered_and_paid_for_alike() {
    let portal = TestPortal::new().await;
    let (una, otto) = (portal.unattached().await, portal.other_owner().await);
    // Olga asked by a serial number before; Una asked one account before, and another refused her.
    ask(&newcomer(&portal, OLGA).await, "NLR3B8CYY2TK5RW").await.expect(202);
    ask(&una, "C20010").await.expect(202);
    ask(&una, "C10500").await.expect(202);
    otto.delete(&format!("/api/sign-up/claimants/{}", id_of(&portal, UNA))).await.expect(204);
    portal.clock.advance_secs(3_600);
    drop(portal.owner().await);
    let una = portal.sign_in(UNA).await;
    let kept = portal.wire.keep();

    let (reply, calls) = portal.wire.record(ask(&una, "C99999")).await;
    let (unknown, cost) = (told(&reply), spent(&calls));
    assert_eq!((unknown.0.as_str(), unknown.1.len()), ("202", 0));
    let numbers = [
        ("C10423", "an account"),
        (" c-1o423 ", "the same, typed otherwise"),
        (SERIAL, "a license of it"),
        (OTHER_SERIAL, "a license somebody else asked by"),
        ("ZZZ-7Q4M-X2KP-09TV", "a license nobody has"),
        ("C10500", "an account that refused her"),
        ("NLD-8QJZ-N3KP-RT0V", "a license of that"),
        ("C10600", "a suspended account"),
        ("NLR-5KXW-8D2P-ZZ7M", "a license of that"),
        ("C10700", "a closed account"),
        ("C20010", "an account she has asked"),
        ("NLD-D3M0-C7XQ-4WEE", "a license of that"),
    ];
    for (number, what) in numbers {
        portal.wire.bring_back(&kept);
        let (reply, calls) = portal.wire.record(ask(&una, number)).await;
        assert_eq!(told(&reply), unknown, "{what}");
        assert_eq!(spent(&calls), cost, "{what}");
        let typed = number.trim().to_uppercase().replace("C-1O423", "C10423");
        assert!(mine(&una).await.contains(&typed), "{what} is what she asked by");
        assert!(read(&portal, UNA, &[typed.as_str()]).await, "{what}");
    }
    // To be a member is known to the member; it costs the same.
    portal.wire.bring_back(&kept);
    let ada = portal.owner().await;
    let (reply, calls) = portal.wire.record(ask(&ada, "C10423")).await;
    // Who asks is read with the account they work in.
    let but_who =
        |cost: Vec<String>| cost.into_iter().filter(|call| !call.contains("Item 2 ") && !call.contains("Item 4 "));
    let (member, cost): (Vec<_>, Vec<_>) = (but_who(spent(&calls)).collect(), but_who(cost).collect());
    assert_eq!((told(&reply), member), (unknown, cost), "one's own account");
    assert!(mine(&ada).await.is_empty(), "nothing to wait for");
}

/// The id of somebody.
pub(crate) fn id_of(portal: &TestPortal, email: &str) -> String {
    let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
    let person = people.iter().find(|row| row["m"]["S"] == email).unwrap_or_else(|| panic!("nobody is {email}"));
    person["i"]["S"].as_str().unwrap().to_owned()
}

/// R102, R103; incidents 23, 28: a proven address and a known number give no right.
#[tokio::test]
async fn until_somebody_decides_one_sees_nothing() {
    let portal = TestPortal::new().await;
    let una = portal.unattached().await;
    ask(&una, "C10423").await.expect(202);
    assert_eq!(una.get("/api/licenses").await.says(), "403 no_account");
    assert!(una.get("/api/session/accounts").await.expect(200).json["items"].as_array().unwrap().is_empty());
    let profile = una.get("/api/profile").await.expect(200);
    assert_eq!((profile.text("/requests/0/kind"), profile.text("/requests/0/wish")), ("claim", "C10423"));
    let export = una.post("/api/profile/export", json!({ "password": GOOD })).await.expect(200);
    for reply in [profile, una.get("/api/sign-up/account-claims").await.expect(200), export] {
        let text = String::from_utf8_lossy(&reply.bytes).into_owned();
        assert!(!text.contains("Acme") && !text.contains("acc_"), "{text}");
    }
    assert_eq!(una.get("/api/sign-up/claimants").await.says(), "403 no_account");

    assert!(read(&portal, "ada@acme.test", &["Una Solo", UNA, "Acme Engineering", "/claimants"]).await);
    assert_eq!(desk(&portal), ["claim"]);
}

/// R102: what is named again or otherwise is one request.
#[tokio::test]
async fn several_numbers_of_one_account_are_one_request() {
    let portal = TestPortal::new().await;
    let (una, ada) = (portal.unattached().await, portal.owner().await);
    for number in ["C10423", "c 10423", SERIAL, "N1D7Q4MX2KPO9TV", OTHER_SERIAL] {
        ask(&una, number).await.expect(202);
    }
    assert_eq!(mine(&una).await.len(), 3);
    assert_eq!(desk(&portal), ["claim"]);
    assert_eq!(portal.letters_to("ada@acme.test").await.count(), 1, "the owner reads of it once");
    let listed = ada.get("/api/sign-up/claimants").await.expect(200);
    assert_eq!(listed.json["items"].as_array().unwrap().len(), 1);
    assert_eq!(listed.text("/items/0/reference"), "C10423");
    let path = format!("/api/sign-up/claimants/{}", listed.text("/items/0/user/id"));
    ada.put(&path, json!({})).await.expect(204);
    assert!(mine(&una).await.is_empty() && desk(&portal).is_empty());
}

/// R102: five tries an hour, and strangers use up nobody else's.
#[tokio::test]
async fn tries_are_counted_by_who_asks() {
    let portal = TestPortal::new().await;
    let (una, olga) = (portal.unattached().await, newcomer(&portal, OLGA).await);
    for number in ["C99999", "C99998", "C99997", "C10423", "C10423"] {
        ask(&una, number).await.expect(202);
    }
    let before = portal.wire.snapshot();
    for number in ["C10423", "C99996", "C10500"] {
        let refused = ask(&una, number).await;
        assert_eq!(refused.says(), "429 too_many_tries");
        assert!(!refused.header("retry-after").is_empty());
    }
    assert!(before.changes(&portal.wire.snapshot()).is_empty(), "nothing is kept of it");
    ask(&olga, "C10423").await.expect(202);
    portal.clock.advance_secs(3_600);
    ask(&portal.sign_in(UNA).await, "C10500").await.expect(202);
}

/// R102: an owner is not flooded by mail, and yet everybody is listed.
#[tokio::test]
async fn the_owner_gets_few_letters_and_sees_everybody() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    for n in 0..7 {
        let caller = newcomer(&portal, &format!("n{n}@new.test")).await;
        ask(&caller, "C10423").await.expect(202);
        // Again and again, by somebody who is listed already.
        ask(&caller, SERIAL).await.expect(202);
    }
    assert_eq!(portal.letters_to("ada@acme.test").await.count(), 5);
    let listed = ada.get("/api/sign-up/claimants").await.expect(200);
    assert_eq!(listed.json["items"].as_array().unwrap().len(), 7);
}

/// R102: a serial number by which somebody else asks is looked at by the desk, and told to nobody.
#[tokio::test]
async fn a_serial_number_asked_by_twice_is_a_dispute() {
    let portal = TestPortal::new().await;
    let (una, olga) = (portal.unattached().await, newcomer(&portal, OLGA).await);
    ask(&una, SERIAL).await.expect(202);
    ask(&olga, "C10423").await.expect(202);
    assert_eq!(desk(&portal), ["claim", "claim"], "a customer number is everybody's in the company");
    ask(&olga, SERIAL).await.expect(202);
    assert_eq!(desk(&portal).iter().filter(|kind| *kind == "dispute").count(), 1);
    let disputes = portal.wire.snapshot().find("accounts", "REQUESTS", "req_");
    let dispute = disputes.iter().find(|row| row["q"]["M"]["kind"]["S"] == "dispute").unwrap();
    let first = &dispute["q"]["M"];
    assert_eq!((&first["first_email"]["S"], &first["serial"]["S"]), (&json!(UNA), &json!(SERIAL)));
    assert_eq!(mine(&olga).await, ["C10423", SERIAL], "Olga reads of no dispute");

    // Whoever was refused is in nobody's way.
    let ada = portal.owner().await;
    for email in [UNA, OLGA] {
        ada.delete(&format!("/api/sign-up/claimants/{}", id_of(&portal, email))).await.expect(204);
    }
    assert!(desk(&portal).is_empty(), "with the request its dispute is gone");
    ask(&newcomer(&portal, "nora@new.test").await, SERIAL).await.expect(202);
    assert_eq!(desk(&portal), ["claim"]);
    // Whoever is a member by it is.
    ada.put(&format!("/api/sign-up/claimants/{}", id_of(&portal, "nora@new.test")), json!({})).await.expect(204);
    ask(&newcomer(&portal, "nils@new.test").await, SERIAL).await.expect(202);
    assert_eq!(desk(&portal).len(), 2, "{:?}", desk(&portal));
}

/// R102, R705: whoever names such a number again makes no second dispute, which no decision would end.
#[tokio::test]
async fn a_dispute_asked_for_again_is_one_and_leaves_with_its_decision() {
    let portal = TestPortal::new().await;
    let (una, olga) = (portal.unattached().await, newcomer(&portal, OLGA).await);
    ask(&una, SERIAL).await.expect(202);
    for number in [SERIAL, "nld 7q4m x2kp O9tv", SERIAL] {
        ask(&olga, number).await.expect(202);
    }
    let disputes = || desk(&portal).into_iter().filter(|kind| kind == "dispute").count();
    assert_eq!(disputes(), 1);
    portal.owner().await.delete(&format!("/api/sign-up/claimants/{}", id_of(&portal, OLGA))).await.expect(204);
    assert_eq!((disputes(), desk(&portal)), (0, vec!["claim".to_owned()]), "only Una's is left");
    // Una was first all the while.
    ask(&newcomer(&portal, "nora@new.test").await, SERIAL).await.expect(202);
    assert_eq!(disputes(), 1);
}

/// R103: somebody refused can ask again after 30 days; until then nobody hears of it.
#[tokio::test]
async fn who_was_refused_waits_for_thirty_days() {
    let portal = TestPortal::new().await;
    let (una, ada) = (portal.unattached().await, portal.owner().await);
    ask(&una, "C10423").await.expect(202);
    ada.delete(&format!("/api/sign-up/claimants/{}", id_of(&portal, UNA))).await.expect(204);
    assert!(mine(&una).await.is_empty());
    ask(&una, SERIAL).await.expect(202);
    assert_eq!((mine(&una).await, desk(&portal).len()), (vec![SERIAL.to_owned()], 0));
    assert_eq!(portal.letters_to("ada@acme.test").await.count(), 1);

    portal.clock.advance_secs(30 * 86_400 - 1);
    let una = portal.sign_in(UNA).await;
    ask(&una, "C10423").await.expect(202);
    assert!(desk(&portal).is_empty());
    portal.clock.advance_secs(2);
    assert_eq!(mine(&una).await, ["C10423"], "what nobody decides is shown for 30 days");
    ask(&una, "C10423").await.expect(202);
    assert_eq!(desk(&portal), ["claim"]);
}

/// R102; incident 22.
#[tokio::test]
async fn what_is_no_number_is_told_at_its_field() {
    let portal = TestPortal::new().await;
    let una = portal.unattached().await;
    for (typed, code) in [("", "required"), ("10423", "reference_invalid"), ("una@solo.test", "reference_invalid")] {
        let reply = ask(&una, typed).await;
        assert_eq!((reply.status, reply.at("/reference")), (422, code), "{typed}");
    }
    for field in ["account", "account_id", "user", "role", "view_orders"] {
        let mut body = json!({ "reference": "C10423" });
        body[field] = Value::from("C10500");
        let reply = una.post("/api/sign-up/account-claims", body).await;
        assert_eq!(reply.at(&format!("/{field}")), "unknown_field");
    }
    assert!(mine(&una).await.is_empty());
}
