//! What members ask the account's managers for (R301): a row for each person, deleted when it is decided, or when they
//! leave.

use domain::{
    AccountId, EmailAddress, EventId, Membership, MembershipStatus, Role, Timestamp, User, UserId,
    letter::Letter,
    log::{Event, LogOf, MemberChange},
    member::Wants,
    name::Reason,
    page::{Page, PageSize, Position},
    rights::{AskForAccess, ListMembers, ManageMembers},
};
use serde::{Deserialize, Serialize};

use super::managers::tally;
use crate::{
    Conflict, Store, StoreError, TableName, keys, letters,
    listing::Listing,
    log,
    rows::{self, MemberRow},
    transaction::{Transaction, When},
};

#[derive(Serialize, Deserialize)]
struct AccessRow {
    /// first and last name
    n: String,
    /// address
    m: EmailAddress,
    /// what is asked for
    w: Wants,
    /// why, in the person's words
    #[serde(default, skip_serializing_if = "Option::is_none")]
    y: Option<Reason>,
    /// when, in milliseconds
    t: i64,
}

/// Something a member asks the account's managers for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRequest {
    /// Who.
    pub user: UserId,
    /// First and last name, when they asked.
    pub name: String,
    /// Their address then.
    pub email: EmailAddress,
    /// What.
    pub wants: Wants,
    /// Why, in their words.
    pub note: Option<Reason>,
    /// When.
    pub asked_at: Timestamp,
}

/// The same, with who asks as they are in the account now.
pub struct FoundAccess {
    /// What is asked.
    pub request: AccessRequest,
    row: MemberRow,
}

impl FoundAccess {
    /// Whether they have it already.
    #[must_use]
    pub fn is_had(&self) -> bool {
        self.request.wants.is_had(&self.row.membership.clone().into())
    }

    /// The role they have once it is given.
    #[must_use]
    pub fn role_then(&self) -> Role {
        self.request.wants.given_to(&self.row.membership.clone().into()).role
    }

    /// Whether they are a guest here.
    #[must_use]
    pub const fn is_guest(&self) -> bool {
        self.row.membership.gh.is_some()
    }

    /// Whether they work in the account: nobody else is given anything there.
    #[must_use]
    pub fn is_at_work(&self) -> bool {
        self.row.membership.st == MembershipStatus::Active
    }
}

/// Why a member did not ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAsked {
    /// Whoever acts is not (any more) who acted.
    Actor,
    /// What they asked for before waits.
    Waiting,
}

/// Why what was asked was not decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessUndecided {
    /// Whoever decides is not (any more) who did.
    Actor,
    /// Somebody else decided, or the person left.
    Gone,
    /// The person is something else by now.
    Changed,
}

/// Who is told, and the log entry's id.
pub struct AccessTold<'a> {
    /// The letter to whoever asked.
    pub letter: &'a Letter,
    /// The entry.
    pub event: EventId,
}

impl Store {
    /// Asks the account's managers for something. `letters` go to them; none where they had one today.
    ///
    /// # Errors
    /// [`NotAsked`] says which condition did not hold.
    pub async fn ask_for_access(
        &self,
        right: &AskForAccess,
        user: &User,
        (wants, note): (Wants, Option<Reason>),
        letters: &[Letter],
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<NotAsked>> {
        let account = right.account();
        let row = AccessRow { n: user.full_name(), m: user.email.clone(), w: wants, y: note, t: now.as_millisecond() };
        let row = rows::to_item(&keys::access_request(account, user.id), &row);
        let log = LogOf::Account(account);
        let asked = Transaction::new(self)
            .by_member(right.authority(), NotAsked::Actor)
            .create(TableName::Accounts, row, NotAsked::Waiting)
            .write(TableName::Journal, log::entry(event, log, right.authority(), &Event::AccessAsked, now));
        let asked =
            if letters.is_empty() { asked } else { asked.count(&tally(account, user.id), now, NotAsked::Waiting) };
        letters.iter().fold(asked, |arms, one| arms.write(TableName::Journal, letters::row(one))).commit().await
    }

    /// A page of what is asked of the account, by when people signed up.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn list_access_requests(
        &self,
        right: &ListMembers,
        size: PageSize,
        from: Option<&Position>,
    ) -> Result<Page<AccessRequest>, StoreError> {
        let listing = Listing::of(keys::access_requests_partition(right.account()));
        let (items, next) = self.page(listing, size, from).await?;
        Ok(Page { items: items.into_iter().map(request).collect::<Result<_, _>>()?, next })
    }

    /// What a member asks of the account.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_access_request(
        &self,
        right: &ListMembers,
        user: UserId,
    ) -> Result<Option<FoundAccess>, StoreError> {
        let account = right.account();
        let keys = [keys::access_request(account, user), keys::membership(account, user)];
        let mut found = self.items(TableName::Accounts, keys.to_vec()).await?;
        let [asked, member] = keys.map(|key| found.remove(&key));
        let Some((asked, member)) = asked.zip(member) else { return Ok(None) };
        Ok(Some(FoundAccess { request: request(asked)?, row: rows::from_item(member)? }))
    }

    /// Gives somebody what they asked for. Who has it already is only told.
    ///
    /// # Errors
    /// [`AccessUndecided`] says which condition did not hold.
    pub async fn grant_access(
        &self,
        right: &ManageMembers,
        found: &FoundAccess,
        told: &AccessTold<'_>,
        now: Timestamp,
    ) -> Result<(), Conflict<AccessUndecided>> {
        let (account, user) = (right.account(), found.request.user);
        let arms = self.decide_access(right, found, told, MemberChange::AccessGranted, now);
        if found.is_had() {
            return arms.commit().await;
        }
        let mut row = found.row.clone();
        let then = found.request.wants.given_to(&Membership::from(row.membership.clone()));
        row.membership = (&then).into();
        row.place(user);
        let as_read = When::team_member_as_read(found.row.mv);
        arms.amend_member(account, user, &row, as_read, AccessUndecided::Changed)
            .amend_copy(account, user, &then, AccessUndecided::Changed)
            .commit()
            .await
    }

    /// Refuses somebody what they asked for.
    ///
    /// # Errors
    /// [`AccessUndecided`] says which condition did not hold.
    pub async fn refuse_access(
        &self,
        right: &ManageMembers,
        found: &FoundAccess,
        told: &AccessTold<'_>,
        now: Timestamp,
    ) -> Result<(), Conflict<AccessUndecided>> {
        self.decide_access(right, found, told, MemberChange::AccessRefused, now).commit().await
    }

    fn decide_access(
        &self,
        right: &ManageMembers,
        found: &FoundAccess,
        told: &AccessTold<'_>,
        change: MemberChange,
        now: Timestamp,
    ) -> Transaction<'_, AccessUndecided> {
        let (account, by, asked) = (right.account(), right.authority(), &found.request);
        let as_read = When::holds("t = :t").number(":t", asked.asked_at.as_millisecond());
        let entry = Event::Member { user: asked.user, change };
        Transaction::new(self)
            .by_member(by, AccessUndecided::Actor)
            .delete(TableName::Accounts, &keys::access_request(account, asked.user), as_read, AccessUndecided::Gone)
            .write(TableName::Journal, letters::row(told.letter))
            .write(TableName::Journal, log::entry(told.event, LogOf::Account(account), by, &entry, now))
    }
}

impl<A: Clone> Transaction<'_, A> {
    /// Forgets what somebody asked of an account that they leave.
    pub(crate) fn forget_access_request(self, account: AccountId, user: UserId) -> Self {
        self.remove(TableName::Accounts, &keys::access_request(account, user))
    }
}

fn request(item: rows::Item) -> Result<AccessRequest, StoreError> {
    let user = UserId::parse(rows::sort_key(&item, "")?)?;
    let row: AccessRow = rows::from_item(item)?;
    Ok(AccessRequest { user, name: row.n, email: row.m, wants: row.w, note: row.y, asked_at: rows::at(row.t)? })
}
