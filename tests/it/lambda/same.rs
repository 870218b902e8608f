//! The same requests through the runner's door and to the binaries, each on a portal of its own: the same answers.

use http::HeaderMap;
use hyper::body::Bytes;
use serde_json::{Value, json};
use tests::portal::{Authenticator, CODE, Caller, GOOD, TestPortal, registration};

use super::Deployed;

/// Another password than everybody's.
const OTHER: &str = "nine copper kettles hum";
/// What differs from run to run by intent: ids, secrets, times.
const DIFFER: [&str; 14] = [
    "id",
    "tag",
    "registration",
    "expires_at",
    "next",
    "asked_at",
    "started_at",
    "seen_at",
    "signed_in_at",
    "made_at",
    "at",
    "secret",
    "uri",
    "path",
];

/// What one side has answered so far, as far as later requests need it.
#[derive(Default)]
struct Learned {
    account: String,
    app: Option<Authenticator>,
    recovery: Vec<String>,
}

impl Learned {
    fn from(&mut self, answer: &Value) {
        if let Some(id) = answer["account"]["id"].as_str() {
            id.clone_into(&mut self.account);
        }
        if let Some(uri) = answer["uri"].as_str() {
            self.app = Some(Authenticator::scan(uri));
        }
        if let Some(codes) = answer["recovery_codes"].as_array() {
            self.recovery = codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect();
        }
    }

    /// The body with what this side has in place of `{account}`, `{code}`, `{recovery}` and `{token to …}`.
    async fn fill(&self, portal: &TestPortal, body: &Value) -> Value {
        let mut body = body.clone();
        for field in body.as_object_mut().into_iter().flat_map(|fields| fields.values_mut()) {
            let own = match field.as_str().unwrap_or_default() {
                "{account}" => self.account.clone(),
                "{code}" => self.app.as_ref().unwrap().code(portal.clock.now()),
                "{recovery}" => self.recovery[0].clone(),
                text => match text.strip_prefix("{token to ").and_then(|rest| rest.strip_suffix('}')) {
                    Some(email) => portal.letters_to(email).await.last_token(),
                    None => continue,
                },
            };
            *field = json!(own);
        }
        body
    }
}

/// Sends the script to both, and compares each answer.
async fn same_answers(script: Vec<(&str, &str, Value)>) {
    let (here, there) = (TestPortal::today().await, TestPortal::today().await);
    let local: Caller = here.stranger();
    let mut deployed = Deployed::beside(&there).await;
    let (mut learned_here, mut learned_there) = (Learned::default(), Learned::default());
    for (method, path, body) in script {
        let from_here = match learned_here.fill(&here, &body).await {
            Value::Null => local.send(local.request(method, path), Bytes::new()).await,
            body => local.send_json(method, path, &body).await,
        };
        let from_there = deployed.send(method, path, &learned_there.fill(&there, &body).await).await;
        learned_here.from(&from_here.json);
        learned_there.from(&serde_json::from_slice(&from_there.body).unwrap_or_default());
        assert_eq!(
            masked(from_there.status.as_u16(), &from_there.headers, &from_there.body),
            masked(from_here.status, &from_here.headers, &from_here.bytes),
            "{method} {path}"
        );
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
                let drawn = value.as_str().is_some_and(|text| text.starts_with("user-"));
                if (value.is_string() && DIFFER.contains(&name.as_str())) || drawn || name == "recovery_codes" {
                    *value = json!("…");
                }
                mask(value);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask),
        _ => {}
    }
}

/// R101, R102, R106, R109, R111, R401: a person's first day.
#[tokio::test]
async fn the_first_day() {
    let mut registration = registration("nora@new.test");
    registration["language"] = json!("de");
    let mut bad = registration.clone();
    bad["email"] = json!("nora");
    let nora = json!({ "name": "nora@new.test", "password": GOOD });
    let proof = json!({ "token": "{token to nora@new.test}", "password": GOOD });
    let mut script: Vec<(&str, &str, Value)> = vec![
        ("GET", "/api/session", Value::Null),
        ("POST", "/api/sign-up/registrations", bad),
        ("POST", "/api/sign-up/registrations", registration),
        ("POST", "/api/session", nora.clone()),
        ("POST", "/api/sign-up/confirmations", proof.clone()),
        ("POST", "/api/sign-up/confirmations", proof),
        ("POST", "/api/session", nora),
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
    same_answers(script).await;
}

/// R108, R110, R201-R208: a person looks after their own login.
#[tokio::test]
async fn ones_own_login() {
    let profile = |city: &str| {
        json!({
            "title": "Dr.", "first_name": "Mia", "last_name": "Park", "job_title": "", "phone": "", "street": "",
            "postal_code": "", "city": city, "country": "FR", "language": "fr",
        })
    };
    let (proof, with_code) = (json!({ "password": OTHER }), json!({ "password": OTHER, "code": "{recovery}" }));
    let sign_in = |name: &str| json!({ "name": name, "password": OTHER });
    let set = json!({ "token": "{token to mia@acme.test}", "password": OTHER });
    same_answers(vec![
        ("POST", "/api/reset/requests", json!({ "name": "mia@acme.test" })),
        ("POST", "/api/reset/requests", json!({ "name": "nobody@acme.test" })),
        ("POST", "/api/reset/passwords", json!({ "token": "{token to mia@acme.test}", "password": "short" })),
        ("POST", "/api/reset/passwords", set.clone()),
        ("POST", "/api/reset/passwords", set),
        ("POST", "/api/reset/first-passwords", json!({ "activation_code": CODE, "password": OTHER })),
        ("GET", "/api/profile", Value::Null),
        ("POST", "/api/session", sign_in("mia@acme.test")),
        ("GET", "/api/profile", Value::Null),
        ("PUT", "/api/profile", profile("Lyon")),
        ("PUT", "/api/profile", profile("Lyon\u{202e}")),
        ("PUT", "/api/profile/nickname", json!({ "nickname": "mia-milano" })),
        ("PUT", "/api/profile/nickname", json!({ "nickname": "mia" })),
        ("POST", "/api/profile/change-requests", json!({ "kind": "company", "name": "Acme & Sons" })),
        ("POST", "/api/profile/change-requests", json!({ "kind": "company", "name": "Acme & Sons" })),
        ("GET", "/api/session/sessions", Value::Null),
        ("DELETE", "/api/session/sessions", Value::Null),
        ("DELETE", "/api/session/sessions/0", Value::Null),
        ("PUT", "/api/profile/password", json!({ "password": GOOD, "new_password": OTHER })),
        ("POST", "/api/profile/export", proof.clone()),
        ("PUT", "/api/profile/account/second-factor", json!({ "required": true, "password": OTHER })),
        ("POST", "/api/profile/second-factor", proof.clone()),
        ("PUT", "/api/profile/second-factor", json!({ "code": "{code}" })),
        ("POST", "/api/profile/recovery-codes", proof),
        ("POST", "/api/profile/recovery-codes", with_code.clone()),
        ("POST", "/api/session", sign_in("mia@acme.test")),
        ("POST", "/api/profile/second-factor/removals", with_code),
        ("POST", "/api/profile/email", json!({ "email": "mia@new.test", "password": OTHER })),
        ("POST", "/api/profile/email/confirmations", json!({ "token": "{token to mia@new.test}", "password": OTHER })),
        ("GET", "/api/session", Value::Null),
        ("POST", "/api/session", sign_in("mia@new.test")),
        ("POST", "/api/profile/closure", json!({ "password": OTHER })),
        ("POST", "/api/session", sign_in("mia@new.test")),
        ("POST", "/api/profile/reversals", json!({ "token": "{token to mia@new.test}" })),
        ("POST", "/api/profile/reversals", json!({ "token": "{token to mia@acme.test}" })),
        ("POST", "/api/profile/reversals", json!({ "token": "x" })),
    ])
    .await;
}
