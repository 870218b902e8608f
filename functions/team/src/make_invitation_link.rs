//! `PUT /api/team/invitations/{id}/link`: an invitation's link to hand over (R309).

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{Language, Timestamp, letter::Message};
use serde::Serialize;
use store::RenewedInvitation;
use utoipa::ToSchema;
use web::{ApiError, App, Caller, Problem};

use crate::inviting;

/// A link, shown once.
#[derive(Serialize, ToSchema)]
pub(crate) struct InvitationLink {
    url: String,
    /// Until when it is good.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// Makes an invitation's link anew, to be handed over by other means than our mail; the link before stops.
///
/// Handing it over proves nothing: whoever opens it shows that the address is theirs by signing in with it, or by signing
/// up with it, which sends them a mail.
#[utoipa::path(
    put,
    path = "/api/team/invitations/{id}/link",
    tag = "team",
    params(("id" = String, Path, description = "The invitation")),
    responses(
        (status = 200, description = "The link, this once", body = InvitationLink),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, they do not look after the team, or do not belong to the account and it is about a manager", body = Problem),
        (status = 404, description = "The account has no such invitation", body = Problem),
        (status = 409, description = "It was answered or taken back, or something else changed meanwhile", body = Problem),
    ),
)]
pub(crate) async fn make_invitation_link(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
) -> Result<Json<InvitationLink>, ApiError> {
    let (actor, right, was) = inviting::read(&app, &caller, id).await?;
    let account = actor.account().ok_or(ApiError::Conflict)?;
    let sent = inviting::sent(&app, (&actor, account), was.id, was.invited, false).await?;
    let renewed = RenewedInvitation { invitation: &sent.invitation, letter: None, event: app.event_id() };
    let counts = inviting::counts(&app, &right, &sent.invitation.invited.email).await?;
    let written = app.store().renew_invitation(&right, &renewed, app.now()).await;
    written.map_err(|conflict| inviting::refused(&app, conflict, &counts))?;
    let language = match sent.invitation.invited.language {
        // English stands at the root.
        Language::En => String::new(),
        other => format!("/{}", other.tag()),
    };
    let page = Message::page(&sent.letter.message);
    let url = format!("{}{language}{page}#token={}", app.config().origin, sent.link);
    Ok(Json(InvitationLink { url, expires_at: sent.invitation.expires_at }))
}
