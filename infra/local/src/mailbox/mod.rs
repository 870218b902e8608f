//! The mailbox: the mails that the stand-in for SES took, as a person would read them. On one machine only; a developer
//! and the tests look here, so it speaks English and nothing else.

mod empty_mailbox;
mod from_line;
mod list_mails;
mod show_mail;

use axum::Router;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use crate::ses::Ses;

/// Its own scripts and styles and nothing else, with Trusted Types on and no policy that makes any.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; \
    img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

/// The look of the site, in the order of its layers, and what only this page has.
const STYLES: &str = concat!(
    "@layer reset, tokens, base, parts, pages;\n@layer reset {\n",
    include_str!("../../../../site/css/reset/reset.css"),
    "}\n@layer tokens {\n",
    include_str!("../../../../site/css/tokens/tokens.css"),
    "}\n@layer base {\n",
    include_str!("../../../../site/css/base/base.css"),
    "}\n@layer parts {\n",
    include_str!("../../../../site/css/parts/icon.css"),
    include_str!("../../../../site/css/parts/mark.css"),
    include_str!("../../../../site/css/parts/button.css"),
    include_str!("../../../../site/css/parts/field.css"),
    include_str!("../../../../site/css/parts/tag.css"),
    include_str!("../../../../site/css/parts/empty.css"),
    "}\n@layer pages {\n",
    include_str!("mailbox.css"),
    "}\n",
);

/// The page under `/mailbox`, and what it and the tests read.
pub fn routes(ses: &Ses) -> Router {
    Router::new()
        .route("/mailbox", get(page))
        .route("/mailbox/mailbox.css", get(async || file("text/css; charset=utf-8", STYLES)))
        .route("/mailbox/mailbox.js", get(async || file(SCRIPT_TYPE, include_str!("mailbox.js"))))
        .route("/mailbox/dom.js", get(async || file(SCRIPT_TYPE, include_str!("dom.js"))))
        .route("/mailbox/mail.js", get(async || file(SCRIPT_TYPE, include_str!("mail.js"))))
        .route("/mailbox/mails", get(list_mails::list_mails).delete(empty_mailbox::empty_mailbox))
        .route("/mailbox/mails/{id}", get(show_mail::show_mail))
        .route("/mailbox/mails/{id}/html", get(show_mail::show_html))
        .with_state(ses.clone())
}

const SCRIPT_TYPE: &str = "text/javascript; charset=utf-8";

async fn page() -> Response {
    guarded(PAGE_POLICY, Html(include_str!("mailbox.html")))
}

fn file(kind: &'static str, text: &'static str) -> Response {
    guarded("default-src 'none'", ([(header::CONTENT_TYPE, kind)], text))
}

/// An answer under that content security policy, which no other site can read or frame and no cache keeps: mails carry
/// links that sign somebody up.
fn guarded(policy: &'static str, answer: impl IntoResponse) -> Response {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    (headers, answer).into_response()
}

#[cfg(test)]
mod tests;
