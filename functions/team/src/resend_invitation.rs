//! `POST /api/team/invitations/{id}/letters`: sending an invitation again (R309).

use axum::extract::{Path, State, rejection::PathRejection};
use http::StatusCode;
use store::RenewedInvitation;
use web::{ApiError, App, Caller, Problem};

use crate::inviting;

/// Sends an invitation again: another mail, good for 72 hours from now; the link before stops. Also one whose time is over.
/// Whoever sends it is who invites.
#[utoipa::path(
    post,
    path = "/api/team/invitations/{id}/letters",
    tag = "team",
    params(("id" = String, Path, description = "The invitation")),
    responses(
        (status = 204, description = "A mail is on its way"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, they do not look after the team, or do not belong to the account and it is about a manager", body = Problem),
        (status = 404, description = "The account has no such invitation", body = Problem),
        (status = 409, description = "It was answered or taken back, or something else changed meanwhile", body = Problem),
        (status = 429, description = "Too many invitations, or too many to that address", body = Problem),
    ),
)]
pub(crate) async fn resend_invitation(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let (actor, right, was) = inviting::read(&app, &caller, id).await?;
    let account = actor.account().ok_or(ApiError::Conflict)?;
    let sent = inviting::sent(&app, (&actor, account), was.id, was.invited, true).await?;
    let counts = inviting::counts(&app, &right, &sent.invitation.invited.email).await?;
    let renewed = RenewedInvitation {
        invitation: &sent.invitation,
        letter: Some((&sent.letter, &counts)),
        event: app.event_id(),
    };
    let written = app.store().renew_invitation(&right, &renewed, app.now()).await;
    written.map_err(|conflict| inviting::refused(&app, conflict, &counts))?;
    Ok(StatusCode::NO_CONTENT)
}
