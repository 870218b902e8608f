//! `DELETE /api/session/sessions/{id}`: ending one of one's sessions, from any of them (R206).

use axum::{
    extract::{Path, State, rejection::PathRejection},
    response::{IntoResponse, Response},
};
use domain::{access::Denied, session::SessionHash};
use http::StatusCode;
use store::EndRefused;
use web::{ApiError, App, Caller, Problem};

/// Ends one of one's sessions.
///
/// What is no session of one's own does not exist. Ending the one that asks takes the cookie away too.
#[utoipa::path(
    delete,
    path = "/api/session/sessions/{id}",
    tag = "session",
    params(("id" = String, Path, description = "As the list of sessions names it")),
    responses(
        (status = 204, description = "Ended"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "No session of one's own", body = Problem),
        (status = 409, description = "Something else changed meanwhile", body = Problem),
    ),
)]
pub(crate) async fn end_session(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, ApiError> {
    let right = caller.actor().await?.may_end_sessions()?;
    let Path(id) = id.map_err(|_| Denied::Hidden)?;
    let session = SessionHash::parse(&id).ok_or(Denied::Hidden)?;
    let ended = app.store().end_session_of_mine(&right, &session, app.event_id(), app.now()).await;
    ended.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            EndRefused::Actor => ApiError::Conflict,
            EndRefused::Missing => Denied::Hidden.into(),
        })
    })?;
    Ok(if session == *right.session() {
        web::cleared(StatusCode::NO_CONTENT).into_response()
    } else {
        StatusCode::NO_CONTENT.into_response()
    })
}
