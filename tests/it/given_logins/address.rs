//! The address that a team wrote down: it proves nothing, until its person has proven it.

use serde_json::json;
use tests::portal::{Caller, GOOD, Reply, TestPortal};

use super::{JANE, NAME, OWN, add, came_in, jane, jane_with, listed, signs_in};

const OTTO: &str = "otto@birch.test";

async fn ask(caller: &Caller, email: &str) -> Reply {
    caller.post("/api/profile/email", json!({ "email": email, "password": OWN })).await
}

async fn confirm(portal: &TestPortal, token: &str) -> Reply {
    let proof = json!({ "token": token, "password": OWN });
    portal.stranger().post("/api/profile/email/confirmations", proof).await
}

/// Proves an address by the mailed link.
pub(super) async fn prove(portal: &TestPortal, person: &Caller, email: &str) {
    ask(person, email).await.expect(204);
    confirm(portal, &portal.letters_to(email).await.last_token()).await.expect(200);
}

/// R303, R304: whether the address has a login makes no difference, and none to that login.
#[tokio::test]
async fn an_address_with_a_login_is_taken_like_any_other() {
    let portal = TestPortal::new().await;
    let (ada, otto) = (portal.owner().await, portal.other_owner().await);
    let fields = |reply: &Reply| reply.json.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let mut other = jane_with("user_name", "ottilie");
    other["email"] = json!(OTTO);
    let (free, taken) = (add(&ada, jane()).await.expect(201), add(&ada, other).await.expect(201));
    assert_eq!(fields(&free), fields(&taken));
    let (one, another) = (listed(&ada, JANE).await, listed(&ada, OTTO).await);
    assert_eq!((&one["group"], &one["registered"]), (&another["group"], &another["registered"]));
    assert_eq!(otto.get("/api/session").await.text("/account/number"), "C10500");
    assert_eq!(signs_in(&portal, OTTO, GOOD).await, "200");
    assert_eq!(signs_in(&portal, OTTO, taken.text("/password")).await, "401 sign_in_failed");
    assert_eq!(portal.letters_to(OTTO).await.count(), 1, "the sign-in from a new device just now");
}

/// R303, R204
#[tokio::test]
async fn it_is_proven_by_a_link_and_signs_in_from_then_on() {
    let portal = TestPortal::new().await;
    let jane = came_in(&portal, jane()).await;
    let mine = jane.get("/api/profile").await.expect(200);
    assert_eq!((&mine.json["email_proven"], mine.text("/user_name"), mine.text("/email")), (&json!(false), NAME, JANE));
    let told = portal.letters_to(JANE).await.count();
    ask(&jane, JANE).await.expect(204);
    let letters = portal.letters_to(JANE).await;
    assert_eq!(letters.count(), told + 1, "the link, and nothing else");
    assert_eq!(signs_in(&portal, JANE, OWN).await, "401 sign_in_failed", "not before");
    confirm(&portal, &letters.last_token()).await.expect(200);
    assert_eq!(jane.get("/api/session").await.says(), "401 session_ended");
    assert_eq!(portal.letters_to(JANE).await.count(), told + 2, "that it signs in");

    let jane = portal.stranger();
    let me = jane.post("/api/session", json!({ "name": JANE, "password": OWN })).await.expect(200);
    assert_eq!((&me.json["user"]["email_proven"], me.text("/user/user_name")), (&json!(true), NAME));
    assert_eq!(signs_in(&portal, NAME, OWN).await, "200", "and so does the user name");
    assert_eq!(ask(&jane, JANE).await.expect(422).at("/email"), "email_same");
}

/// R204: somebody else may be at it, who is neither told nor loses what is theirs.
#[tokio::test]
async fn one_that_is_given_up_unproven_was_never_theirs() {
    let portal = TestPortal::new().await;
    let jane = came_in(&portal, jane_with("email", OTTO)).await;
    let told = portal.letters_to(OTTO).await.count();
    prove(&portal, &jane, JANE).await;
    assert_eq!(portal.letters_to(OTTO).await.count(), told, "neither of the wish nor of the change");
    assert_eq!(signs_in(&portal, OTTO, GOOD).await, "200");
    assert_eq!(signs_in(&portal, JANE, OWN).await, "200");
    let stored = portal.wire.snapshot();
    assert!(!stored.find("sessions", "UNDO#", "").iter().any(|row| row.to_string().contains("before")), "no way back");
}

/// R204: what has a login by now is told by mail, and at the latest with the link.
#[tokio::test]
async fn one_that_has_a_login_by_then_cannot_be_had() {
    let portal = TestPortal::new().await;
    let of_otto = came_in(&portal, jane_with("email", OTTO)).await;
    ask(&of_otto, OTTO).await.expect(204);
    let letters = portal.letters_to(OTTO).await;
    assert!(letters.last_link().ends_with("/sign-in"), "the letter says so: {}", letters.last());

    let mut other = jane();
    other["user_name"] = json!("jill");
    let jill = came_in(&portal, other).await;
    ask(&jill, JANE).await.expect(204);
    let token = portal.letters_to(JANE).await.last_token();
    portal.clock.advance_secs(1);
    let stranger = portal.stranger();
    tests::portal::register(&stranger, JANE).await.expect(202);
    tests::portal::confirm(&portal, &portal.letters_to(JANE).await.last_token()).await.expect(200);
    assert_eq!(confirm(&portal, &token).await.says(), "409 address_taken");
    assert_eq!(signs_in(&portal, "C10423/jill", OWN).await, "200", "nothing is lost");
}

/// R303, R102: no other account lets somebody in by an address that is not proven to be theirs, or by what rests on it.
#[tokio::test]
async fn it_leads_into_no_other_account() {
    let portal = TestPortal::new().await;
    let jane = came_in(&portal, jane()).await;
    let acts = [
        ("/api/sign-up/account-claims", json!({ "reference": "C10500" })),
        ("/api/sign-up/claims", json!({ "activation_code": "55555-66666-77777-88888" })),
    ];
    let before = portal.wire.snapshot();
    for (path, body) in &acts {
        assert_eq!(jane.post(path, body.clone()).await.says(), "403 email_unproven", "{path}");
    }
    assert_eq!(before.changes(&portal.wire.snapshot()), [""; 0]);
    let may = jane.get("/api/session").await.json["may"].to_string();
    assert!(!may.contains("claim_order") && !may.contains("answer_invitation"), "{may}");
    prove(&portal, &jane, JANE).await;
    let jane = portal.stranger();
    jane.post("/api/session", json!({ "name": JANE, "password": OWN })).await.expect(200);
    for (path, body) in acts {
        assert!(jane.post(path, body).await.status < 300, "{path}");
    }
}
