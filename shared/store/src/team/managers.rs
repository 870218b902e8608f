//! Who looks after an account's people (R301): whom everybody else can ask.

use domain::{
    AccountId, Role, Timestamp, UserId,
    member::{Group, Member},
    page::{PageSize, Position},
    rights::ShowManagers,
};

use crate::{
    Store, StoreError, TableName, Throttle, keys,
    listing::Listing,
    rows::{self, AccountRow},
    throttle,
};

/// How many are named: more is no help.
const NAMED: usize = 6;
/// As many are read, so that the owner is among them: they are sorted by name.
const READ: u16 = 50;

/// Whom to ask, and whether they were written to already today because of whoever asks.
pub struct WhomToAsk {
    /// The managers, the owner first.
    pub managers: Vec<Member>,
    /// Whether they were.
    pub told_today: bool,
}

/// Counts letters about what somebody asks of an account; it refuses none, since whether one is written is decided
/// before. One a day.
pub(super) fn tally(account: AccountId, user: UserId) -> Throttle {
    Throttle { kind: "access-letters", whom: format!("{account}#{user}"), most: u32::MAX, window: 86_400 }
}

impl Store {
    /// Who looks after an account's people: its owner first, then managers by name, six at most. Who has not come in yet,
    /// or closes their login, is no help.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn list_managers(&self, right: &ShowManagers) -> Result<Vec<Member>, StoreError> {
        let account = right.account();
        let group = Listing::of(keys::account_partition(account)).by_group();
        let group = group.beginning(format!("{}#", Group::Managers.name()));
        let (mut managers, mut from): (Vec<Member>, Option<Position>) = (Vec::new(), None);
        // A page may end before its limit, for reasons of the database's own.
        let more = loop {
            let (items, next) = self.page(group.clone(), PageSize::new(READ)?, from.as_ref()).await?;
            for item in items {
                managers.push(rows::member(item)?);
            }
            if next.is_none() || managers.len() >= usize::from(READ) {
                break next;
            }
            from = next;
        };
        let is_owner = |member: &Member| member.membership.role == Role::Owner;
        if more.is_some() && !managers.iter().any(is_owner) {
            managers.extend(self.owner_of(account).await?.filter(|owner| owner.group() == Group::Managers));
        }
        managers.sort_by_key(|member| !is_owner(member));
        managers.truncate(NAMED);
        Ok(managers)
    }

    /// Whom somebody can ask for more.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn whom_to_ask(
        &self,
        right: &ShowManagers,
        user: UserId,
        now: Timestamp,
    ) -> Result<WhomToAsk, StoreError> {
        let (letters, _) = tally(right.account(), user).row(now);
        let (managers, letters) = tokio::try_join!(self.list_managers(right), self.get(TableName::Sessions, letters))?;
        Ok(WhomToAsk { managers, told_today: letters.is_some_and(|row| throttle::counted(&row) > 0) })
    }

    async fn owner_of(&self, account: AccountId) -> Result<Option<Member>, StoreError> {
        let Some(item) = self.get(TableName::Accounts, keys::account(account)).await? else { return Ok(None) };
        let owner = rows::from_item::<AccountRow>(item)?.o;
        let found = self.get(TableName::Accounts, keys::membership(account, owner)).await?;
        found.map(rows::member).transpose()
    }
}
