//! Inviting guests (R510).

use serde_json::{Value, json};

use super::{GUESTS, PETE, accept, admitted, agree, offered, offered_as_manager};
use crate::{
    team::{MAX, acme, letter},
    team_invitations::{INVITATIONS, MINE, account_of, look, state},
};
use tests::portal::{NORA, TestPortal};

/// R510
#[tokio::test]
async fn somebody_of_the_partner_is_invited_for_ninety_days_unless_said_otherwise() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    let sent = max.post(GUESTS, offered(PETE)).await.expect(201);
    assert_eq!((sent.text("/email"), sent.text("/expires_at")), (PETE, "2026-11-25T12:00:00Z"));
    let listed = max.get(INVITATIONS).await.expect(200).json["items"][0].clone();
    assert_eq!((&listed["guest_days"], &listed["role"]), (&json!(90), &json!("member")));

    let letters = portal.letters_to(PETE).await;
    for word in ["Max Ernst", "Acme", "as a guest", "for 90 days", "72 hours"] {
        assert!(letters.last().replace('\n', " ").contains(word), "{word} in {}", letters.last());
    }
    let token = letters.last_token();
    let seen = look(&portal, &token).await.expect(200);
    assert_eq!((&seen.json["guest_days"], &seen.json["has_login"]), (&json!(90), &json!(true)));

    let pete = portal.partner_member().await;
    let mine = pete.get(MINE).await.expect(200);
    assert_eq!((&mine.json["items"][0]["guest_days"], mine.text("/items/0/invited_by")), (&json!(90), "Max Ernst"));
    let joined = accept(&portal, &pete).await.expect(200);
    assert_eq!(joined.text("/account/number"), "C10423");
    assert_eq!(state(&max).await, "accepted");
    agree(&portal);

    let guests = max.get("/api/team/people?group=guests").await.expect(200);
    let shown = &guests.json["items"][0];
    assert_eq!((&shown["email"], &shown["group"]), (&json!(PETE), &json!("guests")));
    let home = account_of(&pete).await;
    let wanted = json!({ "home": { "id": home, "name": "Orion Resellers" }, "until": "2027-02-20T12:00:00Z" });
    assert_eq!(shown["guest"], wanted);
    let told = letter(&portal, MAX).await;
    for word in ["Pete", PETE, "Orion", "20. Februar 2027"] {
        assert!(told.contains(word), "{word} in {told}");
    }
}

/// R510
#[tokio::test]
async fn who_lets_guests_in_belongs_to_the_account_and_manages_it() {
    let portal = TestPortal::new().await;
    let acme = acme(&portal).replace("ACCOUNT#", "");
    let paula = portal.partner_owner().await.on_customer(&acme);
    let sent = portal.owner().await.post(GUESTS, offered("paula@orion.test")).await.expect(201);
    let invitation = format!("{INVITATIONS}/{}", sent.text("/id"));
    let pete = super::guest(&portal, offered_as_manager(PETE, 30)).await;
    for (caller, says) in [
        (portal.member().await, "403 managers_only"),
        (portal.viewer().await, "403 managers_only"),
        (paula, "403 not_for_partners"),
        (pete, "403 not_for_guests"),
    ] {
        assert_eq!(caller.post(GUESTS, offered("una@solo.test")).await.says(), says);
        assert_eq!(caller.post(GUESTS, json!({ "email": "", "role": "", "language": "" })).await.says(), says);
        // What others sent is not theirs to send again, to hand over or to take back.
        assert_eq!(caller.post(&format!("{invitation}/letters"), json!({})).await.says(), says);
        assert_eq!(caller.put(&format!("{invitation}/link"), json!({})).await.says(), says);
        assert_eq!(caller.delete(&invitation).await.says(), says);
    }
}

/// R510: an account that nobody looks after has nobody to let in.
#[tokio::test]
async fn without_a_partner_there_is_nobody_to_invite() {
    let portal = TestPortal::new().await;
    let otto = portal.other_owner().await;
    assert_eq!(otto.post(GUESTS, offered(PETE)).await.says(), "409 no_partner");
    assert!(portal.letters_to(PETE).await.texts().is_empty());
}

/// R510: nor does what is stored, and nor does what it costs.
#[tokio::test]
async fn the_answer_does_not_tell_who_is_of_the_partner() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let mut told = Vec::new();
    for email in [PETE, "otto@birch.test", NORA] {
        let kept = portal.wire.keep();
        let (answer, calls) = portal.wire.record(ada.post(GUESTS, offered(email))).await;
        let answer = answer.expect(201);
        let same: Vec<_> = answer.json.as_object().unwrap().keys().cloned().collect();
        portal.dispatch().await;
        let listed = ada.get(INVITATIONS).await.expect(200).json["items"][0].clone();
        let shown = (listed["state"].clone(), listed["guest_days"].clone());
        told.push((same, shown, calls.count(), calls.read_units(), calls.write_units()));
        portal.wire.bring_back(&kept);
    }
    assert!(told.windows(2).all(|pair| pair[0] == pair[1]), "{told:#?}");
}

/// R510
#[tokio::test]
async fn what_cannot_be_taken_is_said_at_its_field() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let wrong = json!({ "email": "pete", "role": "owner", "permissions": ["all"], "days": 367, "language": "it" });
    let reply = ada.post(GUESTS, wrong).await;
    assert_eq!(reply.says(), "422 invalid_fields");
    let at = ["/email", "/role", "/permissions", "/days", "/language"].map(|field| reply.at(field));
    assert_eq!(at, ["email_invalid", "choice_invalid", "choice_invalid", "number_invalid", "language_unknown"]);
    for days in [0, -1, i64::MAX] {
        let mut body = offered(PETE);
        body["days"] = days.into();
        assert_eq!(ada.post(GUESTS, body).await.at("/days"), "number_invalid", "{days}");
    }
    assert_eq!(ada.post(GUESTS, offered("ada@acme.test")).await.at("/email"), "own_address");
    assert_eq!(ada.post(GUESTS, offered(MAX)).await.at("/email"), "already_in_team");
    ada.post(GUESTS, offered(PETE)).await.expect(201);
    assert_eq!(ada.post(GUESTS, offered(PETE)).await.at("/email"), "already_invited");
}

/// R510: a guest's invitation is sent again and taken back like others, and says the same.
#[tokio::test]
async fn an_invitation_is_sent_again_and_taken_back() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let id = ada.post(GUESTS, offered_as_manager(PETE, 14)).await.expect(201).text("/id").to_owned();
    let before = portal.letters_to(PETE).await.last_token();
    ada.post(&format!("{INVITATIONS}/{id}/letters"), json!({})).await.expect(204);
    let letters = portal.letters_to(PETE).await;
    assert!(letters.last().contains("for 14 days"), "{}", letters.last());
    assert_eq!(look(&portal, &before).await.says(), "410 link_expired", "the link before stops");
    assert_eq!(look(&portal, &letters.last_token()).await.expect(200).json["guest_days"], 14);
    ada.delete(&format!("{INVITATIONS}/{id}")).await.expect(204);
    let pete = portal.partner_member().await;
    assert_eq!(accept(&portal, &pete).await.says(), "404 not_found");
}

/// R302, R510
#[tokio::test]
async fn the_list_the_file_and_the_review_say_where_a_guest_is_from_and_until_when() {
    let portal = TestPortal::new().await;
    admitted(&portal, offered(PETE)).await;
    let ada = portal.owner().await;
    let review = ada.get("/api/team/review").await.expect(200);
    let items = review.json["items"].as_array().unwrap();
    let of_guests: Vec<&Value> = items.iter().filter(|item| !item["guest"].is_null()).collect();
    assert_eq!(of_guests.len(), 1);
    assert_eq!(of_guests[0]["guest"]["home"]["name"], "Orion Resellers");
    let file = ada.get("/api/team/people/export?group=guests").await.expect(200);
    let file = String::from_utf8(file.bytes.to_vec()).unwrap();
    let lines: Vec<&str> = file.lines().collect();
    assert!(lines[0].trim_end().ends_with("guest_of,guest_until"), "{file}");
    assert!(lines[1].trim_end().ends_with("Orion Resellers,2027-02-20T12:00:00Z"), "{file}");
}
