//! `PUT /api/staff/access-setting`: who decides how partners' people get in (R509).

use axum::extract::State;
use http::StatusCode;
use serde::Deserialize;
use store::{Conflict, SettingRefused};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Problem};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedAccessSetting {
    /// Whether owners decide themselves; otherwise they ask, and the desk decides.
    owner_decides: bool,
}

/// Says whether owners decide themselves how their partner's people get in: in force everywhere within five minutes.
///
/// Admins only. Said again, it changes nothing.
#[utoipa::path(
    put,
    path = "/api/staff/access-setting",
    tag = "staff",
    request_body = WantedAccessSetting,
    responses(
        (status = 204, description = "So it is"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not an admin", body = Problem),
        (status = 404, description = "Not for this caller", body = Problem),
        (status = 409, description = "Something else changed meanwhile", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn set_access_setting(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<WantedAccessSetting>,
) -> Result<StatusCode, ApiError> {
    let right = caller.actor().await?.may_set_features()?;
    match app.store().set_owner_decides_access(&right, body.owner_decides, app.event_id(), app.now()).await {
        Ok(()) => app.forget_portal().await,
        Err(Conflict::Refused(SettingRefused::Same)) => {}
        Err(Conflict::Refused(SettingRefused::Actor)) => return Err(ApiError::Conflict),
        Err(Conflict::Store(error)) => return Err(error.into()),
    }
    Ok(StatusCode::NO_CONTENT)
}
