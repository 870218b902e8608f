//! Signing in, choosing the account, signing out.

use serde_json::json;
use tests::portal::{GOOD, TestPortal};

/// R106
#[tokio::test]
async fn an_address_in_any_case_and_a_customer_number_sign_in() {
    let portal = TestPortal::new().await;
    for name in ["ada@acme.test", "Ada@ACME.test", " ada@acme.test ", "C10423", "c10423"] {
        let me = portal.stranger().post("/api/session", json!({ "name": name, "password": GOOD })).await.expect(200);
        assert_eq!(me.text("/user/email"), "ada@acme.test", "{name}");
        assert_eq!((me.text("/account/number"), me.text("/role")), ("C10423", "owner"), "{name}");
    }
}

/// R106
#[tokio::test]
async fn wrong_and_unknown_get_the_same_answer_by_the_same_work() {
    let portal = TestPortal::new().await;
    // From here on the keys are in memory, as they are in a function that runs.
    portal.owner().await;
    let mut seen = Vec::new();
    for (name, password) in [
        ("ada@acme.test", "not the right password"),
        ("nobody@acme.test", GOOD),
        ("C10423", "not the right password"),
        ("C99999", GOOD),
        ("C10423/ada", GOOD),
        ("not a name at all", GOOD),
    ] {
        let stranger = portal.stranger();
        let (reply, calls) =
            portal.wire.record(stranger.post("/api/session", json!({ "name": name, "password": password }))).await;
        assert_eq!(reply.says(), "401 sign_in_failed", "{name}");
        let headers: Vec<_> = reply.headers.keys().map(|name| name.as_str().to_owned()).collect();
        seen.push((reply.bytes, headers, calls.count(), calls.read_units(), calls.write_units()));
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:#?}");
}

/// R106
#[tokio::test]
async fn what_is_missing_is_said_at_its_field() {
    let portal = TestPortal::new().await;
    let reply = portal.stranger().post("/api/session", json!({ "name": " ", "password": "" })).await;
    assert_eq!(reply.says(), "422 invalid_fields");
    assert_eq!((reply.at("/name"), reply.at("/password")), ("required", "required"));
}

/// R106
#[tokio::test]
async fn too_many_tries_have_to_wait_and_say_how_long() {
    let portal = TestPortal::new().await;
    let wrong = json!({ "name": "ada@acme.test", "password": "not the right password" });
    let mut tries = 0;
    let refused = loop {
        let reply = portal.stranger().post("/api/session", wrong.clone()).await;
        if reply.status != 401 {
            break reply;
        }
        tries += 1;
        assert!(tries <= 100, "guesses without end");
    };
    assert_eq!(refused.says(), "429 too_many_tries");
    let seconds: u64 = refused.header("retry-after").parse().unwrap();
    assert_eq!(refused.json["params"]["seconds"], seconds.to_string());
    portal.clock.advance_secs(seconds);
    portal.sign_in("ada@acme.test").await;
}

/// R106
#[tokio::test]
async fn the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
    let portal = TestPortal::new().await;
    let reply =
        portal.stranger().post("/api/session", json!({ "name": "ada@acme.test", "password": GOOD })).await.expect(200);
    let cookies: Vec<_> =
        reply.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap().to_owned()).collect();
    assert!(cookies.iter().any(|cookie| cookie.starts_with("__Host-portico=")));
    for cookie in cookies {
        for attribute in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.split("; ").any(|part| part == attribute), "{attribute}: {cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    assert_eq!(reply.header("cache-control"), "no-store");
}

/// R109
#[tokio::test]
async fn signing_out_ends_the_session_on_the_server() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let stolen = ada.again();
    ada.delete("/api/session").await.expect(204);
    assert_eq!(ada.cookie("__Host-portico"), None, "the browser forgets it");
    assert_eq!(stolen.get("/api/session").await.says(), "401 session_ended", "and the server no longer takes it");
    assert_eq!(ada.get("/api/session").await.says(), "401 sign_in_needed");
    assert_eq!(stolen.delete("/api/session").await.status, 204, "signing out always works");
}

/// R106
#[tokio::test]
async fn a_session_ends_when_unused_for_half_an_hour_or_after_twelve_hours() {
    let portal = TestPortal::new().await;
    let unused = portal.owner().await;
    portal.clock.advance_secs(30 * 60);
    assert_eq!(unused.get("/api/session").await.says(), "401 session_timed_out");

    let used = portal.owner().await;
    for _ in 0..28 {
        portal.clock.advance_secs(25 * 60);
        used.get("/api/session").await.expect(200);
    }
    portal.clock.advance_secs(20 * 60);
    assert_eq!(
        used.get("/api/session").await.says(),
        "401 sign_in_needed",
        "after twelve hours the token itself is over"
    );
}

/// R111
#[tokio::test]
async fn a_person_of_two_accounts_chooses_one_and_sees_what_it_grants() {
    let portal = TestPortal::new().await;
    let tess = portal.in_two_accounts().await;
    let accounts = tess.get("/api/session/accounts").await.expect(200);
    let item = |name: &str| {
        let items = accounts.json["items"].as_array().unwrap();
        items.iter().find(|item| item["name"] == name).unwrap_or_else(|| panic!("{name} in {}", accounts.json)).clone()
    };
    let (acme, birch) = (item("Acme Engineering"), item("Birch Studio"));
    assert_eq!((&acme["role"], &birch["role"]), (&json!("manager"), &json!("member")));

    let me = tess.put("/api/session/account", json!({ "account_id": acme["id"], "password": GOOD })).await.expect(200);
    assert_eq!((me.text("/account/name"), me.text("/role")), ("Acme Engineering", "manager"));
    assert_eq!(tess.get("/api/licenses").await.expect(200).text("/scope"), "account");

    let me = tess.put("/api/session/account", json!({ "account_id": birch["id"], "password": GOOD })).await.expect(200);
    assert_eq!((me.text("/account/name"), me.text("/role")), ("Birch Studio", "member"));
    let listed = tess.get("/api/licenses").await.expect(200);
    assert_eq!((listed.text("/scope"), &listed.json["items"]), ("assigned", &json!([])));
}

/// R111, R512
#[tokio::test]
async fn switching_asks_for_the_password_again_and_ends_the_session_before() {
    let portal = TestPortal::new().await;
    let tess = portal.in_two_accounts().await;
    let accounts = tess.get("/api/session/accounts").await.expect(200);
    let ids: Vec<_> = accounts.json["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect();
    tess.put("/api/session/account", json!({ "account_id": ids[0], "password": GOOD })).await.expect(200);
    let before = tess.again();

    let without = tess.put("/api/session/account", json!({ "account_id": ids[1] })).await;
    assert_eq!((without.status, without.at("/password")), (422, "password_needed"));
    let wrong =
        tess.put("/api/session/account", json!({ "account_id": ids[1], "password": "not the right password" })).await;
    assert_eq!((wrong.status, wrong.at("/password")), (422, "password_wrong"));

    let tag = tess.get("/api/session").await.text("/account/tag").to_owned();
    tess.put("/api/session/account", json!({ "account_id": ids[1], "password": GOOD })).await.expect(200);
    assert_eq!(before.get("/api/session").await.says(), "401 session_ended", "one session, one account");
    let stale = tess.request("GET", "/api/licenses").header("x-portico-account", tag);
    assert_eq!(tess.send(stale, Default::default()).await.says(), "409 account_changed", "a tab of the account before");
}

/// R111
#[tokio::test]
async fn an_account_one_does_not_belong_to_does_not_exist() {
    let portal = TestPortal::new().await;
    let (ada, otto) = (portal.owner().await, portal.other_owner().await);
    let foreign = otto.get("/api/session").await.text("/account/id").to_owned();
    let choose = |id: &str| ada.put("/api/session/account", json!({ "account_id": id, "password": GOOD }));
    let missing = format!("{}00000000", &foreign[..foreign.len() - 8]);
    let (foreign, missing) = (choose(&foreign).await, choose(&missing).await);
    assert_eq!(foreign.says(), "404 not_found");
    assert_eq!(foreign.bytes, missing.bytes, "foreign and missing are the same");
    assert_eq!(ada.get("/api/session").await.expect(200).text("/account/number"), "C10423");
}

/// R512: the second place that verifies a password counts as the first does (incident 32).
#[tokio::test]
async fn guessing_while_switching_is_counted_too() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let id = ada.get("/api/session").await.text("/account/id").to_owned();
    for tries in 0.. {
        let reply =
            ada.put("/api/session/account", json!({ "account_id": id, "password": "not the right password" })).await;
        match reply.says().as_str() {
            "422 invalid_fields" => assert!(tries < 100, "guesses without end"),
            says => {
                assert_eq!(says, "429 too_many_tries");
                break;
            }
        }
    }
}
