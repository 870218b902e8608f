//! Somebody else has the password, the session or the mailbox: what they change is taken back, and what they made on the
//! way does not help them.

use serde_json::{Value, json};
use tests::portal::{Caller, GOOD, Reply, TestPortal};

const MIA: &str = "mia@acme.test";
const OTHER: &str = "nine plain brown wrens";

async fn take_back(portal: &TestPortal, token: &str) -> Reply {
    portal.stranger().post("/api/profile/reversals", json!({ "token": token })).await
}

/// Moves a login to another address, a second later.
async fn move_to(portal: &TestPortal, caller: &Caller, email: &str) {
    portal.clock.advance_secs(1);
    caller.post("/api/profile/email", json!({ "email": email, "password": GOOD })).await.expect(204);
    let token = portal.letters_to(email).await.last_token();
    portal.clock.advance_secs(1);
    let body = json!({ "token": token, "password": GOOD });
    portal.stranger().post("/api/profile/email/confirmations", body).await.expect(200);
    portal.dispatch().await;
    portal.clock.advance_secs(1);
}

/// The token of the newest letter to that address that takes a change back.
async fn way_back(portal: &TestPortal, email: &str) -> String {
    ways_back(portal, email).await.pop().expect("a way back")
}

/// Every token of letters to that address that take a change back, the oldest first.
async fn ways_back(portal: &TestPortal, email: &str) -> Vec<String> {
    let letters = portal.letters_to(email).await;
    let token = |text: &String| Some(text.split("/take-back#token=").nth(1)?.split_whitespace().next()?.to_owned());
    let mut all: Vec<_> = letters.texts().iter().filter_map(token).collect();
    all.reverse();
    all
}

async fn reset(portal: &TestPortal, email: &str) {
    // After the letter about the taking back.
    portal.dispatch().await;
    portal.clock.advance_secs(1);
    portal.stranger().post("/api/reset/requests", json!({ "name": email })).await.expect(204);
    let token = portal.letters_to(email).await.last_token();
    let body = json!({ "token": token, "password": OTHER });
    portal.stranger().post("/api/reset/passwords", body).await.expect(204);
}

async fn signs_in(portal: &TestPortal, name: &str, password: &str) -> String {
    portal.stranger().post("/api/session", json!({ "name": name, "password": password })).await.says()
}

/// R202: letters that went to the thief do not take the taking back back.
#[tokio::test]
async fn a_thiefs_own_way_back_dies_with_what_he_did() {
    let portal = TestPortal::new().await;
    move_to(&portal, &portal.member().await, "evil-1@evil.test").await;
    move_to(&portal, &portal.sign_in("evil-1@evil.test").await, "evil-2@evil.test").await;
    let (hers, his) = (way_back(&portal, MIA).await, way_back(&portal, "evil-1@evil.test").await);
    take_back(&portal, &hers).await.expect(200);
    assert_eq!(take_back(&portal, &his).await.says(), "410 link_expired");
    reset(&portal, MIA).await;
    assert_eq!(take_back(&portal, &his).await.says(), "410 link_expired");
    assert_eq!(signs_in(&portal, MIA, OTHER).await, "200");
    assert_eq!(signs_in(&portal, "evil-1@evil.test", OTHER).await, "401 sign_in_failed");
    // What is changed later can be taken back again.
    portal.clock.advance_secs(3_600);
    let mia = portal.stranger();
    mia.post("/api/session", json!({ "name": MIA, "password": OTHER })).await.expect(200);
    mia.put("/api/profile/password", json!({ "password": OTHER, "new_password": GOOD })).await.expect(204);
    take_back(&portal, &way_back(&portal, MIA).await).await.expect(200);
}

/// R202: whoever follows the oldest of their letters first still gets the address back by the others.
#[tokio::test]
async fn an_older_letter_does_not_use_up_the_one_that_brings_the_address_back() {
    // That somebody signed in, that a change of address was asked for, that it was made.
    for (first, brings_back) in [(0, false), (1, true), (2, true)] {
        let portal = TestPortal::new().await;
        drop(portal.sign_in(MIA).await);
        portal.clock.advance_secs(60);
        move_to(&portal, &portal.sign_in(MIA).await, "evil@evil.test").await;
        let hers = ways_back(&portal, MIA).await;
        assert_eq!(hers.len(), 3, "{first}");
        take_back(&portal, &hers[first]).await.expect(200);
        portal.dispatch().await;
        portal.clock.advance_secs(1);
        let requested = portal.stranger().post("/api/reset/requests", json!({ "name": "evil@evil.test" })).await;
        assert_eq!(requested.says(), "204", "which says nothing");
        if !brings_back {
            take_back(&portal, &hers[2]).await.expect(200);
        }
        reset(&portal, MIA).await;
        assert_eq!(signs_in(&portal, MIA, OTHER).await, "200", "{first}");
        assert_eq!(signs_in(&portal, "evil@evil.test", OTHER).await, "401 sign_in_failed", "{first}");
        for one in &hers {
            // What is left of them harms nobody but whoever has her mailbox.
            drop(take_back(&portal, one).await);
        }
        assert!(ways_back(&portal, "evil@evil.test").await.is_empty());
    }
}

/// R202, R110: nor the one about a second factor that somebody else set up.
#[tokio::test]
async fn an_older_letter_does_not_use_up_the_one_that_removes_a_factor() {
    let portal = TestPortal::new().await;
    drop(portal.sign_in(MIA).await);
    portal.clock.advance_secs(60);
    let thief = portal.sign_in(MIA).await;
    portal.clock.advance_secs(60);
    portal.set_up_factor(&thief).await;
    portal.dispatch().await;
    let hers = ways_back(&portal, MIA).await;
    take_back(&portal, &hers[0]).await.expect(200);
    take_back(&portal, hers.last().unwrap()).await.expect(200);
    reset(&portal, MIA).await;
    assert_eq!(signs_in(&portal, MIA, OTHER).await, "200");
}

/// R202: taking something back once more does not make a thief's own letters count again.
#[tokio::test]
async fn a_thiefs_own_way_back_stays_dead() {
    let portal = TestPortal::new().await;
    move_to(&portal, &portal.member().await, "evil-1@evil.test").await;
    move_to(&portal, &portal.sign_in("evil-1@evil.test").await, "evil-2@evil.test").await;
    let (hers, his) = (way_back(&portal, MIA).await, way_back(&portal, "evil-1@evil.test").await);
    take_back(&portal, &hers).await.expect(200);
    reset(&portal, MIA).await;
    portal.dispatch().await;
    portal.clock.advance_secs(3_600);
    let again = way_back(&portal, MIA).await;
    assert_ne!(again, hers, "the notice of the new password");
    take_back(&portal, &again).await.expect(200);
    assert_eq!(take_back(&portal, &his).await.says(), "410 link_expired");
    reset(&portal, MIA).await;
    assert_eq!(signs_in(&portal, MIA, OTHER).await, "200");
}

/// R202, R207: a thief who moved the login and closed it does not get it purged.
#[tokio::test]
async fn taking_the_address_back_opens_a_login_that_was_closed_since() {
    let portal = TestPortal::new().await;
    move_to(&portal, &portal.member().await, "evil@evil.test").await;
    let thief = portal.sign_in("evil@evil.test").await;
    thief.post("/api/profile/closure", json!({ "password": GOOD })).await.expect(204);
    take_back(&portal, &way_back(&portal, MIA).await).await.expect(200);
    reset(&portal, MIA).await;
    assert_eq!(signs_in(&portal, MIA, OTHER).await, "200");
}

/// R202, R110: nor does a second factor that he set up there keep the person out.
#[tokio::test]
async fn taking_the_address_back_removes_a_factor_set_since_and_no_other() {
    for (since, says) in [(true, "200"), (false, "401 second_factor_needed")] {
        let portal = TestPortal::new().await;
        let mia = portal.member().await;
        let factor = if since { None } else { Some(portal.set_up_factor(&mia).await) };
        portal.clock.advance_secs(60);
        let code = factor.as_ref().map(|factor| portal.next_code(factor)).unwrap_or_default();
        mia.post("/api/profile/email", json!({ "email": "evil@evil.test", "password": GOOD, "code": code }))
            .await
            .expect(204);
        let token = portal.letters_to("evil@evil.test").await.last_token();
        let body = json!({ "token": token, "password": GOOD });
        portal.stranger().post("/api/profile/email/confirmations", body).await.expect(200);
        portal.dispatch().await;
        portal.clock.advance_secs(60);
        if since {
            portal.set_up_factor(&portal.sign_in("evil@evil.test").await).await;
        }
        take_back(&portal, &way_back(&portal, MIA).await).await.expect(200);
        reset(&portal, MIA).await;
        assert_eq!(signs_in(&portal, MIA, OTHER).await, says, "set since: {since}");
    }
}

/// R110: whoever reads the mailbox, and has nothing else, does not get past a second factor that is on.
#[tokio::test]
async fn a_mailbox_alone_turns_no_second_factor_off() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    let factor = portal.set_up_factor(&mia).await;
    portal.dispatch().await;
    portal.clock.advance_secs(60);
    let proof = json!({ "password": GOOD, "code": portal.next_code(&factor) });
    mia.post("/api/profile/recovery-codes", proof).await.expect(200);
    let answer = take_back(&portal, &way_back(&portal, MIA).await).await.expect(200);
    assert_eq!(answer.json, json!({ "what": "second_factor", "password_removed": true }));
    reset(&portal, MIA).await;
    assert_eq!(signs_in(&portal, MIA, OTHER).await, "401 second_factor_needed");
}

/// R110, R108: who has the password can use the codes of a day up, and a new password begins the count anew.
#[tokio::test]
async fn a_thief_who_uses_up_the_codes_keeps_nobody_out() {
    let portal = TestPortal::new().await;
    let factor = portal.set_up_factor(&portal.member().await).await;
    let guess = async |password: &str, code: &str| {
        let body = json!({ "name": MIA, "password": password, "code": code });
        portal.stranger().post("/api/session", body).await
    };
    for _ in 0..20 {
        portal.clock.advance_secs(901);
        guess(GOOD, &factor.app.wrong_code(portal.clock.now())).await.expect(422);
    }
    portal.clock.advance_secs(901);
    assert_eq!(guess(GOOD, &portal.next_code(&factor)).await.says(), "429 too_many_tries");
    reset(&portal, MIA).await;
    guess(OTHER, &portal.next_code(&factor)).await.expect(200);
}

/// R204: an address is not lent to a stranger's login by a click.
#[tokio::test]
async fn a_link_alone_gives_no_strangers_login_an_address() {
    let portal = TestPortal::new().await;
    let stranger = portal.unattached().await;
    stranger.post("/api/profile/email", json!({ "email": "victim@acme.test", "password": GOOD })).await.expect(204);
    let token = portal.letters_to("victim@acme.test").await.last_token();
    let confirm = async |password: &str| {
        let body = json!({ "token": token, "password": password });
        portal.stranger().post("/api/profile/email/confirmations", body).await
    };
    assert_eq!(confirm("the password of the victim").await.expect(422).at("/password"), "password_wrong");
    assert_eq!(confirm("").await.expect(422).at("/password"), "required");
    assert_eq!(signs_in(&portal, "victim@acme.test", GOOD).await, "401 sign_in_failed");
    confirm(GOOD).await.expect(200);
}

/// R202: a letter that waits, because the mail service was silent, still goes where the login was when it was written.
#[tokio::test]
async fn a_notice_goes_to_the_address_from_before_however_late_it_is_sent() {
    let portal = TestPortal::new().await;
    let thief = portal.member().await;
    thief.put("/api/profile/password", json!({ "password": GOOD, "new_password": OTHER })).await.expect(204);
    thief.post("/api/profile/email", json!({ "email": "evil@evil.test", "password": OTHER })).await.expect(204);
    // Nothing was sent until now; only the link to the new address is followed before the rest.
    let letters = portal.letters_to("evil@evil.test").await;
    assert!(letters.texts().iter().all(|text| !text.contains("/take-back#token=")), "{:?}", letters.texts());
    assert_eq!(portal.letters_to(MIA).await.texts().iter().filter(|text| text.contains("/take-back#")).count(), 2);
}

/// R208: whom a company has switched off does not take its serial numbers along.
#[tokio::test]
async fn the_export_shows_no_licenses_of_an_account_one_is_switched_off_in() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    let licenses = async |caller: &Caller| {
        let all = caller.post("/api/profile/export", json!({ "password": GOOD })).await.expect(200);
        all.json["licenses"].as_array().map_or(0, Vec::len)
    };
    assert!(licenses(&mia).await > 0);
    portal.set_status("C10423", "suspended").await;
    assert_eq!(licenses(&mia).await, 0);
    portal.set_status("C10423", "active").await;
    portal.deactivate(MIA).await;
    assert_eq!(licenses(&mia).await, 0);
}

/// R205, R202: names are not hoarded, and one mail is not buried among a thousand.
#[tokio::test]
async fn changes_are_counted() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    let name = async |number: usize| {
        mia.put("/api/profile/nickname", json!({ "nickname": format!("hoarded-{number}") })).await
    };
    for number in 0..5 {
        name(number).await.expect(200);
    }
    assert_eq!(name(5).await.says(), "429 too_many_tries");
    let mut profile: Value = mia.profile_with("city", "").await;
    for number in 0..20 {
        profile["city"] = json!(format!("Town {number}"));
        mia.put("/api/profile", profile.clone()).await.expect(200);
    }
    profile["city"] = json!("One more");
    assert_eq!(mia.put("/api/profile", profile).await.says(), "429 too_many_tries");
}
