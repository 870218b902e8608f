//! The stand-in and the mailer against each other: the real SDK on one side, what SES refuses on the other.

use std::fs;
use std::path::PathBuf;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::{EmailAddress, LetterId, Timestamp};
use mail::{Mail, Mailer, SendError, SesMessageId};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::{Fate, Fault, Refusal, Ses, Setup};

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("an address")
}

fn mail() -> Mail {
    Mail {
        from_name: "Nörd & Söhne".into(),
        reply_to: address("help@northlight.test"),
        subject: "Bestätigen Sie Ihre Adresse".into(),
        text: "Grüße".into(),
        html: "<p>Grüße</p>".into(),
    }
}

fn open(folder: Option<PathBuf>) -> Ses {
    Ses::open(Setup { identities: vec!["northlight.test".into()], folder }).expect("a stand-in")
}

/// A mailer of that sender, over the real SDK and a real connection.
async fn mailer(ses: &Ses, from: &str) -> Mailer {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    let routes = ses.routes();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let access = aws::Access {
        region: "eu-central-1".into(),
        access_key_id: "AKIDEXAMPLE".into(),
        secret_access_key: aws::Secret::new("secret"),
        session_token: None,
        endpoint: Some(endpoint),
        extra_ca_pem: None,
    };
    Mailer::new(&access, &address(from), Some("portico".into())).expect("a mailer")
}

async fn send(mailer: &Mailer, to: &str) -> Result<SesMessageId, SendError> {
    mailer.send(&mail(), &address(to), LetterId::new(Timestamp::UNIX_EPOCH, [7; 10])).await
}

#[tokio::test]
async fn a_mail_arrives_as_it_was_written() {
    let ses = open(None);
    let arrivals = ses.arrivals();
    let id = send(&mailer(&ses, "portal@northlight.test").await, "ada@müller.test").await.expect("sent");
    let mails = ses.mails_to("ADA@xn--mller-kva.test");
    let [taken] = mails.as_slice() else { panic!("one mail, not {}", mails.len()) };
    let Mail { subject, text, html, .. } = mail();
    assert_eq!((&taken.subject, taken.text.as_ref(), taken.html.as_ref()), (&subject, Some(&text), Some(&html)));
    assert_eq!((SesMessageId(taken.id.clone()), taken.reply_to.join(" ").as_str()), (id, "help@northlight.test"));
    assert_eq!(taken.from, "=?UTF-8?Q?N=C3=B6rd_=26_S=C3=B6hne?= <portal@northlight.test>");
    let letter = LetterId::new(Timestamp::UNIX_EPOCH, [7; 10]).to_string();
    let headers: Vec<_> = taken.headers.iter().map(|header| (header.name.as_str(), header.value.as_str())).collect();
    assert_eq!(headers, [("Auto-Submitted", "auto-generated"), ("X-Portico-Letter", letter.as_str())]);
    assert_eq!((taken.tags[0].name.as_str(), taken.tags[0].value.as_str()), ("letter", letter.as_str()));
    assert_eq!(*arrivals.borrow(), 1);
}

#[tokio::test]
async fn every_refusal_says_whether_to_try_again() {
    let ses = open(None);
    let mailer = mailer(&ses, "portal@northlight.test").await;
    for (refusal, tries, expected) in [
        (Refusal::TooManyRequests, 2, SendError::TryAgain("throttled")),
        (Refusal::ServiceFailed("oops".into()), 2, SendError::TryAgain("service_failed")),
        (Refusal::LimitExceeded, 2, SendError::TryAgain("quota_used_up")),
        (Refusal::SendingPaused, 1, SendError::TryAgain("sending_paused")),
        (Refusal::AccountSuspended, 1, SendError::TryAgain("mail_account_suspended")),
        (Refusal::MailFromDomainNotVerified, 1, SendError::TryAgain("sender_not_verified")),
        (Refusal::NotFound("portico".into()), 1, SendError::TryAgain("configuration_set_missing")),
        (Refusal::NotSigned, 1, SendError::TryAgain("not_allowed")),
        (Refusal::MessageRejected("Bad content".into()), 1, SendError::Refused("message_rejected")),
        (Refusal::BadRequest("Bad header".into()), 1, SendError::Refused("bad_request")),
    ] {
        ses.inject((0..tries).map(|_| Fault::Refuse(refusal.clone())));
        assert_eq!(send(&mailer, "ada@acme.test").await, Err(expected), "{refusal:?}");
    }
    assert!(ses.mails().is_empty());
    assert!(send(&mailer, "ada@acme.test").await.is_ok(), "all faults were used");
}

#[tokio::test]
async fn one_busy_moment_is_waited_out() {
    let ses = open(None);
    ses.inject([Fault::Refuse(Refusal::TooManyRequests)]);
    assert!(send(&mailer(&ses, "portal@northlight.test").await, "ada@acme.test").await.is_ok());
    assert_eq!(ses.mails().len(), 1);
}

#[tokio::test]
async fn a_broken_connection_means_try_again() {
    let ses = open(None);
    let mailer = mailer(&ses, "portal@northlight.test").await;
    for (fault, kept) in [(Fault::DropBefore, 0), (Fault::DropAfter, 1)] {
        ses.clear().expect("an empty mailbox");
        ses.inject([fault.clone(), Fault::DropBefore]);
        let outcome = send(&mailer, "ada@acme.test").await;
        assert!(matches!(outcome, Err(SendError::TryAgain(_))), "{fault:?}: {outcome:?}");
        assert_eq!(ses.mails().len(), kept, "{fault:?}");
    }
    let nobody = aws::Access {
        region: "eu-central-1".into(),
        access_key_id: "AKIDEXAMPLE".into(),
        secret_access_key: aws::Secret::new("secret"),
        session_token: None,
        endpoint: Some("http://127.0.0.1:9".into()),
        extra_ca_pem: None,
    };
    let mailer = Mailer::new(&nobody, &address("portal@northlight.test"), None).expect("a mailer");
    assert_eq!(send(&mailer, "ada@acme.test").await, Err(SendError::TryAgain("unreachable")));
}

#[tokio::test]
async fn an_unverified_sender_is_refused_until_it_is_verified() {
    let ses = open(None);
    let outcome = send(&mailer(&ses, "portal@elsewhere.test").await, "ada@acme.test").await;
    assert_eq!(outcome, Err(SendError::TryAgain("sender_not_verified")));
}

#[tokio::test]
async fn an_address_that_ses_cannot_write_to_is_refused() {
    let ses = open(None);
    let outcome = send(&mailer(&ses, "portal@northlight.test").await, "jörg@acme.test").await;
    assert_eq!(outcome, Err(SendError::Refused("address_not_ascii")));
}

#[tokio::test]
async fn simulated_addresses_bounce_complain_and_are_suppressed() {
    let ses = open(None);
    let mailer = mailer(&ses, "portal@northlight.test").await;
    for (to, fate) in [
        ("bounce@simulator.amazonses.com", Fate::Bounced),
        ("complaint+1@acme.test", Fate::Complained),
        ("suppressed@acme.test", Fate::Suppressed),
        ("success@simulator.amazonses.com", Fate::Delivered),
    ] {
        send(&mailer, to).await.expect("taken");
        assert_eq!(ses.mails()[0].fate, fate, "{to}");
    }
}

/// What the SDK never writes, written by hand: each line changes a good request in one place.
#[tokio::test]
async fn what_ses_refuses_is_refused() {
    let ses = open(None);
    let good = json!({
        "FromEmailAddress": "portal@northlight.test",
        "Destination": { "ToAddresses": ["ada@acme.test"] },
        "Content": { "Simple": {
            "Subject": { "Data": "Hello" },
            "Body": { "Text": { "Data": "Hello" } },
            "Headers": [{ "Name": "X-One", "Value": "1" }],
        } },
        "EmailTags": [{ "Name": "letter", "Value": "1" }],
    });
    assert_eq!(post(&ses, &good).await, StatusCode::OK);
    let many: Vec<String> = (0..51).map(|n| format!("a{n}@acme.test")).collect();
    let headers = "/Content/Simple/Headers";
    for (place, value) in [
        ("/FromEmailAddress", json!(null)),
        ("/FromEmailAddress", json!("portal@elsewhere.test")),
        ("/FromEmailAddress", json!("x\r\nBcc: y@z.test <portal@northlight.test>")),
        ("/Destination/ToAddresses", json!([])),
        ("/Destination/ToAddresses", json!(many)),
        ("/Destination/ToAddresses", json!(["ada"])),
        ("/Destination/ToAddresses", json!(["ada@acme.test\r\nBcc: x@y.test"])),
        ("/Destination/ToAddresses", json!(["jörg@acme.test"])),
        ("/Content/Simple", json!(null)),
        ("/Content/Simple/Subject", json!(null)),
        ("/Content/Simple/Subject/Data", json!("")),
        ("/Content/Simple/Subject/Data", json!("Hello\r\nBcc: x@y.test")),
        ("/Content/Simple/Subject/Data", json!("Grüße")),
        ("/Content/Simple/Body", json!({})),
        (headers, json!([{ "Name": "X-One\r\nBcc", "Value": "1" }])),
        (headers, json!([{ "Name": "X-One", "Value": "1\r\nBcc: x@y.test" }])),
        (headers, json!([{ "Name": "X:One", "Value": "1" }])),
        (headers, json!([{ "Name": "", "Value": "1" }])),
        (headers, json!([{ "Name": "X-One", "Value": "é" }])),
        (headers, json!([{ "Name": "X-One", "Value": "1".repeat(1000) }])),
        (headers, json!([{ "Name": "Message-ID", "Value": "<1@acme.test>" }])),
        (headers, json!([{ "Name": "X-One", "Value": "1" }, { "Name": "x-one", "Value": "2" }])),
        (headers, json!((0..16).map(|n| json!({ "Name": format!("X-{n}"), "Value": "1" })).collect::<Vec<_>>())),
        ("/EmailTags", json!([{ "Name": "letter", "Value": "a b" }])),
        ("/Content/Simple/Body/Text/Data", json!("a".repeat(2 << 20))),
    ] {
        let mut wrong = good.clone();
        *wrong.pointer_mut(place).expect("a place") = value.clone();
        let shown = value.to_string().chars().take(60).collect::<String>();
        assert_eq!(post(&ses, &wrong).await, StatusCode::BAD_REQUEST, "{place} = {shown}");
    }
    assert_eq!(ses.mails().len(), 1);
}

async fn post(ses: &Ses, body: &Value) -> StatusCode {
    let request = Request::post("/v2/email/outbound-emails").header("authorization", "AWS4-HMAC-SHA256 Credential=x");
    let request = request.body(Body::from(body.to_string())).expect("a request");
    ses.routes().oneshot(request).await.expect("an answer").status()
}

#[tokio::test]
async fn a_request_without_a_signature_is_refused() {
    let request = Request::post("/v2/email/outbound-emails").body(Body::from("{}")).expect("a request");
    assert_eq!(open(None).routes().oneshot(request).await.expect("an answer").status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn mails_survive_a_restart_and_can_be_deleted() {
    let folder = std::env::temp_dir().join(format!("portico-mailroom-{}", std::process::id()));
    let first = open(Some(folder.clone()));
    let mailer = mailer(&first, "portal@northlight.test").await;
    for to in ["ada@acme.test", "bert@acme.test"] {
        send(&mailer, to).await.expect("sent");
    }
    fs::write(folder.join("note.json"), "not a mail").expect("a file");
    let second = open(Some(folder.clone()));
    assert_eq!(second.mails(), first.mails());
    assert_eq!(second.mails()[0].to, ["bert@acme.test"]);
    second.clear().expect("an empty mailbox");
    assert!(open(Some(folder.clone())).mails().is_empty());
    assert!(folder.join("note.json").exists(), "what is not ours is left alone");
    fs::remove_dir_all(folder).expect("cleaned up");
}

#[tokio::test]
async fn the_oldest_mails_are_forgotten() {
    let ses = open(None);
    let body = json!({
        "FromEmailAddress": "portal@northlight.test",
        "Destination": { "ToAddresses": ["ada@acme.test"] },
        "Content": { "Simple": { "Subject": { "Data": "Hello" }, "Body": { "Text": { "Data": "Hello" } } } },
    });
    for _ in 0..1_010 {
        post(&ses, &body).await;
    }
    assert_eq!(ses.mails().len(), 1_000);
}
