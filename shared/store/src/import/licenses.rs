//! The rows of one license.

use domain::{
    AccountId, LicenseId,
    license::{License, Seats},
    number::OrderNumber,
};

use super::{Import, ImportError, KnownOrder, Line, Taken};
use crate::{
    Job, StoreError, TableName, keys,
    ledger::Ledger,
    rows::{self, LicenseRow},
    transaction::{SerialRow, Transaction},
};

/// What a license's row says, from its record.
pub(super) fn license(
    number: &OrderNumber,
    order: &KnownOrder,
    line: &Line<'_>,
    seats_used: u32,
) -> Result<License, StoreError> {
    let record = line.record;
    Ok(License {
        id: LicenseId::of(order.id, record.line),
        serial_number: record.serial_number.clone(),
        product_code: record.product.clone(),
        product_name: line.product_name.clone(),
        license_type: record.license_type,
        seats: Seats::new(seats_used, record.seats)?,
        starts_on: record.starts_on,
        ends_on: record.ends_on,
        maintenance_ends_on: record.maintenance_ends_on,
        order_number: number.clone(),
        ordered_on: order.date,
        cancelled_on: None,
    })
}

impl Import<'_> {
    /// Brings a license up to its record, and the lists of whoever has a seat; the license as it is then. Seats in use
    /// stay in use: fewer than those cannot be. A serial number that was replaced stays replaced: the record does not
    /// know of it. A line that no import wrote (to its end) is only taken for this one if the serial number says so: the
    /// console gives lines numbers too.
    pub(super) async fn change_license(
        &self,
        account: AccountId,
        license: &License,
        written: bool,
    ) -> Result<License, ImportError> {
        let Some(item) = self.store.get(TableName::Accounts, keys::license(account, license.id)).await? else {
            return Err(Taken::OrderNumber.into());
        };
        let row: LicenseRow = rows::from_item(item)?;
        let seats = Seats::new(row.u, license.seats.total()).map_err(|_| Taken::Seats)?;
        let mut is = License { seats, cancelled_on: row.x, ..license.clone() };
        if self.was_replaced(&is).await? {
            is.serial_number = row.sn.clone();
        }
        if !written && row.sn.claim() != is.serial_number.claim() {
            return Err(Taken::Line.into());
        }
        let mut transaction = Transaction::new(self.store);
        if row.sn.claim() != is.serial_number.claim() {
            let claim =
                rows::to_item(&keys::serial_number(&is.serial_number), &SerialRow { a: account, l: is.id, x: None });
            transaction = transaction.remove(TableName::Accounts, &keys::serial_number(&row.sn)).create(
                TableName::Accounts,
                claim,
                Taken::SerialNumber,
            );
        }
        let ledger = Ledger::default().gone(account, &row.clone().into_license(is.id)?).granted(account, &is);
        let counted = self.count(transaction, account, ledger).await?;
        counted.amend(account, &row, &is, Taken::Seats).commit_with_what_follows().await?;
        // Interrupted here, the fingerprint is still the old one, and it is done again.
        self.store.run_job(Job::RefreshSeats { account, license: is.id }).await?;
        Ok(is)
    }

    /// Whether the serial number is one that the license had before another took its place (R408).
    async fn was_replaced(&self, license: &License) -> Result<bool, ImportError> {
        let found = self.store.get(TableName::Accounts, keys::serial_number(&license.serial_number)).await?;
        let row = found.map(rows::from_item::<SerialRow>).transpose()?;
        Ok(row.is_some_and(|row| row.l == license.id && row.x.is_some()))
    }
}
