//! User names: whose they are, and when they sign in.

use serde_json::json;
use tests::portal::TestPortal;

use super::{JANE, NAME, OWN, add, came_in, jane, jane_with, signs_in};

/// R303, R106: two companies may both have a jane; one has one, and none that looks like her.
#[tokio::test]
async fn a_user_name_is_one_persons_in_its_account() {
    let portal = TestPortal::new().await;
    let (ada, otto) = (portal.owner().await, portal.other_owner().await);
    let first = add(&ada, jane()).await.expect(201).text("/password").to_owned();
    for name in ["jane", "JANE", "C10423/jane", "j.ane", "jan-e"] {
        let mut other = jane_with("user_name", name);
        other["email"] = json!("other@acme.test");
        assert_eq!(add(&ada, other).await.expect(422).at("/user_name"), "user_name_taken", "{name}");
    }
    let theirs = add(&otto, jane()).await.expect(201);
    assert_eq!(theirs.text("/user_name"), "C10500/jane");
    assert_eq!(signs_in(&portal, NAME, theirs.text("/password")).await, "401 sign_in_failed");
    assert_eq!(signs_in(&portal, "C10500/jane", theirs.text("/password")).await, "401 new_password_needed");
    assert_eq!(signs_in(&portal, NAME, &first).await, "401 new_password_needed");
}

/// R306, R106: told behind the right password alone; to anybody else the name is one that nobody has.
#[tokio::test]
async fn a_user_name_of_somebody_switched_off_signs_nobody_in() {
    let portal = TestPortal::new().await;
    came_in(&portal, jane()).await;
    portal.deactivate(JANE).await;
    let stranger = portal.stranger();
    let wrong = stranger.post("/api/session", json!({ "name": NAME, "password": "wrong wrong wrong wrong" })).await;
    let unknown = stranger.post("/api/session", json!({ "name": "C10423/nobody", "password": OWN })).await;
    assert_eq!((wrong.says().as_str(), &wrong.bytes), ("401 sign_in_failed", &unknown.bytes));
    let before = portal.wire.snapshot();
    assert_eq!(signs_in(&portal, NAME, OWN).await, "403 user_name_deactivated");
    let changed = before.changes(&portal.wire.snapshot());
    assert!(changed.iter().all(|line| line.contains("THROTTLE#")), "{changed:?}");
}

/// R308: whoever was taken out of an account comes in all the same, to no account, where they can prove an address.
#[tokio::test]
async fn whoever_was_taken_out_still_signs_in_and_belongs_nowhere() {
    let portal = TestPortal::new().await;
    came_in(&portal, jane()).await;
    let ada = portal.owner().await;
    let found = ada.get(&format!("/api/team/people?search={JANE}")).await.expect(200);
    let path = format!("/api/team/members/{}/link", found.text("/items/0/user"));
    ada.delete(&path).await.expect(204);
    let signed_in = portal.stranger().post("/api/session", json!({ "name": NAME, "password": OWN })).await.expect(200);
    assert_eq!(signed_in.text("/standing"), "unattached");
}

/// R306: one account locks nobody out of another, nor of what is their own.
#[tokio::test]
async fn a_proven_address_signs_in_wherever_a_user_name_does_not() {
    let portal = TestPortal::new().await;
    let jane = came_in(&portal, jane()).await;
    super::address::prove(&portal, &jane, JANE).await;
    portal.deactivate(JANE).await;
    assert_eq!(signs_in(&portal, NAME, OWN).await, "403 user_name_deactivated");
    let by_address = portal.stranger();
    let signed_in = by_address.post("/api/session", json!({ "name": JANE, "password": OWN })).await.expect(200);
    assert_eq!(signed_in.text("/standing"), "deactivated");
}

/// R108, R303: an address that nobody proved may be a stranger's, who is sent nothing that opens a login; proven, it is
/// as good as any.
#[tokio::test]
async fn a_way_to_a_new_password_goes_to_a_proven_address_alone() {
    let portal = TestPortal::new().await;
    let her = came_in(&portal, jane()).await;
    let letters = portal.letters_to(JANE).await.count();
    portal.stranger().post("/api/reset/requests", json!({ "name": NAME })).await.expect(204);
    assert_eq!(portal.letters_to(JANE).await.count(), letters, "nothing goes where nobody proved to be");
    super::address::prove(&portal, &her, JANE).await;
    portal.clock.advance_secs(3_600);
    portal.stranger().post("/api/reset/requests", json!({ "name": NAME })).await.expect(204);
    let token = portal.letters_to(JANE).await.last_token();
    let set = json!({ "token": token, "password": "seven other brass lamps" });
    portal.stranger().post("/api/reset/passwords", set).await.expect(204);
    assert_eq!(signs_in(&portal, NAME, "seven other brass lamps").await, "200");
    assert_eq!(signs_in(&portal, NAME, OWN).await, "401 sign_in_failed");
}

/// R303: nor to somebody who signs in from elsewhere, changes the password or sets a second factor.
#[tokio::test]
async fn nobody_at_an_unproven_address_is_told_or_takes_anything_back() {
    let portal = TestPortal::new().await;
    let her = came_in(&portal, jane()).await;
    assert_eq!(signs_in(&portal, NAME, OWN).await, "200", "from a device not seen before");
    let another = json!({ "password": OWN, "new_password": "seven other brass lamps" });
    her.put("/api/profile/password", another).await.expect(204);
    assert_eq!(portal.letters_to(JANE).await.count(), 0);
    assert!(portal.wire.snapshot().find("sessions", "UNDO#", "").is_empty());
}

/// R303: two who add somebody by names that look alike at the same time; one does, and nothing is left of the others.
#[tokio::test]
async fn of_many_who_give_one_name_at_once_one_does() {
    let portal = TestPortal::new().await;
    let tabs = [portal.owner().await, portal.manager().await];
    let before = portal.wire.snapshot().find("accounts", "USER#", "USER").len();
    let adding = (0..12).map(|n: usize| {
        let (by, name) = (&tabs[n % 2], ["jill", "ji1l", "J1LL"][n % 3]);
        let mut person = jane_with("email", format!("jill{n}@acme.test"));
        person["user_name"] = json!(name);
        add(by, person)
    });
    let answers = crate::races::at_once(adding).await;
    let said = |says: &str| answers.iter().filter(|it| it.says() == says || it.at("/user_name") == says).count();
    assert_eq!((said("201"), said("user_name_taken")), (1, 11));
    assert_eq!(portal.wire.snapshot().find("accounts", "USER#", "USER").len(), before + 1);
    crate::seats::agree(&portal);
}
