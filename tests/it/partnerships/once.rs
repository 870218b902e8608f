//! Making an account happens once, however often it is asked for, and not without end (R511).

use serde_json::json;
use tests::portal::{Reply, TestPortal};

use super::creating::{CUSTOMERS, NORA, allowed, wanted};
use crate::customers::{names, recount::lists_agree};
use crate::races::at_once;

fn accounts(portal: &TestPortal) -> usize {
    let rows = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
    rows.iter().filter(|row| row["na"]["S"] == "Nile Works").count()
}

/// R511
#[tokio::test]
async fn a_second_click_makes_no_second_account() {
    let portal = TestPortal::new().await;
    let pete = allowed(&portal).await;
    let replies = at_once((0..12).map(|_| pete.post(CUSTOMERS, wanted("1", NORA)))).await;
    let made: Vec<&Reply> = replies.iter().filter(|reply| reply.status == 201).collect();
    assert!(!made.is_empty() && made.iter().all(|reply| reply.json == made[0].json));
    assert!(replies.iter().all(|reply| ["201", "503 try_again"].contains(&reply.says().as_str())));
    assert_eq!(pete.post(CUSTOMERS, wanted("1", NORA)).await.expect(201).json, made[0].json, "and later");
    assert_eq!(accounts(&portal), 1);
    assert_eq!(portal.letters_to(NORA).await.count(), 1);
    // Another id is another account, of the same owner.
    pete.post(CUSTOMERS, wanted("2", NORA)).await.expect(201);
    assert_eq!((accounts(&portal), names(&pete, "?search=nile").await.len()), (2, 2));
    portal.housekeeping().await.unwrap();
    lists_agree(&portal);
}

/// R511: mails to one address, and accounts of one partner, have an end.
#[tokio::test]
async fn there_is_an_end_to_it() {
    let portal = TestPortal::new().await;
    let pete = allowed(&portal).await;
    for n in 0..5 {
        pete.post(CUSTOMERS, wanted(&n.to_string(), NORA)).await.expect(201);
    }
    assert_eq!(pete.post(CUSTOMERS, wanted("6", NORA)).await.expect(422).at("/owner/email"), "invited_too_often");
    for n in 10..105 {
        pete.post(CUSTOMERS, wanted(&n.to_string(), &format!("owner{n}@nile.test"))).await.expect(201);
    }
    let over = pete.post(CUSTOMERS, wanted("200", "last@nile.test")).await;
    assert_eq!((over.says().as_str(), over.header("retry-after").is_empty()), ("429 too_many_tries", false));
    assert_eq!(accounts(&portal), 100);
}

/// R511: who owns several accounts has each for itself, by its own number.
#[tokio::test]
async fn an_owner_of_several_keeps_them_apart() {
    let portal = TestPortal::new().await;
    let pete = allowed(&portal).await;
    let numbers = [wanted("1", "otto@birch.test"), wanted("2", "otto@birch.test")];
    let mut made = Vec::new();
    for body in numbers {
        made.push(pete.post(CUSTOMERS, body).await.expect(201).text("/number").to_owned());
    }
    assert_ne!(made[0], made[1]);
    let otto = portal.sign_in("otto@birch.test").await;
    let accounts = otto.get("/api/session/accounts").await.expect(200);
    let mut listed: Vec<_> = accounts.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["number"].as_str().unwrap().to_owned())
        .collect();
    listed.sort();
    made.push("C10500".to_owned());
    made.sort();
    assert_eq!(listed, made);
    assert_eq!(
        accounts.json["items"].as_array().unwrap().iter().filter(|item| item["role"] != json!("owner")).count(),
        0
    );
}
