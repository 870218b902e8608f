//! Inviting people: what the acts have in common.

use axum::extract::{Path, rejection::PathRejection};
use domain::{
    Account, AccountId, Actor, EmailAddress, InvitationId, LetterId,
    access::Denied,
    invitation::{InvitationState, Invited, LIFETIME, NotInvited, SentFrom, TeamInvitation, link_subject},
    letter::{Letter, LinkPurpose, Message, Recipient},
    member::Contact,
    rights::ManageMembers,
};
use store::{Conflict, InvitingRefused, NewTeamInvitation, Throttle};
use web::{ApiError, App, Caller};

/// Mails of invitation that one person sends in an hour: a file of 500 people (R310), and what is to be mended after it.
const PER_PERSON: u32 = 600;
/// Those of an account in a day: its managers share them.
const PER_ACCOUNT: u32 = 2_000;
/// Those to one address in an hour, of all accounts together: enough for somebody who cannot find the mail, too few to be
/// a nuisance to who never asked for one.
const PER_ADDRESS: u32 = 5;
/// An hour, in seconds.
const HOUR: i64 = 3_600;

/// The counts of a mail of invitation.
pub(crate) async fn counts(app: &App, right: &ManageMembers, email: &EmailAddress) -> Result<[Throttle; 3], ApiError> {
    let throttle = |kind, whom, most, window| Throttle { kind, whom, most, window };
    Ok([
        throttle("invite-person", right.authority().person.user.to_string(), PER_PERSON, HOUR),
        throttle("invite-account", right.account().to_string(), PER_ACCOUNT, 24 * HOUR),
        throttle("invite-address", app.pseudonym(&email.claim()).await?, PER_ADDRESS, HOUR),
    ])
}

/// An invitation as it is sent now.
pub(crate) struct Sent {
    pub invitation: TeamInvitation,
    /// The mail with its link.
    pub letter: Letter,
    /// What the link carries.
    pub link: String,
}

/// Invites somebody to the team, or as a guest: `known` says whether the account has the address already, as a member's or
/// a contact's.
pub(crate) async fn invite(
    app: &App,
    (actor, account): (&Actor, &Account),
    right: &ManageMembers,
    (member, contact): (bool, Option<Contact>),
    invited: Invited,
) -> Result<TeamInvitation, ApiError> {
    if invited.email.claim() == actor.user().email.claim() {
        return Err(ApiError::field("/email", "own_address"));
    }
    if member {
        return Err(ApiError::field("/email", "already_in_team"));
    }
    let now = app.now();
    let id = InvitationId::new(now, credentials::random());
    let Sent { invitation, letter, .. } = sent(app, (actor, account), id, invited, true).await?;
    let counts = counts(app, right, &invitation.invited.email).await?;
    let new = NewTeamInvitation {
        invitation: &invitation,
        customer_number: &account.number,
        contact: contact.as_ref(),
        letter: &letter,
        counts: &counts,
        event: app.event_id(),
    };
    let written = app.store().invite_person(right, &new, now).await;
    written.map_err(|conflict| refused(app, conflict, &counts))?;
    Ok(invitation)
}

/// Makes an invitation, or makes one anew: whoever acts is who sends it.
pub(crate) async fn sent(
    app: &App,
    (actor, account): (&Actor, &Account),
    id: InvitationId,
    invited: Invited,
    mailed: bool,
) -> Result<Sent, ApiError> {
    actor.may_give(invited.role)?;
    let now = app.now();
    let by_name = actor.name_and_home();
    let message = invited.letter(account.name.clone(), by_name.clone());
    let recipient = Recipient::Address {
        email: invited.email.clone(),
        name: invited.first_name.clone(),
        language: invited.language,
    };
    let mut letter = app.letter(recipient, Message::Team(message));
    letter.link_subject = Some(link_subject(account.id, id));
    let (token_hash, link) = link(app, account.id, id, letter.id).await?;
    let invitation = TeamInvitation {
        account: account.id,
        id,
        invited,
        account_name: account.name.clone(),
        by: actor.user().id,
        from: SentFrom::of(actor),
        by_name,
        state: if mailed { InvitationState::Queued } else { InvitationState::HandedOver },
        letter: letter.id,
        token_hash,
        sent_at: now,
        expires_at: now.checked_add(LIFETIME).map_err(ApiError::broken)?,
        opened_at: None,
        mailed,
    };
    Ok(Sent { invitation, letter, link })
}

async fn link(app: &App, account: AccountId, id: InvitationId, letter: LetterId) -> Result<(String, String), ApiError> {
    let token = app.link_key().await?.token(letter, LinkPurpose::TeamInvitation);
    Ok((token.hash(), format!("{}.{}", link_subject(account, id), token.reveal())))
}

/// Who acts, and on which invitation; where there is none of that id, as if nothing were there.
pub(crate) async fn read(
    app: &App,
    caller: &Caller,
    id: Result<Path<String>, PathRejection>,
) -> Result<(Actor, ManageMembers, TeamInvitation), ApiError> {
    // What is no id names none: whether they may is told first.
    let id = id.ok().and_then(|Path(id)| InvitationId::parse(&id).ok());
    let query = |right| {
        let store = app.store().clone();
        async move {
            match id {
                Some(id) => store.find_invitation_of(&right, id).await,
                None => Ok(None),
            }
        }
    };
    // The key of links is read once by each process; beside the rest, so that nobody waits for it.
    let (read, link_key) = tokio::join!(caller.read(query, Actor::may_list_members), app.link_key());
    let (actor, _, found) = read?;
    link_key?;
    let right = actor.may_manage_members()?;
    let found = found.ok_or(Denied::Hidden)?;
    // Guests are let in by who belongs to the account.
    if found.invited.guest.is_some() {
        actor.may_manage_guests()?;
    }
    Ok((actor, right, found))
}

/// What a refusal means.
pub(crate) fn refused(app: &App, conflict: Conflict<InvitingRefused>, counts: &[Throttle; 3]) -> ApiError {
    ApiError::refused(conflict, |arm| match arm {
        InvitingRefused::Actor | InvitingRefused::Contact => ApiError::Conflict,
        InvitingRefused::Already => ApiError::field("/email", "already_invited"),
        InvitingRefused::Over => NotInvited::Over.into(),
        // Somebody else may have written there: the others of a list are invited all the same.
        InvitingRefused::Throttle(2) => ApiError::field("/email", "invited_too_often"),
        InvitingRefused::Throttle(place) => {
            counts.get(place).map_or(ApiError::Conflict, |count| ApiError::TooManyTries(count.used_up(app.now())))
        }
    })
}
