//! The site over HTTP on one machine: what CloudFront does with the same files.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    LOCATION, VARY,
};
use axum::http::{HeaderMap, Method, Request, Response, StatusCode, response};

use super::file::Encoding;
use super::headers::{ASSET_HEADERS, SECURITY_HEADERS};
use super::{File, Site, path};

/// Answers every address that no other route takes: a file of the site, or its page "not found".
pub fn routes(site: Site) -> Router {
    let site = Arc::new(site);
    Router::new().fallback(move |request: Request<Body>| {
        let site = Arc::clone(&site);
        async move { answer(&site, request.method(), request.uri().path(), request.headers()) }
    })
}

fn answer(site: &Site, method: &Method, address: &str, headers: &HeaderMap) -> Response<Body> {
    if method != Method::GET && method != Method::HEAD {
        let refusal = Response::builder().status(StatusCode::METHOD_NOT_ALLOWED).header(ALLOW, "GET, HEAD");
        return finish(refusal, Body::empty());
    }
    if let Some(better) = better_address(site, address) {
        let moved = Response::builder().status(StatusCode::PERMANENT_REDIRECT).header(LOCATION, better);
        return finish(moved, Body::empty());
    }
    let found = path::file_of(address).and_then(|path| site.file(&path));
    match found.or_else(|| site.file(path::not_found_of(address))) {
        Some(file) => send(file, found.is_some(), method, headers),
        None => finish(Response::builder().status(StatusCode::NOT_FOUND), Body::empty()),
    }
}

/// `/fr` means `/fr/`, and `/licenses/` means `/licenses`: one address a page.
fn better_address(site: &Site, address: &str) -> Option<String> {
    let other = match address.strip_suffix('/') {
        // Two slashes at the start would lead to another host.
        Some(without) if !without.is_empty() && !address.starts_with("//") => without.to_owned(),
        _ if matches!(address, "/fr" | "/de") => format!("{address}/"),
        _ => return None,
    };
    let here = path::file_of(address).is_some_and(|path| site.file(&path).is_some());
    let there = path::file_of(&other).is_some_and(|path| site.file(&path).is_some());
    (there && !here).then_some(other)
}

fn send(file: &File, found: bool, method: &Method, headers: &HeaderMap) -> Response<Body> {
    let encoding = best_encoding(headers);
    let tag = file.etag(encoding);
    let mut response = Response::builder()
        .header(CONTENT_TYPE, file.content_type())
        .header(CACHE_CONTROL, file.cache_control())
        .header(VARY, "accept-encoding")
        .header(ETAG, &tag);
    let extra: &[(&str, &str)] = if file.is_page() { &SECURITY_HEADERS } else { &ASSET_HEADERS };
    for (name, value) in extra {
        response = response.header(*name, *value);
    }
    if found && has_tag(headers, &tag) {
        return finish(response.status(StatusCode::NOT_MODIFIED), Body::empty());
    }
    match encoding {
        Encoding::Brotli => response = response.header(CONTENT_ENCODING, "br"),
        Encoding::Gzip => response = response.header(CONTENT_ENCODING, "gzip"),
        Encoding::Plain => {}
    }
    let bytes = file.bytes(encoding).to_vec();
    response =
        response.status(if found { StatusCode::OK } else { StatusCode::NOT_FOUND }).header(CONTENT_LENGTH, bytes.len());
    finish(response, if method == Method::HEAD { Body::empty() } else { Body::from(bytes) })
}

/// Headers here are constants and numbers; a builder refuses none of them.
fn finish(response: response::Builder, body: Body) -> Response<Body> {
    response.body(body).unwrap_or_default()
}

fn has_tag(headers: &HeaderMap, tag: &str) -> bool {
    let asked = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    asked.flat_map(|value| value.split(',')).any(|it| it.trim() == "*" || it.trim().trim_start_matches("W/") == tag)
}

/// The smallest form that the browser takes (RFC 9110, 12.5.3; `q=0` is a refusal).
fn best_encoding(headers: &HeaderMap) -> Encoding {
    let asked: Vec<_> = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).collect();
    let takes = |name: &str| {
        asked.iter().flat_map(|value| value.split(',')).any(|it| {
            let mut parts = it.split(';').map(str::trim);
            let named = parts.next().is_some_and(|coding| coding.eq_ignore_ascii_case(name));
            let refused =
                parts.any(|part| part.strip_prefix("q=").is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0)));
            named && !refused
        })
    };
    match () {
        () if takes("br") => Encoding::Brotli,
        () if takes("gzip") => Encoding::Gzip,
        () => Encoding::Plain,
    }
}
