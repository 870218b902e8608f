//! Requests that nobody honest makes, whatever their body: from other sites, with cookies, queries
//! and paths that are not ours.

use http::header::{CONTENT_TYPE, COOKIE};
use hyper::body::Bytes;
use serde_json::json;
use tests::portal::{GOOD, TestPortal};

use crate::bad_input::{bodies, changes, is_problem};

const READS: [&str; 5] =
    ["/api/session", "/api/session/accounts", "/api/session/sessions", "/api/profile", "/api/licenses"];

/// Cross-site request forgery: seven ways to come from elsewhere, for each operation that changes something.
#[tokio::test]
async fn nothing_is_changed_for_another_sites_page() {
    let portal = TestPortal::new().await;
    let ada = portal.owner().await;
    let before = portal.wire.snapshot();
    let mut all = bodies();
    for path in ["/api/session", "/api/session/sessions", "/api/session/sessions/0"] {
        all.push(("DELETE", path, json!({})));
    }
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
        "/api/session/sessions/",
        "/api/session/sessions/0/1",
        "/api/profile/",
        "/api/profile/x",
        "/api/profile.json",
        "/api/profile/second-factor/",
        "/api/profile/account",
        "/api/reset",
        "/api/reset/",
        "/api/reset/requests/0",
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
        ("POST", "/api/session/sessions"),
        ("GET", "/api/session/sessions/0"),
        ("PATCH", "/api/profile"),
        ("DELETE", "/api/profile"),
        ("GET", "/api/profile/password"),
        ("POST", "/api/profile/password"),
        ("GET", "/api/profile/export"),
        ("GET", "/api/profile/reversals"),
        ("DELETE", "/api/profile/second-factor"),
        ("GET", "/api/reset/requests"),
        ("PUT", "/api/reset/passwords"),
    ] {
        let reply = ada.send_json(method, path, &json!({})).await;
        is_problem(&reply, "405 method_not_allowed", &format!("{method} {path}"));
    }
}
