//! `DELETE /api/sign-up/invitations/{account}`: saying no to an invitation (R304).

use axum::extract::{Path, State, rejection::PathRejection};
use domain::{
    access::Denied,
    letter::{Message, Recipient, TeamLetter},
};
use http::StatusCode;
use store::{Conflict, DeclineRefused};
use web::{ApiError, App, Caller, Problem};

use crate::{invitation::why_not, join_account::account_id};

/// Declines an account's invitation to one's address; whoever sent it is told.
#[utoipa::path(
    delete,
    path = "/api/sign-up/invitations/{account}",
    tag = "sign-up",
    params(("account" = String, Path, description = "The account, as the list of invitations names it")),
    responses(
        (status = 204, description = "Declined"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or their address is not proven", body = Problem),
        (status = 404, description = "That account invites nobody of this address", body = Problem),
        (status = 409, description = "Something else changed meanwhile", body = Problem),
        (status = 410, description = "The invitation is too old, or was answered or taken back", body = Problem),
    ),
)]
pub(crate) async fn decline_invitation(
    State(app): State<App>,
    caller: Caller,
    account: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let actor = caller.actor().await?;
    let right = actor.may_answer_invitation()?;
    let user = actor.user();
    let invitation = app.store().my_invitation(&right, user, account_id(account)?).await?.ok_or(Denied::Hidden)?;
    let message = TeamLetter::Declined {
        account_name: invitation.account_name.clone(),
        person_email: invitation.invited.email.clone(),
    };
    let letter = app.letter(Recipient::User(invitation.by), Message::Team(message));
    let declined = app.store().decline_invitation(&right, &invitation, &letter, app.event_id(), app.now()).await;
    match declined {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(Conflict::Refused(DeclineRefused::Invitation)) => {
            Err(why_not(&app, invitation.account, invitation.id).await)
        }
        Err(Conflict::Refused(DeclineRefused::Actor | DeclineRefused::Contact)) => Err(ApiError::Conflict),
        Err(Conflict::Store(error)) => Err(error.into()),
    }
}
