//! Suspending a customer, and ending that (R506). One row says whether an account is in use, and every request reads it: so
//! everyone there is stopped by their next request.

use domain::{
    Account, AccountState, EventId, Suspender, Timestamp,
    letter::Letter,
    log::{Event, LogOf},
    name::Reason,
    rights::SuspendCustomer,
};

use crate::{
    Conflict, ListedAccount, Store, TableName, keys, letters, log, rows,
    transaction::{Transaction, When},
};

/// Why a customer stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuspensionRefused {
    /// The person is not (any more) who acts.
    Actor,
    /// The customer changed meanwhile, or lets them in no more.
    Customer,
}

/// How it is told.
pub struct SuspensionTold<'a> {
    /// To the customer's owner and to the vendor.
    pub letters: &'a [Letter],
    /// The log entry's id.
    pub event: EventId,
    /// Now.
    pub now: Timestamp,
}

impl Store {
    /// Suspends a customer that is in use.
    ///
    /// # Errors
    /// [`SuspensionRefused`] says which condition did not hold.
    pub async fn suspend_customer(
        &self,
        right: &SuspendCustomer,
        customer: &Account,
        (by, reason): (&Suspender, &Reason),
        told: &SuspensionTold<'_>,
    ) -> Result<(), Conflict<SuspensionRefused>> {
        let when = When::holds("st = :was AND na = :na")
            .text(":was", "active")
            .with(":w", rows::value(reason)?)
            .with(":sb", rows::value(by)?);
        let event = Event::AccountSuspended { reason: reason.clone() };
        let change = ("SET st = :st, w = :w, sb = :sb", when);
        self.switch_customer(right, customer, AccountState::Suspended, change, (&event, told)).await
    }

    /// Ends what the same partner began; whoever else suspended the account ends that.
    ///
    /// # Errors
    /// [`SuspensionRefused`] says which condition did not hold.
    pub async fn reactivate_customer(
        &self,
        right: &SuspendCustomer,
        customer: &Account,
        by: &Suspender,
        told: &SuspensionTold<'_>,
    ) -> Result<(), Conflict<SuspensionRefused>> {
        let when = When::holds("st = :was AND na = :na AND sb.i = :by")
            .text(":was", "suspended")
            .text(":by", by.account.to_string());
        let change = ("SET st = :st REMOVE w, sb", when);
        self.switch_customer(right, customer, AccountState::Active, change, (&Event::AccountReactivated, told)).await
    }

    async fn switch_customer(
        &self,
        right: &SuspendCustomer,
        customer: &Account,
        state: AccountState,
        (change, when): (&'static str, When),
        (event, told): (&Event, &SuspensionTold<'_>),
    ) -> Result<(), Conflict<SuspensionRefused>> {
        let (authority, account) = (right.authority(), right.account());
        let when = when
            .text(":na", customer.name.as_str())
            .with(":st", rows::value(&state)?)
            .lets_in(authority)
            .partner_as_read(authority.partner);
        let (number, name) = (customer.number.clone(), customer.name.clone());
        let listed = ListedAccount { id: account, number, name, kind: customer.kind, state };
        let entry = log::entry(told.event, LogOf::Account(account), authority, event, told.now);
        let arms = Transaction::new(self)
            .by_membership(authority, SuspensionRefused::Actor)
            .update(TableName::Accounts, &keys::account(account), change, when, SuspensionRefused::Customer)
            .list_in_directory(&listed, None)
            .customer_changes(account, authority.partner)
            .write(TableName::Journal, entry);
        let arms = told.letters.iter().fold(arms, |arms, letter| arms.write(TableName::Journal, letters::row(letter)));
        arms.commit().await
    }
}
