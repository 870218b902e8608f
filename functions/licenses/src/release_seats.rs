//! `POST /api/licenses/{id}/seats/releases`: taking seats of a license back (R403).

use axum::extract::{Path, State, rejection::PathRejection};
use http::StatusCode;
use store::Told;
use web::{ApiError, App, Body, Caller, Problem};

use crate::{
    license_item::license_id,
    seats::{Seating, WantedUsers, refused},
};

/// Takes seats back: all of them or none. Also of a license that has ended, and from somebody who is deactivated.
#[utoipa::path(
    post,
    path = "/api/licenses/{id}/seats/releases",
    tag = "licenses",
    params(("id" = String, Path, description = "The license")),
    request_body = WantedUsers,
    responses(
        (status = 204, description = "Free for others"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or they may not manage licenses", body = Problem),
        (status = 404, description = "The account has no such license", body = Problem),
        (status = 409, description = "Somebody has no seat of it, or something changed meanwhile", body = Problem),
        (status = 422, description = "A list that cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn release_seats(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Body(body): Body<WantedUsers>,
) -> Result<StatusCode, ApiError> {
    let users = body.parse()?;
    let seating = Seating::of(&app, &caller, license_id(id)).await?;
    let told = Told { letters: &[], event: app.event_id(), now: app.now() };
    app.store().release_seats(&seating.right, &seating.found, &users, told).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}
