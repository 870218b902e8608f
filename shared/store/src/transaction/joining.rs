//! Arms of somebody who becomes a member of an account.

use domain::{
    Account, AccountId, AccountKind, ContactId, Membership, User, invitation::SentFrom, name::AccountName,
    number::CustomerNumber,
};

use super::{Transaction, When};
use crate::{TableName, keys, rows};

/// What the person's own list shows of an account.
#[derive(Clone, Copy)]
pub(crate) struct Of<'a> {
    pub id: AccountId,
    pub number: &'a CustomerNumber,
    pub name: &'a AccountName,
    pub kind: AccountKind,
    /// Who looks after it.
    pub partner: Option<AccountId>,
}

impl<'a> From<&'a Account> for Of<'a> {
    fn from(account: &'a Account) -> Self {
        let partner = account.partnership.map(|partnership| partnership.partner);
        Self { id: account.id, number: &account.number, name: &account.name, kind: account.kind, partner }
    }
}

impl Of<'_> {
    /// The person's copy of a membership.
    pub fn copy(&self, membership: &Membership) -> rows::MembershipOfUserRow {
        rows::MembershipOfUserRow {
            membership: membership.into(),
            na: self.name.clone(),
            n: self.number.clone(),
            k: self.kind,
        }
    }
}

impl When {
    /// An account in use, called as it was read, or the member's own list would show a name that is no more; `:one` is
    /// one more member.
    pub fn joinable(account: &Of<'_>) -> Self {
        Self::joinable_by_code(account).partner_as_read(account.partner)
    }

    /// The same of what a code says of an account: not whether it has a partner, whose list follows in any case then.
    pub fn joinable_by_code(account: &Of<'_>) -> Self {
        Self::open(account).number(":one", 1)
    }

    fn open(account: &Of<'_>) -> Self {
        Self::holds("st = :active AND na = :na").text(":active", "active").text(":na", account.name.as_str())
    }
}

impl<A: Clone> Transaction<'_, A> {
    /// Makes somebody a member of an account that is in use: their row, the count, and their own copy. What the account
    /// noted of their address, and an invitation to it, is settled by that.
    pub fn join(self, account: Of<'_>, user: &User, membership: &Membership, already: A, otherwise: A) -> Self {
        self.join_by(None, account, user, membership, (already, otherwise))
    }

    /// The same by what somebody sent who comes from there: only while the account lets them in.
    pub fn join_by(
        self,
        sender: Option<SentFrom>,
        account: Of<'_>,
        user: &User,
        membership: &Membership,
        (already, otherwise): (A, A),
    ) -> Self {
        let key = keys::account(account.id);
        let still = |when: When| match sender {
            Some(from) => when.lets_in_from(from.capacity, from.home),
            None => when,
        };
        let joins = self.member(account, user, membership, already);
        match &membership.guest {
            None => joins
                .update(TableName::Accounts, &key, "ADD m :one", still(When::joinable(&account)), otherwise)
                .customer_changes(account.id, account.partner),
            // A guest is nobody's member: not counted, and let in only from whoever looks after the account now.
            Some(guest) => {
                let theirs = When::open(&account).and("pa = :home").text(":home", guest.home.to_string());
                joins.check(TableName::Accounts, &key, theirs, otherwise)
            }
        }
    }

    /// The same without the account's own row, for an act that changes it otherwise.
    pub fn member(self, account: Of<'_>, user: &User, membership: &Membership, already: A) -> Self {
        let row = rows::to_item(&keys::membership(account.id, user.id), &rows::MemberRow::joining(user, membership));
        let copy = rows::to_item(&keys::membership_of_user(user.id, account.id), &account.copy(membership));
        self.create(TableName::Accounts, row, already)
            .write(TableName::Accounts, copy)
            .remove(TableName::Accounts, &keys::contact(account.id, ContactId::of(account.id, &user.email)))
            .remove(TableName::Accounts, &keys::invited(&user.email, account.id))
    }

    /// Asks that a person is as read, and in use, and counts what joins or leaves among what they change of themselves:
    /// whatever rests on which accounts somebody belongs to rests on that number.
    pub fn person_unchanged(self, user: &User, otherwise: A) -> Self {
        self.update(TableName::Accounts, &keys::user(user.id), "SET ve = :next", When::unchanged(user), otherwise)
    }
}
