//! Events that API Gateway should never send, and what would come if it did.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tests::lambda::event;

use super::request;

/// Events by what is wrong with them; each has to be refused.
pub(super) fn events(function: &str) -> Vec<(String, Value)> {
    let path = format!("/api/{function}");
    let good = event(&request("GET", &path, &Value::Null, &[]));
    let with = |changes: &[(&str, Value)]| {
        let mut event = good.clone();
        for (pointer, value) in changes {
            match event.pointer_mut(pointer) {
                Some(place) => *place = value.clone(),
                None => event[pointer.trim_start_matches('/')] = value.clone(),
            }
        }
        event
    };
    let post = |body: Value, base64: bool| {
        with(&[
            ("/requestContext/http/method", json!("POST")),
            ("/headers", json!({ "content-type": "application/json", "sec-fetch-site": "same-origin" })),
            ("/body", body),
            ("/isBase64Encoded", json!(base64)),
        ])
    };
    let mut events = vec![
        ("nothing at all".to_owned(), json!({})),
        ("bad base64".to_owned(), post(json!("%%%"), true)),
        ("cut base64".to_owned(), post(json!("eyJ"), true)),
        ("a body that is no text".to_owned(), post(json!(STANDARD.encode(b"\xff\xfe\x00{")), true)),
        ("10 MB".to_owned(), post(json!(format!("{{\"name\":\"{}\"}}", "x".repeat(10 << 20))), false)),
        ("10 MB of base64".to_owned(), post(json!(STANDARD.encode(vec![b' '; 10 << 20])), true)),
        ("a cookie with a line break".to_owned(), with(&[("/cookies", json!(["__Host-portico=a\r\nx: y"]))])),
        ("20,000 cookies".to_owned(), with(&[("/cookies", json!(vec!["a=b"; 20_000]))])),
        ("a header that is none".to_owned(), with(&[("/headers", json!({ "bad header\n": "x", "cookie": "\u{0}" }))])),
        ("a method that is none".to_owned(), with(&[("/requestContext/http/method", json!("G E T"))])),
        ("another version".to_owned(), json!({ "version": "1.0", "httpMethod": "GET", "path": path })),
        (
            "a source that is no address".to_owned(),
            with(&[("/requestContext/http/sourceIp", json!("x")), ("/requestContext/http/method", json!("PATCH"))]),
        ),
    ];
    for query in ["a b", "<>\"{}|\\^`", "%", "%zz", "a=%ff", "#", "?", "a=1&a=2", "\u{e9}\u{1f980}", "a\r\nb"] {
        events.push((format!("the query {query:?}"), with(&[("/rawQueryString", json!(query))])));
    }
    for raw in [
        "*",
        "",
        "/%2e%2e/x",
        "/../../etc/passwd",
        "/\\evil",
        "//evil.test/",
        "/a?x#y",
        "/%00",
        "/\u{e9}",
        "/ ",
        "http://evil.test/",
        "/api/%2e%2e",
        "x",
        "/%",
    ] {
        events.push((
            format!("the path {raw:?}"),
            with(&[("/rawPath", json!(raw)), ("/requestContext/http/path", json!(raw))]),
        ));
    }
    for field in ["version", "routeKey", "rawPath", "rawQueryString", "headers", "requestContext", "isBase64Encoded"] {
        let mut event = good.clone();
        event.as_object_mut().unwrap().remove(field);
        events.push((format!("without {field}"), event));
        events.push((format!("{field} of another type"), with(&[(&format!("/{field}"), json!(["x"]))])));
        events.push((format!("{field} null"), with(&[(&format!("/{field}"), Value::Null)])));
    }
    events
}
