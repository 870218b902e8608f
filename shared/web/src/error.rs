//! The one table from what happened to what is answered.

use std::{collections::BTreeMap, error::Error, fmt, sync::Arc};

use axum::response::{IntoResponse, Response};
use domain::{access::Denied, actor::Refused};
use http::{HeaderValue, StatusCode, header};
use store::{Conflict, StoreError, Throttled};

use crate::problem::{FieldProblem, Problem};

/// Why a request is not answered with what it asked for.
#[derive(Debug)]
pub enum ApiError {
    /// Nobody is signed in.
    SignInNeeded,
    /// Somebody was.
    Refused(Refused),
    /// Name or password are wrong; which of them is not told.
    SignInFailed,
    /// The password was right; a code of the second factor is needed too.
    SecondFactorNeeded,
    /// The password was right, an initial one: one's own is needed in its place.
    NewPasswordNeeded,
    /// The password was right, an initial one past its time: a link by mail sets one's own.
    InitialPasswordExpired,
    /// The password was right; the login is being closed.
    LoginClosing,
    /// They may not.
    Denied(Denied),
    /// The page was made for another account than the session works in now.
    AccountChanged,
    /// Fields that cannot be taken.
    Fields(Vec<FieldProblem>),
    /// Not JSON.
    MalformedJson,
    /// JSON expected.
    UnsupportedMediaType,
    /// More than 256 KB.
    BodyTooLarge,
    /// A query that cannot be taken.
    InvalidQuery(Vec<FieldProblem>),
    /// A cursor that was changed, or made for another list or caller.
    InvalidCursor,
    /// Sent by another site's page, or around the distribution.
    OriginRefused,
    /// Nothing there, or nothing the caller may know of.
    NotFound,
    /// Another method.
    MethodNotAllowed,
    /// Too often.
    TooManyTries(Throttled),
    /// The link was used, superseded or is too old.
    LinkExpired,
    /// The address has got a login meanwhile.
    AddressTaken,
    /// The terms have changed since the page was shown.
    TermsChanged,
    /// Already in that account.
    AlreadyMember,
    /// Something of that kind has been asked of the vendor already.
    AlreadyAsked,
    /// Whoever owns an account cannot leave it without an owner.
    OwnerCannotClose,
    /// An owner needs a second factor before everyone else.
    SecondFactorFirst,
    /// An account of theirs requires the second factor.
    SecondFactorRequired,
    /// Something else changed meanwhile: read again, then try again.
    Conflict,
    /// The database is silent or busy: try again.
    TryAgain(Arc<dyn Error + Send + Sync>),
    /// Our fault.
    Internal(Arc<dyn Error + Send + Sync>),
}

impl ApiError {
    /// Something that cannot be.
    pub fn broken(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Internal(Arc::from(cause.into()))
    }

    /// A single field's error.
    #[must_use]
    pub fn field(pointer: &str, code: &str) -> Self {
        Self::Fields(vec![FieldProblem { pointer: pointer.to_owned(), code: code.to_owned(), params: BTreeMap::new() }])
    }

    /// The same, said of a query instead of a body.
    #[must_use]
    pub fn in_query(self) -> Self {
        match self {
            Self::Fields(fields) => Self::InvalidQuery(fields),
            other => other,
        }
    }

    /// What a transaction's refusal means, by the name of the arm that was refused.
    pub fn refused<A>(conflict: Conflict<A>, meaning: impl FnOnce(A) -> Self) -> Self {
        match conflict {
            Conflict::Refused(arm) => meaning(arm),
            Conflict::Store(error) => error.into(),
        }
    }

    /// Status and code: the table.
    #[must_use]
    pub const fn kind(&self) -> (StatusCode, &'static str) {
        match self {
            Self::MalformedJson => (StatusCode::BAD_REQUEST, "malformed_json"),
            Self::InvalidQuery(_) => (StatusCode::BAD_REQUEST, "invalid_query"),
            Self::InvalidCursor => (StatusCode::BAD_REQUEST, "invalid_cursor"),
            Self::SignInNeeded => (StatusCode::UNAUTHORIZED, "sign_in_needed"),
            Self::SignInFailed => (StatusCode::UNAUTHORIZED, "sign_in_failed"),
            Self::Refused(Refused::SessionEnded) => (StatusCode::UNAUTHORIZED, "session_ended"),
            Self::Refused(Refused::TimedOut) => (StatusCode::UNAUTHORIZED, "session_timed_out"),
            Self::SecondFactorNeeded => (StatusCode::UNAUTHORIZED, "second_factor_needed"),
            Self::NewPasswordNeeded => (StatusCode::UNAUTHORIZED, "new_password_needed"),
            Self::InitialPasswordExpired => (StatusCode::FORBIDDEN, "initial_password_expired"),
            Self::LoginClosing => (StatusCode::FORBIDDEN, "login_closing"),
            Self::Denied(Denied::Hidden) | Self::NotFound => (StatusCode::NOT_FOUND, "not_found"),
            Self::Denied(denied) => (StatusCode::FORBIDDEN, denied.code()),
            Self::OriginRefused => (StatusCode::FORBIDDEN, "origin_refused"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"),
            Self::AccountChanged => (StatusCode::CONFLICT, "account_changed"),
            Self::AddressTaken => (StatusCode::CONFLICT, "address_taken"),
            Self::TermsChanged => (StatusCode::CONFLICT, "terms_changed"),
            Self::AlreadyMember => (StatusCode::CONFLICT, "already_member"),
            Self::AlreadyAsked => (StatusCode::CONFLICT, "already_asked"),
            Self::OwnerCannotClose => (StatusCode::CONFLICT, "owner_cannot_close"),
            Self::SecondFactorFirst => (StatusCode::CONFLICT, "second_factor_first"),
            Self::SecondFactorRequired => (StatusCode::CONFLICT, "second_factor_required"),
            Self::Conflict => (StatusCode::CONFLICT, "conflict"),
            Self::LinkExpired => (StatusCode::GONE, "link_expired"),
            Self::BodyTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "body_too_large"),
            Self::UnsupportedMediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"),
            Self::Fields(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid_fields"),
            Self::TooManyTries(_) => (StatusCode::TOO_MANY_REQUESTS, "too_many_tries"),
            Self::TryAgain(_) => (StatusCode::SERVICE_UNAVAILABLE, "try_again"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        }
    }

    fn params(&self) -> BTreeMap<String, String> {
        match self {
            Self::TooManyTries(throttled) => BTreeMap::from([("seconds".to_owned(), throttled.seconds.to_string())]),
            _ => BTreeMap::new(),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) | StoreError::Conflict => Self::TryAgain(Arc::new(error)),
            StoreError::Refused(_) | StoreError::Row(_) | StoreError::Request(_) => Self::Internal(Arc::new(error)),
        }
    }
}

impl From<Denied> for ApiError {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind().1)
    }
}

impl Error for ApiError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::TryAgain(cause) | Self::Internal(cause) => Some(&**cause),
            _ => None,
        }
    }
}

/// The cause, for the log line of the request; it never reaches the reply.
#[derive(Clone)]
pub(crate) struct Cause(pub Arc<dyn Error + Send + Sync>);

/// The code, for the same line.
#[derive(Clone, Copy)]
pub(crate) struct Code(pub &'static str);

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, code) = self.kind();
        let params = self.params();
        let (errors, cause) = match self {
            Self::Fields(errors) | Self::InvalidQuery(errors) => (errors, None),
            Self::TryAgain(cause) | Self::Internal(cause) => (Vec::new(), Some(cause)),
            _ => (Vec::new(), None),
        };
        let retry_after = params.get("seconds").cloned().or_else(|| (code == "try_again").then(|| "1".to_owned()));
        let problem = Problem {
            problem_type: format!("/problems/{code}"),
            status: status.as_u16(),
            code: code.to_owned(),
            params,
            errors,
        };
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        if let Some(seconds) = retry_after.and_then(|seconds| HeaderValue::from_str(&seconds).ok()) {
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response.extensions_mut().insert(Code(code));
        if let Some(cause) = cause {
            response.extensions_mut().insert(Cause(cause));
        }
        response
    }
}
