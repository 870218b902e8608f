//! `GET /api/session`: who one is here.

use axum::Json;
use web::{ApiError, Caller, Problem};

use crate::me::Me;

/// Who is signed in, in which account, and what they may do there.
///
/// Answered wherever the person stands: somebody whose account is suspended reads here why.
#[utoipa::path(
    get,
    path = "/api/session",
    tag = "session",
    responses((status = 200, description = "Who one is here", body = Me), (status = 401, description = "Nobody is signed in", body = Problem)),
)]
pub(crate) async fn show_session(caller: Caller) -> Result<Json<Me>, ApiError> {
    Ok(Json(Me::from(&caller.actor().await?)))
}
