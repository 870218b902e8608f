//! Arms about licenses.

use domain::{AccountId, LicenseId, UserId, license::License};
use serde::{Deserialize, Serialize};

use super::{Transaction, When};
use crate::{
    TableName, keys,
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
}

impl<A: Clone> Transaction<'_, A> {
    /// Grants a new license: its serial number, each once in the whole portal, and its row. The transaction's ledger
    /// counts it.
    pub fn grant(self, account: AccountId, license: &License, serial_taken: A, there: A) -> Self {
        let claim =
            rows::to_item(&keys::serial_number(&license.serial_number), &SerialRow { a: account, l: license.id });
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
}
