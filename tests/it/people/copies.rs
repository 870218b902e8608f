//! What the lists of their accounts show of a person follows the person.

use serde_json::{Value, json};
use tests::portal::{Caller, GOOD, TestPortal};
use tests::wire::{Fault, Rule};

use super::of;
use crate::seats::ids;

const TESS: &str = "tess@two.test";

/// The lists of both of Tess's accounts, by their owners.
async fn lists(portal: &TestPortal) -> [Caller; 2] {
    [portal.owner().await, portal.other_owner().await]
}

/// What a list shows of whoever has that id.
async fn shown(by: &Caller, user: &str) -> Value {
    let mut everyone = super::everybody(by, super::PEOPLE).await;
    everyone.extend(super::everybody(by, &format!("{}?group=inactive", super::PEOPLE)).await);
    let theirs: Vec<_> = everyone.into_iter().filter(|person| person["user"] == user).collect();
    assert_eq!(theirs.len(), 1, "once: {theirs:?}");
    theirs[0].clone()
}

async fn rename(caller: &Caller, last: &str) {
    let profile = caller.profile_with("last_name", last).await;
    caller.put("/api/profile", profile).await.expect(200);
}

async fn change_address(portal: &TestPortal, caller: &Caller, email: &str) {
    caller.post("/api/profile/email", json!({ "email": email, "password": GOOD })).await.expect(204);
    let token = portal.letters_to(email).await.last_token();
    let proof = json!({ "token": token, "password": GOOD });
    caller.post("/api/profile/email/confirmations", proof).await.expect(200);
}

/// R302
#[tokio::test]
async fn a_new_name_shows_in_the_list_of_each_account_and_is_found_there() {
    let portal = TestPortal::new().await;
    rename(&portal.in_two_accounts().await, "Änderung").await;
    for list in lists(&portal).await {
        assert_eq!(of(&list, TESS).await["last_name"], "Änderung");
        let found = super::found(&list, "?search=anderung").await;
        assert_eq!(found, ["Änderung Tess"]);
        assert!(super::found(&list, "?search=two").await.is_empty(), "not by the name before");
    }
}

/// R302
#[tokio::test]
async fn a_new_address_shows_in_the_list_of_each_account_and_so_does_the_one_it_is_taken_back_to() {
    let portal = TestPortal::new().await;
    let tess = portal.in_two_accounts().await;
    change_address(&portal, &tess, "tess@elsewhere.test").await;
    for list in lists(&portal).await {
        assert_eq!(of(&list, "tess@elsewhere.test").await["first_name"], "Tess");
        assert!(super::found(&list, "?search=tess%40two").await.is_empty());
    }
    let token = portal.letters_to(TESS).await.last_token();
    portal.stranger().post("/api/profile/reversals", json!({ "token": token })).await.expect(200);
    for list in lists(&portal).await {
        assert_eq!(of(&list, TESS).await["first_name"], "Tess");
    }
}

/// R302
#[tokio::test]
async fn whoever_sets_their_first_password_is_invited_no_more() {
    let portal = TestPortal::new().await;
    let head = "customer,email,first_name,last_name,job_title,phone,language,role,permissions\n";
    let rows = "C10423,nina@acme.test,Nina,Neu,,,en,manager,\nC10500,nina@acme.test,Nina,Neu,,,en,member,\n";
    portal.import(&[("people.csv", format!("{head}{rows}"))]).await;
    let (lists, groups) = (lists(&portal).await, ["managers", "members"]);
    for list in &lists {
        let nina = of(list, "nina@acme.test").await;
        assert_eq!((&nina["group"], &nina["registered"]), (&json!("invited"), &json!(false)));
    }
    portal.stranger().post("/api/reset/requests", json!({ "name": "nina@acme.test" })).await.expect(204);
    let token = portal.letters_to("nina@acme.test").await.last_token();
    let chosen = json!({ "token": token, "password": "nine copper kettles hum" });
    portal.stranger().post("/api/reset/passwords", chosen).await.expect(204);
    for (list, group) in lists.iter().zip(groups) {
        let nina = of(list, "nina@acme.test").await;
        assert_eq!((&nina["group"], &nina["registered"]), (&json!(group), &json!(true)));
    }
}

/// R302, R207
#[tokio::test]
async fn whoever_closes_their_login_is_inactive_until_they_take_it_back() {
    let portal = TestPortal::new().await;
    let tess = portal.in_two_accounts().await;
    tess.post("/api/profile/closure", json!({ "password": GOOD })).await.expect(204);
    let lists = lists(&portal).await;
    for list in &lists {
        assert_eq!(of(list, TESS).await["group"], "inactive");
        assert!(super::found(list, "?search=two").await.is_empty());
    }
    let token = portal.letters_to(TESS).await.last_token();
    portal.stranger().post("/api/profile/reversals", json!({ "token": token })).await.expect(200);
    for (list, group) in lists.iter().zip(["managers", "members"]) {
        assert_eq!(of(list, TESS).await["group"], group);
    }
}

/// R302
#[tokio::test]
async fn what_a_request_leaves_the_sweep_finishes() {
    for act in ["name", "address", "closure"] {
        let portal = TestPortal::new().await;
        let (tess, lists) = (portal.in_two_accounts().await, lists(&portal).await);
        let user = ids(&portal, &[TESS]).remove(0);
        let before = [shown(&lists[0], &user).await, shown(&lists[1], &user).await];
        let token = if act == "address" {
            let wanted = json!({ "email": "tess@elsewhere.test", "password": GOOD });
            tess.post("/api/profile/email", wanted).await.expect(204);
            portal.letters_to("tess@elsewhere.test").await.last_token()
        } else {
            String::new()
        };
        let profile = tess.profile_with("last_name", "Anders").await;
        // The change is written, and then the database is silent.
        portal.wire.inject(Rule::new(Fault::Throttled).on("TransactWriteItems").after(1));
        let reply = match act {
            "name" => tess.put("/api/profile", profile).await,
            "address" => {
                let proof = json!({ "token": token, "password": GOOD });
                tess.post("/api/profile/email/confirmations", proof).await
            }
            _ => tess.post("/api/profile/closure", json!({ "password": GOOD })).await,
        };
        assert!(reply.status < 300, "{act}: {}", reply.says());
        portal.wire.heal();
        for (list, before) in lists.iter().zip(&before) {
            assert_eq!(shown(list, &user).await, *before, "{act}: not yet");
        }
        portal.housekeeping().await.unwrap();
        for list in &lists {
            let now = shown(list, &user).await;
            match act {
                "name" => assert_eq!(now["last_name"], "Anders"),
                "address" => assert_eq!(now["email"], "tess@elsewhere.test"),
                _ => assert_eq!(now["group"], "inactive"),
            }
        }
        assert!(portal.app.store().due_jobs().await.unwrap().is_empty());
    }
}

/// R302
#[tokio::test]
async fn two_changes_at_once_leave_the_lists_with_what_the_person_is() {
    let portal = TestPortal::new().await;
    let tess = portal.in_two_accounts().await;
    for n in 0..8 {
        let (one, other) = (tess.again(), tess.again());
        let [a, b] = [
            one.profile_with("last_name", &format!("One{n}")).await,
            other.profile_with("last_name", &format!("Other{n}")).await,
        ];
        let (first, second) = tokio::join!(one.put("/api/profile", a), other.put("/api/profile", b));
        let said = [first.says(), second.says()];
        assert!(said.iter().all(|says| says == "200" || says == "409 conflict"), "{said:?}");
        let last = tess.get("/api/profile").await.expect(200).text("/last_name").to_owned();
        for list in lists(&portal).await {
            assert_eq!(of(&list, TESS).await["last_name"], last.as_str());
        }
    }
}

/// R701
#[tokio::test]
async fn whoever_the_vendor_s_records_call_otherwise_is_called_so_in_every_list() {
    let portal = TestPortal::new().await;
    let head = "customer,email,first_name,last_name,job_title,phone,language,role,permissions\n";
    let both = |last: &str| {
        format!(
            "{head}C10423,nina@acme.test,Nina,{last},,,en,member,\nC10500,nina@acme.test,Nina,{last},,,en,member,\n"
        )
    };
    portal.import(&[("people.csv", both("Neu"))]).await;
    portal.import(&[("people.csv", format!("{head}C10423,nina@acme.test,Nina,Alt,,,en,member,\n"))]).await;
    for list in lists(&portal).await {
        assert_eq!(of(&list, "nina@acme.test").await["last_name"], "Alt");
    }
}

/// R302: a name in a script that takes many bytes is longer than what an index takes, and shows all the same.
#[tokio::test]
async fn the_longest_name_of_all_shows_too() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    let mut details = mia.get("/api/profile").await.json;
    let name = "\u{ac81}".repeat(80);
    let kept = ["title", "job_title", "phone", "street", "postal_code", "city", "country", "language"];
    let mut wanted: serde_json::Map<_, _> = kept.iter().map(|it| ((*it).to_owned(), details[*it].take())).collect();
    wanted.insert("first_name".to_owned(), name.clone().into());
    wanted.insert("last_name".to_owned(), name.clone().into());
    mia.put("/api/profile", wanted.into()).await.expect(200);
    assert!(portal.wire.snapshot().find("accounts", "JOBS", "").is_empty(), "nothing is left to do");
    let found = portal.owner().await.get("/api/team/people?search=mia%40acme.test").await.expect(200);
    assert_eq!(found.text("/items/0/last_name"), name);
    let keys = portal.wire.snapshot().find("accounts", "ACCOUNT#", "MEMBER#");
    let longest = keys.iter().filter_map(|row| row["e"]["S"].as_str()).map(str::len).max();
    assert!(longest.is_some_and(|bytes| bytes > 900 && bytes <= 1_024), "{longest:?}");
}
