//! Claims by activation code (R102): the code's possession is the proof, so the person joins the account at once.

use domain::{
    Account, AccountId, AccountKind, AccountStatus, EventId, Membership, MembershipStatus, Permission, Permissions,
    Role, Timestamp, User, UserId,
    letter::Letter,
    log::{Event, LogOf},
    name::AccountName,
    number::{CustomerNumber, OrderNumber},
    rights::ClaimOrder,
};
use serde::{Deserialize, Serialize};

use crate::{
    Conflict, Job, Store, StoreError, TableName, Throttle, keys, letters, log, rows,
    transaction::{Of, Transaction, When},
};

/// Where an activation code stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeState {
    /// Nobody has used it.
    Unused,
    /// Somebody has.
    Used,
    /// It was replaced, or its order cancelled: it opens nothing.
    Cancelled,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct CodeRow {
    /// the account
    pub a: AccountId,
    /// its name
    pub na: AccountName,
    /// its number
    pub n: CustomerNumber,
    /// its kind
    pub k: AccountKind,
    /// the order
    pub o: OrderNumber,
    /// the license contact whom it was made for; codes made before that was noted have none
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub t: Option<UserId>,
    /// the state
    pub st: CodeState,
    /// who used it
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ub: Option<UserId>,
}

/// An activation code as found.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CodeFound {
    hash: String,
    /// The account it opens.
    pub account: AccountId,
    /// That account's name.
    pub account_name: AccountName,
    /// That account's number.
    pub customer_number: CustomerNumber,
    /// That account's kind.
    pub account_kind: AccountKind,
    /// The order it came with.
    pub order: OrderNumber,
    /// The license contact whom it was made for: nobody else signs in for the first time with it.
    #[serde(default)]
    pub made_for: Option<UserId>,
    /// Whether it can still be used.
    pub usable: bool,
}

/// The ids and letters of somebody joining.
pub struct Joining {
    /// The log entry's id.
    pub event: EventId,
    /// To the person, and to the owner.
    pub letters: [Letter; 2],
}

/// Why a claim was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeRefused {
    /// The person is not (any more) who asked.
    Actor,
    /// The code was used or cancelled.
    Code,
    /// The person is in that account already; the code stays good.
    AlreadyMember,
    /// The account is suspended or closed, or called otherwise by now: see [`Store::code_of_renamed`].
    Account,
    /// Tried too often.
    Throttle,
}

/// What a code gives: orders may be seen by whoever held one; managing is for the team to give.
#[must_use]
fn membership(now: Timestamp) -> Membership {
    Membership::joined(Role::Member, Permissions::from([Permission::ViewOrders]), now)
}

impl Store {
    /// The code with that hash.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_code(&self, hash: &str) -> Result<Option<CodeFound>, StoreError> {
        let Some(item) = self.get(TableName::Accounts, keys::activation_code(hash)).await? else { return Ok(None) };
        let row: CodeRow = rows::from_item(item)?;
        let usable = row.st == CodeState::Unused;
        let (account, order, made_for) = (row.a, row.o, row.t);
        let hash = hash.to_owned();
        Ok(Some(CodeFound {
            hash,
            account,
            account_name: row.na,
            customer_number: row.n,
            account_kind: row.k,
            order,
            made_for,
            usable,
        }))
    }

    /// The same code, if its account is in use and only called otherwise since the code was given out: joining writes the
    /// name.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn code_of_renamed(&self, code: &CodeFound) -> Result<Option<CodeFound>, StoreError> {
        let account = self.find_account(code.account).await?;
        let is_other = |account: &Account| account.name != code.account_name;
        let other = account.filter(|account| account.status == AccountStatus::Active && is_other(account));
        Ok(other.map(|account| CodeFound { account_name: account.name, ..code.clone() }))
    }

    /// Where somebody stands in the code's account, if they belong to it, or did until its managers took them out.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn standing_at(
        &self,
        right: &ClaimOrder,
        code: &CodeFound,
    ) -> Result<Option<MembershipStatus>, StoreError> {
        let found = self.get(TableName::Accounts, keys::membership(code.account, right.authority().user)).await?;
        Ok(found.map(rows::from_item::<rows::MembershipRow>).transpose()?.map(|row| row.st))
    }

    /// Makes the right's holder a member of the code's account.
    ///
    /// # Errors
    /// [`CodeRefused`] says which condition did not hold.
    pub async fn claim_order(
        &self,
        _: &ClaimOrder,
        code: &CodeFound,
        user: &User,
        joining: &Joining,
        throttle: &Throttle,
        now: Timestamp,
    ) -> Result<(), Conflict<CodeRefused>> {
        // The person last: of many clicks at once, all but one read that they belong to the account.
        let transaction = Transaction::new(self).count(throttle, now, CodeRefused::Throttle);
        join(transaction, code, user, joining, now).person_unchanged(user, CodeRefused::Actor).commit().await
    }
}

/// Uses a code up; refused if it was used or cancelled meanwhile.
pub(crate) fn use_up<'a, A: Clone>(
    transaction: Transaction<'a, A>,
    code: &CodeFound,
    user: UserId,
    otherwise: A,
) -> Transaction<'a, A> {
    let unused =
        When::holds("st = :unused").text(":unused", "unused").text(":used", "used").text(":ub", user.to_string());
    let key = keys::activation_code(&code.hash);
    transaction.update(TableName::Accounts, &key, "SET st = :used, ub = :ub", unused, otherwise)
}

/// The arms of somebody joining an account by a code.
pub(crate) fn join<'a, A: Clone + From<CodeRefused>>(
    transaction: Transaction<'a, A>,
    code: &CodeFound,
    user: &User,
    joining: &Joining,
    now: Timestamp,
) -> Transaction<'a, A> {
    let of = Of {
        id: code.account,
        number: &code.customer_number,
        name: &code.account_name,
        kind: code.account_kind,
        partner: None,
    };
    let claimed = Event::ClaimedOrder { order: code.order.clone() };
    let [to_person, to_owner] = &joining.letters;
    // Before the code: who is a member already is told so, even with a code they used themselves.
    let joined = transaction.member(of, user, &membership(now), CodeRefused::AlreadyMember.into());
    use_up(joined, code, user.id, CodeRefused::Code.into())
        .update(
            TableName::Accounts,
            &keys::account(code.account),
            "ADD m :one",
            When::joinable_by_code(&of),
            CodeRefused::Account.into(),
        )
        .followed_by(Job::RefreshCustomer { account: of.id })
        .write(TableName::Journal, log::entry(joining.event, LogOf::Account(code.account), user.id, &claimed, now))
        .write(TableName::Journal, letters::row(to_person))
        .write(TableName::Journal, letters::row(to_owner))
}
