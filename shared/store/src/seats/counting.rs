//! Of how many licenses a member has a seat, counted on their row by whatever gives or takes one, so that a list of an
//! account's people reads no seats (R302).

use std::collections::{BTreeMap, HashSet};

use domain::{AccountId, UserId, page::PageSize};

use crate::{
    Store, StoreError, TableName,
    jobs::{Filing, Run},
    keys,
    listing::Listing,
    rows::{self, MemberRow},
    transaction::{Transaction, When},
};

/// Counts on the row of a member; `sg` says whether seats came or went since they were last looked at.
pub(crate) const COUNT: &str = "ADD li :seats, sg :once";

/// People found to be no members any more: nothing is counted of them.
#[derive(Default)]
pub(crate) struct Gone(HashSet<UserId>);

impl Gone {
    /// Notes that somebody is gone, and the act is to be tried again; not if it was tried without them already, and
    /// they have come back.
    pub fn learn(&mut self, user: UserId) -> bool {
        self.0.insert(user)
    }
}

impl When {
    /// With what [`COUNT`] counts.
    pub fn counting(self, seats: i64) -> Self {
        self.number(":seats", seats).number(":once", 1)
    }
}

impl<A: Clone> Transaction<'_, A> {
    /// Counts seats that a member got, or lost (below zero).
    pub fn count_held(self, account: AccountId, user: UserId, seats: i64, otherwise: A) -> Self {
        let member = keys::membership(account, user);
        self.update(TableName::Accounts, &member, COUNT, When::present().counting(seats), otherwise)
    }

    /// Counts a seat that somebody lost, unless they are no member any more.
    pub fn count_lost(self, account: AccountId, user: UserId, gone: &Gone, otherwise: A) -> Self {
        if gone.0.contains(&user) {
            self.check(TableName::Accounts, &keys::membership(account, user), When::absent(), otherwise)
        } else {
            self.count_held(account, user, -1, otherwise)
        }
    }

    /// Counts seats that members got, each of them once, however many they got: the database takes no row twice.
    pub fn count_all_held(self, account: AccountId, held: BTreeMap<UserId, i64>, otherwise: &A) -> Self {
        held.into_iter().fold(self, |arms, (user, seats)| arms.count_held(account, user, seats, otherwise.clone()))
    }
}

impl Store {
    /// Counts anew what somebody has who left and came back before all of their seats were free: what they have now is
    /// theirs.
    pub(super) async fn recount(&self, filing: &Filing, account: AccountId, user: UserId) -> Result<Run, StoreError> {
        let member = keys::membership(account, user);
        let Some(item) = self.get(TableName::Accounts, member.clone()).await? else { return Ok(Run::Overtaken) };
        let was: MemberRow = rows::from_item(item)?;
        let (mut held, mut from) = (0_i64, None);
        loop {
            let seats = Listing::of(keys::assigned_partition(account, user));
            let (items, next) = self.page(seats, PageSize::LARGEST, from.as_ref()).await?;
            held += i64::try_from(items.len()).map_err(StoreError::row)?;
            match next {
                None => break,
                next => from = next,
            }
        }
        let as_read = When::holds("attribute_exists(pk) AND (sg = :sg OR attribute_not_exists(sg))")
            .number(":sg", was.sg)
            .number(":held", held);
        Transaction::new(self)
            .update(TableName::Accounts, &member, "SET li = :held", as_read, ())
            .finish(filing)
            .run()
            .await
    }
}
