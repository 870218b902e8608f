//! Invitations to a team (R303, R304, R309). Each is two rows: one in the account's list, which says where it stands, and
//! one under the address, by which whoever has it finds what waits for them, and nobody is invited twice. The account's
//! contact of that address says that it is invited.

mod accept;
mod contact;
mod decline;
mod delivery;
mod member;
mod rows;
mod send;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Account, AccountId, EmailAddress, InvitationId, Membership, MembershipStatus, Role, Timestamp, User, UserId,
    UserStatus,
    actor::Capacity,
    invitation::{InvitationState, InvitationToMe, SentFrom, TeamInvitation},
    member::{Contact, Group, Person},
    page::{Page, PageSize, Position},
    rights::{AnswerInvitation, ListMembers, ListMyInvitations},
    sign_in_name::SignInName,
};

use self::rows::{InvitationRow, InvitedRow};
use super::{AtHome, people::person};
use crate::{
    Store, StoreError, TableName, keys,
    listing::Listing,
    rows::{AccountRow, Item, MemberRow, from_item, sort_key},
    transaction::When,
};

pub use accept::{AcceptRefused, Accepting, NewLogin};
pub use decline::DeclineRefused;
pub use delivery::LetterFate;
pub use member::{MemberInvitation, MemberNotInvited};
pub(crate) use rows::LINK_OF_INVITATION;
pub use send::{InvitingRefused, NewTeamInvitation, RenewedInvitation};

/// What is there when somebody with a login answers an invitation.
pub struct InvitationGround {
    /// The invitation that names their address, though its time be over.
    pub invitation: Option<InvitationToMe>,
    /// Whether they belong to it, active or not.
    pub member: bool,
    /// The account's partner, if it has one, and what they are there.
    pub home: AtHome,
}

impl Store {
    /// A page of an account's invitations, the newest first.
    ///
    /// # Errors
    /// If the database does not answer, or the position is not one of this list.
    pub async fn list_invitations(
        &self,
        right: &ListMembers,
        size: PageSize,
        from: Option<&Position>,
    ) -> Result<Page<TeamInvitation>, StoreError> {
        let account = right.account();
        let listing = Listing::of(keys::invitations_partition(account)).backwards();
        let (items, next) = self.page(listing, size, from).await?;
        Ok(Page { items: items.into_iter().map(|item| invitation(account, item)).collect::<Result<_, _>>()?, next })
    }

    /// An invitation of an account.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_invitation_of(
        &self,
        right: &ListMembers,
        id: InvitationId,
    ) -> Result<Option<TeamInvitation>, StoreError> {
        self.find_invitation(right.account(), id).await
    }

    /// An invitation that a link names; shown to whoever holds the link's token alone.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_invitation(
        &self,
        account: AccountId,
        id: InvitationId,
    ) -> Result<Option<TeamInvitation>, StoreError> {
        let found = self.get(TableName::Accounts, keys::team_invitation(account, id)).await?;
        found.map(|item| invitation(account, item)).transpose()
    }

    /// Whom an account knows by an address: whether a member has it, and the contact.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn known_under(
        &self,
        right: &ListMembers,
        email: &EmailAddress,
    ) -> Result<(bool, Option<Contact>), StoreError> {
        let people = Listing::of(keys::account_partition(right.account())).by_email();
        let people = people.beginning(format!("{}\t", email.claim()));
        let (items, _) = self.page(people, PageSize::default(), None).await?;
        let mut known = (false, None);
        for item in items {
            match person(item)? {
                Person::Member(_) => known.0 = true,
                Person::Contact(contact) => known.1 = Some(contact),
            }
        }
        Ok(known)
    }

    /// The invitations that wait for a person: by their address.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn my_invitations(
        &self,
        right: &ListMyInvitations,
        now: Timestamp,
    ) -> Result<Vec<InvitationToMe>, StoreError> {
        let mut waiting = self.waiting_under(keys::invited_partition(right.email()), now).await?;
        waiting.sort_by_key(|invitation| std::cmp::Reverse(invitation.sent_at));
        Ok(waiting)
    }

    /// The newest invitation to whoever would sign in by that name; a name that is no address has none, and is looked for
    /// all the same.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn newest_invitation_to(
        &self,
        name: &SignInName,
        now: Timestamp,
    ) -> Result<Option<InvitationToMe>, StoreError> {
        let waiting = self.waiting_under(keys::invited_by(&name.claim()), now).await?;
        Ok(waiting.into_iter().max_by_key(|invitation| invitation.sent_at))
    }

    async fn waiting_under(&self, partition: String, now: Timestamp) -> Result<Vec<InvitationToMe>, StoreError> {
        let items = self.partition(TableName::Accounts, partition, "").await?;
        let mut waiting = Vec::with_capacity(items.len());
        for item in items {
            waiting.push(to_me(item)?);
        }
        // One whose time is over stays until it is answered otherwise.
        waiting.retain(|invitation| now < invitation.expires_at);
        Ok(waiting)
    }

    /// What is there when a person accepts an invitation to that account. Whether they would come as a guest is read with
    /// the rest, and so is what that rests on.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn invitation_ground(
        &self,
        user: &User,
        account: AccountId,
        partner: Option<AccountId>,
    ) -> Result<InvitationGround, StoreError> {
        let (invited, member) = (keys::invited(&user.email, account), keys::membership(account, user.id));
        let home = async {
            match partner {
                Some(partner) => self.at_home(partner, user.id).await,
                None => Ok(AtHome::default()),
            }
        };
        let wanted = vec![invited.clone(), member.clone()];
        let (mut found, home) = tokio::try_join!(self.items(TableName::Accounts, wanted), home)?;
        let invitation = found.remove(&invited).map(to_me).transpose()?;
        Ok(InvitationGround { invitation, member: found.contains_key(&member), home })
    }

    /// The invitation of a person to that account, though its time be over.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn my_invitation(
        &self,
        right: &AnswerInvitation,
        user: &User,
        account: AccountId,
    ) -> Result<Option<InvitationToMe>, StoreError> {
        debug_assert_eq!(right.authority().user, user.id, "one's own");
        self.get(TableName::Accounts, keys::invited(&user.email, account)).await?.map(to_me).transpose()
    }

    /// Whether whoever invited still looks after the account's people.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn still_invites(
        &self,
        account: &Account,
        (by, from): (UserId, Option<SentFrom>),
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let Some(SentFrom { capacity, home }) = from else {
            let found = self.get(TableName::Accounts, keys::membership(account.id, by)).await?;
            let Some(item) = found else { return Ok(false) };
            let row: MemberRow = from_item(item)?;
            return Ok(Group::of(&row.membership.into(), row.us) == Group::Managers);
        };
        let (here, there) = (keys::membership(account.id, by), keys::membership(home, by));
        let home = keys::account(home);
        let mut found = self.items(TableName::Accounts, vec![here.clone(), there.clone(), home.clone()]).await?;
        let mut member = |key| found.remove(key).map(from_item::<MemberRow>).transpose();
        let (here, there) = (member(&here)?, member(&there)?);
        let home = found.remove(&home).map(|item| Account::try_from(from_item::<AccountRow>(item)?)).transpose()?;
        let Some((home, there)) = home.zip(there).filter(|(_, there)| there.us == UserStatus::Active) else {
            return Ok(false);
        };
        let there = Membership::from(there.membership);
        Ok(match capacity {
            Capacity::Partner => account.is_open_to(&home, &there),
            Capacity::Member | Capacity::Guest | Capacity::Staff => {
                let here = here.map(|row| Membership::from(row.membership));
                here.filter(|here| here.status == MembershipStatus::Active && here.role != Role::Member)
                    .and_then(|here| here.guest)
                    .is_some_and(|guest| guest.counts(account, Some(&home), Some(&there), now))
            }
        })
    }
}

fn invitation(account: AccountId, item: Item) -> Result<TeamInvitation, StoreError> {
    let id = InvitationId::parse(sort_key(&item, "")?)?;
    from_item::<InvitationRow>(item)?.into_invitation(account, id)
}

fn to_me(item: Item) -> Result<InvitationToMe, StoreError> {
    let account = AccountId::parse(sort_key(&item, "")?)?;
    from_item::<InvitedRow>(item)?.into_invitation(account)
}

impl When {
    /// An invitation waits for an answer, though its time be over.
    pub(crate) fn unanswered() -> Self {
        Self::holds("st <> :accepted AND st <> :declined AND st <> :revoked").answers()
    }

    /// It waits, and its time is not over.
    pub(crate) fn waiting(now: Timestamp) -> Self {
        Self::holds("st <> :accepted AND st <> :declined AND st <> :revoked AND x > :now")
            .answers()
            .number(":now", now.as_millisecond())
    }

    /// The same of one whose link went by mail: a link that was handed over instead stays whoever's has it.
    pub(crate) fn mailed_and_waiting(now: Timestamp) -> Self {
        Self::holds("st <> :accepted AND st <> :declined AND st <> :revoked AND x > :now AND ml = :mailed")
            .answers()
            .number(":now", now.as_millisecond())
            .with(":mailed", AttributeValue::Bool(true))
    }

    fn answers(self) -> Self {
        self.text(":accepted", InvitationState::Accepted.name())
            .text(":declined", InvitationState::Declined.name())
            .text(":revoked", InvitationState::Revoked.name())
    }

    /// The row under the address is that of this invitation.
    fn of_invitation(id: InvitationId) -> Self {
        Self::holds("i = :i").text(":i", id.to_string())
    }
}
