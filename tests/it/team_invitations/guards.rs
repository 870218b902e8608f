//! What an invitation gives nobody: more than its sender has, entry after its sender is gone, mails without end.

use serde_json::json;
use tests::portal::{GOOD, NORA, TestPortal};

use super::{INVITATIONS, MINE, accept, account_of, invite, invited, look, resend, state, wanted};
use crate::team::{MAX, act, path, set_role};

const UNA: &str = "una@solo.test";

/// R303, R313: nobody is invited as more than a manager, and by nobody less than one.
#[tokio::test]
async fn nobody_gives_more_than_they_have() {
    let portal = TestPortal::new().await;
    for (caller, says) in [
        (portal.member().await, "403 managers_only"),
        (portal.viewer().await, "403 managers_only"),
        (portal.unattached().await, "403 no_account"),
    ] {
        assert_eq!(invite(&caller, NORA).await.says(), says);
        assert_eq!(caller.get(INVITATIONS).await.says(), says);
    }
    let mut body = wanted(NORA);
    body["role"] = json!("owner");
    assert_eq!(portal.owner().await.post(INVITATIONS, body.clone()).await.at("/role"), "choice_invalid");
    body["role"] = json!("manager");
    portal.manager().await.post(INVITATIONS, body).await.expect(201);
    let token = portal.letters_to(NORA).await.last_token();
    accept(&portal.stranger(), &token).await.expect(200);
    let nora = portal.sign_in(NORA).await;
    nora.get("/api/team/people").await.expect(200);
    assert_eq!(nora.get("/api/session").await.text("/role"), "manager");
}

/// R303: whoever could not invite now lets nobody in by what they sent before, until somebody who can sends it again.
#[tokio::test]
async fn an_invitation_counts_as_long_as_its_sender_could_send_it() {
    for gone in ["demoted", "closed", "deactivate", "unlink", "remove"] {
        let portal = TestPortal::new().await;
        let (ada, max) = (portal.owner().await, portal.manager().await);
        let (id, token) = invited(&portal, &max, NORA).await;
        invite(&max, UNA).await.expect(201);
        let place = path(&portal, MAX);
        match gone {
            "closed" => drop(max.post("/api/profile/closure", json!({ "password": GOOD })).await.expect(204)),
            "demoted" => drop(set_role(&ada, &place, "member", &["view_orders"]).await.expect(200)),
            act_of_theirs => drop(act(&ada, &place, act_of_theirs).await.expect(204)),
        }
        assert_eq!(look(&portal, &token).await.says(), "410 inviter_gone", "{gone}");
        assert_eq!(accept(&portal.stranger(), &token).await.says(), "410 inviter_gone", "{gone}");
        let una = portal.unattached().await;
        let one = format!("{MINE}/{}", account_of(&ada).await);
        assert_eq!(una.put(&one, json!({})).await.says(), "410 inviter_gone", "{gone}");
        resend(&ada, &id).await.expect(204);
        let again = portal.letters_to(NORA).await.last_token();
        accept(&portal.stranger(), &again).await.expect(200);
    }
}

/// R303: a sender who takes the invited address over, and is gone, does not come back by that.
#[tokio::test]
async fn nobody_comes_back_by_an_invitation_of_their_own() {
    let portal = TestPortal::new().await;
    let (ada, max) = (portal.owner().await, portal.manager().await);
    invite(&max, NORA).await.expect(201);
    let one = format!("{MINE}/{}", account_of(&max).await);
    let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
    let row = people.iter().find(|row| row["m"]["S"] == MAX).unwrap().clone();
    let place = path(&portal, MAX);
    portal.update(&row, "SET m = :m", json!({ ":m": { "S": NORA } }));
    assert_eq!(max.put(&one, json!({})).await.says(), "409 already_in_account");
    act(&ada, &place, "remove").await.expect(204);
    let max = portal.sign_in(MAX).await;
    assert_eq!(max.put(&one, json!({})).await.says(), "410 inviter_gone");
}

/// R303, R312: nobody comes in where nobody could take the invitation back.
#[tokio::test]
async fn an_account_that_is_not_in_use_or_has_no_team_area_lets_nobody_in() {
    for how in ["suspended", "closed", "team area"] {
        let portal = TestPortal::new().await;
        let max = portal.manager().await;
        let (_, token) = invited(&portal, &max, NORA).await;
        invite(&max, UNA).await.expect(201);
        let one = format!("{MINE}/{}", account_of(&max).await);
        if how == "team area" {
            portal.admin().await.put("/api/staff/team-area", json!({ "team_area": "chosen" })).await.expect(204);
        } else {
            portal.set_status("C10423", how).await;
        }
        let una = portal.unattached().await;
        for refused in
            [look(&portal, &token).await, accept(&portal.stranger(), &token).await, una.put(&one, json!({})).await]
        {
            assert_eq!(refused.says(), "409 invitation_unavailable", "{how}");
        }
        una.delete(&one).await.expect(204);
    }
}

/// R309: mails to people who never asked for one have an end.
#[tokio::test]
async fn one_address_gets_five_mails_an_hour_whoever_sends_them() {
    let portal = TestPortal::new().await;
    let (max, otto) = (portal.manager().await, portal.other_owner().await);
    let id = invite(&max, NORA).await.expect(201).text("/id").to_owned();
    for _ in 0..3 {
        resend(&max, &id).await.expect(204);
    }
    invite(&otto, NORA).await.expect(201);
    // At the address, so that the others of a list are invited all the same.
    assert_eq!(resend(&max, &id).await.at("/email"), "invited_too_often");
    assert_eq!(invite(&portal.partner_owner().await, "Nora@NEW.test").await.at("/email"), "invited_too_often");
    max.put(&format!("{INVITATIONS}/{id}/link"), json!({})).await.expect(200);
    portal.clock.advance_secs(3_600);
    resend(&portal.manager().await, &id).await.expect(204);
}

/// R309: one person, and one account, send so many and no more.
#[tokio::test]
async fn one_person_and_one_account_invite_so_many() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    invite(&max, NORA).await.expect(201);
    for (kind, most) in [("invite-person", 600), ("invite-account", 2_000)] {
        let kept = portal.wire.keep();
        let row = portal.wire.snapshot().find("sessions", &format!("THROTTLE#{kind}"), "THROTTLE").swap_remove(0);
        let full = |n: i32| json!({ ":n": { "N": n.to_string() } });
        portal.update_in("sessions", &row, "SET n = :n", full(most - 1));
        invite(&max, "olga@new.test").await.expect(201);
        assert_eq!(invite(&max, "olaf@new.test").await.says(), "429 too_many_tries", "{kind}");
        portal.wire.bring_back(&kept);
    }
}

/// R304: staff, and somebody whose session waits for a second factor, answer like anybody.
#[tokio::test]
async fn whoever_is_signed_in_answers_for_their_address() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    let one = format!("{MINE}/{}", account_of(&max).await);
    invite(&max, tests::portal::SAM).await.expect(201);
    let sam = portal.support().await;
    assert_eq!(sam.get(MINE).await.text("/items/0/account/number"), "C10423");
    sam.put(&one, json!({})).await.expect(200);
    invite(&max, "pete@orion.test").await.expect(201);
    let pete = portal.partner_member().await;
    let orion = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
    let orion = orion.iter().find(|row| row["n"]["S"] == "C20010").unwrap().clone();
    portal.update(&orion, "SET sf = :on", json!({ ":on": { "BOOL": true } }));
    pete.put(&one, json!({})).await.expect(200);
    // Whoever works in a suspended account does nothing else there (R506), and comes from another session.
    invite(&max, "sue@sunk.test").await.expect(201);
    let sue = portal.sign_in("sue@sunk.test").await;
    assert_eq!(sue.put(&one, json!({})).await.says(), "403 account_suspended");
}

/// R207, R303: a login that is being closed accepts nothing, and nobody makes another of its address.
#[tokio::test]
async fn a_closing_login_accepts_nothing() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    let (_, token) = invited(&portal, &max, UNA).await;
    let una = portal.unattached().await;
    let elsewhere = portal.unattached().await;
    elsewhere.post("/api/profile/closure", json!({ "password": GOOD })).await.expect(204);
    assert_eq!(una.put(&format!("{MINE}/{}", account_of(&max).await), json!({})).await.says(), "401 session_ended");
    assert_eq!(accept(&portal.stranger(), &token).await.says(), "409 invitation_has_login");
    assert_eq!(state(&max).await, "delivered");
}
