//! Going through everyone who can get at what is the account's (R315).

use domain::{
    EventId, Timestamp, UserId,
    log::{Event, LogOf, MemberChange},
    member::Member,
    page::{Page, PageSize, Position},
    rights::{ListReview, ReviewAccess},
};

use crate::{
    Conflict, Store, StoreError, TableName, keys,
    listing::Listing,
    log, rows,
    transaction::{Transaction, When},
};

/// Why it was not noted that somebody belongs to the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotKept {
    /// Whoever acts is not (any more) who acted.
    Actor,
    /// The account has no such member.
    Gone,
}

impl Store {
    /// A page of an account's members, inactive ones too: who never came first, then who has been away the longest.
    ///
    /// # Errors
    /// If the database does not answer, or the position is not one of this list.
    pub async fn list_review(
        &self,
        right: &ListReview,
        size: PageSize,
        from: Option<&Position>,
    ) -> Result<Page<Member>, StoreError> {
        let members = Listing::of(keys::account_partition(right.account())).by_seen();
        let (items, next) = self.page(members, size, from).await?;
        Ok(Page { items: items.into_iter().map(rows::member).collect::<Result<_, _>>()?, next })
    }

    /// Notes that the owner said of somebody that they belong to the account.
    ///
    /// # Errors
    /// [`NotKept`] says which condition did not hold.
    pub async fn keep_member(
        &self,
        right: &ReviewAccess,
        user: UserId,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<NotKept>> {
        let (account, by) = (right.account(), right.authority());
        let arms = Transaction::new(self);
        // A row is asked about once: of themselves, the owner's own row says whether they are who acted.
        let (arms, when, otherwise) = if user == by.person.user {
            let still = When::holds("st = :active AND g = :g AND r = :owner")
                .text(":active", "active")
                .text(":owner", "owner")
                .number(":g", by.membership_generation);
            (arms.by(&by.person, NotKept::Actor).in_use(account, NotKept::Actor), still, NotKept::Actor)
        } else {
            (arms.by_member(by, NotKept::Actor), When::present(), NotKept::Gone)
        };
        let when = when.number(":now", now.as_millisecond());
        let entry = Event::Member { user, change: MemberChange::Reviewed };
        arms.update(TableName::Accounts, &keys::membership(account, user), "SET rv = :now", when, otherwise)
            .write(TableName::Journal, log::entry(event, LogOf::Account(account), by, &entry, now))
            .commit()
            .await
    }
}
