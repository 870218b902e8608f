//! The customer decides how its partner's people get in (R509).

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    AccountId, EventId, Timestamp, UserId,
    letter::Letter,
    log::{Event, LogOf, PartnerChange},
    partnership::{CustomerAccess, Partnership},
    rights::ChangeAccess,
};

use crate::{
    Conflict, Job, Listed, NewRequest, RequestRefused, Store, TableName, keys, letters, log,
    requests::RequestRow,
    rows,
    transaction::{Transaction, When},
};

/// Another way in for the people of an account's partner.
#[derive(Debug, Clone)]
pub struct AccessChange {
    /// Of which account.
    pub account: AccountId,
    /// Its owner, who decides or asked.
    pub owner: UserId,
    /// Its partner, and how its people got in, as read.
    pub was: Partnership,
    /// How from now on.
    pub access: CustomerAccess,
    /// The account's rows in the partner's list.
    pub listed: Listed,
}

/// Why the people of an account's partner get in as before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessRefused {
    /// The person may not (any more) decide it.
    Actor,
    /// The account's partner, or how its people get in, changed meanwhile.
    Changed,
    /// What the partner's list shows of the account did: read again.
    Listed,
}

impl AccessChange {
    /// What the account's log says of it.
    pub(crate) const fn event(&self) -> Event {
        let change = match self.access {
            CustomerAccess::Automatic => PartnerChange::Automatic,
            CustomerAccess::GuestsOnly => PartnerChange::GuestsOnly,
        };
        Event::Partner { partner: self.was.partner, change }
    }
}

impl<A: Clone> Transaction<'_, A> {
    /// Lets the people of an account's partner in otherwise, where nobody changed that meanwhile and the vendor has not
    /// said that only guests get in.
    pub(crate) fn decide_access(self, change: &AccessChange, otherwise: A) -> Self {
        let as_read = "st = :active AND o = :o AND px = :was AND (attribute_not_exists(fe) OR fe.guests_only = :no)";
        let as_read = When::holds(as_read)
            .text(":active", "active")
            .text(":o", change.owner.to_string())
            .text(":was", change.was.access.name())
            .text(":px", change.access.name())
            .with(":no", AttributeValue::Bool(false))
            .partner_as_read(Some(change.was.partner));
        self.update(TableName::Accounts, &keys::account(change.account), "SET px = :px", as_read, otherwise)
            .followed_by(Job::RefreshCustomer { account: change.account })
    }
}

impl Store {
    /// Lets the people of the account's partner in otherwise, from their next request on.
    ///
    /// # Errors
    /// [`AccessRefused`] says which condition did not hold.
    pub async fn change_access(
        &self,
        right: &ChangeAccess,
        change: &AccessChange,
        letters: &[Letter],
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<AccessRefused>> {
        let log_of = LogOf::Account(right.account());
        let arms = || {
            let arms = Transaction::new(self)
                .by_membership(right.authority(), AccessRefused::Actor)
                .decide_access(change, AccessRefused::Changed)
                .write(TableName::Journal, log::entry(event, log_of, right.authority(), &change.event(), now));
            letters.iter().fold(arms, |arms, letter| arms.write(TableName::Journal, letters::row(letter)))
        };
        self.commit_unlisting(right.account(), &change.listed, AccessRefused::Listed, arms).await
    }

    /// Asks the vendor for it, where the vendor wants to be asked: once at a time.
    ///
    /// # Errors
    /// [`RequestRefused`] says which condition did not hold.
    pub async fn ask_for_access_change(
        &self,
        right: &ChangeAccess,
        new: &NewRequest,
        letter: &Letter,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<RequestRefused>> {
        let user = right.authority().person.user;
        let row = RequestRow::of(new, now);
        let asked = Event::ChangeRequested { kind: new.wish.kind() };
        let log_of = LogOf::Account(right.account());
        Transaction::new(self)
            .by_member(right.authority(), RequestRefused::Actor)
            .create(TableName::Accounts, rows::to_item(&keys::request(user, &new.wish), &row), RequestRefused::Waiting)
            .write(TableName::Accounts, rows::to_item(&keys::desk_request(new.id), &row))
            .write(TableName::Journal, letters::row(letter))
            .write(TableName::Journal, log::entry(event, log_of, right.authority(), &asked, now))
            .commit()
            .await
    }
}
