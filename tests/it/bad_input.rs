//! Whatever comes in: a problem with a stable code and the right status, never a failure of ours,
//! and nothing written but the counts of throttles.

use http::header::{CONTENT_TYPE, COOKIE};
use hyper::body::Bytes;
use serde_json::{Value, json};
use tests::portal::{Caller, GOOD, Reply, TestPortal};

/// Every operation that takes a body, with one that it would accept.
fn bodies() -> Vec<(&'static str, &'static str, Value)> {
    let registration = json!({
        "email": "nora@new.test", "password": GOOD, "first_name": "Nora", "last_name": "Nilsson",
        "language": "en", "terms_version": "2026-05", "activation_code": "",
    });
    vec![
        ("POST", "/api/sign-up/registrations", registration),
        ("PUT", "/api/sign-up/registrations/address", json!({ "registration": "x", "email": "nora@new.test" })),
        ("POST", "/api/sign-up/confirmations", json!({ "token": "x" })),
        ("POST", "/api/sign-up/claims", json!({ "activation_code": "11111-22222-33333-44444" })),
        ("POST", "/api/session", json!({ "name": "ada@acme.test", "password": GOOD })),
        ("PUT", "/api/session/account", json!({ "account_id": "acc_0", "password": GOOD })),
    ]
}

const READS: [&str; 3] = ["/api/session", "/api/session/accounts", "/api/licenses"];

/// A problem as RFC 9457 and our own rules want it, with that status and code.
#[track_caller]
fn is_problem(reply: &Reply, says: &str, what: &str) {
    assert_eq!(reply.says(), says, "{what}: {}", String::from_utf8_lossy(&reply.bytes));
    assert_eq!(reply.header("content-type"), "application/problem+json", "{what}");
    assert_eq!(reply.json["status"], reply.status, "{what}");
    assert_eq!(reply.json["type"], format!("/problems/{}", reply.code), "{what}");
    assert_eq!(reply.header("cache-control"), "no-store", "{what}");
    assert!(!reply.header("x-request-id").is_empty(), "{what}");
}

/// The rows that changed, the counts of throttles and the time a session was last used aside.
fn changes(portal: &TestPortal, before: &tests::wire::Snapshot) -> Vec<String> {
    let lines = before.changes(&portal.wire.snapshot());
    lines.into_iter().filter(|line| !line.contains("THROTTLE#") && !line.contains("SESSION#")).collect()
}

async fn send(caller: &Caller, method: &str, path: &str, kind: &str, body: impl Into<Bytes>) -> Reply {
    caller.send(caller.request(method, path).header(CONTENT_TYPE, kind), body.into()).await
}

#[tokio::test]
async fn what_is_not_json_is_refused_as_such() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let before = portal.wire.snapshot();
    for (method, path, good) in bodies() {
        let good = good.to_string();
        let twice = good.replacen('{', &format!("{{{},", good.trim_matches(['{', '}'])), 1);
        let broken: [(&str, Vec<u8>); 9] = [
            ("nothing", b"".to_vec()),
            ("half", good.as_bytes()[..good.len() / 2].to_vec()),
            ("two values", format!("{good}{good}").into_bytes()),
            ("no UTF-8", [b"{\"".as_slice(), b"\xff\xfe", b"\":1}"].concat()),
            ("a lone surrogate", br#"{"email":"\ud800"}"#.to_vec()),
            ("a NUL", format!("{good}\0").into_bytes()),
            ("deep", [vec![b'['; 100_000], vec![b']'; 100_000]].concat()),
            ("each key twice", twice.into_bytes()),
            ("not a number", br#"{"email":NaN}"#.to_vec()),
        ];
        for (what, body) in broken {
            let reply = send(&ada, method, path, "application/json", body).await;
            let what = format!("{method} {path}: {what}");
            assert!(
                ["400 malformed_json", "422 invalid_fields"].contains(&reply.says().as_str()),
                "{what}: {}",
                reply.says()
            );
            is_problem(&reply, &reply.says(), &what);
        }
    }
    assert_eq!(changes(&portal, &before), [""; 0]);
}

#[tokio::test]
async fn every_field_refuses_every_other_type() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let before = portal.wire.snapshot();
    for (method, path, good) in bodies() {
        for field in good.as_object().unwrap().keys() {
            for wrong in
                [json!(1), json!(true), json!(["a@new.test", "b@new.test"]), json!({ "x": 1 }), json!(1.5), json!([])]
            {
                let mut body = good.clone();
                body[field] = wrong.clone();
                let reply = ada.send_json(method, path, &body).await;
                is_problem(&reply, "422 invalid_fields", &format!("{method} {path} {field}={wrong}"));
                assert_eq!(
                    reply.at(&format!("/{field}")),
                    "wrong_type",
                    "{method} {path} {field}={wrong}: {}",
                    reply.json
                );
            }
        }
        let positional = json!(good.as_object().unwrap().values().collect::<Vec<_>>());
        for whole in [positional, json!([]), json!("x"), json!(1), json!(null), json!([good])] {
            let reply = ada.send_json(method, path, &whole).await;
            assert!(
                ["422 invalid_fields", "400 malformed_json"].contains(&reply.says().as_str()),
                "{method} {path} {whole}: {}",
                reply.says()
            );
        }
    }
    assert_eq!(changes(&portal, &before), [""; 0]);
}

/// Mass assignment (incident 22): a field nobody asked for is refused, not ignored.
#[tokio::test]
async fn every_operation_refuses_a_field_it_does_not_know() {
    const PRIVILEGED: [&str; 20] = [
        "role",
        "is_admin",
        "admin",
        "permissions",
        "account",
        "account_number",
        "user_id",
        "user",
        "owner",
        "status",
        "verified",
        "email_verified",
        "generation",
        "kind",
        "capacity",
        "scope",
        "seats",
        "id",
        "tenant",
        "__proto__",
    ];
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let before = portal.wire.snapshot();
    for (method, path, good) in bodies() {
        for field in PRIVILEGED {
            let mut body = good.clone();
            body[field] = json!("owner");
            let reply = ada.send_json(method, path, &body).await;
            is_problem(&reply, "422 invalid_fields", &format!("{method} {path} {field}"));
            assert_eq!(reply.at(&format!("/{field}")), "unknown_field", "{}", reply.json);
        }
    }
    assert_eq!(changes(&portal, &before), [""; 0]);
}

#[tokio::test]
async fn a_body_of_more_than_256_kilobytes_is_not_read() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let before = portal.wire.snapshot();
    for (method, path, mut body) in bodies() {
        body["filler"] = json!("x".repeat(256 * 1024));
        is_problem(&ada.send_json(method, path, &body).await, "413 body_too_large", path);
    }
    assert_eq!(changes(&portal, &before), [""; 0]);
}

#[tokio::test]
async fn only_json_is_taken() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let before = portal.wire.snapshot();
    for (method, path, body) in bodies() {
        for kind in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/xml",
            "",
            "json",
        ] {
            let reply = send(&ada, method, path, kind, body.to_string()).await;
            is_problem(&reply, "415 unsupported_media_type", &format!("{method} {path} {kind}"));
        }
        let none = ada.send(ada.request(method, path), Bytes::from(body.to_string())).await;
        is_problem(&none, "415 unsupported_media_type", path);
        for kind in ["application/json; charset=utf-8", "Application/JSON"] {
            let reply = send(&ada, method, path, kind, json!({ "x": 1 }).to_string()).await;
            is_problem(&reply, "422 invalid_fields", &format!("{method} {path} {kind}"));
        }
    }
    assert_eq!(changes(&portal, &before), [""; 0]);
}

/// Cross-site request forgery: seven ways to come from elsewhere, for each operation that changes something.
#[tokio::test]
async fn nothing_is_changed_for_another_sites_page() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let before = portal.wire.snapshot();
    let mut all = bodies();
    all.push(("DELETE", "/api/session", json!({})));
    for (method, path, body) in all {
        let cells: [(&str, Option<&str>, Option<&str>); 7] = [
            ("cross-site", Some("cross-site"), None),
            ("same-site", Some("same-site"), None),
            ("none", Some("none"), None),
            ("no header at all", None, None),
            ("another origin", None, Some("https://evil.test")),
            ("a null origin", None, Some("null")),
            ("our origin with more behind it", None, Some("https://portal.test.evil.test")),
        ];
        for (what, site, origin) in cells {
            let mut request = ada.request(method, path).header(CONTENT_TYPE, "application/json");
            let headers = request.headers_mut().unwrap();
            headers.remove("sec-fetch-site");
            if let Some(site) = site {
                headers.insert("sec-fetch-site", site.parse().unwrap());
            }
            if let Some(origin) = origin {
                headers.insert("origin", origin.parse().unwrap());
            }
            let reply = ada.send(request, Bytes::from(body.to_string())).await;
            is_problem(&reply, "403 origin_refused", &format!("{method} {path}: {what}"));
        }
    }
    assert_eq!(changes(&portal, &before), [""; 0]);
    ada.get("/api/session").await.expect(200);
}

#[tokio::test]
async fn an_old_browser_is_known_by_its_exact_origin() {
    let portal = TestPortal::new().await;
    let stranger = portal.stranger();
    let mut request = stranger
        .request("POST", "/api/session")
        .header(CONTENT_TYPE, "application/json")
        .header("origin", "https://portal.test");
    request.headers_mut().unwrap().remove("sec-fetch-site");
    let body = json!({ "name": "ada@acme.test", "password": GOOD }).to_string();
    stranger.send(request, Bytes::from(body)).await.expect(200);
}

#[tokio::test]
async fn a_bad_cookie_is_no_cookie_and_costs_no_read() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let good = ada.cookie("__Host-portico").unwrap();
    let [head, claims, signature]: [&str; 3] = good.split('.').collect::<Vec<_>>().try_into().unwrap();
    let unsigned = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";
    let bad = [
        String::new(),
        "x".to_owned(),
        "..".to_owned(),
        "a".repeat(8_000),
        good[..good.len() - 1].to_owned(),
        format!("{good}A"),
        good.to_ascii_uppercase(),
        format!("{head}.{claims}."),
        format!("{unsigned}.{claims}."),
        format!("{unsigned}.{claims}.{signature}"),
        format!("{head}.{claims}x.{signature}"),
        format!("{head}.{claims}.{}", signature.chars().rev().collect::<String>()),
        format!("{head}=.{claims}.{signature}"),
        format!("{good}.{good}"),
        "%00%ff".to_owned(),
    ];
    portal.stranger().get("/api/session").await.expect(401);
    for cookie in bad {
        for path in READS {
            let caller = portal.stranger();
            caller.set_cookie("__Host-portico", &cookie);
            let (reply, calls) = portal.wire.record(caller.get(path)).await;
            is_problem(&reply, "401 sign_in_needed", &format!("{path} {cookie}"));
            assert_eq!(calls.count(), 0, "{path} {cookie}: garbage costs no read");
        }
    }
    let twice = portal.stranger();
    let request =
        twice.request("GET", "/api/session").header(COOKIE, format!("__Host-portico={good}; __Host-portico={good}"));
    is_problem(&twice.send(request, Bytes::new()).await, "401 sign_in_needed", "two of a name");
    let bytes = portal.stranger();
    let request = bytes
        .request("GET", "/api/session")
        .header(COOKIE, http::HeaderValue::from_bytes(b"__Host-portico=\xff").unwrap());
    is_problem(&bytes.send(request, Bytes::new()).await, "401 sign_in_needed", "no text");
}

#[tokio::test]
async fn queries_are_taken_whole_or_refused() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let next = ada.get("/api/licenses?limit=1").await.expect(200).text("/next").to_owned();
    let other = portal.manager().await;
    let flipped = format!("{}{}", if next.starts_with('A') { 'B' } else { 'A' }, &next[1..]);
    let cases = [
        (format!("/api/licenses?cursor={flipped}"), "400 invalid_cursor"),
        (format!("/api/licenses?cursor={}", &next[..next.len() - 2]), "400 invalid_cursor"),
        (format!("/api/licenses?sort=end&cursor={next}"), "400 invalid_cursor"),
        ("/api/licenses?cursor=".to_owned(), "400 invalid_cursor"),
        ("/api/licenses?cursor=%00".to_owned(), "400 invalid_cursor"),
        ("/api/licenses?limit=0".to_owned(), "400 invalid_query"),
        ("/api/licenses?limit=-1".to_owned(), "400 invalid_query"),
        ("/api/licenses?limit=1000000".to_owned(), "400 invalid_query"),
        ("/api/licenses?limit=ten".to_owned(), "400 invalid_query"),
        ("/api/licenses?sort=name".to_owned(), "400 invalid_query"),
        ("/api/licenses?sort=order&sort=end".to_owned(), "400 invalid_query"),
        ("/api/licenses?account_id=acc_0".to_owned(), "400 invalid_query"),
        ("/api/licenses?serial=1".to_owned(), "400 invalid_query"),
        ("/api/licenses?sort=%ff".to_owned(), "400 invalid_query"),
    ];
    for (path, says) in cases {
        is_problem(&ada.get(&path).await, says, &path);
    }
    let borrowed = other.get(&format!("/api/licenses?limit=1&cursor={next}")).await;
    is_problem(&borrowed, "400 invalid_cursor", "another person's cursor");
    ada.get(&format!("/api/licenses?limit=1&cursor={next}")).await.expect(200);
}

#[tokio::test]
async fn other_paths_and_methods_do_not_exist() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    for path in [
        "/api",
        "/api/",
        "/api/nothing",
        "/api/session/",
        "/api/session/x",
        "/api//session",
        "/api/session/../licenses",
        "/api/%73ession",
        "/api/session;x",
        "/api/SESSION",
        "/api/me/x.css",
        "/api/session.css",
        "/api/session%2f..%2flicenses",
    ] {
        is_problem(&ada.get(path).await, "404 not_found", path);
    }
    for (method, path) in [
        ("PATCH", "/api/session"),
        ("PUT", "/api/session"),
        ("POST", "/api/licenses"),
        ("GET", "/api/sign-up/claims"),
        ("TRACE", "/api/session"),
        ("OPTIONS", "/api/session"),
    ] {
        let reply = ada.send_json(method, path, &json!({})).await;
        is_problem(&reply, "405 method_not_allowed", &format!("{method} {path}"));
    }
}
