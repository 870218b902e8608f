//! The function binaries, under a stand-in for Lambda: they answer what the local runner answers,
//! and no event, however hostile, brings one down.

mod hostile;

use std::path::PathBuf;
use std::sync::OnceLock;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, Request};
use hyper::body::Bytes;
use serde_json::{Value, json};
use tests::lambda::{Answer, Function, Outcome, answer};
use tests::portal::{GOOD, TestPortal};
use tests::source::cargo;

const CODE: &str = "11111-22222-33333-44444";

/// The binary of a function, built by itself as it is deployed: with the features it asks for, not
/// those that other crates of the workspace happen to ask for.
pub(crate) fn binary(function: &str) -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let folder = BUILT.get_or_init(|| {
        drop(cargo(&["build", "--quiet", "-p", "sign-up", "-p", "session", "-p", "licenses", "-p", "dispatch"]));
        let test = std::env::current_exe().unwrap();
        test.ancestors().nth(2).unwrap().to_owned()
    });
    folder.join(function)
}

/// The three functions behind one door, as API Gateway's routes are.
struct Deployed {
    sign_up: Function,
    session: Function,
    licenses: Function,
    cookies: Vec<(String, String)>,
}

impl Deployed {
    async fn beside(portal: &TestPortal) -> Self {
        let settings = portal.settings();
        Self {
            sign_up: Function::start(&binary("sign-up"), &settings).await,
            session: Function::start(&binary("session"), &settings).await,
            licenses: Function::start(&binary("licenses"), &settings).await,
            cookies: Vec::new(),
        }
    }

    async fn send(&mut self, method: &str, path: &str, body: &Value) -> Answer {
        let request = request(method, path, body, &self.cookies);
        let function = match path.split(['/', '?']).nth(2) {
            Some("sign-up") => &mut self.sign_up,
            Some("session") => &mut self.session,
            _ => &mut self.licenses,
        };
        let answer = function.call(&request).await;
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

/// An answer as text, with what differs from run to run by intent masked: ids, secrets, times.
fn masked(status: u16, headers: &HeaderMap, body: &[u8]) -> String {
    let mut lines: Vec<_> = headers
        .iter()
        .filter(|(name, _)| *name != "x-request-id" && *name != "content-length")
        .map(|(name, value)| {
            let value = value.to_str().unwrap();
            let value = if name == "set-cookie" { mask_cookie(value) } else { value.to_owned() };
            format!("{name}: {value}")
        })
        .collect();
    lines.sort();
    let mut json: Value = serde_json::from_slice(body).unwrap_or_default();
    mask(&mut json);
    format!("{status}\n{}\n{json}", lines.join("\n"))
}

fn mask_cookie(cookie: &str) -> String {
    let (name, rest) = cookie.split_once('=').unwrap();
    let (value, attributes) = rest.split_once(';').unwrap();
    if value.is_empty() {
        return cookie.to_owned();
    }
    // What is left of a session is less by the second.
    let attributes: Vec<_> = attributes.split("; ").filter(|attribute| !attribute.starts_with("Max-Age=")).collect();
    format!("{name}=…;{}", attributes.join("; "))
}

fn mask(json: &mut Value) {
    match json {
        Value::Object(fields) => {
            for (name, value) in fields {
                if value.is_string() && ["id", "tag", "registration", "expires_at", "next"].contains(&name.as_str()) {
                    *value = json!("…");
                }
                mask(value);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask),
        _ => {}
    }
}

/// R101, R102, R106, R109, R111, R401: a person's first day, once through the runner's door and
/// once through the binaries, each on a portal of its own.
#[tokio::test]
async fn the_binaries_answer_what_the_local_runner_answers() {
    let (here, there) = (TestPortal::today().await, TestPortal::today().await);
    let local = here.stranger();
    let mut deployed = Deployed::beside(&there).await;
    let registration = json!({
        "email": "nora@new.test", "password": GOOD, "first_name": "Nora", "last_name": "Nilsson",
        "language": "de", "terms_version": "2026-05", "activation_code": "",
    });
    let mut bad = registration.clone();
    bad["email"] = json!("nora");
    let mut script: Vec<(&str, &str, Value)> = vec![
        ("GET", "/api/session", Value::Null),
        ("POST", "/api/sign-up/registrations", bad),
        ("POST", "/api/sign-up/registrations", registration),
        ("POST", "/api/session", json!({ "name": "nora@new.test", "password": GOOD })),
        ("POST", "/api/sign-up/confirmations", json!({ "token": "{token}", "password": GOOD })),
        ("POST", "/api/sign-up/confirmations", json!({ "token": "{token}", "password": GOOD })),
        ("POST", "/api/session", json!({ "name": "nora@new.test", "password": GOOD })),
        ("GET", "/api/licenses", Value::Null),
        ("POST", "/api/sign-up/claims", json!({ "activation_code": "ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ" })),
        ("POST", "/api/sign-up/claims", json!({ "activation_code": CODE })),
        ("GET", "/api/session/accounts", Value::Null),
        ("PUT", "/api/session/account", json!({ "account_id": "{account}" })),
        ("GET", "/api/session", Value::Null),
    ];
    script.extend(
        [
            "/api/licenses",
            "/api/licenses?sort=end&limit=2",
            "/api/licenses?limit=0",
            "/api/licenses?serial=NLD-7Q4M-X2KP-09TV",
            "/api/licenses/x",
            "/api/session?x=%20y&z",
        ]
        .map(|path| ("GET", path, Value::Null)),
    );
    script.extend([
        ("PATCH", "/api/session", Value::Null),
        ("DELETE", "/api/session", Value::Null),
        ("GET", "/api/licenses", Value::Null),
    ]);

    let (mut account_here, mut account_there) = (String::new(), String::new());
    for (method, path, body) in script {
        let (mut body_here, mut body_there) = (body.clone(), body.clone());
        if body["token"] == "{token}" {
            body_here["token"] = json!(here.letters_to("nora@new.test").await.last_token());
            body_there["token"] = json!(there.letters_to("nora@new.test").await.last_token());
        }
        if body["account_id"] == "{account}" {
            (body_here["account_id"], body_there["account_id"]) = (json!(account_here), json!(account_there));
        }
        let from_here = match body_here {
            Value::Null => local.send(local.request(method, path), Bytes::new()).await,
            _ => local.send_json(method, path, &body_here).await,
        };
        let from_there = deployed.send(method, path, &body_there).await;
        if let Some(id) = from_here.json["account"]["id"].as_str() {
            id.clone_into(&mut account_here);
            let there: Value = serde_json::from_slice(&from_there.body).unwrap();
            there["account"]["id"].as_str().unwrap_or_default().clone_into(&mut account_there);
        }
        assert_eq!(
            masked(from_there.status.as_u16(), &from_there.headers, &from_there.body),
            masked(from_here.status, &from_here.headers, &from_here.bytes),
            "{method} {path}"
        );
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
    for path in ["/api/session", "/api/session/accounts", "/api/licenses", "/api/licenses?sort=end", "/api/nothing"] {
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
    for name in ["session", "sign-up", "licenses"] {
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
    let letter = portal.wire.snapshot().find("journal", "LETTER#", "").remove(0);
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
    let row = portal.wire.snapshot().find("journal", "LETTER#", "").remove(0);
    assert_eq!(row["st"]["S"], "sent");
}

#[tokio::test]
async fn a_function_without_its_settings_names_them_and_stops() {
    for name in ["session", "sign-up", "licenses", "dispatch"] {
        let mut function =
            Function::start(&binary(name), &[("AWS_REGION".to_owned(), "eu-central-1".to_owned())]).await;
        let outcome = function.invoke(&json!({})).await;
        let Outcome::Exited(words) = outcome else { panic!("{name}: {outcome:?}") };
        assert!(words.contains("PORTICO_ORIGIN") && words.contains("PORTICO_TABLES"), "{name}: {words}");
    }
}
