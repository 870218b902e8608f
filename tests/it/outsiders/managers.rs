//! Managers are made by who belongs to the account: whom a partner's person or a guest made one would outlast what they come
//! in by themselves (R507, R509, R510, R514).

use serde_json::{Value, json};
use tests::portal::{Caller, NORA, TestPortal};

use super::{ACME, DORA, account_row, id_of, member_row, pete_in_acme, pete_on_acme};
use crate::access_requests::{REQUESTS, ask, decision};
use crate::given_logins::{add, jane, jane_with};
use crate::races::midway;
use crate::seats::ids;
use crate::team::{act, edit, path, set_role};
use crate::team_invitations::{INVITATIONS, accept, invite, invited, resend, wanted};

const MAX: &str = "max@acme.test";
const MIA: &str = "mia@acme.test";

/// Pete by either door, and why it is not his.
async fn doors(portal: &TestPortal) -> [(Caller, &'static str); 2] {
    [(pete_on_acme(portal).await, "403 not_for_partners"), (pete_in_acme(portal).await, "403 not_for_guests")]
}

fn as_manager(mut person: Value) -> Value {
    person["role"] = json!("manager");
    person
}

/// R507, R510
#[tokio::test]
async fn nobody_from_outside_makes_a_manager() {
    let portal = TestPortal::new().await;
    ask(&portal.member().await, "team").await.expect(201);
    let dora = path(&portal, DORA);
    let stored = || portal.wire.snapshot().find("accounts", &format!("ACCOUNT#{}", id_of(&portal, ACME)), "MEMBER#");
    for (pete, why) in doors(&portal).await {
        let before = stored();
        let me = pete.get("/api/session").await.expect(200);
        let may = me.json["may"].as_array().unwrap().clone();
        assert!(may.contains(&json!("manage_members")) && !may.contains(&json!("make_managers")), "{may:?}");
        assert_eq!(pete.post(INVITATIONS, as_manager(wanted(NORA))).await.says(), why);
        assert_eq!(add(&pete, as_manager(jane())).await.says(), why);
        assert_eq!(set_role(&pete, &dora, "manager", &[]).await.says(), why);
        let granted = pete.post(&decision(&portal, MIA), json!({ "decision": "grant" })).await;
        assert_eq!(granted.says(), why);
        assert_eq!(stored(), before, "{why}");
        assert_eq!(portal.letters_to(NORA).await.texts().len(), 0);
        // A table of people says so of the row, before anything is sent.
        let table = json!({ "csv": "kim@new.test,Kim,Gordon,manager\nkay@new.test,Kay,Gee,member" });
        let checked = pete.post(&format!("{INVITATIONS}/dry-runs"), table.clone()).await.expect(200);
        let row = &checked.json["rows"][0];
        assert_eq!(row["problems"][0]["field"], "role");
        assert_eq!(row["problems"][0]["code"], "own_managers_only");
        assert_eq!((&checked.json["good"], &checked.json["bad"]), (&json!(1), &json!(1)));
        let own = portal.manager().await.post(&format!("{INVITATIONS}/dry-runs"), table).await.expect(200);
        assert_eq!(own.json["bad"], 0);
    }
    let max = portal.manager().await;
    max.post(&decision(&portal, MIA), json!({ "decision": "grant" })).await.expect(204);
    assert_eq!(member_row(&portal, MIA, ACME).unwrap()["r"]["S"], "manager");
}

/// R507: members are looked after from outside all the same, and what is noted of a manager.
#[tokio::test]
async fn members_are_looked_after_from_outside_all_the_same() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    for (pete, why) in doors(&portal).await {
        ask(&mia, "orders").await.expect(201);
        pete.post(&decision(&portal, MIA), json!({ "decision": "grant" })).await.expect(204);
        set_role(&pete, &path(&portal, MIA), "member", &[]).await.expect(200);
        ask(&mia, "team").await.expect(201);
        let refused = json!({ "decision": "refuse", "reason": "Ask Ada for that" });
        pete.post(&decision(&portal, MIA), refused).await.expect(204);
        let max = path(&portal, MAX);
        assert_eq!(pete.get(&max).await.expect(200).json["may"], json!(["edit"]), "{why}");
        edit(&pete, &max, "job_title", "Head of it").await.expect(200);
        edit(&pete, &max, "job_title", "Painter").await.expect(200);
    }
    let listed = portal.owner().await.get(REQUESTS).await.expect(200);
    assert_eq!(listed.json["items"], json!([]));
}

/// R507: nor are managers taken out, or put back whom the account had taken out.
#[tokio::test]
async fn managers_are_switched_and_taken_out_by_who_belongs_to_the_account() {
    let portal = TestPortal::new().await;
    let (ada, max) = (portal.owner().await, path(&portal, MAX));
    for (pete, why) in doors(&portal).await {
        for what in ["deactivate", "unlink", "remove"] {
            assert_eq!(act(&pete, &max, what).await.says(), why, "{what}");
        }
        assert_eq!(set_role(&pete, &max, "member", &[]).await.says(), why);
        for (out, back) in [("deactivate", "reactivate"), ("unlink", "link")] {
            act(&ada, &max, out).await.expect(204);
            let before = member_row(&portal, MAX, ACME);
            assert_eq!(act(&pete, &max, back).await.says(), why, "{back}");
            assert_eq!(member_row(&portal, MAX, ACME), before);
            act(&ada, &max, back).await.expect(204);
        }
    }
}

/// R312, R507: where the account's own people look after nobody, its partner does, and managers are no exception. When they
/// do, what the partner sent for a manager counts no more.
#[tokio::test]
async fn where_the_team_area_is_off_the_partner_makes_managers() {
    let portal = TestPortal::new().await;
    let team_area = |on: bool| {
        let features = json!({
            "team_area": { "BOOL": on }, "guests_only": { "BOOL": false }, "partner": { "BOOL": false },
        });
        portal.update(&account_row(&portal, ACME), "SET fe = :v", json!({ ":v": { "M": features } }));
    };
    team_area(false);
    let pete = pete_on_acme(&portal).await;
    let (dora, max) = (path(&portal, DORA), path(&portal, MAX));
    set_role(&pete, &dora, "manager", &[]).await.expect(200);
    set_role(&pete, &dora, "member", &[]).await.expect(200);
    for what in ["deactivate", "reactivate", "unlink", "link"] {
        assert_eq!(act(&pete, &max, what).await.says(), "204", "{what}");
    }
    for (email, on) in [(NORA, true), ("nils@new.test", false)] {
        pete.post(INVITATIONS, as_manager(wanted(email))).await.expect(201);
        let token = portal.letters_to(email).await.last_token();
        team_area(on);
        let says = accept(&portal.stranger(), &token).await.says();
        assert_eq!(says, if on { "410 inviter_gone" } else { "200" });
        team_area(false);
    }
}

/// R303: whom somebody makes a manager in the midst of it is given no password.
#[tokio::test]
async fn a_password_is_given_to_a_member_as_read() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    add(&ada, jane()).await.expect(201);
    let jane = format!("/api/team/members/{}", ids(&portal, &["jane@acme.test"]).remove(0));
    let row = member_row(&portal, "jane@acme.test", ACME).unwrap();
    let pete = pete_on_acme(&portal).await;
    let at = format!("{jane}/password");
    let given = pete.post(&at, json!({ "password": null }));
    let raised =
        || portal.update(&row, "SET r = :r ADD mv :one", json!({ ":r": { "S": "manager" }, ":one": { "N": "1" } }));
    assert_eq!(midway(&portal, given, raised).await.says(), "409 conflict");
}

/// R303, R304, R309: nor does what lets a manager in come into their hands: a link, or an initial password.
#[tokio::test]
async fn what_lets_a_manager_in_is_given_to_nobody_from_outside() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let invitation = ada.post(INVITATIONS, as_manager(wanted(NORA))).await.expect(201).text("/id").to_owned();
    let (for_member, _) = invited(&portal, &ada, "kim@new.test").await;
    add(&ada, jane_with("role", "manager")).await.expect(201);
    let june = json!({ "email": "june@acme.test", "user_name": "june" });
    let mut plain = jane();
    plain.as_object_mut().unwrap().extend(june.as_object().unwrap().clone());
    add(&ada, plain).await.expect(201);
    let of = |email: &str| format!("/api/team/members/{}", ids(&portal, &[email]).remove(0));
    for (pete, why) in doors(&portal).await {
        assert_eq!(resend(&pete, &invitation).await.says(), why);
        assert_eq!(pete.put(&format!("{INVITATIONS}/{invitation}/link"), json!({})).await.says(), why);
        pete.put(&format!("{INVITATIONS}/{for_member}/link"), json!({})).await.expect(200);
        let jane = of("jane@acme.test");
        assert_eq!(pete.post(&format!("{jane}/password"), json!({ "password": null })).await.says(), why);
        let offered = pete.get(&jane).await.expect(200).json["may"].clone();
        assert!(!offered.as_array().unwrap().contains(&json!("give_password")), "{offered}");
        pete.post(&format!("{}/password", of("june@acme.test")), json!({ "password": null })).await.expect(200);
    }
    ada.post(&format!("{}/password", of("jane@acme.test")), json!({ "password": null })).await.expect(200);
    // Taking it back is theirs.
    pete_on_acme(&portal).await.delete(&format!("{INVITATIONS}/{invitation}")).await.expect(204);
    invite(&ada, NORA).await.expect(201);
}
