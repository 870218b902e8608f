//! Letters: each one row with a state, sent once, whatever the mail service does.

use local::ses::{Fault, Refusal};
use serde_json::{Value, json};
use tests::portal::{GOOD, TestPortal};

const NORA: &str = "nora@new.test";

async fn sign_up(portal: &TestPortal) {
    let body = json!({
        "email": NORA, "password": GOOD, "first_name": "Nora", "last_name": "Nilsson",
        "language": "de", "terms_version": "2026-05", "activation_code": "",
    });
    portal.stranger().post("/api/sign-up/registrations", body).await.expect(202);
}

/// The row of Nora's only letter: its state, how often it was tried, and why it was given up or put off.
fn letter(portal: &TestPortal) -> (String, u64, String) {
    let mut rows = portal.wire.snapshot().find("journal", "LETTER#", "");
    rows.retain(|row| row["r"].to_string().contains(NORA));
    let [row] = rows.as_slice() else { panic!("one letter, one row: {rows:?}") };
    let text = |name: &str| row[name]["S"].as_str().unwrap_or_default().to_owned();
    (text("st"), row["n"]["N"].as_str().and_then(|n| n.parse().ok()).unwrap_or_default(), text("why"))
}

/// R101
#[tokio::test]
async fn a_letter_is_written_with_its_change_and_sent_once() {
    let portal = TestPortal::new().await;
    sign_up(&portal).await;
    assert_eq!(letter(&portal).0, "queued");
    portal.dispatch().await;
    portal.dispatch().await;
    assert_eq!(letter(&portal), ("sent".to_owned(), 1, String::new()));
    let mails = portal.ses.mails_to(NORA);
    assert_eq!(mails.len(), 1);
    assert!(mails[0].subject.contains("Adresse"), "in the person's language: {}", mails[0].subject);
}

#[tokio::test]
async fn two_dispatchers_send_a_letter_once() {
    let portal = TestPortal::new().await;
    sign_up(&portal).await;
    tokio::join!(portal.dispatch(), portal.dispatch(), portal.dispatch());
    assert_eq!(portal.ses.mails_to(NORA).len(), 1);
    assert_eq!(letter(&portal).0, "sent");
}

#[tokio::test]
async fn what_passes_is_tried_again_later() {
    for refusal in
        [Refusal::TooManyRequests, Refusal::SendingPaused, Refusal::LimitExceeded, Refusal::ServiceFailed("x".into())]
    {
        let portal = TestPortal::new().await;
        sign_up(&portal).await;
        // More often than the SDK itself tries.
        portal.ses.inject(std::iter::repeat_n(Fault::Refuse(refusal.clone()), 10));
        portal.dispatch().await;
        let (state, _, why) = letter(&portal);
        assert_eq!(state, "queued", "{refusal:?}");
        assert!(!why.is_empty(), "{refusal:?}: the row says why");
        portal.ses.inject([]);
        portal.clock.advance_secs(3_600);
        for _ in 0..10 {
            portal.dispatch().await;
            portal.clock.advance_secs(3_600);
        }
        assert_eq!(letter(&portal).0, "sent", "{refusal:?}");
        assert_eq!(portal.ses.mails_to(NORA).len(), 1, "{refusal:?}");
    }
}

#[tokio::test]
async fn what_will_never_pass_is_given_up_with_its_reason() {
    let portal = TestPortal::new().await;
    sign_up(&portal).await;
    portal.ses.inject([Fault::Refuse(Refusal::MessageRejected("The content is not wanted.".into()))]);
    portal.dispatch().await;
    let (state, _, why) = letter(&portal);
    assert_eq!(state, "dead");
    assert_eq!(why, "message_rejected");
    portal.clock.advance_secs(3_600);
    portal.dispatch().await;
    assert_eq!(portal.ses.mails_to(NORA).len(), 0, "dead is dead");
}

#[tokio::test]
async fn a_letter_nobody_takes_for_a_day_is_given_up() {
    let portal = TestPortal::new().await;
    sign_up(&portal).await;
    portal.ses.inject(std::iter::repeat_n(Fault::Refuse(Refusal::AccountSuspended), 1_000));
    let mut tries = 0;
    while letter(&portal).0 == "queued" {
        portal.dispatch().await;
        portal.clock.advance_secs(1_800 + 600);
        tries += 1;
        assert!(tries < 100, "tried for ever");
    }
    assert_eq!(letter(&portal).0, "dead");
    assert!(!letter(&portal).2.is_empty());
}

/// The one twin that may be: SES took the mail and its answer was lost. Both carry the same Message-ID.
#[tokio::test]
async fn a_lost_answer_costs_at_most_a_twin_with_the_same_id() {
    let portal = TestPortal::new().await;
    sign_up(&portal).await;
    portal.ses.inject([Fault::DropAfter]);
    for _ in 0..4 {
        portal.dispatch().await;
        portal.clock.advance_secs(3_600);
    }
    assert_eq!(letter(&portal).0, "sent");
    let mails = portal.ses.mails_to(NORA);
    assert!((1..=2).contains(&mails.len()), "{} mails", mails.len());
    let ids: Vec<_> = mails
        .iter()
        .map(|mail| {
            mail.headers
                .iter()
                .find(|header| header.name.eq_ignore_ascii_case("message-id"))
                .map(|header| header.value.clone())
        })
        .collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    let texts: Vec<_> = mails.iter().map(|mail| &mail.text).collect();
    assert!(texts.iter().all(|text| *text == texts[0]), "and the same link");
}

#[tokio::test]
async fn a_connection_that_breaks_before_the_mail_is_taken_loses_nothing() {
    let portal = TestPortal::new().await;
    sign_up(&portal).await;
    portal.ses.inject([Fault::DropBefore]);
    for _ in 0..4 {
        portal.dispatch().await;
        portal.clock.advance_secs(3_600);
    }
    assert_eq!(letter(&portal).0, "sent");
    assert_eq!(portal.ses.mails_to(NORA).len(), 1);
}

/// What is stored gives nobody a link: the token is made again when the letter is sent.
#[tokio::test]
async fn no_row_holds_a_token_or_a_password() {
    let portal = TestPortal::new().await;
    sign_up(&portal).await;
    let token = portal.letters_to(NORA).await.last_token();
    let secret = token.rsplit('.').next().unwrap_or(&token);
    let rows = portal.wire.snapshot();
    assert!(secret.len() >= 40 && !rows.holds(secret), "the token is in a row");
    assert!(!rows.holds(GOOD), "the password is in a row");
    assert!(
        rows.find("sessions", "REGISTRATION#", "")
            .iter()
            .all(|row: &Value| row["h"]["S"].as_str().unwrap().starts_with("$argon2id$"))
    );
}
