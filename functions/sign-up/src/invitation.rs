//! Answering an invitation to an account's team: what the operations have in common.

use domain::{
    Account, AccountId, AccountStatus, InvitationId, Role,
    actor::Capacity,
    invitation::{InvitationToMe, Invited, NotAccepted, SentFrom, TeamInvitation, parse_link_subject},
    letter::{GuestLetter, Letter, Message, Recipient, TeamLetter},
    membership::Guest,
};
use serde::Serialize;
use store::Throttle;
use utoipa::ToSchema;
use web::{ApiError, App};

/// Calls by one link in [`WINDOW`]: only who holds it gets as far as the hash of a password, so the bound is on work.
/// Counted by token, so that whoever makes tokens up counts against nobody else.
const PER_LINK: u32 = 100;
/// A quarter of an hour.
const WINDOW: i64 = 15 * 60;

/// The account somebody is invited to.
#[derive(Serialize, ToSchema)]
pub(crate) struct InvitingAccount {
    #[schema(example = "acc_01jd0x5m2nfe4r8v0t6w9y2zab")]
    pub id: String,
    pub name: String,
    #[schema(example = "C10423")]
    pub number: String,
}

impl From<&Account> for InvitingAccount {
    fn from(account: &Account) -> Self {
        Self { id: account.id.to_string(), name: account.name.to_string(), number: account.number.to_string() }
    }
}

/// What a link leads to.
pub(crate) struct Linked {
    pub invitation: TeamInvitation,
    pub account: Account,
    /// The hash of its token.
    pub token_hash: String,
}

/// What a link leads to, if it lets somebody in: whoever holds it may know why not.
pub(crate) async fn by_link(app: &App, text: &str) -> Result<Linked, ApiError> {
    let ((account, id), token) = web::parse_link(text, parse_link_subject)?;
    let tries = Throttle { kind: "invitation-link", whom: token.hash(), most: PER_LINK, window: WINDOW };
    let (counted, invitation, account) = tokio::join!(
        app.count(&tries, app.now()),
        app.store().find_invitation(account, id),
        app.store().find_account(account)
    );
    counted?;
    let invitation = invitation?.filter(|found| token.has_hash(&found.token_hash)).ok_or(ApiError::LinkExpired)?;
    invitation.waits(app.now())?;
    let account = account?.ok_or(ApiError::LinkExpired)?;
    lets_in(app, &account, &invitation.invited, invitation.from).await?;
    Ok(Linked { invitation, account, token_hash: token.hash() })
}

/// Whether an account lets anybody in: it is in use, and looks after its people itself. Where it does not, nobody in it
/// could take an invitation back, but the partner that sent it (R507). Where it does, managers are invited by its own.
pub(crate) async fn lets_in(
    app: &App,
    account: &Account,
    invited: &Invited,
    from: Option<SentFrom>,
) -> Result<(), ApiError> {
    // Whoever sent it comes in no more.
    if from.is_some_and(|from| !from.is_let_in(account)) {
        return Err(NotAccepted::InviterGone.into());
    }
    let by_partner = from.is_some_and(|from| from.capacity == Capacity::Partner);
    let team_area = account.features(app.settings().await?.team_area).team_area;
    let as_manager = invited.guest.is_none() && invited.role != Role::Member;
    if as_manager && from.is_some() && team_area {
        return Err(NotAccepted::InviterGone.into());
    }
    match account.status {
        AccountStatus::Active if by_partner || team_area => Ok(()),
        AccountStatus::Active | AccountStatus::Suspended { .. } | AccountStatus::Closed => {
            Err(NotAccepted::Unavailable.into())
        }
    }
}

/// Why an invitation that was there a moment ago lets nobody in.
pub(crate) async fn why_not(app: &App, account: AccountId, id: InvitationId) -> ApiError {
    match app.store().find_invitation(account, id).await {
        Err(error) => error.into(),
        Ok(None) => ApiError::LinkExpired,
        Ok(Some(found)) => match found.waits(app.now()) {
            Err(why) => why.into(),
            // It waits, by another link.
            Ok(()) => ApiError::LinkExpired,
        },
    }
}

/// Whoever sent it reads that somebody of that name came: to belong to the account, or as a guest.
pub(crate) fn accepted(
    app: &App,
    invitation: &InvitationToMe,
    account: &Account,
    (person_name, guest): (String, Option<&Guest>),
) -> Letter {
    let (account_name, person_email) = (account.name.clone(), invitation.invited.email.clone());
    let letter = match guest {
        None => TeamLetter::Accepted { account_name, person_name, person_email },
        Some(guest) => TeamLetter::Guest(GuestLetter::Accepted {
            account_name,
            person_name,
            person_email,
            home_name: guest.home_name.clone(),
            ends_on: guest.until.to_zoned(account.zone.zone()).date(),
        }),
    };
    app.letter(Recipient::User(invitation.by), Message::Team(letter))
}
