//! The mailbox as a browser and a test see it.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use serde_json::Value;
use tower::ServiceExt as _;

use crate::ses::{Ses, Setup};

struct Answer {
    status: StatusCode,
    policy: String,
    version: String,
    body: String,
}

async fn ask(ses: &Ses, method: &str, path: &str, header: (&str, &str)) -> Answer {
    let request = Request::builder().method(method).uri(path).header(header.0, header.1);
    let request = request.body(Body::empty()).expect("a request");
    let answer = super::routes(ses).oneshot(request).await.expect("an answer");
    let header = |name: &str| answer.headers().get(name).and_then(|it| it.to_str().ok()).unwrap_or_default().to_owned();
    let (status, policy, version) = (answer.status(), header("content-security-policy"), header("etag"));
    let body = to_bytes(answer.into_body(), 1 << 20).await.expect("a body");
    Answer { status, policy, version, body: String::from_utf8_lossy(&body).into_owned() }
}

async fn get(ses: &Ses, path: &str) -> Answer {
    ask(ses, "GET", path, ("accept", "*/*")).await
}

/// A mailbox with a mail to Ada and a later one to Bert.
async fn two_mails() -> Ses {
    let ses = Ses::open(Setup { identities: vec!["northlight.test".into()], folder: None }).expect("a stand-in");
    for (to, subject) in [("ada@acme.test", "First"), ("Bert@acme.test", "Second")] {
        let body = serde_json::json!({
            "FromEmailAddress": "=?UTF-8?Q?N=C3=B6rd?= <portal@northlight.test>",
            "Destination": { "ToAddresses": [to] },
            "Content": { "Simple": {
                "Subject": { "Data": subject },
                "Body": {
                    "Text": { "Data": "North\n\nHello,\n\nRead this.\n\nhttps://portal.test/confirm#token=abc" },
                    "Html": { "Data": "<html><head><title>x</title></head><body><a href=\"https://portal.test\">Go</a></body></html>" },
                },
            } },
        });
        let request =
            Request::post("/v2/email/outbound-emails").header("authorization", "AWS4-HMAC-SHA256 Credential=x");
        let request = request.body(Body::from(body.to_string())).expect("a request");
        assert_eq!(ses.routes().oneshot(request).await.expect("an answer").status(), StatusCode::OK);
    }
    ses
}

fn items(answer: &Answer) -> Vec<Value> {
    let list: Value = serde_json::from_str(&answer.body).expect("JSON");
    list["items"].as_array().cloned().unwrap_or_default()
}

#[tokio::test]
async fn mails_are_listed_newest_first_and_by_recipient() {
    let ses = two_mails().await;
    let all = items(&get(&ses, "/mailbox/mails").await);
    assert_eq!(all.iter().map(|mail| &mail["subject"]).collect::<Vec<_>>(), ["Second", "First"]);
    assert_eq!((&all[0]["preview"], &all[0]["from"]["name"]), (&"Read this.".into(), &"Nörd".into()));
    let bert = items(&get(&ses, "/mailbox/mails?to=bert@ACME.test").await);
    assert_eq!(bert.len(), 1);
    assert!(bert[0]["text"].as_str().is_some_and(|text| text.contains("#token=abc")));
    assert!(items(&get(&ses, "/mailbox/mails?to=nobody@acme.test").await).is_empty());
    assert_eq!(get(&ses, "/mailbox/mails?from=x").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn asking_again_costs_nothing_until_a_mail_comes_or_goes() {
    let ses = two_mails().await;
    let known = get(&ses, "/mailbox/mails").await.version;
    let again = ask(&ses, "GET", "/mailbox/mails", ("if-none-match", &known)).await;
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    ses.clear().expect("an empty mailbox");
    assert_eq!(ask(&ses, "GET", "/mailbox/mails", ("if-none-match", &known)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_mail_is_shown_whole_and_its_html_can_do_nothing() {
    let ses = two_mails().await;
    let id = ses.mails()[0].id.clone();
    let mail: Value = serde_json::from_str(&get(&ses, &format!("/mailbox/mails/{id}")).await.body).expect("JSON");
    assert_eq!(mail["lines"][0]["name"], "From");
    assert_eq!(mail["sender"]["name"], "Nörd");
    let html = get(&ses, &format!("/mailbox/mails/{id}/html")).await;
    assert!(html.body.starts_with("<html><head><base target=\"_top\"><title>"), "{}", html.body);
    assert!(html.policy.contains("default-src 'none'") && html.policy.contains("sandbox"), "{}", html.policy);
    assert!(!html.policy.contains("allow-scripts"), "{}", html.policy);
    for path in ["/mailbox/mails/nothing", "/mailbox/mails/nothing/html", "/mailbox/mails/..%2F..%2Fetc"] {
        assert_eq!(get(&ses, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_page_runs_only_its_own_scripts() {
    let ses = two_mails().await;
    let page = get(&ses, "/mailbox").await;
    assert!(
        page.policy.contains("script-src 'self';") && page.policy.contains("trusted-types 'none'"),
        "{}",
        page.policy
    );
    assert!(!page.policy.contains("unsafe"), "{}", page.policy);
    for inline in ["<style", " style=", "onclick", "<script>"] {
        assert!(!page.body.contains(inline), "{inline}");
    }
    for part in page.body.split('"').filter(|it| it.starts_with("/mailbox/")) {
        assert_eq!(get(&ses, part).await.status, StatusCode::OK, "{part}");
    }
}

#[tokio::test]
async fn only_the_mailbox_itself_may_empty_it() {
    let ses = two_mails().await;
    let elsewhere = ask(&ses, "DELETE", "/mailbox/mails", ("sec-fetch-site", "cross-site")).await;
    assert_eq!((elsewhere.status, ses.mails().len()), (StatusCode::FORBIDDEN, 2));
    let own = ask(&ses, "DELETE", "/mailbox/mails", ("sec-fetch-site", "same-origin")).await;
    assert_eq!((own.status, ses.mails().len()), (StatusCode::NO_CONTENT, 0));
}
