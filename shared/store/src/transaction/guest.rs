//! Arms about guests: where they come from, and the day on which their time ends.

use domain::{AccountId, UserId, actor::AccountAuthority, guest::end_day, membership::Guest};
use serde::Serialize;

use super::{Transaction, When};
use crate::{TableName, keys, rows};

/// The row of an end: which notices it has had is added when they are written.
#[derive(Serialize)]
struct EndRow {}

impl When {
    /// An account that is looked after by that partner.
    pub fn partner_is(partner: AccountId) -> Self {
        Self::holds("pa = :pa").text(":pa", partner.to_string())
    }
}

impl<A: Clone> Transaction<'_, A> {
    /// Asks that somebody is at work in an account that is in use, and no guest there: only then its customers let them in.
    pub fn at_home(self, home: AccountId, user: UserId, otherwise: A) -> Self {
        let at_work = When::holds("st = :active AND attribute_not_exists(gh)").text(":active", "active");
        let in_use = When::holds("st = :active").text(":active", "active");
        self.check(TableName::Accounts, &keys::membership(home, user), at_work, otherwise.clone()).check(
            TableName::Accounts,
            &keys::account(home),
            in_use,
            otherwise,
        )
    }

    /// Asks that the account is in use and still lets in whoever acts.
    pub fn open_to(self, authority: &AccountAuthority, otherwise: A) -> Self {
        let active = When::holds("st = :active").text(":active", "active").lets_in(authority);
        self.check(TableName::Accounts, &keys::account(authority.account), active, otherwise)
    }

    /// Notes on which day a guest's time ends, so that they are told before.
    pub fn note_guest_end(self, account: AccountId, user: UserId, guest: &Guest) -> Self {
        let key = keys::guest_end(end_day(guest.until), account, user);
        self.write(TableName::Accounts, rows::to_item(&key, &EndRow {}))
    }

    /// Forgets it.
    pub fn forget_guest_end(self, account: AccountId, user: UserId, guest: &Guest) -> Self {
        self.remove(TableName::Accounts, &keys::guest_end(end_day(guest.until), account, user))
    }
}
