//! The function binaries, under a stand-in for Lambda: they answer what the local runner answers,
//! and no event, however hostile, brings one down.

mod following;
mod hostile;
mod same;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, Request};
use hyper::body::Bytes;
use serde_json::{Value, json};
use tests::lambda::{Answer, Function, Outcome, answer};
use tests::portal::{GOOD, TestPortal};
use tests::source::cargo;

/// The functions that answer requests.
const FUNCTIONS: [&str; 8] = ["sign-up", "session", "reset", "profile", "licenses", "staff", "team", "partner"];

/// The binary of a function, built by itself as it is deployed: with the features it asks for, not
/// those that other crates of the workspace happen to ask for.
pub(crate) fn binary(function: &str) -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let folder = BUILT.get_or_init(|| {
        let packages = FUNCTIONS.iter().chain(&["dispatch", "housekeeping"]).flat_map(|name| ["-p", name]);
        drop(cargo(&["build", "--quiet"].into_iter().chain(packages).collect::<Vec<_>>()));
        let test = std::env::current_exe().unwrap();
        test.ancestors().nth(2).unwrap().to_owned()
    });
    folder.join(function)
}

/// The functions behind one door, as API Gateway's routes are.
struct Deployed {
    functions: BTreeMap<&'static str, Function>,
    cookies: Vec<(String, String)>,
}

impl Deployed {
    async fn beside(portal: &TestPortal) -> Self {
        let settings = portal.settings();
        let mut functions = BTreeMap::new();
        for name in FUNCTIONS {
            functions.insert(name, Function::start(&binary(name), &settings).await);
        }
        Self { functions, cookies: Vec::new() }
    }

    async fn send(&mut self, method: &str, path: &str, body: &Value) -> Answer {
        let request = request(method, path, body, &self.cookies);
        let area = path.split(['/', '?']).nth(2).unwrap_or_default();
        let owner = FUNCTIONS.into_iter().find(|name| *name == area).unwrap_or("licenses");
        let answer = self.functions.get_mut(owner).unwrap().call(&request).await;
        keep(&mut self.cookies, &answer.headers);
        answer
    }
}

pub(crate) fn request(method: &str, path: &str, body: &Value, cookies: &[(String, String)]) -> Request<Bytes> {
    let mut request = Request::builder().method(method).uri(path).header("sec-fetch-site", "same-origin");
    if !cookies.is_empty() {
        let cookies: Vec<_> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        request = request.header("cookie", cookies.join("; "));
    }
    if body.is_null() {
        return request.body(Bytes::new()).unwrap();
    }
    request.header(CONTENT_TYPE, "application/json").body(Bytes::from(body.to_string())).unwrap()
}

fn keep(cookies: &mut Vec<(String, String)>, headers: &HeaderMap) {
    for cookie in headers.get_all("set-cookie") {
        let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
        cookies.retain(|(known, _)| known != name);
        if !rest.contains("Max-Age=0") {
            cookies.push((name.to_owned(), rest.split(';').next().unwrap().to_owned()));
        }
    }
}

/// The same session, the same rows: not a byte differs.
#[tokio::test]
async fn what_is_read_is_the_same_bytes() {
    let portal = TestPortal::today().await;
    let ada = portal.owner().await;
    let mut deployed = Deployed::beside(&portal).await;
    for name in ["__Host-portico", "__Host-portico-device"] {
        deployed.cookies.push((name.to_owned(), ada.cookie(name).unwrap()));
    }
    for path in [
        "/api/session",
        "/api/session/accounts",
        "/api/session/sessions",
        "/api/profile",
        "/api/licenses",
        "/api/licenses?sort=end",
        "/api/nothing",
    ] {
        let here = ada.get(path).await;
        let there = deployed.send("GET", path, &Value::Null).await;
        assert_eq!(there.status.as_u16(), here.status, "{path}");
        assert_eq!(there.body, here.bytes, "{path}");
    }
}

/// Incident 48.
#[tokio::test]
async fn hostile_events_are_answered_and_the_function_lives_on() {
    let portal = TestPortal::today().await;
    for name in FUNCTIONS {
        let mut function = Function::start(&binary(name), &portal.settings()).await;
        for (what, hostile) in hostile::events(name) {
            let outcome = function.invoke(&hostile).await;
            let Outcome::Answered(value) = outcome else { panic!("{name}: {what}: {outcome:?}") };
            let answer = answer(&value);
            assert!((400..500).contains(&answer.status.as_u16()), "{name}: {what}: {}", answer.status);
            let problem: Value =
                serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{name}: {what}: no problem"));
            assert_eq!(answer.headers["content-type"], "application/problem+json", "{name}: {what}");
            assert_eq!(problem["status"], answer.status.as_u16(), "{name}: {what}");
        }
        for bytes in [b"".as_slice(), b"{", b"\xff\xfe", b"null", b"[]", b"\"x\""] {
            let outcome = function.invoke_raw(Bytes::copy_from_slice(bytes)).await;
            assert!(matches!(outcome, Outcome::Answered(_) | Outcome::Failed(_)), "{name}: {bytes:?}: {outcome:?}");
        }
        let alive = function.call(&request("GET", "/api/nothing", &Value::Null, &[])).await;
        assert_eq!(alive.status, 404, "{name} is alive: {}", function.output());
        assert!(!function.output().contains("panicked"), "{name}: {}", function.output());
    }
}

/// The journal's stream gives `dispatch` the letters; what is no letter, or no event, harms nothing.
#[tokio::test]
async fn dispatch_sends_what_the_stream_brings() {
    let portal = TestPortal::today().await;
    let body = json!({
        "email": "nora@new.test", "password": GOOD, "first_name": "Nora", "last_name": "Nilsson",
        "language": "fr", "terms_version": "2026-05", "activation_code": "",
    });
    portal.stranger().post("/api/sign-up/registrations", body).await.expect(202);
    let hers = || {
        let mut letters = portal.wire.snapshot().find("journal", "LETTER#", "");
        letters.retain(|row| row["r"]["M"]["address"]["M"]["email"]["S"] == "nora@new.test");
        letters.remove(0)
    };
    let letter = hers();
    let record = |keys: Value| {
        json!({
            "eventID": "1", "eventName": "INSERT", "eventVersion": "1.1", "eventSource": "aws:dynamodb", "awsRegion": "eu-central-1",
            "dynamodb": { "Keys": keys, "SequenceNumber": "1", "SizeBytes": 1, "StreamViewType": "NEW_IMAGE", "ApproximateCreationDateTime": 1_778_612_638.0 },
            "eventSourceARN": "arn:aws:dynamodb:eu-central-1:123456789012:table/journal/stream/2026",
        })
    };
    let keys = json!({ "pk": letter["pk"], "sk": letter["sk"] });
    let log = json!({ "pk": { "S": "LOG#x" }, "sk": { "S": "y" } });
    let mut function = Function::start(&binary("dispatch"), &portal.settings()).await;
    for event in [
        json!({ "Records": [record(log.clone()), record(keys.clone())] }),
        json!({ "Records": [record(keys.clone()), record(keys)] }),
        json!({ "Records": [] }),
        json!({ "Records": [record(log)] }),
    ] {
        let outcome = function.invoke(&event).await;
        assert!(matches!(outcome, Outcome::Answered(_)), "{outcome:?}: {}", function.output());
        assert_eq!(portal.ses.mails_to("nora@new.test").len(), 1, "sent once: {}", function.output());
    }
    assert_eq!(hers()["st"]["S"], "sent");
}

#[tokio::test]
async fn a_function_without_its_settings_names_them_and_stops() {
    for name in FUNCTIONS.into_iter().chain(["dispatch", "housekeeping"]) {
        let mut function =
            Function::start(&binary(name), &[("AWS_REGION".to_owned(), "eu-central-1".to_owned())]).await;
        let outcome = function.invoke(&json!({})).await;
        let Outcome::Exited(words) = outcome else { panic!("{name}: {outcome:?}") };
        assert!(words.contains("PORTICO_ORIGIN") && words.contains("PORTICO_TABLES"), "{name}: {words}");
    }
}
