//! `POST /api/licenses/{id}/seats/moves`: passing a seat of a license on (R403).

use axum::extract::{Path, State, rejection::PathRejection};
use domain::UserId;
use http::StatusCode;
use serde::Deserialize;
use store::Told;
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

use crate::{
    license_item::license_id,
    seats::{Seating, refused},
};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedMove {
    /// Who has the seat.
    #[schema(example = "usr_01jd0x5m2nfe4r8v0t6w9y2zab")]
    from: String,
    /// Who is to have it.
    #[schema(example = "usr_01jd0x5m2nfe4r8v0t6w9y2zac")]
    to: String,
}

/// Passes a seat on, at once: it is never free in between. Whoever gets it gets a mail.
#[utoipa::path(
    post,
    path = "/api/licenses/{id}/seats/moves",
    tag = "licenses",
    params(("id" = String, Path, description = "The license")),
    request_body = WantedMove,
    responses(
        (status = 204, description = "Passed on"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or they may not manage licenses", body = Problem),
        (status = 404, description = "The account has no such license", body = Problem),
        (status = 409, description = "The one has no seat, the other has one already or is no active member, or the license is over", body = Problem),
        (status = 422, description = "People who cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn move_seat(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Body(body): Body<WantedMove>,
) -> Result<StatusCode, ApiError> {
    let mut fields = Fields::new();
    let people = fields.take("/from", UserId::parse(&body.from)).zip(fields.take("/to", UserId::parse(&body.to)));
    if people.is_some_and(|(from, to)| from == to) {
        fields.refuse("/to", "named_twice", Vec::new());
    }
    let (from, to) = fields.finish(people)?;
    let seating = Seating::of(&app, &caller, license_id(id)).await?;
    let letters = seating.letters(&app, &[to])?;
    let told = Told { letters: &letters, event: app.event_id(), now: app.now() };
    app.store().move_seat(&seating.right, &seating.found, from, to, told).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}
