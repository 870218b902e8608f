//! Many at once about one partnership: it is one, and the lists agree with it.

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use super::{ACCESS, in_place_of, let_in_by, listed, partner, partner_of};
use crate::customers::{given, given::account, recount::lists_agree};
use crate::races::at_once;

async fn fitting(portal: &TestPortal) -> Caller {
    drop(given::other_partner(portal).await);
    portal.admin().await
}

/// Whose the customer is, by its own row.
fn partner_now(portal: &TestPortal, number: &str) -> Option<String> {
    let rows = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
    let row = rows.into_iter().find(|row| row["n"]["S"] == number).unwrap();
    row["pa"]["S"].as_str().map(str::to_owned)
}

/// R514
#[tokio::test]
async fn of_32_claims_of_one_customer_by_two_partners_one_wins() {
    let portal = TestPortal::new().await;
    let admin = fitting(&portal).await;
    let path = partner_of(&portal, "C10500");
    let wanted: Vec<Value> = (0..32).map(|n| partner(if n % 2 == 0 { "C20010" } else { "C20020" })).collect();
    let replies = at_once(wanted.iter().map(|body| admin.put(&path, body.clone()))).await;
    let won = partner_now(&portal, "C10500").unwrap();
    for (body, reply) in wanted.iter().zip(&replies) {
        let theirs = account(&portal, body["partner_number"].as_str().unwrap()) == won;
        let known = ["204", "409 conflict", "409 has_partner", "503 try_again"].contains(&reply.says().as_str());
        assert!(known && (theirs || reply.status != 204), "{body}: {}", reply.says());
    }
    assert!(replies.iter().any(|reply| reply.status == 204));
    portal.housekeeping().await.unwrap();
    let lists = ["C20010", "C20020"].map(|partner| listed(&portal, partner, "C10500").len());
    assert_eq!(lists.iter().filter(|rows| **rows > 0).count(), 1, "{lists:?}");
    lists_agree(&portal);
}

/// R514: of those who read the same partner and each would put another in its place, one does.
#[tokio::test]
async fn of_two_who_replace_the_same_partner_one_does() {
    let portal = TestPortal::new().await;
    let admin = fitting(&portal).await;
    let path = partner_of(&portal, "C10423");
    let bodies = [in_place_of("C20020", "C20010"), json!({ "partner_number": "C20010", "access": "guests_only" })];
    let calls = (0..16).map(|n| admin.put(&path, bodies[n % 2].clone()));
    let replies = at_once(calls).await;
    assert!(replies.iter().any(|reply| reply.status == 204));
    portal.housekeeping().await.unwrap();
    lists_agree(&portal);
}

/// R509, R514: the owner's switch and the end of the partnership.
#[tokio::test]
async fn switching_while_the_partner_goes_leaves_nothing_behind() {
    let portal = TestPortal::new().await;
    let admin = fitting(&portal).await;
    let (ada, path) = (portal.owner().await, partner_of(&portal, "C10423"));
    let switching = (0..8).map(|n| {
        let (ada, admin, path) = (&ada, &admin, &path);
        async move {
            match n % 4 {
                0 | 2 => let_in_by(ada, if n % 4 == 0 { "guests_only" } else { "automatic" }).await,
                1 => admin.delete(path).await,
                _ => admin.put(path, partner("C20010")).await,
            }
        }
    });
    at_once(switching).await;
    portal.housekeeping().await.unwrap();
    lists_agree(&portal);
    let partner = partner_now(&portal, "C10423");
    assert_eq!(ada.get(ACCESS).await.expect(200).json["partner"].is_null(), partner.is_none());
}
