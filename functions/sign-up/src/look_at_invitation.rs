//! `POST /api/sign-up/invitations/looks`: what an invitation's link leads to (R309).

use axum::{Json, extract::State};
use domain::{Role, Timestamp, guest::GuestDays, invitation::NotAccepted};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Problem};

use crate::invitation::{self, InvitingAccount};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Look {
    /// What stands behind the `#` in the link.
    token: String,
}

/// An invitation, as whoever holds its link reads it.
#[derive(Serialize, ToSchema)]
pub(crate) struct LookedAt {
    account: InvitingAccount,
    /// First and last name of who invites.
    invited_by: String,
    /// The address it is for.
    email: String,
    first_name: String,
    last_name: String,
    /// What one becomes: `manager` or `member`.
    #[schema(value_type = String, example = "member")]
    role: Role,
    /// As a guest, for how many days; null of whoever is to belong to the account.
    guest_days: Option<u16>,
    /// Whether the address has a login, which then accepts. Null if the link was handed over and not mailed: whoever holds
    /// it has not shown that the address is theirs. They sign in with it, or sign up with it, and find the invitation.
    has_login: Option<bool>,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// Tells whoever holds an invitation's link what it is about. It notes that the link was opened, and uses nothing up.
#[utoipa::path(
    post,
    path = "/api/sign-up/invitations/looks",
    tag = "sign-up",
    request_body = Look,
    responses(
        (status = 200, description = "The invitation", body = LookedAt),
        (status = 409, description = "The account lets nobody in at the moment", body = Problem),
        (status = 410, description = "It was accepted, declined or taken back, is too old, superseded, or its sender left", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn look_at_invitation(
    State(app): State<App>,
    Body(body): Body<Look>,
) -> Result<Json<LookedAt>, ApiError> {
    let linked = invitation::by_link(&app, &body.token).await?;
    let (found, now) = (&linked.invitation, app.now());
    let (has_login, inviter, opened) = tokio::join!(
        app.store().has_login(&found.invited.email, now),
        app.store().still_invites(&linked.account, (found.by, found.from), now),
        app.store().note_invitation_opened((found.account, found.id), &linked.token_hash, now)
    );
    if !inviter? {
        return Err(NotAccepted::InviterGone.into());
    }
    opened?;
    let has_login = has_login?.is_some();
    Ok(Json(LookedAt {
        account: InvitingAccount::from(&linked.account),
        invited_by: found.by_name.clone(),
        email: found.invited.email.to_string(),
        first_name: found.invited.first_name.to_string(),
        last_name: found.invited.last_name.to_string(),
        role: found.invited.role,
        guest_days: found.invited.guest.map(GuestDays::get),
        has_login: found.mailed.then_some(has_login),
        expires_at: found.expires_at,
    }))
}
