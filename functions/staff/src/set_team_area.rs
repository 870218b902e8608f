//! `PUT /api/staff/team-area`: which accounts look after their people themselves (R312).

use axum::extract::State;
use domain::features::TeamArea;
use http::StatusCode;
use serde::Deserialize;
use store::{Conflict, SettingRefused};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedTeamArea {
    /// `everyone`, `partners`, or `chosen`: those of which staff say so.
    #[schema(example = "partners")]
    team_area: String,
}

/// Says which accounts look after their people themselves, where nothing is said of the one: in force everywhere within
/// five minutes.
///
/// Admins only. Said again, it changes nothing.
#[utoipa::path(
    put,
    path = "/api/staff/team-area",
    tag = "staff",
    request_body = WantedTeamArea,
    responses(
        (status = 204, description = "So it is"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not an admin", body = Problem),
        (status = 404, description = "Not for this caller", body = Problem),
        (status = 409, description = "Something else changed meanwhile", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn set_team_area(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<WantedTeamArea>,
) -> Result<StatusCode, ApiError> {
    let mut fields = Fields::new();
    let team_area = fields.take("/team_area", TeamArea::parse(&body.team_area));
    let team_area = fields.finish(team_area)?;
    let right = caller.actor().await?.may_set_features()?;
    match app.store().set_team_area(&right, team_area, app.event_id(), app.now()).await {
        Ok(()) => app.forget_portal().await,
        Err(Conflict::Refused(SettingRefused::Same)) => {}
        Err(Conflict::Refused(SettingRefused::Actor)) => return Err(ApiError::Conflict),
        Err(Conflict::Store(error)) => return Err(error.into()),
    }
    Ok(StatusCode::NO_CONTENT)
}
