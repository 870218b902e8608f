//! The list, newest first: `GET /mailbox/mails?to=ada@acme.test`.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Timestamp;
use serde::{Deserialize, Serialize};

use super::from_line::FromLine;
use crate::ses::{Fate, Received, Ses};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Filter {
    /// One address; all mails when absent.
    to: Option<String>,
}

#[derive(Serialize)]
struct MailList {
    items: Vec<MailSummary>,
}

#[derive(Serialize)]
struct MailSummary {
    id: String,
    at: Timestamp,
    from: FromLine,
    to: Vec<String>,
    subject: String,
    /// The first full sentence or two.
    preview: String,
    /// The plain-text part, so that a test finds the link without a second call.
    text: String,
    fate: Fate,
}

pub(super) async fn list_mails(State(ses): State<Ses>, Query(filter): Query<Filter>, headers: HeaderMap) -> Response {
    let mails = filter.to.as_deref().map_or_else(|| ses.mails(), |address| ses.mails_to(address));
    // The page asks every other second; mails never change, so first and last name the list.
    let version = match (mails.first(), mails.last()) {
        (Some(newest), Some(oldest)) => format!("\"{}.{}\"", newest.id, oldest.id),
        _ => "\"empty\"".to_owned(),
    };
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == version.as_bytes()) {
        return super::guarded("default-src 'none'", StatusCode::NOT_MODIFIED);
    }
    let items = mails.iter().map(|mail| MailSummary::from(&**mail)).collect();
    super::guarded("default-src 'none'", ([(header::ETAG, version)], Json(MailList { items })).into_response())
}

impl From<&Received> for MailSummary {
    fn from(mail: &Received) -> Self {
        let text = mail.text.clone().unwrap_or_default();
        Self {
            id: mail.id.clone(),
            at: mail.at,
            from: FromLine::read(&mail.from),
            to: mail.to.clone(),
            subject: mail.subject.clone(),
            preview: preview(&text),
            text,
            fate: mail.fate,
        }
    }
}

/// The first paragraph that is a sentence: headings and greetings end otherwise.
fn preview(text: &str) -> String {
    let sentence = text.split("\n\n").find(|paragraph| paragraph.ends_with(['.', '!', '?'])).unwrap_or(text);
    sentence.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(160).collect()
}
