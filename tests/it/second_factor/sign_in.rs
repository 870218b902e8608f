//! Signing in with a code.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::portal::{GOOD, Reply, TestPortal};

use super::{said_of_code, sign_in};
use crate::races::at_once;

const VERA: &str = "vera@acme.test";

/// R110
#[tokio::test]
async fn the_right_password_alone_begins_nothing() {
    let portal = TestPortal::new().await;
    portal.set_up_factor(&portal.viewer().await).await;
    let before = portal.wire.snapshot();
    let stranger = portal.stranger();
    for body in [json!({ "name": VERA, "password": GOOD }), json!({ "name": VERA, "password": GOOD, "code": " " })] {
        assert_eq!(stranger.post("/api/session", body).await.says(), "401 second_factor_needed");
    }
    assert_eq!((stranger.cookie("__Host-portico"), stranger.cookie("__Host-portico-device")), (None, None));
    let changes = before.changes(&portal.wire.snapshot());
    assert!(changes.iter().all(|line| line.contains("THROTTLE#sign-in")), "no session, no log, no letter: {changes:?}");
}

/// R110
#[tokio::test]
async fn a_code_of_now_and_of_half_a_minute_to_either_side_signs_in_once() {
    for steps in -1..=1 {
        let portal = TestPortal::new().await;
        let factor = portal.set_up_factor(&portal.viewer().await).await;
        portal.clock.advance_secs(120);
        let code = factor.app.code_beside(portal.clock.now(), steps);
        let me = sign_in(&portal, VERA, &format!(" {} {} ", &code[..3], &code[3..])).await.expect(200);
        assert_eq!((me.text("/user/email"), &me.json["user"]["second_factor"]), (VERA, &json!(true)), "{steps}");
        assert_eq!(sign_in(&portal, VERA, &code).await.at("/code"), "code_wrong", "{steps}: used");
        for older in -1..steps {
            let code = factor.app.code_beside(portal.clock.now(), older);
            assert_eq!(sign_in(&portal, VERA, &code).await.at("/code"), "code_wrong", "{older}: before the last used");
        }
    }
    let portal = TestPortal::new().await;
    let factor = portal.set_up_factor(&portal.viewer().await).await;
    portal.clock.advance_secs(120);
    for steps in [-2, 2] {
        let code = factor.app.code_beside(portal.clock.now(), steps);
        assert_eq!(sign_in(&portal, VERA, &code).await.at("/code"), "code_wrong", "{steps}");
    }
}

/// R110
#[tokio::test]
async fn the_code_that_set_the_factor_up_does_not_sign_in() {
    let portal = TestPortal::new().await;
    let factor = portal.set_up_factor(&portal.viewer().await).await;
    assert_eq!(sign_in(&portal, VERA, &factor.app.code(portal.clock.now())).await.at("/code"), "code_wrong");
}

/// R110
#[tokio::test]
async fn of_64_sign_ins_with_one_code_one_begins_a_session() {
    for recovery in [false, true] {
        let portal = TestPortal::new().await;
        let vera = portal.viewer().await;
        let factor = portal.set_up_factor(&vera).await;
        let code = if recovery { factor.recovery[9].clone() } else { portal.next_code(&factor) };
        let sessions = |portal: &TestPortal| portal.wire.snapshot().find("sessions", "USER#", "SESSION#").len();
        let before = sessions(&portal);
        // All but those whom the throttle of the name turns away meet at the code.
        portal.wire.hold(std::time::Duration::from_millis(20));
        let callers: Vec<_> = (0..64).map(|_| portal.stranger()).collect();
        let body = json!({ "name": VERA, "password": GOOD, "code": code });
        let replies = at_once(callers.iter().map(|caller| caller.post("/api/session", body.clone()))).await;
        let count = |wanted: &str| replies.iter().filter(|reply| said_of_code(reply) == wanted).count();
        let (in_, wrong, turned_away) = (count("200"), count("code_wrong"), count("429 too_many_tries"));
        assert_eq!(
            (in_, in_ + wrong + turned_away),
            (1, 64),
            "{:?}",
            replies.iter().map(Reply::says).collect::<Vec<_>>()
        );
        assert!(wrong >= 10, "{wrong} were there");
        assert_eq!(sessions(&portal), before + 1);
    }
}

/// R110
#[tokio::test]
async fn each_recovery_code_lets_in_once_in_place_of_the_app() {
    let portal = TestPortal::new().await;
    let vera = portal.viewer().await;
    let factor = portal.set_up_factor(&vera).await;
    let left = async || vera.get("/api/profile").await.json["second_factor"]["recovery_codes_left"].clone();
    // From the middle too, so that the places of the others move; typed as people type.
    for (used, place) in [5, 0, 9, 4, 1].into_iter().enumerate() {
        let code = &factor.recovery[place];
        let typed = if used % 2 == 0 { code.to_lowercase().replace('-', " ") } else { code.replace('-', "") };
        sign_in(&portal, VERA, &typed).await.expect(200);
        assert_eq!(left().await, json!(9 - used));
        assert_eq!(sign_in(&portal, VERA, code).await.at("/code"), "code_wrong", "used");
    }
    let events: BTreeSet<String> = portal
        .wire
        .snapshot()
        .find("journal", "LOG#", "")
        .iter()
        .filter_map(|row| row["event"]["S"].as_str().map(str::to_owned))
        .collect();
    assert!(events.contains("recovery_code_used"), "{events:?}");
}

/// R110
#[tokio::test]
async fn twenty_codes_a_day_are_checked_and_then_none() {
    let portal = TestPortal::new().await;
    let factor = portal.set_up_factor(&portal.viewer().await).await;
    let mut checked = 0;
    let day = portal.clock.now();
    loop {
        // The window of the password's own throttle is over each time.
        portal.clock.advance_secs(901);
        let wrong = factor.app.wrong_code(portal.clock.now());
        match said_of_code(&sign_in(&portal, VERA, &wrong).await).as_str() {
            "code_wrong" if checked < 100 => checked += 1,
            says => {
                assert_eq!(says, "429 too_many_tries");
                break;
            }
        }
    }
    assert_eq!(checked, 20);
    let code = factor.app.code(portal.clock.now());
    let refused = sign_in(&portal, VERA, &code).await;
    assert_eq!(refused.says(), "429 too_many_tries", "the right one too");
    assert_eq!(sign_in(&portal, VERA, &factor.recovery[0]).await.says(), "429 too_many_tries");
    portal.clock.advance_secs(refused.header("retry-after").parse().unwrap());
    assert!(portal.clock.now().duration_since(day).as_hours() < 24);
    sign_in(&portal, VERA, &factor.app.code(portal.clock.now())).await.expect(200);
}

/// R110: no lockout by strangers.
#[tokio::test]
async fn codes_behind_a_wrong_password_use_up_nobodys_tries() {
    let portal = TestPortal::new().await;
    let factor = portal.set_up_factor(&portal.viewer().await).await;
    for _ in 0..3 {
        portal.clock.advance_secs(901);
        for _ in 0..20 {
            let body = json!({ "name": VERA, "password": "not the right password", "code": "123456" });
            assert_eq!(portal.stranger().post("/api/session", body).await.says(), "401 sign_in_failed");
        }
    }
    portal.clock.advance_secs(901);
    sign_in(&portal, VERA, &factor.app.code(portal.clock.now())).await.expect(200);
}

/// R110, R106
#[tokio::test]
async fn a_wrong_password_never_tells_whether_a_factor_is_on() {
    let portal = TestPortal::new().await;
    let factor = portal.set_up_factor(&portal.viewer().await).await;
    portal.clock.advance_secs(60);
    let good = factor.app.code(portal.clock.now());
    let mut seen = Vec::new();
    // With a factor, without, and nobody's; each without a code, with a right one and with one that is none.
    for name in [VERA, "mia@acme.test", "nobody@acme.test"] {
        for code in ["", good.as_str(), &factor.recovery[0], "x"] {
            let password = if name.starts_with("nobody") { GOOD } else { "not the right password" };
            let body = json!({ "name": name, "password": password, "code": code });
            let stranger = portal.stranger();
            let (reply, calls) = portal.wire.record(stranger.post("/api/session", body)).await;
            assert_eq!(reply.says(), "401 sign_in_failed", "{name} {code}");
            let headers: Vec<_> = reply.headers.keys().map(|name| name.as_str().to_owned()).collect();
            seen.push((reply.bytes, headers, calls.count(), calls.read_units(), calls.write_units()));
        }
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:#?}");
    sign_in(&portal, VERA, &good).await.expect(200);
}

/// R110, R106
#[tokio::test]
async fn what_is_no_code_is_wrong_and_harms_nobody() {
    let portal = TestPortal::new().await;
    portal.set_up_factor(&portal.viewer().await).await;
    for code in ["0", "1234567", "12345a", "\u{0}", "٢٨٧٠٨٢", "AAAA-AAAA-AAAA-AAAU", &"1".repeat(100_000)] {
        assert_eq!(sign_in(&portal, VERA, code).await.at("/code"), "code_wrong", "{}", &code[..1]);
    }
    for code in [json!(123_456), Value::Null, json!(["123456"])] {
        let body = json!({ "name": VERA, "password": GOOD, "code": code });
        assert!([400, 422].contains(&portal.stranger().post("/api/session", body).await.status), "{code}");
    }
    // Nobody without a factor is asked for anything, whatever they send.
    sign_in(&portal, "mia@acme.test", "x").await.expect(200);
}
