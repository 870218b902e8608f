//! `PUT /api/licenses/{id}/seats`: giving people seats of a license (R403).

use axum::extract::{Path, State, rejection::PathRejection};
use http::StatusCode;
use store::Told;
use web::{ApiError, App, Body, Caller, Problem};

use crate::{
    license_item::license_id,
    seats::{Seating, WantedUsers, refused},
};

/// Gives people seats: all of them or none. Each gets a mail.
#[utoipa::path(
    put,
    path = "/api/licenses/{id}/seats",
    tag = "licenses",
    params(("id" = String, Path, description = "The license")),
    request_body = WantedUsers,
    responses(
        (status = 204, description = "Given"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or they may not manage licenses", body = Problem),
        (status = 404, description = "The account has no such license", body = Problem),
        (status = 409, description = "Too few seats are free, somebody has one already or is no active member, or the license is over", body = Problem),
        (status = 422, description = "A list that cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn assign_seats(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Body(body): Body<WantedUsers>,
) -> Result<StatusCode, ApiError> {
    let users = body.parse()?;
    let seating = Seating::of(&app, &caller, license_id(id)).await?;
    let letters = seating.letters(&app, &users)?;
    let told = Told { letters: &letters, event: app.event_id(), now: app.now() };
    app.store().assign_seats(&seating.right, &seating.found, &users, told).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}
