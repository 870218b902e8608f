//! `DELETE /api/session`: signing out (R109).

use axum::{extract::State, response::IntoResponse};
use domain::EventId;
use http::StatusCode;
use web::{ApiError, App, Holder, Problem};

/// Ends the session on the server and takes the cookie away.
///
/// From any page, also one made for another account.
#[utoipa::path(
    delete,
    path = "/api/session",
    tag = "session",
    responses((status = 204, description = "Signed out"), (status = 401, description = "Nobody is signed in", body = Problem)),
)]
pub(crate) async fn sign_out(State(app): State<App>, holder: Holder) -> Result<impl IntoResponse, ApiError> {
    let now = app.now();
    app.store().end_session(&holder.sign_out(), EventId::new(now, credentials::random()), now).await?;
    Ok(web::cleared(StatusCode::NO_CONTENT))
}
