//! Many at the desk at once: a request is decided once, and looked after by one person.

use serde_json::json;
use tests::portal::{Reply, TestPortal};

use super::{ADA, REQUESTS, ask, ask_for_name, decide, owner_of};
use crate::races::at_once;

fn counted(replies: &[Reply], says: &str) -> usize {
    replies.iter().filter(|reply| reply.says() == says).count()
}

/// R705
#[tokio::test]
async fn of_64_deciders_one_wins() {
    let portal = TestPortal::new().await;
    let (sam, ann, ada) = (portal.support().await, portal.admin().await, portal.owner().await);
    let id = ask_for_name(&portal).await;
    portal.dispatch().await;
    let letters = portal.ses.mails_to(ADA).len();
    let tabs: Vec<_> = (0..32).flat_map(|_| [(sam.again(), "approve"), (ann.again(), "refuse")]).collect();
    let replies = at_once(tabs.iter().map(|(tab, decision)| decide(tab, &id, decision, "Because"))).await;
    let lost = ["409 decided", "404 not_found", "409 conflict", "503 try_again"];
    assert_eq!(counted(&replies, "204"), 1);
    assert!(replies.iter().all(|reply| reply.status == 204 || lost.contains(&reply.says().as_str())));
    portal.dispatch().await;
    let told = portal.ses.mails_to(ADA);
    assert_eq!(told.len() - letters, 1, "one letter");
    let renamed = ada.get("/api/profile").await.expect(200).text("/last_name") == "Byron";
    assert_eq!(told[0].subject.contains("is done"), renamed, "and it says what happened");
}

/// R705
#[tokio::test]
async fn of_64_takers_one_has_it() {
    let portal = TestPortal::new().await;
    let staff = [portal.support().await, portal.admin().await, portal.other_admin().await];
    let id = ask_for_name(&portal).await;
    let tabs: Vec<_> = (0..66).map(|n| staff[n % 3].again()).collect();
    let path = owner_of(&id);
    let replies = at_once(tabs.iter().map(|tab| tab.put(&path, json!({})))).await;
    let owner = staff[0].get(REQUESTS).await.expect(200).json["items"][0]["owner"]["name"].clone();
    let names = ["Sam North", "Ann North", "Abe North"];
    for (n, reply) in replies.iter().enumerate() {
        let expected = if owner == names[n % 3] { ["204", "503 try_again"] } else { ["409 taken", "503 try_again"] };
        assert!(expected.contains(&reply.says().as_str()), "{} of {}: {}", n, names[n % 3], reply.says());
    }
    assert!(counted(&replies, "204") >= 1);
}

/// R313: two first approvals at once are one, and two second approvals hand over once.
#[tokio::test]
async fn approvals_at_once_do_not_count_twice() {
    let portal = TestPortal::new().await;
    let (sam, ann, abe) = (portal.support().await, portal.admin().await, portal.other_admin().await);
    let contact = json!({
        "kind": "license_contact", "first_name": "Nell", "last_name": "Novak", "email": "nell@new.test", "reason": "",
    });
    let id = ask(&portal.manager().await, contact).await;
    let supports: Vec<_> = (0..32).map(|_| sam.again()).collect();
    let replies = at_once(supports.iter().map(|tab| decide(tab, &id, "approve", ""))).await;
    assert_eq!(counted(&replies, "202"), 1);
    assert_eq!(counted(&replies, "204"), 0, "one person never counts for two");
    let admins: Vec<_> = (0..16).flat_map(|_| [ann.again(), abe.again()]).collect();
    let replies = at_once(admins.iter().map(|tab| decide(tab, &id, "approve", ""))).await;
    assert_eq!(counted(&replies, "204"), 1);
    assert_eq!(portal.letters_to("nell@new.test").await.count(), 1, "invited once");
    assert_eq!(portal.wire.snapshot().find("credentials", "nell@new.test", "NAME").len(), 1);
}
