//! A company is called otherwise: everywhere at once, however large its team.

use serde_json::json;
use tests::portal::{CODE, Caller, NORA, TestPortal, confirm, registration};
use tests::wire::{Fault, Rule};

use super::{ADA, REQUESTS, approve, ask, decide, subjects};

const NAME: &str = "Acme & Töchter SE";

async fn ask_for_name(caller: &Caller) -> String {
    ask(caller, json!({ "kind": "company", "name": NAME, "reason": "" })).await
}

/// What the list of somebody's accounts calls Acme.
async fn called(caller: &Caller) -> String {
    let accounts = caller.get("/api/session/accounts").await.expect(200);
    let mut items = accounts.json["items"].as_array().unwrap().iter();
    items.find(|item| item["number"] == "C10423").unwrap()["name"].as_str().unwrap().to_owned()
}

/// Puts so many more people into the team of Acme, past the portal.
fn enlarge(portal: &TestPortal, more: usize) -> Vec<String> {
    let stored = portal.wire.snapshot();
    let account =
        stored.find("accounts", "ACCOUNT#", "ACCOUNT").into_iter().find(|row| row["n"]["S"] == "C10423").unwrap();
    let id = account["i"]["S"].as_str().unwrap();
    let people: Vec<_> = (0..more).map(|n| format!("usr_{n:026}")).collect();
    for user in &people {
        let member = json!({ "pk": { "S": format!("ACCOUNT#{id}") }, "sk": { "S": format!("MEMBER#{user}") } });
        let copy = json!({ "pk": { "S": format!("USER#{user}") }, "sk": { "S": format!("MEMBER#{id}") } });
        for row in [member, copy] {
            let values = json!({ ":na": { "S": "Acme Engineering" }, ":v": { "N": "1" } });
            portal.update(&row, "SET na = :na, v = :v", values);
        }
    }
    portal.update(&account, "ADD m :more", json!({ ":more": { "N": more.to_string() } }));
    people
}

fn copies_called(portal: &TestPortal, people: &[String], name: &str) -> usize {
    let stored = portal.wire.snapshot();
    let copy = |user: &&String| stored.find("accounts", &format!("USER#{user}"), "MEMBER#")[0]["na"]["S"] == name;
    people.iter().filter(copy).count()
}

/// R201, R705
#[tokio::test]
async fn a_company_is_called_otherwise_everywhere_at_once() {
    let portal = TestPortal::new().await;
    let (mia, tess, sam) = (portal.member().await, portal.in_two_accounts().await, portal.support().await);
    let id = ask_for_name(&mia).await;
    approve(&sam, &id).await.expect(204);
    assert_eq!(mia.get("/api/session").await.expect(200).text("/account/name"), NAME);
    assert_eq!(mia.get("/api/profile").await.expect(200).text("/company/name"), NAME);
    for caller in [&mia, &tess] {
        assert_eq!(called(caller).await, NAME);
    }
    let found = |query: &'static str| {
        let sam = &sam;
        async move { sam.get(&format!("/api/staff/accounts?query={query}")).await.expect(200).json["items"].clone() }
    };
    assert_eq!(found("acme%20%26").await[0]["number"], "C10423", "found by its new name");
    assert_eq!(found("acme%20eng").await, json!([]), "and no longer by the old");
    for email in ["mia@acme.test", ADA] {
        let told = subjects(&portal, email).await;
        let done = ["A requested change is done", "Une modification demandée est faite"];
        assert!(told.iter().any(|subject| done.contains(&subject.as_str())), "{email}: {told:?}");
    }
}

/// R102, R705: who joins by a code that was given out under the old name.
#[tokio::test]
async fn who_joins_later_reads_the_new_name() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    let id = ask_for_name(&portal.owner().await).await;
    approve(&sam, &id).await.expect(204);
    let otto = portal.other_owner().await;
    let joined = otto.post("/api/sign-up/claims", json!({ "activation_code": CODE })).await.expect(201);
    assert_eq!((joined.text("/account/name"), called(&otto).await.as_str()), (NAME, NAME));
    let told = portal.letters_to("otto@birch.test").await.texts();
    assert!(told.iter().any(|text| text.contains(NAME)), "{told:?}");
}

/// R101, R102, R705: the same for who signed up with it before, and proves the address after.
#[tokio::test]
async fn who_signed_up_before_reads_the_new_name() {
    let portal = TestPortal::new().await;
    let sam = portal.support().await;
    let mut wanted = registration(NORA);
    wanted["activation_code"] = json!(CODE);
    portal.stranger().post("/api/sign-up/registrations", wanted).await.expect(202);
    let token = portal.letters_to(NORA).await.last_token();
    let id = ask_for_name(&portal.owner().await).await;
    approve(&sam, &id).await.expect(204);
    assert_eq!(confirm(&portal, &token).await.expect(200).text("/claim"), "verified");
    assert_eq!(called(&portal.sign_in(NORA).await).await, NAME);
}

/// R705: a team that does not fit one transaction; interrupted, it goes on where it was, and is not refused any more.
#[tokio::test]
async fn a_large_team_is_renamed_whole_even_if_interrupted() {
    let portal = TestPortal::new().await;
    let (ada, sam) = (portal.owner().await, portal.support().await);
    let people = enlarge(&portal, 200);
    let id = ask_for_name(&ada).await;
    // The person, the request, the account, three pages of the team; begun; two of three parts.
    portal.wire.inject(Rule::new(Fault::InternalError).after(9));
    assert_eq!(approve(&sam, &id).await.says(), "503 try_again");
    portal.wire.heal();
    let done = copies_called(&portal, &people, NAME);
    assert!(done > 0 && done < 200, "interrupted half way: {done}");
    assert_eq!(ada.get("/api/session").await.expect(200).text("/account/name"), "Acme Engineering");
    assert_eq!(decide(&sam, &id, "refuse", "No").await.says(), "409 decided", "it is begun");
    assert_eq!(sam.get(REQUESTS).await.expect(200).json["items"][0]["id"], id.as_str(), "and still on the desk");
    approve(&sam, &id).await.expect(204);
    assert_eq!(copies_called(&portal, &people, NAME), 200);
    assert_eq!(ada.get("/api/session").await.expect(200).text("/account/name"), NAME);
    assert_eq!(sam.get(REQUESTS).await.expect(200).json["items"], json!([]));
}
