//! Invitations, as those they are for answer them (R303, R304).

use serde_json::json;
use tests::portal::{NORA, TestPortal, confirm, register};

use super::{INVITATIONS, MINE, accept, account_of, handed_over, invite, invited, look, person, state};

/// Belongs to no account.
const UNA: &str = "una@solo.test";

/// R304
#[tokio::test]
async fn somebody_with_a_login_accepts_with_it() {
    let portal = TestPortal::new().await;
    let (max, una) = (portal.manager().await, portal.unattached().await);
    let (_, token) = invited(&portal, &max, "otto@birch.test").await;
    assert_eq!(look(&portal, &token).await.expect(200).json["has_login"], true);
    assert_eq!(accept(&portal.stranger(), &token).await.says(), "409 invitation_has_login");
    let owner_of_birch = portal.other_owner().await;
    let mine = owner_of_birch.get(MINE).await.expect(200);
    assert_eq!((mine.text("/items/0/invited_by"), mine.text("/items/0/account/number")), ("Max Ernst", "C10423"));
    let acme = mine.text("/items/0/account/id").to_owned();
    assert_eq!(acme, account_of(&max).await);
    let joined = owner_of_birch.put(&format!("{MINE}/{acme}"), json!({})).await.expect(200);
    assert_eq!(joined.text("/account/id"), acme);
    assert_eq!(owner_of_birch.get("/api/session").await.text("/account/number"), "C10500", "the session goes on");
    let accounts = owner_of_birch.get("/api/session/accounts").await;
    assert_eq!(accounts.json["items"].as_array().unwrap().len(), 2);
    assert_eq!(owner_of_birch.get(MINE).await.json["items"], json!([]));
    assert_eq!(state(&max).await, "accepted");
    assert_eq!(person(&max, "otto@birch.test").await["role"], "member");
    assert_eq!(una.get(MINE).await.json["items"], json!([]), "it was for nobody else");
}

/// R304: one who signs up by themselves finds it too, and so does whoever was handed the link.
#[tokio::test]
async fn whoever_proves_the_address_finds_the_invitation() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    invite(&max, "Nora@new.test").await.expect(201);
    portal.dispatch().await;
    register(&portal.stranger(), NORA).await.expect(202);
    let token = portal.letters_to(NORA).await.last_token();
    confirm(&portal, &token).await.expect(200);
    let nora = portal.sign_in(NORA).await;
    let acme = nora.get(MINE).await.text("/items/0/account/id").to_owned();
    nora.put(&format!("{MINE}/{acme}"), json!({})).await.expect(200);
    assert_eq!(nora.put(&format!("{MINE}/{acme}"), json!({})).await.says(), "409 already_in_account");
}

/// R304
#[tokio::test]
async fn a_declined_invitation_lets_nobody_in_and_its_sender_reads_of_it() {
    let portal = TestPortal::new().await;
    let (max, una) = (portal.manager().await, portal.unattached().await);
    let (_, token) = invited(&portal, &max, UNA).await;
    let one = format!("{MINE}/{}", account_of(&max).await);
    una.delete(&one).await.expect(204);
    assert_eq!(una.delete(&one).await.says(), "404 not_found");
    assert_eq!(una.put(&one, json!({})).await.says(), "404 not_found");
    assert_eq!(look(&portal, &token).await.says(), "410 invitation_declined");
    assert_eq!(state(&max).await, "declined");
    assert_eq!(person(&max, UNA).await["group"], "contacts");
    let told = portal.letters_to("max@acme.test").await;
    assert!(told.last().contains(UNA), "{}", told.last());
    invite(&max, UNA).await.expect(201);
}

/// R309
#[tokio::test]
async fn an_invitation_opened_by_somebody_else_who_is_signed_in_says_for_whom_it_is() {
    let portal = TestPortal::new().await;
    let (_, token) = invited(&portal, &portal.manager().await, NORA).await;
    let una = portal.unattached().await;
    let refused = accept(&una, &token).await;
    assert_eq!((refused.says().as_str(), refused.text("/params/email")), ("403 invitation_for_another", NORA));
    let acme = look(&portal, &token).await.text("/account/id").to_owned();
    assert_eq!(una.put(&format!("{MINE}/{acme}"), json!({})).await.says(), "404 not_found");
    // Signed out, the way is free.
    una.delete("/api/session").await.expect(204);
    accept(&una, &token).await.expect(200);
}

/// R309: incident 28. A link that the team hands over is no proof of an address: nobody makes a login of somebody else's.
#[tokio::test]
async fn a_link_handed_over_makes_no_login_and_tells_of_none() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    for email in [NORA, UNA] {
        let id = invite(&max, email).await.expect(201).text("/id").to_owned();
        let mailed = portal.letters_to(email).await.last_token();
        let token = handed_over(&max, &id).await;
        assert_eq!(look(&portal, &mailed).await.says(), "410 link_expired", "the older one stops");
        let seen = look(&portal, &token).await.expect(200);
        assert_eq!(seen.json["has_login"], json!(null), "{email}");
        assert_eq!(accept(&portal.stranger(), &token).await.says(), "409 link_handed_over", "{email}");
    }
    assert!(portal.wire.snapshot().find("credentials", NORA, "NAME").is_empty());
    // Whoever has the address comes in all the same.
    let una = portal.unattached().await;
    una.put(&format!("{MINE}/{}", account_of(&max).await), json!({})).await.expect(200);
}

/// R304, R309: "forgot password" leaves it as it is, or whoever holds it would learn whether the address has a login.
#[tokio::test]
async fn a_link_handed_over_stays_whatever_somebody_asks_by_that_address() {
    for email in [NORA, UNA] {
        let portal = TestPortal::new().await;
        let max = portal.manager().await;
        let id = invite(&max, email).await.expect(201).text("/id").to_owned();
        let token = handed_over(&max, &id).await;
        portal.stranger().post("/api/reset/requests", json!({ "name": email })).await.expect(204);
        portal.dispatch().await;
        assert_eq!(state(&max).await, "handed_over", "{email}");
        look(&portal, &token).await.expect(200);
    }
}

/// R309
#[tokio::test]
async fn a_link_that_waits_to_be_mailed_is_not_mailed_once_another_is_made() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    let id = invite(&max, NORA).await.expect(201).text("/id").to_owned();
    let _ = handed_over(&max, &id).await;
    assert_eq!(portal.letters_to(NORA).await.count(), 0);
    assert_eq!(state(&max).await, "handed_over");
    max.delete(&format!("{INVITATIONS}/{id}")).await.expect(204);
    let id = invite(&max, NORA).await.expect(201).text("/id").to_owned();
    max.delete(&format!("{INVITATIONS}/{id}")).await.expect(204);
    assert_eq!(portal.letters_to(NORA).await.count(), 0, "taken back before it went out");
}

/// R304: an address that a team wrote down counts as proof of nothing.
#[tokio::test]
async fn an_unproven_address_accepts_nothing() {
    let portal = TestPortal::new().await;
    let (max, una) = (portal.manager().await, portal.unattached().await);
    invite(&max, UNA).await.expect(201);
    let one = format!("{MINE}/{}", account_of(&max).await);
    let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
    let row = people.iter().find(|row| row["m"]["S"] == UNA).unwrap();
    portal.update(row, "SET eu = :no", json!({ ":no": { "BOOL": false } }));
    for refused in [una.get(MINE).await, una.put(&one, json!({})).await, una.delete(&one).await] {
        assert_eq!(refused.says(), "403 email_unproven");
    }
}

/// R108: incident 27. "Forgot password" sends the live invitation again, with the end it has.
#[tokio::test]
async fn forgot_password_sends_a_live_invitation_again_and_revives_none() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    let (id, first) = invited(&portal, &max, NORA).await;
    let forgot = async || portal.stranger().post("/api/reset/requests", json!({ "name": "NORA@new.test" })).await;
    portal.clock.advance_secs(3_600);
    forgot().await.expect(204);
    let letters = portal.letters_to(NORA).await;
    assert_eq!(letters.count(), 2);
    let second = letters.last_token();
    assert_eq!(look(&portal, &first).await.says(), "410 link_expired");
    assert_eq!(look(&portal, &second).await.expect(200).text("/expires_at"), "2026-11-25T12:00:00Z", "its end stays");

    let kept = portal.wire.keep();
    portal.manager().await.delete(&format!("{INVITATIONS}/{id}")).await.expect(204);
    portal.clock.advance_secs(700);
    forgot().await.expect(204);
    assert_eq!(portal.letters_to(NORA).await.count(), 2, "never after revocation");
    portal.wire.bring_back(&kept);
    portal.clock.advance_secs(super::LIFE);
    forgot().await.expect(204);
    assert_eq!(portal.letters_to(NORA).await.count(), 2, "nor after its time");
    assert_eq!(look(&portal, &second).await.says(), "410 invitation_expired");
}

/// R108
#[tokio::test]
async fn of_two_accounts_that_invite_the_newest_is_sent_again() {
    let portal = TestPortal::new().await;
    invite(&portal.other_owner().await, NORA).await.expect(201);
    portal.clock.advance_secs(1);
    invite(&portal.manager().await, NORA).await.expect(201);
    portal.dispatch().await;
    portal.stranger().post("/api/reset/requests", json!({ "name": NORA })).await.expect(204);
    let letters = portal.letters_to(NORA).await;
    assert!(letters.last().contains("Max Ernst") && letters.count() == 3, "{}", letters.last());
    assert_eq!(accept(&portal.stranger(), &letters.last_token()).await.expect(200).text("/account/number"), "C10423");
    let nora = portal.sign_in(NORA).await;
    assert_eq!(nora.get(MINE).await.text("/items/0/account/number"), "C10500", "the other one waits");
}

/// R303
#[tokio::test]
async fn a_password_made_of_what_is_known_is_refused_and_the_link_stays() {
    let portal = TestPortal::new().await;
    let (_, token) = invited(&portal, &portal.manager().await, NORA).await;
    let mut body = super::acceptance(&token);
    for password in ["short", "nora nilsson acme"] {
        body["password"] = json!(password);
        let refused = portal.stranger().post(&format!("{MINE}/acceptances"), body.clone()).await;
        assert_eq!(refused.says(), "422 invalid_fields", "{password}");
        assert!(refused.at("/password").starts_with("password_"), "{password}");
    }
    accept(&portal.stranger(), &token).await.expect(200);
}
