//! How S3 refuses.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// An error of S3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Nobody signed it, or it is too late, or it says more than was signed.
    AccessDenied(&'static str),
    /// Parameters of a signature that make none.
    BadParameters(&'static str),
    /// Nobody has that key.
    UnknownAccessKey,
    /// Signed by somebody else, or changed since.
    SignatureDoesNotMatch,
    /// Another bucket.
    NoSuchBucket,
    /// Nothing lies there.
    NoSuchKey,
    /// A key longer than S3 takes.
    KeyTooLong,
    /// Another method.
    MethodNotAllowed,
    /// A body without its length.
    MissingLength,
    /// A body longer than S3 takes at once.
    TooLarge,
    /// A body shorter than it said.
    Incomplete,
    /// A checksum that is none.
    BadChecksum,
    /// Other bytes than those of the checksum.
    BadDigest,
    /// A range outside of the file, which is that long.
    InvalidRange(u64),
    /// The disk failed.
    Internal,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, code, message) = match self {
            Self::AccessDenied(message) => (403, "AccessDenied", message),
            Self::BadParameters(message) => (400, "AuthorizationQueryParametersError", message),
            Self::UnknownAccessKey => (403, "InvalidAccessKeyId", "The access key does not exist."),
            Self::SignatureDoesNotMatch => (403, "SignatureDoesNotMatch", "The signature does not match the request."),
            Self::NoSuchBucket => (404, "NoSuchBucket", "The bucket does not exist."),
            Self::NoSuchKey => (404, "NoSuchKey", "The key does not exist."),
            Self::KeyTooLong => (400, "KeyTooLongError", "The key is too long."),
            Self::MethodNotAllowed => (405, "MethodNotAllowed", "The method is not allowed here."),
            Self::MissingLength => (411, "MissingContentLength", "The Content-Length header is needed."),
            Self::TooLarge => (400, "EntityTooLarge", "The upload exceeds the largest size allowed."),
            Self::Incomplete => (400, "IncompleteBody", "The body is shorter than Content-Length says."),
            Self::BadChecksum => (400, "InvalidRequest", "The value of x-amz-checksum-sha256 is invalid."),
            Self::BadDigest => (400, "BadDigest", "The SHA256 did not match the calculated checksum."),
            Self::InvalidRange(_) => (416, "InvalidRange", "The range is not satisfiable."),
            Self::Internal => (500, "InternalError", "An internal error occurred."),
        };
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
        );
        let mut response = (status, [(header::CONTENT_TYPE, "application/xml")], body).into_response();
        if let Self::InvalidRange(length) = self
            && let Ok(range) = HeaderValue::from_str(&format!("bytes */{length}"))
        {
            response.headers_mut().insert(header::CONTENT_RANGE, range);
        }
        response
    }
}
