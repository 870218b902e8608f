//! The rows of one license.

use domain::{
    AccountId, LicenseId, UserId,
    license::{License, Seats},
    number::OrderNumber,
};

use super::{Import, ImportError, KnownOrder, Line, MOST_ARMS, Taken, members::value};
use crate::{
    StoreError, TableName, keys,
    ledger::Ledger,
    rows::{self, LicenseRow},
    transaction::{SerialRow, Transaction, When},
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
    /// Brings a license up to its record, and the copies of whoever has a seat. Seats in use stay in use: fewer than
    /// those cannot be.
    pub(super) async fn change_license(&self, account: AccountId, license: &License) -> Result<(), ImportError> {
        let key = keys::license(account, license.id);
        let Some(item) = self.store.get(TableName::Accounts, key.clone()).await? else {
            return Err(Taken::OrderNumber.into());
        };
        let old: LicenseRow = rows::from_item(item)?;
        // The copies first: the fingerprint follows with the license, so that an interrupted change is done again.
        for some in self.holders(account, license.id).await?.chunks(MOST_ARMS) {
            let changed = some.iter().try_fold(Transaction::new(self.store), |arms, user| {
                let key = keys::assigned(account, *user, license.id);
                change(arms, &key, license, When::holds("u <= :t"), Taken::Seats)
            });
            changed?.commit().await?;
        }
        let mut transaction = Transaction::new(self.store);
        if old.sn.claim() != license.serial_number.claim() {
            let claim =
                rows::to_item(&keys::serial_number(&license.serial_number), &SerialRow { a: account, l: license.id });
            transaction = transaction.remove(TableName::Accounts, &keys::serial_number(&old.sn)).create(
                TableName::Accounts,
                claim,
                Taken::SerialNumber,
            );
        }
        // The summary takes the old away and adds the new, so the seats in use must be those that were read.
        let used = old.u;
        let was = old.into_license(license.id)?;
        let is = License {
            seats: Seats::new(used, license.seats.total().max(used)).map_err(StoreError::from)?,
            ..license.clone()
        };
        let ledger = Ledger::default().gone(account, &was).granted(account, &is);
        let unmoved = When::holds("u <= :t AND u = :u").number(":u", used);
        change(transaction, &key, license, unmoved, Taken::Seats)?.enter(account, ledger).commit().await?;
        Ok(())
    }

    /// The members of an account who have a seat of a license.
    async fn holders(&self, account: AccountId, license: LicenseId) -> Result<Vec<UserId>, ImportError> {
        let mut users = Vec::new();
        for item in self.all(keys::account_partition(account), keys::MEMBER_PREFIX).await? {
            users.push(UserId::parse(rows::sort_key(&item, keys::MEMBER_PREFIX)?).map_err(StoreError::from)?);
        }
        let wanted = users.iter().map(|user| keys::assigned(account, *user, license)).collect();
        let held = self.items(TableName::Accounts, wanted).await?;
        users.retain(|user| held.contains_key(&keys::assigned(account, *user, license)));
        Ok(users)
    }
}

/// What a record says, into the license's row or a copy of it. What the portal counts, the seats in use, is not touched.
fn change<'t>(
    transaction: Transaction<'t, Taken>,
    key: &keys::Key,
    license: &License,
    when: When,
    otherwise: Taken,
) -> Result<Transaction<'t, Taken>, StoreError> {
    let row = LicenseRow::from(license);
    let when = when
        .with(":sn", value(&row.sn)?)
        .with(":s", value(&row.s)?)
        .with(":p", value(&row.p)?)
        .with(":pn", value(&row.pn)?)
        .with(":ty", value(&row.ty)?)
        .with(":t", value(&row.t)?)
        .with(":b", value(&row.b)?)
        .with(":me", value(&row.me)?);
    // The end sorts an index, so it is there or not; null it cannot be.
    Ok(match &row.e {
        Some(end) => {
            let change = "SET sn = :sn, s = :s, p = :p, pn = :pn, ty = :ty, t = :t, b = :b, me = :me, e = :e";
            transaction.update(TableName::Accounts, key, change, when.with(":e", value(end)?), otherwise)
        }
        None => {
            let change = "SET sn = :sn, s = :s, p = :p, pn = :pn, ty = :ty, t = :t, b = :b, me = :me REMOVE e";
            transaction.update(TableName::Accounts, key, change, when, otherwise)
        }
    })
}
