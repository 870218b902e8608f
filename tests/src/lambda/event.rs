//! API Gateway's HTTP API, payload format 2.0: a request as the event a function is given, and the
//! function's answer as the response a browser gets.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode};
use hyper::body::Bytes;
use serde_json::{Map, Value, json};

/// Where every event comes from: an address reserved for documentation.
const SOURCE_IP: &str = "203.0.113.7";

/// The response, as a browser gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers, `set-cookie` among them.
    pub headers: HeaderMap,
    /// The body, decoded.
    pub body: Bytes,
}

/// The event for a request. Header names are lower case, repeated headers are joined by a comma,
/// cookies stand apart, and a body that is not text is base64.
#[must_use]
pub fn event(request: &Request<Bytes>) -> Value {
    let (path, query) = (request.uri().path(), request.uri().query().unwrap_or_default());
    let mut headers = Map::new();
    for name in request.headers().keys().filter(|name| *name != COOKIE) {
        let values: Vec<_> =
            request.headers().get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
        headers.insert(name.as_str().to_owned(), json!(values.join(",")));
    }
    let cookies: Vec<String> = request
        .headers()
        .get_all(COOKIE)
        .iter()
        .flat_map(|value| {
            value.to_str().unwrap_or_default().split(';').map(|part| part.trim().to_owned()).collect::<Vec<_>>()
        })
        .filter(|cookie| !cookie.is_empty())
        .collect();
    let mut event = json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "portico",
            "domainName": "portico.execute-api.eu-central-1.amazonaws.com",
            "domainPrefix": "portico",
            "http": { "method": request.method().as_str(), "path": path, "protocol": "HTTP/1.1", "sourceIp": SOURCE_IP, "userAgent": "tests" },
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": "$default",
            "stage": "$default",
            "time": "12/May/2026:19:03:58 +0000",
            "timeEpoch": 1_778_612_638_390_u64,
        },
        "isBase64Encoded": false,
    });
    if !cookies.is_empty() {
        event["cookies"] = json!(cookies);
    }
    if !request.body().is_empty() {
        match std::str::from_utf8(request.body()) {
            Ok(text) if is_text(request.headers()) => event["body"] = json!(text),
            _ => {
                event["body"] = json!(STANDARD.encode(request.body()));
                event["isBase64Encoded"] = json!(true);
            }
        }
    }
    event
}

fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.starts_with("text/") || kind.starts_with("application/json")
}

/// The response in a function's answer.
///
/// # Panics
/// If API Gateway would answer 500 because it cannot read it.
#[must_use]
pub fn answer(value: &Value) -> Answer {
    let status = value["statusCode"].as_u64().and_then(|code| u16::try_from(code).ok());
    let status = StatusCode::from_u16(status.expect("a status code")).expect("a valid status");
    let mut headers = HeaderMap::new();
    let mut add = |name: &str, value: &str| {
        headers.append(
            HeaderName::try_from(name).expect("a header name"),
            HeaderValue::try_from(value).expect("a header value"),
        );
    };
    for (name, value) in value["headers"].as_object().into_iter().flatten() {
        add(name, value.as_str().expect("a header is text"));
    }
    for (name, values) in value["multiValueHeaders"].as_object().into_iter().flatten() {
        for value in values.as_array().into_iter().flatten() {
            add(name, value.as_str().expect("a header is text"));
        }
    }
    for cookie in value["cookies"].as_array().into_iter().flatten() {
        add("set-cookie", cookie.as_str().expect("a cookie is text"));
    }
    let body = value["body"].as_str().unwrap_or_default();
    let body = match value["isBase64Encoded"].as_bool() {
        Some(true) => Bytes::from(STANDARD.decode(body).expect("base64")),
        Some(false) | None => Bytes::from(body.to_owned()),
    };
    Answer { status, headers, body }
}
