//! What every request passes on its way in and out, in Lambda and on one machine alike.

use std::{net::IpAddr, panic::AssertUnwindSafe, time::Instant};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use futures_util::FutureExt as _;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use http_body_util::BodyExt as _;
use ring::rand::SecureRandom as _;

use crate::{
    ApiError, App,
    error::{Cause, Code},
};

/// Where a request came from; put into its extensions by whoever accepted it, never by a header alone.
#[derive(Debug, Clone, Copy)]
pub struct ClientAddress(pub IpAddr);

/// Bodies of this size and more are compressed: below, headers weigh more.
const COMPRESS_FROM: usize = 1_024;

/// The portal: routes with everything a request passes around them. A panic is answered where panics unwind, on one
/// machine and in tests; a deployed function ends at one, and Lambda starts it anew.
pub fn portal(routes: Router<App>, app: App) -> Router {
    routes
        .fallback(|| async { ApiError::NotFound })
        .method_not_allowed_fallback(|| async { ApiError::MethodNotAllowed })
        .layer(middleware::from_fn_with_state(app.clone(), pass))
        .with_state(app)
}

async fn pass(State(app): State<App>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = request_id();
    let (method, gzip) = (request.method().clone(), accepts_gzip(request.headers()));
    let answered = match admit(&app, &request).and_then(|()| readable(&request)) {
        Ok(()) => AssertUnwindSafe(next.run(request))
            .catch_unwind()
            .await
            .unwrap_or_else(|_| ApiError::broken("a panic").into_response()),
        Err(refused) => refused.into_response(),
    };
    let mut response = if gzip { compress(answered).await } else { answered };
    write_line(&id, &method, &response, began.elapsed().as_millis());
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "cookie, accept-encoding"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        // What is public says itself how long it may be kept.
        if name != header::CACHE_CONTROL || !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
    response
}

/// A request that is none: what it was made from could not be read. It goes the way of all others to its refusal.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Unreadable {
    /// The event or its body.
    Event,
    /// The path.
    Path,
}

fn readable(request: &Request) -> Result<(), ApiError> {
    match request.extensions().get::<Unreadable>() {
        None => Ok(()),
        Some(Unreadable::Event) => Err(ApiError::MalformedJson),
        Some(Unreadable::Path) => Err(ApiError::NotFound),
    }
}

/// Whether the request came through the distribution and, if it can change something, from our own pages.
fn admit(app: &App, request: &Request) -> Result<(), ApiError> {
    let (config, headers) = (app.config(), request.headers());
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if !config.origin_secrets.is_empty() {
        let given = credentials::sha256_hex(text("x-origin-verify").unwrap_or_default().as_bytes());
        // Hashes are compared, so that the time taken tells nothing of the secret.
        if !config.origin_secrets.iter().any(|secret| credentials::sha256_hex(secret.as_bytes()) == given) {
            return Err(ApiError::OriginRefused);
        }
    }
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok(());
    }
    // Fetch Metadata says it where the browser sends it, Origin elsewhere; a request with neither is no page's.
    let ours = match text("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => text("origin") == Some(&config.origin),
    };
    if ours { Ok(()) } else { Err(ApiError::OriginRefused) }
}

fn request_id() -> String {
    let mut bytes = [0; 8];
    let _ = ring::rand::SystemRandom::new().fill(&mut bytes);
    format!("req_{:016x}", u64::from_be_bytes(bytes))
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted
        .split(',')
        .map(str::trim)
        .any(|coding| coding == "gzip" || (coding.starts_with("gzip;") && !coding.ends_with("q=0")))
}

async fn compress(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    // All bodies are whole in memory: collecting one cannot fail.
    let Ok(body) = body.collect().await.map(|body| body.to_bytes()) else {
        return ApiError::broken("a body broke off").into_response();
    };
    if body.len() < COMPRESS_FROM {
        return Response::from_parts(parts, Body::from(body));
    }
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    match std::io::Write::write_all(&mut encoder, &body).and_then(|()| encoder.finish()) {
        Ok(compressed) => {
            parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            parts.headers.remove(header::CONTENT_LENGTH);
            Response::from_parts(parts, Body::from(compressed))
        }
        Err(_) => Response::from_parts(parts, Body::from(body)),
    }
}

fn write_line(id: &str, method: &Method, response: &Response, millis: u128) {
    let (status, ms) = (u64::from(response.status().as_u16()), u64::try_from(millis).unwrap_or(u64::MAX));
    let code = response.extensions().get::<Code>().map_or("ok", |code| code.0);
    match response.extensions().get::<Cause>() {
        None => tracing::info!(target: "web", id, method = method.as_str(), status, code, ms),
        Some(Cause(cause)) => {
            let error: &(dyn std::error::Error + 'static) = &**cause;
            tracing::error!(target: "web", id, method = method.as_str(), status, code, ms, error);
        }
    }
}
