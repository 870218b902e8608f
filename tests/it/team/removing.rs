//! Removing a member: what ends, what is free for others, and what stays the person's.

use serde_json::{Value, json};
use tests::portal::{GOOD, TestPortal};
use tests::wire::{Fault, Rule};

use super::{DORA, MIA, TESS, VERA, act, edit, letter, make_at_home, path, recount::agree, row};
use crate::seats::{FIVE, Seats};

async fn signs_in(portal: &TestPortal, name: &str) -> String {
    portal.stranger().post("/api/session", json!({ "name": name, "password": GOOD })).await.says()
}

fn login(portal: &TestPortal, email: &str) -> Value {
    let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
    people.into_iter().find(|row| row["m"]["S"] == email).unwrap()
}

/// R305
#[tokio::test]
async fn who_is_removed_leaves_their_seats_and_keeps_their_login() {
    let portal = TestPortal::new().await;
    let (ada, vera) = (portal.owner().await, portal.viewer().await);
    let at = path(&portal, VERA);
    act(&ada, &at, "remove").await.expect(204);
    agree(&portal);
    assert_eq!((row(&portal, VERA), vera.get("/api/licenses").await.says()), (None, "401 session_ended".to_owned()));
    assert!(portal.wire.snapshot().find("accounts", "JOBS", "").is_empty(), "their seats are free at once");
    assert!(Seats::of(&portal, FIVE).holders(&ada).await.is_empty());
    assert!(letter(&portal, VERA).await.contains("has removed you from this account"));
    assert!(letter(&portal, VERA).await.contains("The login itself stays yours"));
    let vera = portal.sign_in(VERA).await;
    assert_eq!(vera.get("/api/licenses").await.says(), "403 no_account");
    for reply in [ada.get(&at).await, act(&ada, &at, "remove").await] {
        assert_eq!(reply.says(), "404 not_found");
    }
}

/// R305: freeing that is interrupted is finished by the next sweep; the removal is not undone by it.
#[tokio::test]
async fn seats_of_who_was_removed_are_freed_in_any_case() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let at = path(&portal, VERA);
    portal.wire.inject(Rule::new(Fault::Throttled).on("TransactWriteItems").after(1));
    act(&ada, &at, "remove").await.expect(204);
    portal.wire.heal();
    assert_eq!(portal.wire.snapshot().find("accounts", "JOBS", "MEMBER#").len(), 1);
    portal.housekeeping().await.unwrap();
    assert!(portal.wire.snapshot().find("accounts", "JOBS", "").is_empty());
    agree(&portal);
}

/// R305
#[tokio::test]
async fn a_login_that_this_account_made_and_nobody_else_knows_closes_with_it() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let at = path(&portal, DORA);
    edit(&ada, &at, "user_name", "dora").await.expect(200);
    make_at_home(&portal, DORA);
    let dora = portal.sign_in("C10423/dora").await;
    assert_eq!(ada.get(&at).await.expect(200).json["login_closes_with_it"], json!(true));
    act(&ada, &at, "remove").await.expect(204);
    agree(&portal);
    assert_eq!(login(&portal, DORA)["st"]["S"], "closing");
    assert_eq!(dora.get("/api/profile").await.says(), "401 session_ended", "every session of it");
    assert_eq!(signs_in(&portal, DORA).await, "403 login_closing");
    assert_eq!(signs_in(&portal, "C10423/dora").await, "401 sign_in_failed", "the user name leads nowhere");
    assert!(letter(&portal, DORA).await.contains("it is closed with that"));
}

/// R305: any other login stays: one that another made, that is used elsewhere too, or whose address came first.
#[tokio::test]
async fn any_other_login_stays() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    make_at_home(&portal, TESS);
    for email in [MIA, TESS] {
        let at = path(&portal, email);
        assert_eq!(ada.get(&at).await.expect(200).json["login_closes_with_it"], json!(false), "{email}");
        act(&ada, &at, "remove").await.expect(204);
        assert_eq!(login(&portal, email)["st"]["S"], "active", "{email}");
        assert!(letter(&portal, email).await.len() > 20);
        portal.sign_in(email).await;
    }
    let tess = portal.sign_in(TESS).await.get("/api/session").await.expect(200);
    assert_eq!(tess.text("/account/number"), "C10500", "she works where she still belongs");
    agree(&portal);
}

/// R305: whoever joins another account at the same moment keeps their login: the one write rests on what the other changes.
#[tokio::test]
async fn a_login_is_not_closed_under_somebody_who_joins_elsewhere() {
    let portal = TestPortal::new().await;
    let (ada, otto) = (portal.owner().await, portal.other_owner().await);
    make_at_home(&portal, DORA);
    let dora = portal.sign_in(DORA).await;
    crate::account_claims::ask(&dora, "C10500").await.expect(202);
    let claim = format!("/api/sign-up/claimants/{}", crate::account_claims::id_of(&portal, DORA));
    let (at, kept) = (path(&portal, DORA), portal.wire.keep());
    for round in 0..6 {
        portal.wire.bring_back(&kept);
        let (removed, joined) = tokio::join!(act(&ada, &at, "remove"), otto.put(&claim, json!({})));
        let closing = login(&portal, DORA)["st"]["S"] == "closing";
        match (removed.status, joined.status) {
            // One after the other: joined first, it stays.
            (204, 204) => assert!(!closing, "{round}"),
            (204, _) => assert!(closing, "{round}: {}", joined.says()),
            (_, 204) => assert!(!closing && row(&portal, DORA).is_some(), "{round}: {}", removed.says()),
            (..) => panic!("{round}: {} and {}", removed.says(), joined.says()),
        }
        agree(&portal);
    }
}

/// R305
#[tokio::test]
async fn a_user_name_of_who_left_is_nobody_s_for_a_week() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    edit(&ada, &path(&portal, MIA), "user_name", "mia").await.expect(200);
    act(&ada, &path(&portal, MIA), "remove").await.expect(204);
    assert_eq!(signs_in(&portal, "C10423/mia").await, "401 sign_in_failed");
    let dora = path(&portal, DORA);
    assert_eq!(edit(&ada, &dora, "user_name", "mia").await.at("/user_name"), "user_name_taken");
    portal.clock.advance_secs(7 * 86_400 + 1);
    edit(&portal.owner().await, &dora, "user_name", "mia").await.expect(200);
}

/// R305, R311: the account's log says who did what with whom.
#[tokio::test]
async fn every_act_is_in_the_account_s_log() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let at = path(&portal, MIA);
    for what in ["deactivate", "reactivate", "unlink", "link"] {
        portal.clock.advance_secs(1);
        act(&ada, &at, what).await.expect(204);
    }
    edit(&ada, &at, "phone", "+44 20 123").await.expect(200);
    super::set_role(&ada, &at, "manager", &[]).await.expect(200);
    act(&ada, &at, "remove").await.expect(204);
    let account = super::acme(&portal).replace("ACCOUNT#", "LOG#");
    let log = portal.wire.snapshot().find("journal", &account, "evt_");
    let mut told: Vec<_> = log
        .iter()
        .filter(|row| row["event"]["S"] == "member" && row["user"]["S"].as_str().is_some_and(|user| at.ends_with(user)))
        .map(|row| row["change"]["S"].as_str().unwrap().to_owned())
        .collect();
    told.sort_unstable();
    let all = ["deactivated", "edited", "linked", "reactivated", "removed", "role_set", "unlinked"];
    assert_eq!(told, all);
}
