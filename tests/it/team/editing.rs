//! What an account notes of a member, and what they may do in it.

use serde_json::{Value, json};
use tests::portal::{GOOD, TestPortal};

use super::{ADA, DORA, MAX, MIA, edit, letter, make_at_home, path, row, set_role, wanted};

/// R311
#[tokio::test]
async fn a_member_s_page_shows_them_and_what_the_viewer_may_do() {
    let portal = TestPortal::new().await;
    let (ada, max) = (portal.owner().await, portal.manager().await);
    let mia = ada.get(&path(&portal, MIA)).await.expect(200);
    assert_eq!((mia.text("/email"), mia.text("/role"), mia.text("/status")), (MIA, "member", "active"));
    assert_eq!((&mia.json["you"], &mia.json["own_name"], &mia.json["seats"]), (&json!(false), &Value::Null, &json!(1)));
    assert_eq!(mia.json["may"], json!(["edit", "set_role", "deactivate", "unlink", "remove"]));
    for (caller, email, you, may) in [
        (&max, ADA, false, json!([])),
        (&ada, ADA, true, json!([])),
        (&max, MAX, true, json!(["edit"])),
        (&ada, MAX, false, json!(["edit", "set_role", "deactivate", "unlink", "remove"])),
    ] {
        let shown = caller.get(&path(&portal, email)).await.expect(200);
        assert_eq!((&shown.json["you"], &shown.json["may"]), (&json!(you), &may), "{email}");
    }
}

/// R305
#[tokio::test]
async fn a_member_is_edited_and_what_is_the_person_s_stays() {
    let portal = TestPortal::new().await;
    let (max, mia) = (portal.manager().await, portal.member().await);
    let before = mia.get("/api/profile").await.expect(200).json;
    let at = path(&portal, MIA);
    let mut form = wanted(&max.get(&at).await.expect(200).json);
    (form["first_name"], form["last_name"]) = ("Maria".into(), "Parker".into());
    (form["job_title"], form["phone"]) = ("Engineer".into(), "+33 1 23 45".into());
    let edited = max.put(&at, form.clone()).await.expect(200);
    assert_eq!((edited.text("/first_name"), edited.text("/job_title")), ("Maria", "Engineer"));
    assert_eq!(mia.get("/api/profile").await.expect(200).json, before, "nothing of it is theirs");
    let shown = max.get(&at).await.expect(200);
    assert_eq!(shown.json["own_name"], json!({ "first_name": "Mia", "last_name": "Park" }));
    let found = max.get("/api/team/people?search=parker").await.expect(200);
    assert_eq!((found.text("/items/0/email"), &found.json["next"]), (MIA, &Value::Null));
    // Somebody else read it before.
    assert_eq!(max.put(&at, form).await.says(), "409 conflict");
    edit(&max, &at, "last_name", "Park").await.expect(200);
    edit(&max, &at, "first_name", "Mia").await.expect(200);
    assert_eq!(max.get(&at).await.expect(200).json["own_name"], Value::Null, "called as they call themselves");
    assert_eq!(portal.letters_to(MIA).await.count(), 0, "notes are told to nobody");
}

/// R305: never another person's address or password.
#[tokio::test]
async fn nothing_else_of_a_member_can_be_set() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    let (at, before) = (path(&portal, MIA), portal.wire.snapshot());
    let form = wanted(&max.get(&at).await.expect(200).json);
    for field in ["email", "password", "user", "account", "status", "language", "second_factor"] {
        let mut more = form.clone();
        more[field] = "mine@thief.test".into();
        assert_eq!(max.put(&at, more).await.at(&format!("/{field}")), "unknown_field", "{field}");
    }
    for (field, value, code) in [
        ("role", json!("owner"), "choice_invalid"),
        ("role", json!("admin"), "choice_invalid"),
        ("permissions", json!(["view_orders", "everything"]), "choice_invalid"),
        ("first_name", json!(""), "required"),
        ("user_name", json!("C10500/mia"), "user_name_invalid"),
        ("user_name", json!("m"), "user_name_invalid"),
    ] {
        let mut more = form.clone();
        more[field] = value;
        assert_eq!(max.put(&at, more).await.at(&format!("/{field}")), code, "{field}");
    }
    assert!(before.changes(&portal.wire.snapshot()).is_empty());
}

/// R305
#[tokio::test]
async fn role_and_permissions_hold_from_the_next_click_on_and_are_told() {
    let portal = TestPortal::new().await;
    let (max, mia) = (portal.manager().await, portal.member().await);
    let at = path(&portal, MIA);
    assert_eq!(mia.get("/api/licenses").await.expect(200).text("/scope"), "assigned");
    set_role(&max, &at, "member", &["view_orders"]).await.expect(200);
    assert_eq!(mia.get("/api/licenses").await.expect(200).text("/scope"), "account");
    assert_eq!(mia.get("/api/team/people").await.says(), "403 managers_only");
    assert!(letter(&portal, MIA).await.contains("Ce que vous pouvez faire dans Acme Engineering a changé"));
    set_role(&max, &at, "manager", &[]).await.expect(200);
    mia.get("/api/team/people").await.expect(200);
    assert!(letter(&portal, MIA).await.contains("Vous êtes maintenant gestionnaire du compte Acme Engineering"));
    let letters = portal.letters_to(MIA).await.count();
    set_role(&max, &at, "manager", &["view_orders"]).await.expect(200);
    assert_eq!(portal.letters_to(MIA).await.count(), letters, "managers have every permission");
    set_role(&max, &at, "member", &[]).await.expect(200);
    assert_eq!(mia.get("/api/team/people").await.says(), "403 managers_only");
    assert_eq!(mia.get("/api/licenses").await.expect(200).text("/scope"), "assigned");
    super::recount::agree(&portal);
}

/// R305, R106
#[tokio::test]
async fn a_user_name_signs_in_and_is_nobody_else_s() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    let (mia, dora) = (path(&portal, MIA), path(&portal, DORA));
    let edited = edit(&max, &mia, "user_name", "mia.p").await.expect(200);
    assert_eq!(edited.text("/user_name"), "C10423/mia.p");
    portal.sign_in("C10423/mia.p").await;
    portal.sign_in(MIA).await;
    for taken in ["mia.p", "C10423/MIA.P", "m1a.p", "miap"] {
        let refused = edit(&max, &dora, "user_name", taken).await;
        assert_eq!(refused.at("/user_name"), "user_name_taken", "{taken}");
    }
    edit(&max, &mia, "user_name", "Mia.P").await.expect(200);
    edit(&max, &mia, "user_name", "mia").await.expect(200);
    portal.sign_in("C10423/mia").await;
    let signs_in = async |name: &str| {
        portal.stranger().post("/api/session", json!({ "name": name, "password": GOOD })).await.says()
    };
    assert_eq!(signs_in("C10423/mia.p").await, "401 sign_in_failed");
    // Kept for a week: nobody is taken for Mia.
    assert_eq!(edit(&max, &dora, "user_name", "mia.p").await.at("/user_name"), "user_name_taken");
    portal.clock.advance_secs(7 * 86_400 + 1);
    let max = portal.manager().await;
    edit(&max, &dora, "user_name", "mia.p").await.expect(200);
    portal.sign_in("C10423/mia.p").await;
    edit(&max, &mia, "user_name", "").await.expect(200);
    assert_eq!(signs_in("C10423/mia").await, "401 sign_in_failed");
    portal.sign_in(MIA).await;
}

/// R303, R305: a login with an address that is not proven has its user name alone.
#[tokio::test]
async fn the_only_name_somebody_signs_in_with_is_not_taken_away() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    let dora = path(&portal, DORA);
    edit(&max, &dora, "user_name", "dora").await.expect(200);
    make_at_home(&portal, DORA);
    let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
    let person = people.iter().find(|row| row["m"]["S"] == DORA).unwrap();
    portal.update(person, "SET eu = :no", json!({ ":no": { "BOOL": false } }));
    assert_eq!(edit(&max, &dora, "user_name", "").await.at("/user_name"), "required");
    edit(&max, &dora, "user_name", "maar").await.expect(200);
}

/// R305
#[tokio::test]
async fn a_manager_notes_what_they_are_called_but_not_what_they_may() {
    let portal = TestPortal::new().await;
    let max = portal.manager().await;
    let at = path(&portal, MAX);
    let edited = edit(&max, &at, "job_title", "Head of CAD").await.expect(200);
    assert_eq!(edited.text("/job_title"), "Head of CAD");
    assert_eq!(set_role(&max, &at, "member", &[]).await.says(), "409 not_yourself");
    assert_eq!(row(&portal, MAX).unwrap()["r"]["S"], "manager");
    super::recount::agree(&portal);
}
