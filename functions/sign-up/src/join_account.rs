//! `PUT /api/sign-up/invitations/{account}`: accepting an invitation with the login one has (R304).

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{
    Account, AccountId, Timestamp,
    access::Denied,
    invitation::{InvitationToMe, NotAccepted},
    membership::Guest,
};
use serde::Serialize;
use store::{Accepting, AtHome};
use utoipa::ToSchema;
use web::{ApiError, App, Caller, Problem};

use crate::{
    accept_invitation::refused,
    invitation::{self, InvitingAccount},
};

/// The account one belongs to now.
#[derive(Serialize, ToSchema)]
pub(crate) struct JoinedAccount {
    account: InvitingAccount,
}

/// Accepts an account's invitation to one's address: one person, several accounts. The session goes on where it was.
///
/// As a guest somebody comes in who is at work at the account's partner at that moment, and for the time that was offered,
/// from now on.
#[utoipa::path(
    put,
    path = "/api/sign-up/invitations/{account}",
    tag = "sign-up",
    params(("account" = String, Path, description = "The account, as the list of invitations names it")),
    responses(
        (status = 200, description = "One belongs to it", body = JoinedAccount),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or their address is not proven", body = Problem),
        (status = 404, description = "That account invites nobody of this address", body = Problem),
        (status = 409, description = "One belongs to it already, it lets nobody in at the moment, as a guest one is none of its partner's people, or something else changed meanwhile", body = Problem),
        (status = 410, description = "The invitation is too old, was answered or taken back, or its sender left", body = Problem),
    ),
)]
pub(crate) async fn join_account(
    State(app): State<App>,
    caller: Caller,
    account: Result<Path<String>, PathRejection>,
) -> Result<Json<JoinedAccount>, ApiError> {
    let id = account_id(account);
    let account = async {
        match &id {
            Ok(id) => app.store().find_account(*id).await,
            Err(_) => Ok(None),
        }
    };
    // An invitation is found by an address, which the person's row tells; who the account's partner is, the account's.
    let (actor, account) = tokio::join!(caller.actor(), account);
    let actor = actor?;
    let right = actor.may_answer_invitation()?;
    let (user, id, account) = (actor.user(), id?, account?);
    let partner = account.as_ref().and_then(|account| account.partnership).map(|partnership| partnership.partner);
    // Also of an account that is none, so that no work tells which there are.
    let ground = app.store().invitation_ground(user, id, partner).await?;
    let account = account.ok_or(Denied::Hidden)?;
    let member = ground.member;
    let invitation = ground.invitation.ok_or_else(|| match member {
        true => ApiError::from(NotAccepted::Member),
        false => Denied::Hidden.into(),
    })?;
    if member {
        return Err(NotAccepted::Member.into());
    }
    if app.now() >= invitation.expires_at {
        return Err(NotAccepted::Expired.into());
    }
    // Whoever took the address over that they invited, and belongs to the account no more.
    if invitation.by == user.id {
        return Err(NotAccepted::InviterGone.into());
    }
    invitation::lets_in(&app, &account, &invitation.invited, invitation.from).await?;
    let guest = guest(&invitation, &account, &ground.home, app.now())?;
    let guest = guest.as_ref();
    let letter = invitation::accepted(&app, &invitation, &account, (user.full_name(), guest));
    let accepting =
        Accepting { invitation: &invitation, account: &account, user, guest, letter: &letter, event: app.event_id() };
    if let Err(conflict) = app.store().accept_invitation(&right, &accepting, app.now()).await {
        return Err(refused(&app, conflict, &invitation, &account).await);
    }
    Ok(Json(JoinedAccount { account: InvitingAccount::from(&account) }))
}

/// Of a guest's invitation: until when they are let in, if they are at work at the account's partner.
fn guest(
    invitation: &InvitationToMe,
    account: &Account,
    home: &AtHome,
    now: Timestamp,
) -> Result<Option<Guest>, NotAccepted> {
    let Some(days) = invitation.invited.guest else { return Ok(None) };
    let home = (home.0.as_ref(), home.1.as_ref());
    Guest::admitted(account, home, (days.from(now), invitation.by), now).map(Some)
}

/// The account that a path names; what is no id names none.
pub(crate) fn account_id(account: Result<Path<String>, PathRejection>) -> Result<AccountId, ApiError> {
    account.ok().and_then(|Path(id)| AccountId::parse(&id).ok()).ok_or_else(|| Denied::Hidden.into())
}
