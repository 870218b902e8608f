//! What went wrong with other people's logins: passwords, addresses, links and codes.

use std::collections::BTreeSet;

use http::header::CONTENT_TYPE;
use hyper::body::Bytes;
use serde_json::{Value, json};
use tests::portal::{GOOD, NORA, Reply, TestPortal, confirm, register};

use crate::bad_input::bodies;

const MIA: &str = "mia@acme.test";
const OTHER: &str = "nine copper kettles hum";

/// 1: the link of a reset was made of the request's host.
#[tokio::test]
async fn the_links_of_ones_login_lead_to_the_portal_whatever_the_request_says() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    let asks: [(&str, &str, Value, &str); 3] = [
        ("POST", "/api/reset/requests", json!({ "name": MIA }), MIA),
        ("PUT", "/api/profile/nickname", json!({ "nickname": "mia-milano" }), MIA),
        ("POST", "/api/profile/email", json!({ "email": "mia@new.test", "password": GOOD }), "mia@new.test"),
    ];
    for (method, path, body, email) in asks {
        let mut request = mia.request(method, path).header(CONTENT_TYPE, "application/json");
        for name in ["host", "x-forwarded-host", "x-forwarded-proto", "forwarded", "x-original-host", "x-original-url"]
        {
            request = request.header(name, "evil.test");
        }
        mia.send(request, Bytes::from(body.to_string())).await.expect(if path.ends_with("nickname") {
            200
        } else {
            204
        });
        let letters = portal.letters_to(email).await;
        assert!(letters.last_link().starts_with("https://portal.test/"), "{path}: {}", letters.last_link());
        let html = portal.ses.mails_to(email).remove(0).html.clone().unwrap();
        assert!(!letters.last().contains("evil") && !html.contains("evil"), "{path}");
    }
}

/// 3: a password was set without a token. Whatever is sent without the right one, or the password, changes none.
#[tokio::test]
async fn no_request_without_a_proof_changes_a_password() {
    let portal = TestPortal::new().await;
    let callers = [portal.stranger(), portal.member().await, portal.owner().await];
    // A manager gives logins of the account's own an initial password, which is nobody's yet: it ends in 72 hours.
    let passwords = || {
        let mut passwords = portal.wire.snapshot().find("credentials", "USER#", "PASSWORD");
        passwords.retain(|row| row.get("i").is_none());
        passwords
    };
    let before = passwords();
    for (method, path, mut body) in bodies() {
        if path.starts_with("/api/sign-up") {
            continue;
        }
        for proof in ["password", "token", "activation_code"] {
            if body.get(proof).is_some() && !path.starts_with("/api/reset/") {
                body[proof] = json!("");
            }
        }
        for token in ["", "x", ".", "usr_0.x", "null"] {
            if body.get("token").is_some() {
                body["token"] = json!(token);
            }
            for caller in &callers {
                drop(caller.send_json(method, path, &body).await);
            }
        }
    }
    assert_eq!(passwords(), before);
}

/// 6: a reset for one address went to another that looks, folds or sorts like it.
#[tokio::test]
async fn a_reset_goes_to_the_stored_address_alone() {
    let portal = TestPortal::new().await;
    for name in [
        "MIA@ACME.TEST",
        " mia@acme.test ",
        "mıa@acme.test",
        "mіa@acme.test",
        "ｍｉａ@acme.test",
        "mia@ａcme.test",
        "mia@acme.test\u{200b}",
        "mia@acme.test,thief@evil.test",
        "mia@acme.test\r\nBcc: thief@evil.test",
        "<mia@acme.test>",
        "\"mia\"@acme.test",
    ] {
        let asked = portal.stranger().post("/api/reset/requests", json!({ "name": name })).await;
        assert!([204, 422].contains(&asked.status), "{name:?}: {}", asked.says());
        portal.dispatch().await;
        for mail in portal.ses.mails() {
            assert!(mail.to.len() == 1 && mail.to[0].ends_with(MIA), "{name:?}: {:?}", mail.to);
        }
        portal.clock.advance_secs(600);
    }
    assert!(!portal.ses.mails_to(MIA).is_empty(), "in any case, it is hers");
}

/// 18: a token of one kind, or of one person, was taken for another.
#[tokio::test]
async fn a_token_opens_what_it_was_made_for_and_nothing_else() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    register(&portal.stranger(), NORA).await.expect(202);
    let sign_up = portal.letters_to(NORA).await.last_token();
    let max = portal.manager().await;
    max.put("/api/profile/nickname", json!({ "nickname": "max-the-cad" })).await.expect(200);
    let reversal = portal.letters_to("max@acme.test").await.last_token();
    portal.stranger().post("/api/reset/requests", json!({ "name": "vera@acme.test" })).await.expect(204);
    let reset = portal.letters_to("vera@acme.test").await.last_token();
    mia.post("/api/profile/email", json!({ "email": "mia@new.test", "password": GOOD })).await.expect(204);
    let email = portal.letters_to("mia@new.test").await.last_token();

    let tokens = [&sign_up, &reversal, &reset, &email];
    let subjects = tokens.map(|token| token.split_once('.').unwrap());
    for (place, own) in tokens.into_iter().enumerate() {
        // As they are, and each secret behind each other subject.
        let mut wrong: Vec<String> = tokens.into_iter().filter(|token| *token != own).cloned().collect();
        for (whose, _) in subjects {
            wrong.extend(subjects.iter().map(|(_, secret)| format!("{whose}.{secret}")).filter(|token| token != own));
        }
        for token in wrong.iter().collect::<BTreeSet<_>>() {
            let reply = open(&portal, place, token).await;
            assert_eq!(reply.says(), "410 link_expired", "{token} at {place}");
        }
    }
    for (place, own) in tokens.into_iter().enumerate() {
        let reply = open(&portal, place, own).await;
        assert!(reply.status < 300, "none was spent: {place}: {}", reply.says());
    }
}

/// Opens a link of that kind with a token.
async fn open(portal: &TestPortal, place: usize, token: &str) -> Reply {
    match place {
        0 => confirm(portal, token).await,
        1 => portal.stranger().post("/api/profile/reversals", json!({ "token": token })).await,
        2 => portal.stranger().post("/api/reset/passwords", json!({ "token": token, "password": OTHER })).await,
        _ => {
            portal
                .stranger()
                .post("/api/profile/email/confirmations", json!({ "token": token, "password": GOOD }))
                .await
        }
    }
}

/// 32: one place verified passwords without counting. All of them share one count.
#[tokio::test]
async fn every_place_that_takes_the_password_counts() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let account = ada.get("/api/session").await.text("/account/id").to_owned();
    let asked = |mut body: Value, password: &str| {
        body["password"] = json!(password);
        body
    };
    let places: [(&str, &str, Value); 9] = [
        ("PUT", "/api/session/account", json!({ "account_id": account })),
        ("PUT", "/api/profile/password", json!({ "new_password": OTHER })),
        ("POST", "/api/profile/email", json!({ "email": "ada@new.test" })),
        ("POST", "/api/profile/export", json!({})),
        ("POST", "/api/profile/closure", json!({})),
        ("POST", "/api/profile/second-factor", json!({})),
        ("POST", "/api/profile/second-factor/removals", json!({})),
        ("POST", "/api/profile/recovery-codes", json!({})),
        ("PUT", "/api/profile/account/second-factor", json!({ "required": true })),
    ];
    for n in 0..20 {
        let (method, path, body) = places[n % places.len()].clone();
        let reply = ada.send_json(method, path, &asked(body, "wrong but long enough")).await;
        assert!([409, 422].contains(&reply.status), "{path}: {}", reply.says());
    }
    for (method, path, body) in places {
        // What an owner may not is told without asking for the password.
        let refused = ["409 owner_cannot_close", "422 invalid_fields"];
        let reply = ada.send_json(method, path, &asked(body, GOOD)).await;
        let protected = ["/api/profile/email", "/api/profile/closure"].contains(&path);
        assert!(
            reply.says() == "429 too_many_tries" || protected && refused.contains(&reply.says().as_str()),
            "{path}: {}",
            reply.says()
        );
    }
}

/// 34, 35: what people say of themselves, in the mails that tell of it.
#[tokio::test]
async fn what_people_say_of_themselves_stays_text_in_mails() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    let mut plain: Option<(Vec<String>, usize)> = None;
    for (field, value) in [
        ("job_title", "Architect"),
        ("job_title", "{{ vendor }} & {name}"),
        ("job_title", "<img src=x onerror=alert(1)>"),
        ("street", "\"><a href='https://evil.test/'>here</a>"),
        ("city", "https://evil.test/"),
        ("city", "Lyon\r\nBcc: all@new.test"),
        ("title", "=cmd|' /C calc'!A0"),
        ("last_name", "Park\u{202e}kraP"),
        ("last_name", "O\u{2019}Park & Sons"),
    ] {
        let reply = mia.put("/api/profile", mia.profile_with(field, value).await).await;
        if reply.status == 422 {
            assert!(!reply.at(&format!("/{field}")).is_empty(), "{value:?}: {}", reply.json);
            continue;
        }
        assert_eq!(reply.status, 200, "{value:?}: {}", reply.says());
        portal.clock.advance_secs(1);
        portal.dispatch().await;
        let mail = portal.ses.mails_to(MIA).remove(0);
        let html = mail.html.as_ref().unwrap();
        let shape = (mail.headers.iter().map(|header| header.name.clone()).collect(), html.matches("<a ").count());
        assert_eq!(plain.get_or_insert_with(|| shape.clone()), &shape, "{value:?}");
        assert!(!mail.subject.contains(['\r', '\n']) && mail.to.len() == 1, "{value:?}");
        assert!(
            !html.contains("<img src=x")
                && !html.contains("href='https://evil")
                && !html.contains("href=\"https://evil"),
            "{value:?}"
        );
    }
}

/// 42: whoever had a name next inherited what belonged to the one before.
#[tokio::test]
async fn an_address_given_up_brings_its_next_holder_nothing() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    mia.post("/api/profile/email", json!({ "email": "mia@new.test", "password": GOOD })).await.expect(204);
    let token = portal.letters_to("mia@new.test").await.last_token();
    portal
        .stranger()
        .post("/api/profile/email/confirmations", json!({ "token": token, "password": GOOD }))
        .await
        .expect(200);
    portal.dispatch().await;

    register(&portal.stranger(), MIA).await.expect(202);
    assert!(!portal.letters_to(MIA).await.last().contains("#token="), "hers for a week: nobody signs up with it");
    portal.clock.advance_secs(8 * 24 * 3_600);
    register(&portal.stranger(), MIA).await.expect(202);
    confirm(&portal, &portal.letters_to(MIA).await.last_token()).await.expect(200);
    let next = portal.sign_in(MIA).await;
    let me = next.get("/api/session").await.expect(200);
    assert_eq!((me.text("/standing"), me.text("/user/first_name")), ("unattached", "Nora"));
    assert_eq!(next.get("/api/licenses").await.says(), "403 no_account");
    assert_eq!(portal.sign_in("mia@new.test").await.get("/api/session").await.text("/account/number"), "C10423");
}

/// 32, the other way round: whoever may try nothing any more uses up nobody's tries.
#[tokio::test]
async fn an_ended_session_uses_up_no_tries_of_the_person() {
    let portal = TestPortal::new().await;
    let mia = portal.member().await;
    let factor = portal.set_up_factor(&mia).await;
    let ended = mia.again();
    mia.delete("/api/session").await.expect(204);
    for _ in 0..25 {
        let body = json!({ "password": "wrong but long enough", "code": "123456" });
        for (method, path) in [("POST", "/api/profile/export"), ("PUT", "/api/profile/second-factor")] {
            let body = if method == "PUT" { json!({ "code": "123456" }) } else { body.clone() };
            let says = ended.send_json(method, path, &body).await.says();
            assert!(["401 session_ended", "429 too_many_tries"].contains(&says.as_str()), "{path}: {says}");
        }
    }
    let body = json!({ "name": MIA, "password": GOOD, "code": portal.next_code(&factor) });
    assert_eq!(portal.stranger().post("/api/session", body).await.says(), "200");
}
