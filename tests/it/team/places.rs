//! Switching members off and on, taking them out and putting them back: every act in every state.

use serde_json::{Value, json};
use tests::portal::TestPortal;

use super::{ACTS, MIA, act, letter, path, recount::agree, row};

/// R306
#[tokio::test]
async fn who_is_switched_off_is_out_at_once_and_comes_back() {
    let portal = TestPortal::new().await;
    let (max, mia) = (portal.manager().await, portal.member().await);
    let at = path(&portal, MIA);
    act(&max, &at, "deactivate").await.expect(204);
    assert_eq!(mia.get("/api/licenses").await.says(), "403 membership_deactivated");
    mia.get("/api/profile").await.expect(200);
    assert!(letter(&portal, MIA).await.contains("a désactivé votre accès à ce compte"));
    let again = portal.sign_in(MIA).await;
    assert_eq!(again.get("/api/licenses").await.says(), "403 membership_deactivated");
    assert_eq!(row(&portal, MIA).unwrap()["li"]["N"], "1", "the seat stays theirs");
    let found = max.get("/api/team/people?group=inactive").await.expect(200);
    assert_eq!(found.text("/items/0/email"), MIA);
    agree(&portal);
    act(&max, &at, "reactivate").await.expect(204);
    assert!(letter(&portal, MIA).await.contains("a réactivé votre accès"));
    assert_eq!(mia.get("/api/licenses").await.says(), "401 session_ended", "what ended stays ended");
    portal.sign_in(MIA).await.get("/api/licenses").await.expect(200);
    agree(&portal);
}

/// R308
#[tokio::test]
async fn who_is_unlinked_signs_in_and_belongs_to_nothing() {
    let portal = TestPortal::new().await;
    let (max, mia) = (portal.manager().await, portal.member().await);
    let at = path(&portal, MIA);
    act(&max, &at, "unlink").await.expect(204);
    agree(&portal);
    assert_eq!(mia.get("/api/licenses").await.says(), "401 session_ended");
    let mia = portal.sign_in(MIA).await;
    assert_eq!(mia.get("/api/licenses").await.says(), "403 no_account");
    assert_eq!(mia.get("/api/session/accounts").await.expect(200).json["items"], json!([]));
    assert!(letter(&portal, MIA).await.contains("vous a détaché de ce compte"));
    let acme = super::acme(&portal).replace("ACCOUNT#", "");
    let chosen = json!({ "account_id": acme, "password": tests::portal::GOOD });
    assert_eq!(mia.put("/api/session/account", chosen).await.says(), "404 not_found");
    // What they change of themselves meanwhile, the account learns when they are back.
    mia.put("/api/profile", mia.profile_with("last_name", "Parker").await).await.expect(200);
    assert_eq!(max.get(&at).await.expect(200).text("/last_name"), "Park");
    act(&max, &at, "link").await.expect(204);
    agree(&portal);
    assert_eq!(max.get(&at).await.expect(200).text("/last_name"), "Parker");
    assert_eq!(mia.get("/api/licenses").await.says(), "403 no_account", "the session is in no account");
    portal.sign_in(MIA).await.get("/api/licenses").await.expect(200);
    assert!(letter(&portal, MIA).await.contains("vous a rattaché à ce compte"));
}

/// Somebody's place and login, in each state that the team meets.
const STATES: [(&str, &[&str], &str); 6] = [
    ("active", &[], "active"),
    ("deactivated", &["deactivate"], "active"),
    ("unlinked", &["unlink"], "active"),
    ("deactivated, then unlinked", &["deactivate", "unlink"], "active"),
    ("never came in", &[], "invited"),
    ("closes their login", &[], "closing"),
];

/// What each of [`ACTS`] says in each of [`STATES`].
const SAID: [[&str; 5]; 6] = [
    ["204", "same", "204", "same", "204"],
    ["same", "204", "204", "same", "204"],
    ["409 member_unlinked", "409 member_unlinked", "same", "204", "204"],
    ["409 member_unlinked", "409 member_unlinked", "same", "204", "204"],
    ["409 not_registered", "same", "204", "same", "204"],
    ["204", "same", "204", "same", "204"],
];

/// R305, R306, R308: each act in each state is done, is done already, or says why not; the counts agree after each.
#[tokio::test]
async fn every_act_in_every_state_is_clear() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    let at = path(&portal, MIA);
    let kept = portal.wire.keep();
    for ((state, before, login), said) in STATES.into_iter().zip(SAID) {
        for ((method, tail), said) in ACTS.into_iter().zip(said) {
            portal.wire.bring_back(&kept);
            let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
            let person = people.iter().find(|row| row["m"]["S"] == MIA).unwrap();
            portal.update(person, "SET st = :st", json!({ ":st": { "S": login } }));
            for what in before {
                act(&max, &at, what).await.expect(204);
            }
            let stood = portal.wire.snapshot();
            let what = format!("{method} {tail} of somebody who is: {state}");
            let reply = max.send_json(method, &format!("{at}{tail}"), &json!({})).await;
            let changes = stood.changes(&portal.wire.snapshot());
            let changes: Vec<_> = changes.into_iter().filter(|line| !line.contains("SESSION#")).collect();
            match said {
                "204" => assert!(reply.says() == "204" && !changes.is_empty(), "{what}: {}", reply.says()),
                "same" => assert!(reply.says() == "204" && changes.is_empty(), "{what}: {} {changes:?}", reply.says()),
                refused => {
                    assert!(reply.says() == refused && changes.is_empty(), "{what}: {} {changes:?}", reply.says())
                }
            }
            agree(&portal);
        }
    }
}

/// R308: whoever closes their login is linked when that is over.
#[tokio::test]
async fn who_closes_their_login_is_not_linked() {
    let portal = TestPortal::new().await;
    let (max, at) = (portal.manager().await, path(&portal, MIA));
    act(&max, &at, "unlink").await.expect(204);
    let mia = portal.sign_in(MIA).await;
    mia.post("/api/profile/closure", json!({ "password": tests::portal::GOOD })).await.expect(204);
    assert_eq!(act(&max, &at, "link").await.says(), "409 member_closing");
    act(&max, &at, "remove").await.expect(204);
    agree(&portal);
}

/// R301, R311: members of another account, and what is no member, are as good as missing.
#[tokio::test]
async fn members_of_others_are_as_good_as_missing() {
    let portal = TestPortal::new().await;
    let otto = portal.other_owner().await;
    let before = portal.wire.snapshot();
    let missing = otto.get("/api/team/members/usr_01jd0x5m2nfe4r8v0t6w9y2zab").await;
    assert_eq!(missing.says(), "404 not_found");
    let form: Value = json!({
        "first_name": "M", "last_name": "P", "job_title": null, "phone": null, "user_name": null, "role": "member",
        "permissions": [], "version": 0,
    });
    for at in [path(&portal, MIA), "/api/team/members/acc_01jd0x5m2nfe4r8v0t6w9y2zab".to_owned()] {
        let mut replies = vec![otto.get(&at).await, otto.put(&at, form.clone()).await];
        for what in ["deactivate", "reactivate", "unlink", "link", "remove"] {
            replies.push(act(&otto, &at, what).await);
        }
        for reply in replies {
            assert_eq!((reply.status, &reply.bytes), (404, &missing.bytes), "{at}");
        }
    }
    assert!(before.changes(&portal.wire.snapshot()).is_empty());
}
