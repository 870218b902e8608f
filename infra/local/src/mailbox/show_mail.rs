//! One mail: all of it as JSON, and its HTML part as a page of its own.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Serialize;

use super::from_line::FromLine;
use crate::ses::{Header, Received, Ses};

/// Nothing runs, nothing is fetched. Same origin, so that the page around it can measure its height; a click may leave
/// for the portal.
const PART_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-top-navigation-by-user-activation";

#[derive(Serialize)]
struct Mail<'a> {
    #[serde(flatten)]
    mail: &'a Received,
    sender: FromLine,
    /// The header lines as a mail program lists them.
    lines: Vec<Header>,
}

pub(super) async fn show_mail(State(ses): State<Ses>, Path(id): Path<String>) -> Response {
    let Some(mail) = ses.mail(&id) else { return missing() };
    let shown = Mail { sender: FromLine::read(&mail.from), lines: lines(&mail), mail: &mail };
    super::guarded("default-src 'none'", Json(shown))
}

pub(super) async fn show_html(State(ses): State<Ses>, Path(id): Path<String>) -> Response {
    let mail = ses.mail(&id);
    let Some(html) = mail.as_ref().and_then(|mail| mail.html.as_deref()) else { return missing() };
    // Links open where a person who came here wants them: instead of the mailbox, not inside it.
    let html = html.replacen("<head>", "<head><base target=\"_top\">", 1);
    super::guarded(PART_POLICY, Html(html))
}

fn missing() -> Response {
    super::guarded("default-src 'none'", (StatusCode::NOT_FOUND, "There is no such mail.").into_response())
}

fn lines(mail: &Received) -> Vec<Header> {
    let line = |name: &str, value: String| Header { name: name.into(), value };
    let mut lines = vec![
        line("From", mail.from.clone()),
        line("To", mail.to.join(", ")),
        line("Reply-To", mail.reply_to.join(", ")),
        line("Subject", mail.subject.clone()),
        line("Date", mail.at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()),
        line("Message-ID", format!("<{}@email.amazonses.com>", mail.id)),
    ];
    lines.extend(mail.headers.iter().cloned());
    lines.extend(mail.tags.iter().map(|tag| line("X-SES-Message-Tags", format!("{}={}", tag.name, tag.value))));
    lines.retain(|line| !line.value.is_empty());
    lines
}
