//! `DELETE /api/staff/products/{code}/releases/{version}`: taking a release back (R703).

use axum::extract::{Path, State, rejection::PathRejection};
use http::StatusCode;
use web::{ApiError, App, Caller, Problem};

use crate::{change_release::refused, release::release_of};

/// Withdraws a release: no customer sees it any more, and no new download begins.
#[utoipa::path(
    delete,
    path = "/api/staff/products/{code}/releases/{version}",
    tag = "staff",
    params(
        ("code" = String, Path, description = "The product's code", example = "NLD"),
        ("version" = String, Path, description = "The release's version", example = "2026.1"),
    ),
    responses(
        (status = 204, description = "Withdrawn"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "No such release, or not for this caller", body = Problem),
        (status = 409, description = "Something else changed meanwhile", body = Problem),
    ),
)]
pub(crate) async fn withdraw_release(
    State(app): State<App>,
    caller: Caller,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let right = caller.actor().await?.may_manage_products()?;
    let (product, version) = release_of(path)?;
    let withdrawn = app.store().withdraw_release(&right, &product, &version, app.event_id(), app.now()).await;
    withdrawn.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}
