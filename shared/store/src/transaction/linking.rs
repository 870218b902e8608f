//! Arms of somebody who leaves an account, for a while or for good, or is put back.

use domain::{Account, Membership, MembershipStatus, Timestamp, User, UserStatus, actor::AccountAuthority};

use super::{Of, Transaction, When};
use crate::{CLOSING, TableName, keys, rows, rows::MemberRow};

impl When {
    /// A person is as read; whether or not they are in use.
    fn as_known(user: &User) -> Self {
        let status = match user.status {
            UserStatus::Invited => "invited",
            UserStatus::Active => "active",
            UserStatus::Closing => "closing",
        };
        Self::holds("st = :st AND ve = :ve")
            .text(":st", status)
            .number(":ve", user.version)
            .number(":next", i64::from(user.version) + 1)
    }

    /// An account in use that lets in whoever acts; `:less` is one member less.
    fn left(by: &AccountAuthority) -> Self {
        let in_use = Self::holds("st = :active").text(":active", "active").number(":less", -1);
        in_use.lets_in(by).partner_as_read(by.partner)
    }
}

impl<A: Clone> Transaction<'_, A> {
    /// One member less of an account in use.
    pub fn count_out(self, by: &AccountAuthority, otherwise: A) -> Self {
        self.update(TableName::Accounts, &keys::account(by.account), "ADD m :less", When::left(by), otherwise)
            .customer_changes(by.account, by.partner)
    }

    /// Asks that a person is as read, in use or not, and counts what joins or leaves: see [`Transaction::person_unchanged`].
    pub fn person_as_read(self, user: &User, otherwise: A) -> Self {
        self.update(TableName::Accounts, &keys::user(user.id), "SET ve = :next", When::as_known(user), otherwise)
    }

    /// Closes the login of a person who is as read, as they could themselves (R207): its sessions end, and what was asked
    /// for by mail is void.
    pub fn close_login_of(self, user: &User, now: Timestamp, otherwise: A) -> Self {
        let when = When::as_known(user)
            .text(":closing", "closing")
            .number(":purge", now.as_second() + CLOSING.as_secs())
            .number(":raised", i64::from(user.generation) + 1);
        let change = "SET st = :closing, cl = :purge, g = :raised, ve = :next";
        self.update(TableName::Accounts, &keys::user(user.id), change, when, otherwise)
            .remove(TableName::Sessions, &keys::reset(user.id))
            .remove(TableName::Sessions, &keys::email_change(user.id))
    }

    /// Puts somebody back whom the team had taken out; `is` is what they are from now on, and `changed` what to say if
    /// they, or their place, are not as read; `by` is who acts, unless it is the vendor. Their sessions before do not come back: taking them out has ended those.
    pub fn put_back(
        self,
        by: Option<&AccountAuthority>,
        account: &Account,
        user: &User,
        was: &MemberRow,
        is: &Membership,
        (changed, otherwise): (A, A),
    ) -> Self {
        let of = Of::from(account);
        let mut row = was.clone();
        row.membership = is.into();
        row.membership.st = MembershipStatus::Active;
        row.membership.g = was.membership.g;
        // What they changed of themselves meanwhile, this account was not told.
        row.follow(user);
        let copy = of.copy(&row.membership.clone().into());
        let (place, mine) = (keys::account(account.id), keys::membership_of_user(user.id, account.id));
        let joinable = When::joinable(&of);
        let joinable = match by {
            Some(by) => joinable.lets_in(by),
            None => joinable,
        };
        self.update(TableName::Accounts, &place, "ADD m :one", joinable, otherwise)
            .amend_member(account.id, user.id, &row, When::team_member_as_read(was.mv), changed.clone())
            .create(TableName::Accounts, rows::to_item(&mine, &copy), changed.clone())
            .person_as_read(user, changed)
            .customer_changes(of.id, of.partner)
    }
}
