//! `DELETE /api/session/sessions`: ending all of one's sessions but this one (R206).

use axum::extract::State;
use http::StatusCode;
use store::EndRefused;
use web::{ApiError, App, Caller, Problem};

/// Ends all of one's other sessions.
#[utoipa::path(
    delete,
    path = "/api/session/sessions",
    tag = "session",
    responses(
        (status = 204, description = "Ended"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 409, description = "Something else changed meanwhile", body = Problem),
    ),
)]
pub(crate) async fn end_other_sessions(State(app): State<App>, caller: Caller) -> Result<StatusCode, ApiError> {
    let right = caller.actor().await?.may_end_sessions()?;
    let ended = app.store().end_other_sessions(&right, app.event_id(), app.now()).await;
    ended.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            EndRefused::Actor | EndRefused::Missing => ApiError::Conflict,
        })
    })?;
    Ok(StatusCode::NO_CONTENT)
}
