//! The second factor of a person, and the rule of an account that everyone has one (R110).
//!
//! A code that allows a change of the factor itself is used up by the condition of that change, since one transaction
//! cannot touch a row twice.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    EventId, Timestamp,
    actor::Authority,
    log::{Event, LogOf},
    rights::{ManageSecondFactor, RequireSecondFactor},
};

use crate::{
    Conflict, Enrolment, Notice, SecondFactor, Spent, Store, StoreError, TableName, keys, log, rows,
    transaction::{Transaction, When},
};

/// Why a second factor stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorRefused {
    /// The person is not (any more) who acted.
    Actor,
    /// The code was used meanwhile.
    Code,
    /// There is none.
    Missing,
    /// The enrolment was used, or another one was begun since.
    Enrolment,
    /// The account of the session requires a second factor, or the person is staff.
    Required,
}

/// Why an account's rule stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleRefused {
    /// The owner is not (any more) who acted, or has no second factor of their own.
    Actor,
    /// The code was used meanwhile.
    Code,
    /// The account is not in use, or somebody else's now.
    Account,
}

impl Store {
    /// Keeps a secret until its first code comes; one that waited before is void.
    ///
    /// # Errors
    /// [`FactorRefused`] says which condition did not hold.
    pub async fn begin_second_factor(
        &self,
        right: &ManageSecondFactor,
        enrolment: &Enrolment,
        spent: &Spent,
    ) -> Result<(), Conflict<FactorRefused>> {
        let user = right.authority().user;
        Transaction::new(self)
            .by(right.authority(), FactorRefused::Actor)
            .spend(user, spent, FactorRefused::Code)
            .write(TableName::Credentials, rows::to_item(&keys::enrolment(user), enrolment))
            .commit()
            .await
    }

    /// Turns on the factor whose first code was right, in place of any before it. All other sessions end.
    ///
    /// # Errors
    /// [`FactorRefused`] says which condition did not hold.
    pub async fn confirm_second_factor(
        &self,
        right: &ManageSecondFactor,
        enrolment: &Enrolment,
        factor: &SecondFactor,
        notice: &Notice,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<FactorRefused>> {
        let (authority, user) = (right.authority(), right.authority().user);
        let on = When::raising(authority).with(":on", AttributeValue::Bool(true));
        let the_same = When::holds("k = :k").with(":k", list(&enrolment.secret)?);
        Transaction::new(self)
            .by_changing(authority, "SET sf = :on, g = :raised", on, FactorRefused::Actor)
            .carry(authority, right.session(), FactorRefused::Actor)
            .delete(TableName::Credentials, &keys::enrolment(user), the_same, FactorRefused::Enrolment)
            .write(TableName::Credentials, rows::to_item(&keys::second_factor(user), factor))
            .notify(notice)
            .noted(event, user, &Event::SecondFactorSet, now)
            .commit()
            .await
    }

    /// Gives the factor up, unless the account of the session requires one, or the person is staff. All other sessions
    /// end.
    ///
    /// # Errors
    /// [`FactorRefused`] says which condition did not hold.
    pub async fn remove_second_factor(
        &self,
        right: &ManageSecondFactor,
        spent: &Spent,
        notice: &Notice,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<FactorRefused>> {
        if right.always_needed() {
            return Err(Conflict::Refused(FactorRefused::Required));
        }
        let (authority, user) = (right.authority(), right.authority().user);
        let mut transaction = Transaction::new(self)
            .by_changing(authority, "SET g = :raised REMOVE sf", When::raising(authority), FactorRefused::Actor)
            .carry(authority, right.session(), FactorRefused::Actor)
            .delete(TableName::Credentials, &keys::second_factor(user), When::unspent(spent), used_or_missing(spent))
            .notify(notice)
            .noted(event, user, &Event::SecondFactorRemoved, now);
        if let Some(account) = right.account() {
            let optional = When::holds("attribute_not_exists(sf) OR sf = :no").with(":no", AttributeValue::Bool(false));
            transaction =
                transaction.check(TableName::Accounts, &keys::account(account), optional, FactorRefused::Required);
        }
        transaction.commit().await
    }

    /// Puts new recovery codes in place of those left; `hashes` are theirs.
    ///
    /// # Errors
    /// [`FactorRefused`] says which condition did not hold.
    pub async fn renew_recovery_codes(
        &self,
        right: &ManageSecondFactor,
        hashes: &[String],
        spent: &Spent,
        notice: &Notice,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<FactorRefused>> {
        let user = right.authority().user;
        let change = match spent {
            Spent::Step(_) => "SET rc = :codes, ls = :step",
            Spent::Recovery { .. } | Spent::Nothing => "SET rc = :codes",
        };
        let when = When::unspent(spent).with(":codes", list(hashes)?);
        Transaction::new(self)
            .by(right.authority(), FactorRefused::Actor)
            .update(TableName::Credentials, &keys::second_factor(user), change, when, used_or_missing(spent))
            .notify(notice)
            .noted(event, user, &Event::RecoveryCodesMade, now)
            .commit()
            .await
    }

    /// Requires a second factor of everyone in the account, from the next request on, or no longer. An owner who
    /// requires one has one.
    ///
    /// # Errors
    /// [`RuleRefused`] says which condition did not hold.
    pub async fn require_second_factor(
        &self,
        right: &RequireSecondFactor,
        required: bool,
        spent: &Spent,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<RuleRefused>> {
        let (authority, user, account) = (right.authority(), right.authority().user, right.account());
        let transaction = Transaction::new(self);
        let transaction = if required {
            transaction.check(TableName::Accounts, &keys::user(user), still_with_factor(authority), RuleRefused::Actor)
        } else {
            transaction.by(authority, RuleRefused::Actor)
        };
        let theirs = When::holds("st = :active AND o = :owner")
            .text(":active", "active")
            .text(":owner", user.to_string())
            .with(":required", AttributeValue::Bool(required));
        let event_of = Event::SecondFactorRule { required };
        transaction
            .spend(user, spent, RuleRefused::Code)
            .update(TableName::Accounts, &keys::account(account), "SET sf = :required", theirs, RuleRefused::Account)
            .write(TableName::Journal, log::entry(event, LogOf::Account(account), user, &event_of, now))
            .commit()
            .await
    }
}

/// [`When::still`], with a second factor of one's own.
fn still_with_factor(authority: &Authority) -> When {
    When::holds("g = :g AND st = :active AND sf = :on")
        .number(":g", authority.user_generation)
        .text(":active", "active")
        .with(":on", AttributeValue::Bool(true))
}

/// What it means that the factor's row refuses the code that was right for it.
const fn used_or_missing(spent: &Spent) -> FactorRefused {
    match spent {
        Spent::Nothing => FactorRefused::Missing,
        Spent::Step(_) | Spent::Recovery { .. } => FactorRefused::Code,
    }
}

/// A list as rows hold it.
fn list<T: serde::Serialize>(items: &[T]) -> Result<AttributeValue, StoreError> {
    Ok(serde_dynamo::aws_sdk_dynamodb_1::to_attribute_value(items)?)
}
