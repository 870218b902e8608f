//! What is answered: the problem, and what the log line of the request says of it.

use std::{error::Error, sync::Arc};

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};

use super::ApiError;
use crate::problem::Problem;

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
