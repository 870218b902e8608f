//! The vendor's desk: what people ask of the vendor, who looks after it, and what becomes of it.

mod changes;
mod company;
mod license_contact;
mod races;
mod words;

use serde_json::{Value, json};
use tests::portal::{Caller, Reply, SAM, TestPortal};

const REQUESTS: &str = "/api/staff/requests";
const ADA: &str = "ada@acme.test";

/// Asks the vendor for a change; the id of the request.
pub(crate) async fn ask(caller: &Caller, wish: Value) -> String {
    caller.post("/api/profile/change-requests", wish).await.expect(201).text("/id").to_owned()
}

/// Ada, the owner of Acme, asks for another last name.
async fn ask_for_name(portal: &TestPortal) -> String {
    let wish = json!({ "kind": "name", "first_name": "Ada", "last_name": "Byron", "reason": "Married" });
    ask(&portal.owner().await, wish).await
}

async fn decide(staff: &Caller, id: &str, decision: &str, reason: &str) -> Reply {
    let body = json!({ "decision": decision, "reason": reason });
    staff.post(&format!("{REQUESTS}/{id}/decision"), body).await
}

pub(crate) async fn approve(staff: &Caller, id: &str) -> Reply {
    decide(staff, id, "approve", "").await
}

fn owner_of(id: &str) -> String {
    format!("{REQUESTS}/{id}/owner")
}

/// What the letters to an address are about, the newest first.
async fn subjects(portal: &TestPortal, address: &str) -> Vec<String> {
    portal.dispatch().await;
    portal.ses.mails_to(address).iter().map(|mail| mail.subject.clone()).collect()
}

/// R705
#[tokio::test]
async fn the_desk_lists_what_is_asked_the_oldest_first() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    assert_eq!(sam.get(REQUESTS).await.expect(200).json, json!({ "items": [], "next": null }));
    let first = ask_for_name(&portal).await;
    portal.clock.advance_secs(60);
    let second = ask(&portal.member().await, json!({ "kind": "company", "name": "Acme & Sons", "reason": "" })).await;
    let desk = sam.get(REQUESTS).await.expect(200);
    let [name, company] = [&desk.json["items"][0], &desk.json["items"][1]];
    assert_eq!((name["id"].as_str(), company["id"].as_str()), (Some(&*first), Some(&*second)));
    assert_eq!((name["who"]["name"].as_str(), name["who"]["email"].as_str()), (Some("Ada Lovelace"), Some(ADA)));
    assert_eq!(name["account"]["number"], "C10423");
    assert_eq!(
        (&name["kind"], &name["wish"], &name["reason"]),
        (&json!("name"), &json!("Ada Byron"), &json!("Married"))
    );
    assert_eq!(name["details"], json!({ "kind": "name", "first_name": "Ada", "last_name": "Byron" }));
    assert_eq!((&name["owner"], &name["approved_first"]), (&Value::Null, &Value::Null));
    assert_eq!((&name["may"], &name["barred"]), (&json!(["approve", "refuse"]), &Value::Null));
    assert_eq!((&company["reason"], &company["account"]["name"]), (&Value::Null, &json!("Acme Engineering")));
    assert_eq!(sam.get(&format!("{REQUESTS}/{first}")).await.expect(200).json, *name);
    for missing in [format!("{first}0"), first.replace("req_", "usr_"), "x".to_owned()] {
        assert_eq!(sam.get(&format!("{REQUESTS}/{missing}")).await.says(), "404 not_found", "{missing}");
    }
}

/// R705: page by page, each once.
#[tokio::test]
async fn a_long_desk_is_read_page_by_page() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    ask_for_name(&portal).await;
    let row = portal
        .wire
        .snapshot()
        .find("accounts", "REQUESTS", "req_")
        .into_iter()
        .find(|row| row["pk"]["S"] == "REQUESTS");
    let row = row.unwrap();
    for n in 0..119 {
        // As a row written before the desk opened: without the person's name and address.
        let id = format!("req_{n:026}");
        let key = json!({ "pk": { "S": "REQUESTS" }, "sk": { "S": id } });
        let values = json!({ ":i": { "S": id }, ":u": row["u"], ":q": row["q"], ":t": row["t"], ":v": row["v"] });
        portal.update(&key, "SET i = :i, u = :u, q = :q, t = :t, v = :v", values);
    }
    let (mut seen, mut path) = (Vec::new(), REQUESTS.to_owned());
    loop {
        let page = sam.get(&path).await.expect(200);
        let items = page.json["items"].as_array().unwrap().clone();
        assert!(items.len() <= 50);
        seen.extend(items.into_iter().map(|item| item["id"].as_str().unwrap().to_owned()));
        let Some(next) = page.json["next"].as_str() else { break };
        path = format!("{REQUESTS}?cursor={next}");
    }
    let mut sorted = seen.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!((seen.len(), &seen), (120, &sorted), "each once, the oldest first");
    assert_eq!(sam.get(&format!("{REQUESTS}?cursor=x")).await.says(), "400 invalid_cursor");
    let old = sam.get(&format!("{REQUESTS}/{}", seen[0])).await.expect(200);
    assert_eq!((&old.json["who"]["name"], &old.json["account"]), (&Value::Null, &Value::Null));
}

/// R705
#[tokio::test]
async fn one_person_looks_after_a_request() {
    let portal = TestPortal::new().await;
    let (sam, ann) = (portal.support().await, portal.admin().await);
    let id = ask_for_name(&portal).await;
    for _ in 0..2 {
        assert_eq!(sam.put(&owner_of(&id), json!({})).await.says(), "204", "twice is once");
    }
    let owner = &ann.get(REQUESTS).await.expect(200).json["items"][0]["owner"];
    assert_eq!((&owner["name"], &owner["me"]), (&json!("Sam North"), &json!(false)));
    assert_eq!(sam.get(REQUESTS).await.expect(200).json["items"][0]["owner"]["me"], true);
    for refused in [ann.put(&owner_of(&id), json!({})).await, ann.delete(&owner_of(&id)).await] {
        assert_eq!((refused.says().as_str(), refused.text("/params/name")), ("409 taken", "Sam North"));
    }
    for _ in 0..2 {
        assert_eq!(sam.delete(&owner_of(&id)).await.says(), "204");
    }
    assert_eq!(ann.put(&owner_of(&id), json!({})).await.says(), "204", "free again");
    // Whoever looks after it tells the others; it holds nobody up.
    approve(&sam, &id).await.expect(204);
    for gone in [ann.put(&owner_of(&id), json!({})).await, ann.delete(&owner_of(&id)).await, approve(&ann, &id).await] {
        assert_eq!(gone.says(), "404 not_found");
    }
}

/// R705
#[tokio::test]
async fn the_desk_is_for_staff_with_their_factor() {
    let portal = TestPortal::new().await;
    let id = ask_for_name(&portal).await;
    let before = portal.wire.snapshot();
    let without_factor = portal.sign_in(SAM).await;
    for caller in [portal.owner().await, portal.manager().await, portal.partner_owner().await, without_factor] {
        for reply in [
            caller.get(REQUESTS).await,
            caller.get(&format!("{REQUESTS}/{id}")).await,
            caller.put(&owner_of(&id), json!({})).await,
            caller.delete(&owner_of(&id)).await,
            approve(&caller, &id).await,
        ] {
            assert_eq!(reply.says(), "404 not_found");
        }
    }
    assert_eq!(portal.stranger().get(REQUESTS).await.says(), "401 sign_in_needed");
    let changed = before.changes(&portal.wire.snapshot());
    let theirs: Vec<_> = changed.iter().filter(|line| line.contains("REQUESTS") || line.contains("LOG#req")).collect();
    assert_eq!(theirs, [""; 0]);
}

/// R705
#[tokio::test]
async fn a_refusal_says_why_and_changes_nothing_else() {
    let portal = TestPortal::new().await;
    let (ada, sam) = (portal.owner().await, portal.support().await);
    let id = ask_for_name(&portal).await;
    assert_eq!(decide(&sam, &id, "refuse", " ").await.expect(422).at("/reason"), "required");
    assert_eq!(decide(&sam, &id, "maybe", "x").await.expect(422).at("/decision"), "choice_invalid");
    assert_eq!(decide(&sam, &id, "", "").await.expect(422).at("/decision"), "required");
    assert_eq!(decide(&sam, &id, "refuse", &"x".repeat(600)).await.expect(422).at("/reason"), "too_long");
    assert_eq!(ada.get("/api/profile").await.expect(200).json["requests"].as_array().map(Vec::len), Some(1));

    let before = portal.wire.snapshot();
    decide(&sam, &id, "refuse", "Please send us a copy of the certificate, see www.acme.test").await.expect(204);
    let changed = before.changes(&portal.wire.snapshot());
    let rows: Vec<_> = changed.iter().filter(|line| line.contains("accounts")).collect();
    assert!(
        rows.len() == 2 && rows.iter().all(|line| line.starts_with("- ") && line.contains(" REQUESTS")),
        "{rows:?}"
    );
    let mine = ada.get("/api/profile").await.expect(200);
    assert_eq!((mine.text("/last_name"), &mine.json["requests"]), ("Lovelace", &json!([])));
    let letters = portal.letters_to(ADA).await;
    let texts = letters.texts();
    let told = texts.iter().find(|text| text.contains("Our reason:")).unwrap();
    assert!(told.contains("a change of your name") && told.contains("Please send us a copy"), "{told}");
    assert!(!told.contains("www.acme.test"), "nothing that a mail program makes a link of: {told}");
    assert_eq!(sam.get(REQUESTS).await.expect(200).json["items"], json!([]));
    ask_for_name(&portal).await;
}

/// R705, R513
#[tokio::test]
async fn a_decision_is_logged_for_the_person_and_the_account() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    let id = ask_for_name(&portal).await;
    decide(&sam, &id, "approve", "Certificate seen").await.expect(204);
    let logged = portal.wire.snapshot().find("journal", "LOG#", "evt_");
    let decided: Vec<_> = logged.iter().filter(|row| row["event"]["S"] == "request_decided").collect();
    assert_eq!(decided.len(), 2, "{decided:?}");
    let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
    let staff = people.iter().find(|row| row["m"]["S"] == SAM).unwrap();
    for entry in &decided {
        assert_eq!((&entry["u"], &entry["approved"]["BOOL"]), (&staff["i"], &json!(true)));
        assert_eq!(entry["reason"]["S"], "Certificate seen");
    }
    let logs: Vec<_> = decided.iter().map(|entry| entry["pk"]["S"].as_str().unwrap()).collect();
    assert!(logs.iter().any(|log| log.starts_with("LOG#acc_")) && logs.iter().any(|log| log.starts_with("LOG#usr_")));
}

/// R705: nobody decides what they asked for themselves, or what would be given to them.
#[tokio::test]
async fn nobody_decides_their_own_matter() {
    let portal = TestPortal::new().await;
    let (sam, ann) = (portal.support().await, portal.admin().await);
    let own = ask(&sam, json!({ "kind": "name", "first_name": "Samuel", "last_name": "North", "reason": "" })).await;
    let contact = json!({
        "kind": "license_contact", "first_name": "Sam", "last_name": "North", "email": "SAM@northlight.test", "reason": "",
    });
    let theirs = ask(&portal.member().await, contact).await;
    for id in [&own, &theirs] {
        let shown = sam.get(&format!("{REQUESTS}/{id}")).await.expect(200);
        assert_eq!((&shown.json["may"], shown.text("/barred")), (&json!([]), "own_request"));
        for decision in ["approve", "refuse"] {
            assert_eq!(decide(&sam, id, decision, "Because").await.says(), "409 own_request", "{decision}");
        }
    }
    approve(&ann, &own).await.expect(204);
    assert_eq!(sam.get("/api/profile").await.expect(200).text("/first_name"), "Samuel");
}
