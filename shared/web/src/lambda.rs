//! The way in for Lambda: API Gateway events of payload 2.0 become requests, answers become what the gateway expects.
//!
//! The runtime is AWS's; events and the conversion are our own. `lambda_http` panics on what it takes for impossible (bad
//! base64, raw spaces in a query), rewrites paths on the way, and reads much that nobody asks for: 0.06 MB of a function.

use std::{collections::BTreeMap, fmt, net::IpAddr};

use axum::{Router, body::Bytes};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, Uri, header};
use http_body_util::BodyExt as _;
use lambda_runtime::{LambdaEvent, Runtime, layers::TracingLayer};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;
use tower::{ServiceExt as _, util::ThenLayer};

use crate::{
    App, Clock, Config, Start, edge,
    edge::{ClientAddress, Unreadable},
};

/// Why a function does not start: its configuration, or no Lambda around it. Lambda logs it by `Debug`.
pub struct NotStarted(lambda_runtime::Error);

impl fmt::Debug for NotStarted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl<E: Into<lambda_runtime::Error>> From<E> for NotStarted {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

/// The app of a function in Lambda.
///
/// # Errors
/// [`NotStarted`] names every variable that is missing.
pub async fn start(start: Start) -> Result<App, NotStarted> {
    crate::log::install();
    let app = App::new(Config::from_env()?, Clock::system())?;
    app.warm(start).await;
    Ok(app)
}

/// Runs a function's routes until Lambda ends the process, and after each answer what follows it.
///
/// The layer is around the service that sends the answer to Lambda, and the runtime asks for the next event when it
/// returns: the person has the answer, and the invocation goes on until then. A runtime may do more there (the last of its
/// tasks in docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html; lambda-runtime-environment.html beside it says that
/// the invocation ends with the request for the next event). If the time of the invocation ends before, or the process,
/// what is left is the sweep's.
///
/// # Errors
/// [`NotStarted`] if its configuration is not whole, or the runtime of Lambda is not there.
pub async fn run_lambda(routes: Router<App>, kind: Start) -> Result<(), NotStarted> {
    let app = start(kind).await?;
    let trusted = !app.config().origin_secrets.is_empty();
    let store = app.store().clone();
    let router = edge::portal(routes, app);
    let answer = |event: LambdaEvent<Box<RawValue>>| {
        let router = router.clone();
        async move {
            let request = request(&event.payload, trusted).unwrap_or_else(|unreadable| {
                let mut request = Request::new(axum::body::Body::empty());
                request.extensions_mut().insert(unreadable);
                request
            });
            let response = router.oneshot(request).await.unwrap_or_else(|never| match never {});
            Ok::<_, lambda_runtime::Error>(reply(response).await)
        }
    };
    let followed = ThenLayer::new(move |sent| {
        let store = store.clone();
        async move {
            store.do_what_follows().await;
            sent
        }
    });
    let runtime = Runtime::new(lambda_runtime::service_fn(answer)).layer(followed).layer(TracingLayer::new());
    Ok(runtime.run().await?)
}

/// What of an event makes a request.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    raw_path: Option<String>,
    raw_query_string: Option<String>,
    cookies: Option<Vec<String>>,
    headers: Option<BTreeMap<String, String>>,
    request_context: Context,
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
}

#[derive(Deserialize)]
struct Context {
    http: Http,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Http {
    method: String,
    source_ip: Option<String>,
}

/// What the gateway makes an answer of.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Reply {
    status_code: u16,
    #[serde(serialize_with = "texts")]
    headers: HeaderMap,
    cookies: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    is_base64_encoded: bool,
}

fn texts<S: Serializer>(headers: &HeaderMap, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?))))
}

/// The request an event stands for; what is no event goes the same way to its refusal.
fn request(event: &RawValue, trusted: bool) -> Result<Request<axum::body::Body>, Unreadable> {
    let event: Event = serde_json::from_str(event.get()).map_err(|_| Unreadable::Event)?;
    let mut uri = printable(event.raw_path.as_deref().unwrap_or("/"));
    if !uri.starts_with('/') {
        return Err(Unreadable::Path);
    }
    if let Some(query) = event.raw_query_string.as_deref().filter(|query| !query.is_empty()) {
        uri.push('?');
        uri.push_str(&printable(query));
    }
    let body = match event.body {
        None => Bytes::new(),
        Some(body) if event.is_base64_encoded => STANDARD.decode(body).map_err(|_| Unreadable::Event)?.into(),
        Some(body) => body.into(),
    };
    let mut headers = HeaderMap::new();
    for (name, value) in event.headers.unwrap_or_default() {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| Unreadable::Event)?;
        headers.insert(name, HeaderValue::from_str(&value).map_err(|_| Unreadable::Event)?);
    }
    // A cookie that no header can hold is another site's, and dropped alone.
    let holdable = |cookie: &&String| HeaderValue::from_str(cookie).is_ok();
    let cookies: Vec<_> = event.cookies.iter().flatten().filter(holdable).map(String::as_str).collect();
    if let Some(cookies) = (!cookies.is_empty()).then(|| HeaderValue::from_str(&cookies.join("; ")).ok()).flatten() {
        headers.insert(header::COOKIE, cookies);
    }
    // The gateway sees the distribution's address; the distribution says whose it serves, and is believed only where
    // a secret proves that it was the distribution.
    let http = event.request_context.http;
    let forwarded = headers.get("true-client-ip").filter(|_| trusted).and_then(|value| value.to_str().ok());
    let address = forwarded.or(http.source_ip.as_deref()).and_then(|text| text.parse::<IpAddr>().ok());
    let mut request = Request::new(axum::body::Body::from(body));
    *request.uri_mut() = uri.parse::<Uri>().map_err(|_| Unreadable::Path)?;
    *request.method_mut() = Method::from_bytes(http.method.as_bytes()).map_err(|_| Unreadable::Event)?;
    *request.headers_mut() = headers;
    if let Some(address) = address {
        request.extensions_mut().insert(ClientAddress(address));
    }
    Ok(request)
}

/// Percent-encodes what a request line cannot hold (RFC 3986 §2) and leaves the rest as it came.
fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'!' | b'$'..=b';' | b'=' | b'?'..=b'[' | b']' | b'_' | b'a'..=b'z' | b'~' => {
                printable.push(char::from(byte))
            }
            other => printable.push_str(&format!("%{other:02X}")),
        }
    }
    printable
}

async fn reply(response: Response<axum::body::Body>) -> Reply {
    let (mut parts, body) = response.into_parts();
    let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    let cookies = parts.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
    let cookies = cookies.map(str::to_owned).collect();
    parts.headers.remove(header::SET_COOKIE);
    let (body, is_base64_encoded) = match String::from_utf8(body.to_vec()) {
        Ok(text) if text.is_empty() => (None, false),
        Ok(text) => (Some(text), false),
        Err(_) => (Some(STANDARD.encode(&body)), true),
    };
    Reply { status_code: parts.status.as_u16(), headers: parts.headers, cookies, body, is_base64_encoded }
}
