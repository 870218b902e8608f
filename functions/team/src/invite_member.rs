//! `POST /api/team/members/{user}/invitation`: a member whom the vendor recorded, and who has never signed in, is sent the
//! way to their first password (R307).

use axum::extract::{Path, State, rejection::PathRejection};
use domain::{
    invitation::NotInvited,
    letter::{INVITATION, LinkPurpose, Message, Recipient},
    member::MemberAct,
};
use http::StatusCode;
use store::{Conflict, MemberInvitation, MemberNotInvited};
use web::{ApiError, App, Caller, Problem};

use crate::{changing::Changing, inviting};

/// Sends a member who has never signed in a mail with a link that sets their first password, good once for 72 hours. Sending
/// it again ends the link before.
#[utoipa::path(
    post,
    path = "/api/team/members/{user}/invitation",
    tag = "team",
    params(("user" = String, Path, description = "The member")),
    responses(
        (status = 204, description = "A mail is on its way"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, they do not look after the team, or it is the owner", body = Problem),
        (status = 404, description = "The account has no such member", body = Problem),
        (status = 409, description = "They have come in, were given a password, or were sent a mail a moment ago", body = Problem),
        (status = 429, description = "Too many invitations, or too many to that address", body = Problem),
    ),
)]
pub(crate) async fn invite_member(
    State(app): State<App>,
    caller: Caller,
    user: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let (changing, link_key) = tokio::join!(Changing::of(app.clone(), &caller, user), app.link_key());
    let changing = changing?;
    let link_key = link_key?;
    changing.fits(MemberAct::Invite)?;
    let (account, member, now) = (changing.account()?, &changing.found.member, app.now());
    let message = Message::Invited { account_name: account.name.clone(), customer_number: account.number.clone() };
    let mut letter = app.letter(Recipient::User(member.user), message);
    letter.link_subject = Some(format!("{}{INVITATION}", member.user));
    let token = link_key.token(letter.id, LinkPurpose::Invitation);
    let counts = inviting::counts(&app, &changing.right, &member.email).await?;
    let sent = MemberInvitation {
        user: member.user,
        letter: &letter,
        token_hash: &token.hash(),
        link_expires_at: now.checked_add(LinkPurpose::Invitation.lifetime()).map_err(ApiError::broken)?,
        counts: &counts,
        event: app.event_id(),
    };
    match app.store().invite_member(&changing.right, &sent, now).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(Conflict::Refused(MemberNotInvited::JustInvited)) => Err(NotInvited::JustInvited.into()),
        Err(Conflict::Refused(MemberNotInvited::Throttle(place))) => {
            Err(counts.get(place).map_or(ApiError::Conflict, |count| ApiError::TooManyTries(count.used_up(now))))
        }
        Err(Conflict::Refused(MemberNotInvited::Actor | MemberNotInvited::Changed)) => Err(ApiError::Conflict),
        Err(Conflict::Store(error)) => Err(error.into()),
    }
}
