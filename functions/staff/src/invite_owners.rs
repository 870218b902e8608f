//! `POST /api/staff/invitations`: inviting owners who have never signed in (R104).

use std::collections::BTreeSet;

use axum::{Json, extract::State};
use domain::{
    AccountId, UserStatus,
    access::Denied,
    letter::{INVITATION, LinkPurpose, Message, Recipient},
    page::PageSize,
    rights::InviteOwners,
};
use serde::{Deserialize, Serialize};
use store::{Conflict, Invitation, InviteRefused, Invitee};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

/// The most accounts of one call: each may be a transaction and a mail, and the gateway waits 30 seconds.
const MOST: u16 = 25;

/// Either `accounts`, or `all`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewInvitations {
    /// The ids of 1 to 25 accounts.
    #[serde(default)]
    accounts: Vec<String>,
    /// Every account, 25 a call.
    #[serde(default)]
    all: bool,
    /// With `all`: `next` of the call before.
    #[serde(default)]
    cursor: Option<String>,
}

/// What became of it. Each account of the call is counted once.
#[derive(Default, Serialize, ToSchema)]
pub(crate) struct Invited {
    /// Owners who are sent a mail now.
    invited: u16,
    /// Owners who have signed in, and are not written to.
    already: u16,
    /// Owners who were sent one less than five minutes ago, and are not written to again; of other accounts of the same
    /// call too.
    just_invited: u16,
    /// Accounts that are suspended or closed: nobody is invited to those.
    not_in_use: u16,
    /// With `all`: the cursor of the next call; null where this was the last.
    next: Option<String>,
}

/// What became of one account.
enum Became {
    Invited,
    Already,
    JustInvited,
    NotInUse,
}

/// Invites the owners of some accounts, or of all.
///
/// Whoever has never signed in gets a mail with a link, good once for 72 hours, that sets the first password and opens
/// the login. Inviting again sends another link, and the one before ends.
#[utoipa::path(
    post,
    path = "/api/staff/invitations",
    tag = "staff",
    request_body = NewInvitations,
    responses(
        (status = 200, description = "What became of it", body = Invited),
        (status = 400, description = "A cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "No such account, or not for this caller; nobody is invited then", body = Problem),
        (status = 409, description = "Whoever asks is not any more who asked", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn invite_owners(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<NewInvitations>,
) -> Result<Json<Invited>, ApiError> {
    const ASKED: &str = "invitations";
    let from = caller.open_cursor(ASKED, body.cursor.as_deref()).await?;
    let size = PageSize::new(MOST).map_err(ApiError::broken)?;
    let wanted = wanted(&body);
    let page = async {
        match &wanted {
            Ok(Some(ids)) => app.store().invitees(ids).await.map(|invitees| (invitees, None)),
            Ok(None) => {
                let (ids, next) = app.store().accounts_to_invite(size, from.as_ref()).await?;
                Ok((app.store().invitees(&ids).await?, next))
            }
            Err(_) => Ok((Vec::new(), None)),
        }
    };
    let (actor, page, link_key) = tokio::join!(caller.actor(), page, app.link_key());
    let right = actor?.may_invite_owners()?;
    link_key?;
    let (invitees, next) = page?;
    if wanted?.is_some_and(|ids| ids.len() != invitees.len()) {
        return Err(Denied::Hidden.into());
    }
    let mut answer = Invited { next: caller.seal_cursor(ASKED, next).await?, ..Invited::default() };
    // One after the other: they share the condition on who acts, and at once they would only meet.
    for invitee in &invitees {
        let count = match invite(&app, &right, invitee).await? {
            Became::Invited => &mut answer.invited,
            Became::Already => &mut answer.already,
            Became::JustInvited => &mut answer.just_invited,
            Became::NotInUse => &mut answer.not_in_use,
        };
        *count += 1;
    }
    Ok(Json(answer))
}

/// The accounts that were named; none where all are meant.
fn wanted(body: &NewInvitations) -> Result<Option<Vec<AccountId>>, ApiError> {
    match (body.all, body.accounts.len()) {
        (true, 0) => return Ok(None),
        (true, _) => return Err(ApiError::field("/accounts", "unknown_field")),
        (false, _) if body.cursor.is_some() => return Err(ApiError::field("/cursor", "unknown_field")),
        (false, 0) => return Err(ApiError::field("/accounts", "required")),
        (false, count) if count > usize::from(MOST) => {
            let mut fields = Fields::new();
            fields.refuse("/accounts", "list_too_long", vec![("max", MOST.to_string())]);
            return fields.finish(None);
        }
        (false, _) => {}
    }
    let ids: Result<BTreeSet<AccountId>, _> = body.accounts.iter().map(|id| AccountId::parse(id)).collect();
    Ok(Some(ids.map_err(|_| Denied::Hidden)?.into_iter().collect()))
}

/// Invites one owner, if that is still to be done.
async fn invite(app: &App, right: &InviteOwners, invitee: &Invitee) -> Result<Became, ApiError> {
    let (account, owner) = (&invitee.account, &invitee.owner);
    match owner.status {
        UserStatus::Invited => {}
        UserStatus::Active | UserStatus::Closing => return Ok(Became::Already),
    }
    let message = Message::Invited { account_name: account.name.clone(), customer_number: account.number.clone() };
    let mut letter = app.letter(Recipient::User(owner.id), message);
    letter.link_subject = Some(format!("{}{INVITATION}", owner.id));
    let token = app.link_key().await?.token(letter.id, LinkPurpose::Invitation);
    let now = app.now();
    let invitation = Invitation {
        invitee,
        letter: &letter,
        token_hash: &token.hash(),
        link_expires_at: now.checked_add(LinkPurpose::Invitation.lifetime()).map_err(ApiError::broken)?,
        event: app.event_id(),
    };
    match app.store().invite(right, &invitation, now).await {
        Ok(()) => Ok(Became::Invited),
        Err(Conflict::Refused(InviteRefused::SignedIn)) => Ok(Became::Already),
        Err(Conflict::Refused(InviteRefused::JustInvited)) => Ok(Became::JustInvited),
        Err(Conflict::Refused(InviteRefused::Account)) => Ok(Became::NotInUse),
        Err(Conflict::Refused(InviteRefused::Actor)) => Err(ApiError::Conflict),
        Err(Conflict::Store(error)) => Err(error.into()),
    }
}
