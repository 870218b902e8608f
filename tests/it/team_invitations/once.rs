//! Many answers at once: one counts, and every other says what became of it (incidents 5 and 25).

use serde_json::json;
use tests::portal::{Caller, NORA, Reply, TestPortal};

use super::{INVITATIONS, MINE, accept, account_of, invite, invited, state, states};
use crate::races::at_once;

fn said(replies: &[Reply], says: &str) -> usize {
    replies.iter().filter(|reply| reply.says() == says).count()
}

/// How many members the row of Acme counts, and how many rows there are of them.
fn members(portal: &TestPortal) -> (String, usize) {
    let stored = portal.wire.snapshot();
    let accounts = stored.find("accounts", "ACCOUNT#", "ACCOUNT");
    let acme = accounts.iter().find(|row| row["n"]["S"] == "C10423").unwrap();
    let rows = stored.find("accounts", acme["pk"]["S"].as_str().unwrap(), "MEMBER#");
    (acme["m"]["N"].as_str().unwrap().to_owned(), rows.len())
}

/// R309
#[tokio::test]
async fn of_64_acceptances_of_one_link_one_wins() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    let (_, token) = invited(&portal, &max, NORA).await;
    let callers: Vec<Caller> = (0..64).map(|_| portal.stranger()).collect();
    let replies = at_once(callers.iter().map(|caller| accept(caller, &token))).await;
    let told: std::collections::BTreeSet<_> = replies.iter().map(Reply::says).collect();
    assert_eq!((said(&replies, "200"), said(&replies, "410 invitation_used")), (1, 63), "{told:?}");
    assert_eq!(members(&portal), ("7".to_owned(), 7));
    assert_eq!(portal.wire.snapshot().find("credentials", NORA, "NAME").len(), 1);
    portal.sign_in(NORA).await;
}

/// R304, R309
#[tokio::test]
async fn of_many_clicks_of_one_person_one_joins() {
    let portal = TestPortal::new().await;
    let (max, una) = (portal.manager().await, portal.unattached().await);
    invite(&max, "una@solo.test").await.expect(201);
    let one = format!("{MINE}/{}", account_of(&max).await);
    let replies = at_once((0..16).map(|_| una.put(&one, json!({})))).await;
    let (won, member) = (said(&replies, "200"), said(&replies, "409 already_in_account"));
    let used = said(&replies, "410 invitation_used");
    assert_eq!((won, won + member + used), (1, 16), "{:?}", replies.iter().map(Reply::says).collect::<Vec<_>>());
    assert_eq!(members(&portal), ("7".to_owned(), 7));
}

/// R309
#[tokio::test]
async fn accepting_and_taking_back_at_once_leaves_one_of_them() {
    for _ in 0..8 {
        let portal = TestPortal::new().await;
        let max = portal.manager().await;
        let (id, token) = invited(&portal, &max, NORA).await;
        let (stranger, path) = (portal.stranger(), format!("{INVITATIONS}/{id}"));
        let (accepted, revoked) = tokio::join!(accept(&stranger, &token), max.delete(&path));
        let outcome = (accepted.says(), revoked.says());
        let joined = members(&portal);
        match state(&max).await.as_str() {
            "accepted" => {
                assert_eq!((outcome.0.as_str(), outcome.1.as_str()), ("200", "409 invitation_over"));
                assert_eq!(joined, ("7".to_owned(), 7));
            }
            "revoked" => {
                assert_eq!((outcome.0.as_str(), outcome.1.as_str()), ("410 invitation_revoked", "204"));
                assert_eq!(joined, ("6".to_owned(), 6));
            }
            other => panic!("{other}: {outcome:?}"),
        }
    }
}

/// R303
#[tokio::test]
async fn of_two_managers_who_invite_one_person_at_once_one_does() {
    let portal = TestPortal::new().await;
    let (max, ada) = (portal.manager().await, portal.owner().await);
    let callers = [&max, &ada, &max, &ada];
    let replies = at_once(callers.iter().map(|caller| invite(caller, NORA))).await;
    let refused = replies.iter().filter(|reply| ["already_invited", ""].contains(&reply.at("/email"))).count();
    assert_eq!((said(&replies, "201"), refused), (1, 4), "{:?}", replies.iter().map(Reply::says).collect::<Vec<_>>());
    assert_eq!(states(&max).await.len(), 1);
    assert_eq!(portal.letters_to(NORA).await.count(), 1);
}

/// R303: whoever comes in another way meanwhile is a member once, and nothing waits for them any more.
#[tokio::test]
async fn whoever_came_in_another_way_is_invited_no_more() {
    let portal = TestPortal::new().await;
    let (max, una) = (portal.manager().await, portal.unattached().await);
    let id = invite(&max, "una@solo.test").await.expect(201).text("/id").to_owned();
    una.post("/api/sign-up/claims", json!({ "activation_code": tests::portal::CODE })).await.expect(201);
    assert_eq!(una.get(MINE).await.json["items"], json!([]));
    let one = format!("{MINE}/{}", account_of(&max).await);
    assert_eq!(una.put(&one, json!({})).await.says(), "409 already_in_account");
    assert_eq!(super::resend(&max, &id).await.says(), "409 invitation_over");
    max.delete(&format!("{INVITATIONS}/{id}")).await.expect(204);
    assert_eq!(members(&portal), ("7".to_owned(), 7));
}
