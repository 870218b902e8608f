//! Arms about licenses.

use domain::{AccountId, Date, LicenseId, UserId, license::License};
use serde::{Deserialize, Serialize};

use super::{Transaction, When};
use crate::{
    TableName,
    jobs::Job,
    keys,
    rows::{self, LicenseRow},
};

/// A seat among those of its license; what is shown of the person is read with it.
#[derive(Serialize, Deserialize)]
pub(crate) struct SeatRow {
    /// the person
    pub u: UserId,
}

/// Whose a serial number is.
#[derive(Serialize, Deserialize)]
pub(crate) struct SerialRow {
    /// the account
    pub a: AccountId,
    /// the license
    pub l: LicenseId,
    /// when another took its place: it opens nothing any more, and nobody gets it again (R408)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<Date>,
}

/// What a change of a license writes, and what it leaves out.
macro_rules! changing {
    ($more:literal) => {
        concat!("SET sn = :sn, s = :s, p = :p, pn = :pn, ty = :ty, u = :u, t = :t, b = :b, g = :next", $more)
    };
}

impl<A: Clone> Transaction<'_, A> {
    /// Grants a new license: its serial number, each once in the whole portal, and its row. The transaction's ledger
    /// counts it.
    pub fn grant(self, account: AccountId, license: &License, serial_taken: A, there: A) -> Self {
        let claim = rows::to_item(
            &keys::serial_number(&license.serial_number),
            &SerialRow { a: account, l: license.id, x: None },
        );
        let row = rows::to_item(&keys::license(account, license.id), &LicenseRow::from(license));
        self.create(TableName::Accounts, claim, serial_taken).create(TableName::Accounts, row, there)
    }

    /// Gives somebody a seat: the row of their own list, with what it shows of the license, and the one among the
    /// license's. `otherwise` is what to say if they have one already; without it, none of them can have.
    pub fn seat(
        self,
        account: AccountId,
        license: LicenseId,
        row: &LicenseRow,
        user: UserId,
        otherwise: Option<A>,
    ) -> Self {
        let mine = rows::to_item(&keys::assigned(account, user, license), row);
        let among = rows::to_item(&keys::seat(account, license, user), &SeatRow { u: user });
        self.put(TableName::Accounts, mine, otherwise.is_some().then(When::absent), otherwise)
            .write(TableName::Accounts, among)
    }

    /// Counts seats given, or taken back, of a license that is what it was when it was read: never more than bought.
    pub fn count_seats(
        self,
        account: AccountId,
        license: LicenseId,
        was: &LicenseRow,
        more: i64,
        otherwise: A,
    ) -> Self {
        let total = i64::from(was.t);
        let when = When::holds("u BETWEEN :least AND :most AND (attribute_not_exists(g) OR g = :g)")
            .number(":least", (-more).max(0))
            .number(":most", total - more.max(0))
            .number(":g", was.g)
            .number(":more", more);
        self.update(TableName::Accounts, &keys::license(account, license), "ADD u :more", when, otherwise)
    }

    /// Asks that a license is what it was when it was read; seats may come and go.
    pub fn unchanged(self, account: AccountId, license: LicenseId, was: &LicenseRow, otherwise: A) -> Self {
        let same = When::holds("attribute_not_exists(g) OR g = :g").number(":g", was.g);
        self.check(TableName::Accounts, &keys::license(account, license), same, otherwise)
    }

    /// Changes a license: amended, with another serial number, or cancelled, which frees its seats. It must be what it
    /// was when it was read, seats in use included; the ledger counts the change, from what `was` says to what `is`
    /// says. The serial numbers' own rows are the caller's. Where somebody has a seat, [`Job::RefreshSeats`] follows.
    pub fn amend(self, account: AccountId, was: &LicenseRow, is: &License, otherwise: A) -> Self {
        let key = keys::license(account, is.id);
        let item = match rows::to_item(&key, &LicenseRow::from(is)) {
            Ok(item) => item,
            Err(error) => return self.arm(Err(error), None),
        };
        let as_read = When::holds("u = :was AND (attribute_not_exists(g) OR g = :g)")
            .number(":was", was.u)
            .number(":g", was.g)
            .number(":next", i64::from(was.g) + 1);
        let values = [":sn", ":s", ":p", ":pn", ":ty", ":u", ":t", ":b", ":e", ":me", ":x"];
        let when = values.into_iter().fold(as_read, |when, name| match item.get(&name[1..]) {
            Some(value) => when.with(name, value.clone()),
            None => when,
        });
        // What is not there cannot be null: the end sorts an index.
        let change = match (is.ends_on, is.maintenance_ends_on, is.cancelled_on) {
            (None, None, None) => changing!(" REMOVE e, me, x"),
            (Some(_), None, None) => changing!(", e = :e REMOVE me, x"),
            (None, Some(_), None) => changing!(", me = :me REMOVE e, x"),
            (None, None, Some(_)) => changing!(", x = :x REMOVE e, me"),
            (Some(_), Some(_), None) => changing!(", e = :e, me = :me REMOVE x"),
            (Some(_), None, Some(_)) => changing!(", e = :e, x = :x REMOVE me"),
            (None, Some(_), Some(_)) => changing!(", me = :me, x = :x REMOVE e"),
            (Some(_), Some(_), Some(_)) => changing!(", e = :e, me = :me, x = :x"),
        };
        let changed = self.update(TableName::Accounts, &key, change, when, otherwise);
        if was.u == 0 { changed } else { changed.followed_by(Job::RefreshSeats { account, license: is.id }) }
    }
}
