//! Forgetting all mails: `DELETE /mailbox/mails`.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::ses::Ses;

pub(super) async fn empty_mailbox(State(ses): State<Ses>, headers: HeaderMap) -> Response {
    // A page elsewhere could send this blindly; browsers say where a request comes from.
    let elsewhere = headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin");
    if elsewhere {
        return (StatusCode::FORBIDDEN, "Only the mailbox itself may do this.").into_response();
    }
    match ses.clear() {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
