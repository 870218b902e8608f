//! What goes wrong with SES: how it refuses, and how a connection breaks.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::Json;
use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// What one call meets instead of an answer.
#[derive(Debug, Clone)]
pub enum Fault {
    /// The call is refused, and nothing is kept.
    Refuse(Refusal),
    /// The connection breaks before the mail is taken.
    DropBefore,
    /// The mail is taken, then the connection breaks: the sender cannot know.
    DropAfter,
}

/// An error of SES.
#[derive(Debug, Clone)]
pub enum Refusal {
    /// The request makes no sense.
    BadRequest(String),
    /// The sender is not verified, or the content is not wanted.
    MessageRejected(String),
    /// A configuration set does not exist.
    NotFound(String),
    /// Too many a second.
    TooManyRequests,
    /// Too many a day.
    LimitExceeded,
    /// Sending is paused for now.
    SendingPaused,
    /// The account may not send any more.
    AccountSuspended,
    /// The sender's domain lost its proof.
    MailFromDomainNotVerified,
    /// The request has no signature.
    NotSigned,
    /// The service itself failed.
    ServiceFailed(String),
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, code, message) = match self {
            Self::BadRequest(message) => (400, "BadRequestException", message),
            Self::MessageRejected(message) => (400, "MessageRejected", message),
            Self::NotFound(message) => (404, "NotFoundException", message),
            Self::TooManyRequests => (429, "TooManyRequestsException", "Maximum sending rate exceeded.".into()),
            Self::LimitExceeded => (400, "LimitExceededException", "Daily message quota exceeded.".into()),
            Self::SendingPaused => (400, "SendingPausedException", "Sending is paused for this account.".into()),
            Self::AccountSuspended => (400, "AccountSuspendedException", "The account is suspended.".into()),
            Self::MailFromDomainNotVerified => {
                (400, "MailFromDomainNotVerifiedException", "The MAIL FROM domain is not verified.".into())
            }
            Self::NotSigned => (403, "MissingAuthenticationTokenException", "Missing authentication token.".into()),
            Self::ServiceFailed(message) => (500, "InternalServiceErrorException", message),
        };
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let kind = (HeaderName::from_static("x-amzn-errortype"), HeaderValue::from_static(code));
        (status, [kind], Json(json!({ "message": message }))).into_response()
    }
}

/// An answer whose connection breaks in the middle.
pub(super) fn hang_up() -> Response {
    ([(header::CONTENT_LENGTH, "64")], Body::new(Broken)).into_response()
}

struct Broken;

impl HttpBody for Broken {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, io::Error>>> {
        Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into())))
    }
}
