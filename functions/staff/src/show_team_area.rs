//! `GET /api/staff/team-area`: which accounts look after their people themselves (R312).

use axum::{Json, extract::State};
use domain::{Actor, features::TeamArea};
use serde::Serialize;
use utoipa::ToSchema;
use web::{ApiError, App, Caller, Problem};

#[derive(Serialize, ToSchema)]
pub(crate) struct TeamAreaSetting {
    /// `everyone`, `partners`, or `chosen`: those of which staff say so.
    #[schema(value_type = String, example = "everyone")]
    team_area: TeamArea,
}

/// Shows which accounts look after their people themselves, where nothing is said of the one. Admins only.
#[utoipa::path(
    get,
    path = "/api/staff/team-area",
    tag = "staff",
    responses(
        (status = 200, description = "The setting", body = TeamAreaSetting),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not an admin", body = Problem),
        (status = 404, description = "Not for this caller", body = Problem),
    ),
)]
pub(crate) async fn show_team_area(State(app): State<App>, caller: Caller) -> Result<Json<TeamAreaSetting>, ApiError> {
    let start = |right| {
        let store = app.store().clone();
        async move { store.find_settings(&right).await }
    };
    let (_, _, settings) = caller.read(start, Actor::may_show_settings).await?;
    Ok(Json(TeamAreaSetting { team_area: settings.team_area }))
}
