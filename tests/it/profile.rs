//! One's own profile: what a person changes alone, what is protected, and what they are told of it.

use serde_json::{Value, json};
use tests::portal::{Caller, Reply, TestPortal};

const MIA: &str = "mia@acme.test";

async fn change(caller: &Caller, field: &str, value: &str) -> Reply {
    let body = caller.profile_with(field, value).await;
    caller.put("/api/profile", body).await
}

async fn take_back(portal: &TestPortal, token: &str) -> Reply {
    portal.stranger().post("/api/profile/reversals", json!({ "token": token })).await
}

/// R201
#[tokio::test]
async fn a_person_sees_and_changes_what_they_say_of_themselves() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    let before = mia.get("/api/profile").await.expect(200);
    assert_eq!((before.text("/company/number"), &before.json["company"]["verified"]), ("C10423", &json!(true)));
    assert_eq!((before.text("/phone"), &before.json["owner"]), ("", &json!(false)));
    for (field, value) in [
        ("title", "Dr."),
        ("first_name", "Miriam"),
        ("last_name", "O’Brien-Łukasz"),
        ("job_title", "Structural engineer"),
        ("phone", "+49 (30) 123-45"),
        ("street", "Unter den Linden 1"),
        ("postal_code", "10117"),
        ("city", "Berlin"),
        ("country", "DE"),
        ("language", "de"),
    ] {
        assert_eq!(change(&mia, field, value).await.expect(200).text(&format!("/{field}")), value);
        assert_eq!(mia.get("/api/profile").await.expect(200).text(&format!("/{field}")), value, "kept");
    }
    assert_eq!(change(&mia, "phone", "").await.expect(200).text("/phone"), "", "and taken away again");
    assert_eq!(mia.get("/api/session").await.text("/user/first_name"), "Miriam");
}

/// R202
#[tokio::test]
async fn a_change_is_told_with_before_and_after_and_taken_back_with_one_link() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    let elsewhere = mia.again();
    for (field, value) in [("job_title", "Architect"), ("city", "Lyon"), ("job_title", "Lead architect")] {
        change(&mia, field, value).await.expect(200);
        portal.clock.advance_secs(1);
    }
    let letters = portal.letters_to(MIA).await;
    assert_eq!(letters.count(), 3);
    let plain = letters.last().replace('\u{2060}', "");
    assert!(plain.contains("Architect") && plain.contains("Lead architect"), "{plain}");

    let answer = take_back(&portal, &letters.last_token()).await.expect(200);
    assert_eq!(answer.json, json!({ "what": "profile", "password_removed": false }));
    for caller in [&mia, &elsewhere] {
        assert_eq!(caller.get("/api/profile").await.says(), "401 session_ended", "every session ends");
    }
    assert_eq!(portal.letters_to(MIA).await.count(), 4, "the person is told that it worked");
    let again = portal.member().await.get("/api/profile").await.expect(200);
    assert_eq!((again.text("/job_title"), again.text("/city")), ("Architect", "Lyon"), "only that change goes back");
    assert_eq!(portal.wire.snapshot().find("accounts", "REQUESTS", "req_").len(), 1, "the desk is told");
    assert_eq!(take_back(&portal, &letters.last_token()).await.says(), "410 link_expired", "once");
}

/// R202
#[tokio::test]
async fn a_change_is_taken_back_for_a_week() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    change(&mia, "city", "Lyon").await.expect(200);
    let token = portal.letters_to(MIA).await.last_token();
    portal.clock.advance_secs(7 * 24 * 3_600);
    assert_eq!(take_back(&portal, &token).await.says(), "410 link_expired");
    assert_eq!(portal.member().await.get("/api/profile").await.text("/city"), "Lyon");
}

/// R202
#[tokio::test]
async fn a_link_takes_back_what_its_own_letter_told_and_nothing_else() {
    let portal = TestPortal::new().await;
    let (mia, max) = (portal.member().await, portal.manager().await);
    change(&mia, "city", "Lyon").await.expect(200);
    change(&max, "city", "Oslo").await.expect(200);
    let (hers, his) =
        (portal.letters_to(MIA).await.last_token(), portal.letters_to("max@acme.test").await.last_token());
    let ((her_subject, her_secret), (his_subject, _)) = (hers.split_once('.').unwrap(), his.split_once('.').unwrap());
    for forged in [
        format!("{his_subject}.{her_secret}"),
        format!("{}.{her_secret}", her_subject.split_once('-').unwrap().0),
        format!("{}-{}.{her_secret}", his_subject.split_once('-').unwrap().0, her_subject.split_once('-').unwrap().1),
        format!("{her_subject}.{}", &her_secret[..42]),
        format!("{her_subject}.{her_secret}A"),
        String::new(),
        ".".to_owned(),
        "ü".repeat(1_000),
    ] {
        assert_eq!(take_back(&portal, &forged).await.says(), "410 link_expired", "{forged}");
    }
    assert_eq!(max.get("/api/profile").await.expect(200).text("/city"), "Oslo");
    take_back(&portal, &hers).await.expect(200);
}

/// R202: 64 clicks at once take back once.
#[tokio::test]
async fn a_link_works_once_under_many_clicks() {
    let portal = TestPortal::new().await;
    change(&portal.member().await, "city", "Lyon").await.expect(200);
    let token = portal.letters_to(MIA).await.last_token();
    let mut clicks = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let (stranger, token) = (portal.stranger(), token.clone());
        clicks.spawn(async move { stranger.post("/api/profile/reversals", json!({ "token": token })).await.says() });
    }
    let answers = clicks.join_all().await;
    assert_eq!(answers.iter().filter(|says| *says == "200").count(), 1, "{answers:?}");
    assert!(
        answers.iter().all(|says| ["200", "410 link_expired", "409 conflict"].contains(&says.as_str())),
        "{answers:?}"
    );
    assert_eq!(portal.wire.snapshot().find("accounts", "REQUESTS", "req_").len(), 1);
}

/// R201, R313
#[tokio::test]
async fn an_owner_asks_the_vendor_for_what_is_protected() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    assert_eq!(change(&ada, "last_name", "Byron").await.expect(422).at("/last_name"), "protected");
    change(&ada, "phone", "+44 20 123").await.expect(200);
    portal.clock.advance_secs(1);
    let wish = json!({ "kind": "name", "first_name": "Ada", "last_name": "Byron", "reason": "Married" });
    ada.post("/api/profile/change-requests", wish.clone()).await.expect(201);
    assert_eq!(ada.post("/api/profile/change-requests", wish).await.says(), "409 already_asked");
    let mine = ada.get("/api/profile").await.expect(200);
    assert_eq!((mine.text("/requests/0/kind"), mine.text("/requests/0/wish")), ("name", "Ada Byron"));
    assert_eq!(mine.text("/last_name"), "Lovelace", "nothing changes before it is decided");
    assert!(portal.letters_to("ada@acme.test").await.last_link().ends_with("/profile"));
    let desk = portal.wire.snapshot().find("accounts", "REQUESTS", "req_");
    assert_eq!((desk.len(), desk[0]["q"]["M"]["kind"]["S"].as_str()), (1, Some("name")));
}

/// R201
#[tokio::test]
async fn anybody_asks_for_another_company_name_or_license_contact() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    let ask = async |body: Value| mia.post("/api/profile/change-requests", body).await;
    ask(json!({ "kind": "company", "name": "Acme & Töchter SE" })).await.expect(201);
    let contact =
        json!({ "kind": "license_contact", "first_name": "Max", "last_name": "Planck", "email": "max@acme.test" });
    ask(contact).await.expect(201);
    assert_eq!(ask(json!({ "kind": "company", "name": "" })).await.expect(422).at("/name"), "required");
    assert_eq!(ask(json!({ "kind": "taken_back" })).await.expect(422).at("/kind"), "choice_invalid");
    let una = portal.unattached().await;
    let refused = una.post("/api/profile/change-requests", json!({ "kind": "company", "name": "Mine" })).await;
    assert_eq!(refused.says(), "403 no_account");
}

/// R201, R903
#[tokio::test]
async fn what_cannot_be_is_told_at_its_field_and_never_stored() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    let before = portal.wire.snapshot();
    let long = "x".repeat(1_000);
    for (field, value, code) in [
        ("first_name", "", "required"),
        ("first_name", "Mia\r\nBcc: all@acme.test", "name_invalid"),
        ("first_name", "https://evil.test", "name_invalid"),
        ("last_name", long.as_str(), "too_long"),
        ("last_name", "Mi\u{202e}a", "name_invalid"),
        ("title", long.as_str(), "too_long"),
        ("job_title", "a\u{0}b", "name_invalid"),
        ("phone", "call me", "phone_invalid"),
        ("postal_code", "<script>", "postal_code_invalid"),
        ("country", "Germany", "country_invalid"),
        ("country", "XX1", "country_invalid"),
        ("language", "es", "language_unknown"),
    ] {
        assert_eq!(change(&mia, field, value).await.expect(422).at(&format!("/{field}")), code, "{field}");
    }
    let mut array = mia.profile_with("city", "").await;
    array["city"] = json!(["Lyon"]);
    assert_eq!(mia.put("/api/profile", array).await.expect(422).at("/city"), "wrong_type");
    let mut more = mia.profile_with("city", "").await;
    more["role"] = json!("owner");
    assert_eq!(mia.put("/api/profile", more).await.expect(422).at("/role"), "unknown_field");
    assert_eq!(before.changes(&portal.wire.snapshot()), Vec::<String>::new());
    change(&mia, "city", "Zu\u{308}rich").await.expect(200);
    assert_eq!(mia.get("/api/profile").await.text("/city"), "Zürich", "one form, whatever the keyboard");
}

/// R201: two tabs at once; one is told to look again, nothing is mixed.
#[tokio::test]
async fn of_two_changes_at_once_each_is_whole() {
    let portal = TestPortal::new().await;
    let (one, other) = (portal.member().await, portal.member().await);
    let (mut a, mut b) = (one.profile_with("city", "Lyon").await, other.profile_with("city", "Oslo").await);
    (a["country"], b["country"]) = (json!("FR"), json!("NO"));
    for _ in 0..10 {
        let (first, second) = tokio::join!(one.put("/api/profile", a.clone()), other.put("/api/profile", b.clone()));
        for reply in [&first, &second] {
            assert!(["200", "409 conflict"].contains(&reply.says().as_str()), "{}", reply.says());
        }
        let mine = one.get("/api/profile").await.expect(200);
        assert!([("Lyon", "FR"), ("Oslo", "NO")].contains(&(mine.text("/city"), mine.text("/country"))));
    }
}

/// R205
#[tokio::test]
async fn a_nickname_is_ones_own_however_it_is_written() {
    let portal = TestPortal::new().await;
    let (mia, max) = (portal.member().await, portal.manager().await);
    let given = mia.get("/api/profile").await.text("/nickname").to_owned();
    assert!((8..=16).contains(&given.len()), "given when they came in: {given}");
    let name =
        async |caller: &Caller, name: &str| caller.put("/api/profile/nickname", json!({ "nickname": name })).await;
    name(&mia, "mia-milano").await.expect(200);
    assert_eq!(mia.get("/api/session").await.text("/user/nickname"), "mia-milano");
    for alike in ["mia-milano", "MiaMilano", "mia-mi1ano", "rnia-milano"] {
        assert_eq!(name(&max, alike).await.expect(422).at("/nickname"), "nickname_taken", "{alike}");
    }
    name(&mia, "Mia-Milano").await.expect(200);
    for (wrong, code) in [
        ("short", "nickname_invalid"),
        ("", "required"),
        ("mia milano", "nickname_invalid"),
        ("miа-milano", "nickname_invalid"),
    ] {
        assert_eq!(name(&max, wrong).await.expect(422).at("/nickname"), code, "{wrong}");
    }
    portal.clock.advance_secs(1);
    name(&mia, "other-name").await.expect(200);
    assert_eq!(name(&max, "mia-milano").await.expect(422).at("/nickname"), "nickname_taken", "kept for a week");
    let letters = portal.letters_to(MIA).await;
    take_back(&portal, &letters.last_token()).await.expect(200);
    let mia = portal.member().await;
    assert_eq!(mia.get("/api/profile").await.text("/nickname"), "Mia-Milano", "taken back");
    name(&max, "other-name").await.expect(200);
}

/// R205: 32 people want the same name at once.
#[tokio::test]
async fn a_nickname_is_given_once() {
    let portal = TestPortal::new().await;
    let names = ["wanted-one", "Wanted-One", "wanted0ne", "vvanted-one"];
    let people = ["ada@acme.test", "max@acme.test", "vera@acme.test", "mia@acme.test"];
    let mut wishes = tokio::task::JoinSet::new();
    for (name, person) in names.into_iter().zip(people) {
        let caller = portal.sign_in(person).await;
        wishes.spawn(async move { caller.put("/api/profile/nickname", json!({ "nickname": name })).await.status });
    }
    let answers = wishes.join_all().await;
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");
}
