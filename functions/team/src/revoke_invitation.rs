//! `DELETE /api/team/invitations/{id}`: taking an invitation back (R309).

use axum::extract::{Path, State, rejection::PathRejection};
use domain::invitation::NotInvited;
use http::StatusCode;
use store::InvitingRefused;
use web::{ApiError, App, Caller, Problem};

use crate::inviting;

/// Takes an invitation back: its link stops at once. Also one whose time is over, so that it is not sent again.
#[utoipa::path(
    delete,
    path = "/api/team/invitations/{id}",
    tag = "team",
    params(("id" = String, Path, description = "The invitation")),
    responses(
        (status = 204, description = "Taken back"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or they do not look after the team", body = Problem),
        (status = 404, description = "The account has no such invitation", body = Problem),
        (status = 409, description = "It was answered or taken back before, or something else changed meanwhile", body = Problem),
    ),
)]
pub(crate) async fn revoke_invitation(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let (_, right, was) = inviting::read(&app, &caller, id).await?;
    app.store().revoke_invitation(&right, &was, app.event_id(), app.now()).await.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            InvitingRefused::Over => NotInvited::Over.into(),
            InvitingRefused::Actor
            | InvitingRefused::Already
            | InvitingRefused::Contact
            | InvitingRefused::Throttle(_) => ApiError::Conflict,
        })
    })?;
    Ok(StatusCode::NO_CONTENT)
}
