//! Incidents with letters: to whom they went, what they said, and where their links led.

use http::header::CONTENT_TYPE;
use hyper::body::Bytes;
use serde_json::json;
use tests::portal::{CODE, GOOD, NORA, TestPortal, confirm, register, registration};

/// 1: a reset link was made from the Host header.
#[tokio::test]
async fn the_origin_of_links_comes_from_configuration() {
    let tricks: [&[(&str, &str)]; 6] = [
        &[("host", "evil.test")],
        &[("x-forwarded-host", "evil.test")],
        &[("forwarded", "host=evil.test;proto=http")],
        &[("x-forwarded-proto", "http"), ("x-forwarded-port", "8080")],
        &[("x-original-url", "https://evil.test/"), ("x-rewrite-url", "https://evil.test/")],
        &[("referer", "https://evil.test/"), ("x-forwarded-server", "evil.test")],
    ];
    let portal = TestPortal::new().await;
    for (n, trick) in tricks.iter().enumerate() {
        let address = format!("nora{n}@new.test");
        let stranger = portal.stranger();
        let mut request =
            stranger.request("POST", "/api/sign-up/registrations").header(CONTENT_TYPE, "application/json");
        for (name, value) in *trick {
            request = request.header(*name, *value);
        }
        stranger.send(request, Bytes::from(registration(&address).to_string())).await.expect(202);
        let letters = portal.letters_to(&address).await;
        assert!(letters.last_link().starts_with("https://portal.test/"), "{trick:?}: {}", letters.last_link());
        assert!(!letters.last().contains("evil"), "{trick:?}");
    }
}

/// 6: another address with the same letters after case mapping got the mail.
#[tokio::test]
async fn no_lookalike_of_an_address_gets_its_mail_or_its_login() {
    let portal = TestPortal::new().await;
    for lookalike in [
        "ad\u{0430}@acme.test",
        "\u{0251}da@acme.test",
        "ada@acm\u{0435}.test",
        "ａda@acme.test",
        "ada@acme.te\u{017f}t",
        "ADA@acme.te\u{17f}t",
    ] {
        let stranger = portal.stranger();
        let reply = register(&stranger, lookalike).await;
        assert!(reply.status == 202 || reply.at("/email") == "email_invalid", "{lookalike}: {}", reply.says());
        assert_eq!(portal.letters_to("ada@acme.test").await.count(), 0, "{lookalike}");
        let sign_in = stranger.post("/api/session", json!({ "name": lookalike, "password": GOOD })).await;
        assert_eq!(sign_in.says(), "401 sign_in_failed", "{lookalike}");
    }
}

/// 7: validated before it was normalised.
#[tokio::test]
async fn an_address_is_one_address() {
    let portal = TestPortal::new().await;
    let several = [
        "a@new.test,b@new.test",
        "a@new.test;b@new.test",
        "a@new.test b@new.test",
        "a@b@new.test",
        "a＠b@new.test",
        "\"a@b\"@new.test",
        "a@new.test\nb@new.test",
        "a@new.test%0ab@new.test",
        "Nora <a@new.test>",
        "a@new.test\0",
        "a(b)@new.test",
        "a@[127.0.0.1]",
        "a@localhost",
        "a\u{202e}@new.test",
        "@new.test",
        "a@",
        "a@-new.test",
        "a@new..test",
        ".a@new.test",
    ];
    for address in several {
        let reply = register(&portal.stranger(), address).await;
        assert_eq!(reply.at("/email"), "email_invalid", "{address:?}: {}", reply.says());
    }
    assert_eq!(portal.ses.mails().len(), 0);
}

/// 34, 35: names with markup, and line breaks, in mails.
#[tokio::test]
async fn what_people_type_stays_text_in_mails() {
    let portal = TestPortal::new().await;
    let names = [
        "O\u{2019}Neil & Sons",
        "{{ vendor }}",
        "{name}",
        "\u{202e}arroN",
        "=cmd",
        "Nora\r\nBcc: all@new.test",
        "<img src=x>",
        "http://evil.test/",
        "Nora\u{2028}x",
        "Nora\0",
    ];
    let mut plain: Option<Vec<String>> = None;
    for (n, name) in names.iter().enumerate() {
        let address = format!("nora{n}@new.test");
        let mut body = registration(&address);
        body["first_name"] = json!(name);
        let reply = portal.stranger().post("/api/sign-up/registrations", body).await;
        if reply.status == 422 {
            assert_eq!(reply.at("/first_name"), "name_invalid", "{name:?}");
            assert_eq!(portal.letters_to(&address).await.count(), 0);
            continue;
        }
        assert_eq!(reply.status, 202, "{name:?}: {}", reply.says());
        portal.letters_to(&address).await;
        let mail = portal.ses.mails_to(&address).remove(0);
        let headers: Vec<String> = mail.headers.iter().map(|header| header.name.clone()).collect();
        assert_eq!(plain.get_or_insert_with(|| headers.clone()), &headers, "{name:?}");
        assert!(!mail.subject.contains(['\r', '\n']) && mail.to.len() == 1, "{name:?}");
        let html = mail.html.as_ref().unwrap();
        assert!(!name.contains(['&', '<', '{']) || !html.contains(name), "{name:?} is not escaped");
        assert_eq!(
            html.matches("<a ").count(),
            html.matches("href=\"https://portal.test/").count() + html.matches("href=\"mailto:").count(),
            "{name:?} adds a link"
        );
    }
    assert!(plain.is_some(), "some names are taken");

    // The letter that tells an owner who has joined names the person.
    let mut body = registration(NORA);
    (body["first_name"], body["activation_code"]) = (json!("O\u{2019}Neil & Sons"), json!(CODE));
    portal.stranger().post("/api/sign-up/registrations", body).await.expect(202);
    let token = portal.letters_to(NORA).await.last_token();
    confirm(&portal, &token).await.expect(200);
    portal.dispatch().await;
    let told = portal.ses.mails_to("ada@acme.test").remove(0);
    assert!(told.text.as_ref().unwrap().contains("O\u{2019}Neil & Sons Nilsson"), "{:?}", told.text);
    assert!(told.html.as_ref().unwrap().contains("O\u{2019}Neil &amp; Sons Nilsson"), "{:?}", told.html);
}
