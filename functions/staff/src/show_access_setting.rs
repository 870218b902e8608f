//! `GET /api/staff/access-setting`: who decides how partners' people get in (R509).

use axum::{Json, extract::State};
use domain::Actor;
use serde::Serialize;
use utoipa::ToSchema;
use web::{ApiError, App, Caller, Problem};

#[derive(Serialize, ToSchema)]
pub(crate) struct AccessSetting {
    /// Whether owners decide themselves how their partner's people get in; otherwise they ask, and the desk decides.
    owner_decides: bool,
}

/// Shows whether owners decide themselves how their partner's people get in. Admins only.
#[utoipa::path(
    get,
    path = "/api/staff/access-setting",
    tag = "staff",
    responses(
        (status = 200, description = "The setting", body = AccessSetting),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not an admin", body = Problem),
        (status = 404, description = "Not for this caller", body = Problem),
    ),
)]
pub(crate) async fn show_access_setting(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<AccessSetting>, ApiError> {
    let start = |right| {
        let store = app.store().clone();
        async move { store.find_settings(&right).await }
    };
    let (_, _, settings) = caller.read(start, Actor::may_show_settings).await?;
    Ok(Json(AccessSetting { owner_decides: settings.owner_decides_access }))
}
