//! Invitations to an account's team, as those who send them see them (R303, R304, R309). What becomes of them is beside.

mod answering;
mod delivery;
mod guards;
mod members;
mod once;

use serde_json::{Value, json};
use tests::portal::{Caller, GOOD, NORA, Reply, TestPortal};

/// Where the team invites.
pub(crate) const INVITATIONS: &str = "/api/team/invitations";
/// Where invitations are answered.
pub(crate) const MINE: &str = "/api/sign-up/invitations";
/// How long an invitation is good, in seconds.
const LIFE: u64 = 72 * 3_600;

/// What a form to invite somebody sends.
pub(crate) fn wanted(email: &str) -> Value {
    json!({ "email": email, "first_name": "Nora", "last_name": "Nilsson", "role": "member", "language": "en" })
}

pub(crate) async fn invite(caller: &Caller, email: &str) -> Reply {
    caller.post(INVITATIONS, wanted(email)).await
}

/// Invites somebody: the invitation's id, and the token of the mailed link.
pub(crate) async fn invited(portal: &TestPortal, by: &Caller, email: &str) -> (String, String) {
    let id = invite(by, email).await.expect(201).text("/id").to_owned();
    (id, portal.letters_to(email).await.last_token())
}

pub(crate) async fn look(portal: &TestPortal, token: &str) -> Reply {
    portal.stranger().post(&format!("{MINE}/looks"), json!({ "token": token })).await
}

/// What somebody new sends to accept.
pub(crate) fn acceptance(token: &str) -> Value {
    json!({ "token": token, "first_name": "Nora", "last_name": "Nilsson", "password": GOOD, "language": "en" })
}

pub(crate) async fn accept(caller: &Caller, token: &str) -> Reply {
    caller.post(&format!("{MINE}/acceptances"), acceptance(token)).await
}

/// The account in which somebody works.
pub(crate) async fn account_of(caller: &Caller) -> String {
    caller.get("/api/session").await.expect(200).text("/account/id").to_owned()
}

/// Where the newest invitations of the caller's account stand.
pub(crate) async fn states(caller: &Caller) -> Vec<String> {
    let list = caller.get(INVITATIONS).await.expect(200);
    list.json["items"].as_array().unwrap().iter().map(|item| item["state"].as_str().unwrap().to_owned()).collect()
}

pub(crate) async fn state(caller: &Caller) -> String {
    states(caller).await.swap_remove(0)
}

pub(crate) async fn resend(caller: &Caller, id: &str) -> Reply {
    caller.post(&format!("{INVITATIONS}/{id}/letters"), json!({})).await
}

async fn link(caller: &Caller, id: &str) -> Reply {
    caller.put(&format!("{INVITATIONS}/{id}/link"), json!({})).await
}

/// The token in a link that was made to be handed over.
async fn handed_over(caller: &Caller, id: &str) -> String {
    let made = link(caller, id).await.expect(200);
    made.text("/url").split_once("#token=").unwrap().1.to_owned()
}

/// Somebody of an account's people in its list, by the address.
async fn person(caller: &Caller, email: &str) -> Value {
    let found = caller.get(&format!("/api/team/people?search={email}")).await.expect(200);
    found.json["items"].get(0).cloned().unwrap_or_default()
}

/// R303, R307, R309
#[tokio::test]
async fn somebody_new_is_invited_by_mail_and_comes_in() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    let mut body = wanted(NORA);
    body["permissions"] = json!(["view_orders"]);
    body["job_title"] = json!("Buyer");
    body["language"] = json!("de");
    let sent = max.post(INVITATIONS, body).await.expect(201);
    assert_eq!((sent.text("/email"), sent.text("/expires_at")), (NORA, "2026-11-25T12:00:00Z"));
    let waiting = person(&max, NORA).await;
    assert_eq!((&waiting["group"], &waiting["invitation"]), (&json!("invited"), &sent.json["id"]));

    let letters = portal.letters_to(NORA).await;
    assert!(letters.last_link().starts_with("https://portal.test/de/accept#token=acc_"), "{}", letters.last_link());
    for word in ["Max Ernst", "Acme", "72"] {
        assert!(letters.last().contains(word), "{word} in {}", letters.last());
    }
    assert!(!letters.last().contains("Nora"), "what the team typed greets nobody: {}", letters.last());
    let token = letters.last_token();
    assert_eq!(state(&max).await, "delivered");

    let seen = look(&portal, &token).await.expect(200);
    assert_eq!((seen.text("/invited_by"), seen.text("/email"), seen.text("/role")), ("Max Ernst", NORA, "member"));
    assert_eq!((seen.text("/account/number"), &seen.json["has_login"]), ("C10423", &json!(false)));
    assert_eq!(state(&max).await, "opened");

    let stranger = portal.stranger();
    let accepted = accept(&stranger, &token).await.expect(200);
    assert_eq!((accepted.text("/email"), accepted.text("/account/number")), (NORA, "C10423"));
    assert!(stranger.cookie("__Host-portico").is_none(), "a link signs nobody in");
    let nora = portal.sign_in(NORA).await;
    assert_eq!(nora.get("/api/session").await.text("/account/number"), "C10423");
    nora.get("/api/licenses/summary").await.expect(200);
    assert_eq!(state(&max).await, "accepted");
    let member = person(&max, NORA).await;
    let shown = (&member["group"], &member["job_title"], &member["contact"], &member["invitation"]);
    assert_eq!(shown, (&json!("members"), &json!("Buyer"), &Value::Null, &Value::Null));
    let told = portal.letters_to("max@acme.test").await.texts();
    assert!(told.iter().any(|text| text.contains(NORA) && text.contains("Nora Nilsson")), "{told:?}");
}

/// R304
#[tokio::test]
async fn whether_an_address_has_a_login_makes_no_difference_to_who_invites() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let mut told = Vec::new();
    for email in [NORA, "una@solo.test"] {
        let kept = portal.wire.keep();
        let before = portal.wire.snapshot();
        let (answer, calls) = portal.wire.record(invite(&ada, email)).await;
        let answer = answer.expect(201);
        let same: Vec<_> = answer.json.as_object().unwrap().keys().cloned().collect();
        portal.dispatch().await;
        let listed = ada.get(INVITATIONS).await.expect(200).json["items"][0].clone();
        let kinds: Vec<_> = before
            .changes(&portal.wire.snapshot())
            .iter()
            .map(|line| line.split(['#', '_']).next().unwrap().to_owned())
            .collect();
        let units = (calls.count(), calls.read_units(), calls.write_units());
        told.push((same, units, listed["state"].clone(), listed["opened_at"].clone(), kinds));
        portal.wire.bring_back(&kept);
    }
    assert_eq!(told[0], told[1]);
}

/// R309
#[tokio::test]
async fn an_invitation_sent_again_ends_the_link_before() {
    let portal = TestPortal::new().await;
    let (ada, max) = (portal.owner().await, portal.manager().await);
    let (id, first) = invited(&portal, &max, NORA).await;
    look(&portal, &first).await.expect(200);
    portal.clock.advance_secs(3_600);
    let ada = if ada.get("/api/session").await.status == 200 { ada } else { portal.owner().await };
    resend(&ada, &id).await.expect(204);
    let second = portal.letters_to(NORA).await.last_token();
    assert_eq!(look(&portal, &first).await.says(), "410 link_expired");
    assert_eq!(accept(&portal.stranger(), &first).await.says(), "410 link_expired");
    assert_eq!(look(&portal, &second).await.expect(200).text("/invited_by"), "Ada Lovelace", "who sends it invites");
    let list = ada.get(INVITATIONS).await;
    assert_eq!(
        (list.text("/items/0/expires_at"), list.json["items"].as_array().unwrap().len()),
        ("2026-11-25T13:00:00Z", 1)
    );
    accept(&portal.stranger(), &second).await.expect(200);
    for refused in [resend(&ada, &id).await, link(&ada, &id).await, ada.delete(&format!("{INVITATIONS}/{id}")).await] {
        assert_eq!(refused.says(), "409 invitation_over");
    }
}

/// R309
#[tokio::test]
async fn an_invitation_is_good_for_72_hours_and_can_then_be_sent_again() {
    for (seconds, says) in [(LIFE - 1, "200"), (LIFE, "410 invitation_expired")] {
        let portal = TestPortal::new().await;
        let (id, token) = invited(&portal, &portal.manager().await, NORA).await;
        portal.clock.advance_secs(seconds);
        assert_eq!(look(&portal, &token).await.says(), says, "after {seconds} s");
        assert_eq!(accept(&portal.stranger(), &token).await.says(), says, "after {seconds} s");
        if seconds == LIFE {
            let max = portal.manager().await;
            assert_eq!(state(&max).await, "expired");
            resend(&max, &id).await.expect(204);
            assert_eq!(accept(&portal.stranger(), &token).await.says(), "410 link_expired");
            let again = portal.letters_to(NORA).await.last_token();
            accept(&portal.stranger(), &again).await.expect(200);
        }
    }
}

/// R309
#[tokio::test]
async fn an_invitation_taken_back_lets_nobody_in() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    let (id, token) = invited(&portal, &max, NORA).await;
    max.delete(&format!("{INVITATIONS}/{id}")).await.expect(204);
    for refused in [look(&portal, &token).await, accept(&portal.stranger(), &token).await] {
        assert_eq!(refused.says(), "410 invitation_revoked");
    }
    assert_eq!(state(&max).await, "revoked");
    let contact = person(&max, NORA).await;
    assert_eq!((&contact["group"], &contact["invitation"]), (&json!("contacts"), &Value::Null));
    assert_eq!(max.delete(&format!("{INVITATIONS}/{id}")).await.says(), "409 invitation_over");
    // Invited anew, it is another invitation, and the first stays what it was.
    portal.clock.advance_secs(1);
    let (_, again) = invited(&portal, &max, NORA).await;
    assert_eq!(look(&portal, &token).await.says(), "410 invitation_revoked");
    accept(&portal.stranger(), &again).await.expect(200);
    assert_eq!(states(&max).await, ["accepted", "revoked"]);
}

/// R309
#[tokio::test]
async fn the_list_goes_on_page_by_page_the_newest_first() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    for n in 0..53 {
        portal.clock.advance_secs(1);
        invite(&max, &format!("nora{n}@new.test")).await.expect(201);
    }
    let first = max.get(INVITATIONS).await.expect(200);
    assert_eq!((first.text("/items/0/email"), first.json["items"].as_array().unwrap().len()), ("nora52@new.test", 50));
    let next = max.get(&format!("{INVITATIONS}?cursor={}", first.text("/next"))).await.expect(200);
    let rest: Vec<_> = next.json["items"].as_array().unwrap().iter().map(|item| item["email"].clone()).collect();
    assert_eq!(rest, ["nora2@new.test", "nora1@new.test", "nora0@new.test"]);
    let other = portal.other_owner().await;
    assert_eq!(other.get(INVITATIONS).await.expect(200).json["items"], json!([]));
    assert_eq!(other.get(&format!("{INVITATIONS}?cursor={}", first.text("/next"))).await.says(), "400 invalid_cursor");
}

/// R303: each of these a clear sentence at the field, and a next step.
#[tokio::test]
async fn who_cannot_be_invited_is_told_at_the_address() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    let (id, _) = invited(&portal, &max, "nora+team@new.test").await;
    for (email, code) in [
        ("max@acme.test", "own_address"),
        ("MAX@acme.test", "own_address"),
        ("mia@acme.test", "already_in_team"),
        ("Mia@ACME.test", "already_in_team"),
        ("nora+team@new.test", "already_invited"),
        ("NORA+Team@new.test", "already_invited"),
        ("nora", "email_invalid"),
        ("", "required"),
    ] {
        let refused = invite(&max, email).await;
        assert_eq!((refused.says().as_str(), refused.at("/email")), ("422 invalid_fields", code), "{email}");
    }
    // Another address is another person, however alike.
    invite(&max, "nora@new.test").await.expect(201);
    portal.deactivate("vera@acme.test").await;
    assert_eq!(invite(&max, "vera@acme.test").await.at("/email"), "already_in_team", "the inactive too");
    // One whose time is over keeps nobody from being invited, and is not sent again beside the new one.
    portal.clock.advance_secs(LIFE);
    let max = portal.manager().await;
    invite(&max, "nora+team@new.test").await.expect(201);
    assert_eq!(resend(&max, &id).await.says(), "409 invitation_over");
    for (field, value, code) in [
        ("role", json!("owner"), "choice_invalid"),
        ("role", json!("chief"), "choice_invalid"),
        ("language", json!("xx"), "language_unknown"),
        ("permissions", json!(["rule_the_world"]), "choice_invalid"),
        ("first_name", json!(""), "required"),
    ] {
        let mut body = wanted("olga@new.test");
        body[field] = value.clone();
        let refused = max.post(INVITATIONS, body).await;
        assert_eq!(refused.at(&format!("/{field}")), code, "{field} {value}");
    }
}

/// R309
#[tokio::test]
async fn what_is_no_invitation_of_the_account_does_not_exist() {
    let portal = TestPortal::new().await;
    let (id, _) = invited(&portal, &portal.manager().await, NORA).await;
    let otto = portal.other_owner().await;
    for id in [id.as_str(), "inv_00000000000000000000000000", "nonsense"] {
        for refused in
            [resend(&otto, id).await, link(&otto, id).await, otto.delete(&format!("{INVITATIONS}/{id}")).await]
        {
            assert_eq!(refused.says(), "404 not_found", "{id}");
        }
    }
    assert_eq!(state(&portal.manager().await).await, "delivered");
}
