//! Whether a serial number counts, for the vendor's software: a number in, and nothing about anybody out (R406).

use aws_sdk_dynamodb::types::KeysAndAttributes;
use domain::{Account, TimeZone, license::License, number::SerialNumber};

use crate::{Store, StoreError, TableName, keys, rows, transaction::SerialRow};

/// What a serial number names.
#[derive(Debug, Clone)]
pub enum CheckedSerial {
    /// Nothing.
    Unknown,
    /// A license that has another number by now (R408).
    Replaced,
    /// A license, whose days end in that zone.
    Names(Box<License>, TimeZone),
}

/// What a serial number's own row says: which license it names, or named.
pub struct SerialFound(SerialRow);

impl Store {
    /// Looks a serial number up; none if nothing has it. What it names is read by [`Store::check_serial`].
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_serial(&self, serial: &SerialNumber) -> Result<Option<SerialFound>, StoreError> {
        let found = self.get(TableName::Accounts, keys::serial_number(serial)).await?;
        Ok(found.map(rows::from_item).transpose()?.map(SerialFound))
    }

    /// What a serial number names.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn check_serial(&self, found: Option<SerialFound>) -> Result<CheckedSerial, StoreError> {
        let Some(SerialFound(SerialRow { a, l, x })) = found else { return Ok(CheckedSerial::Unknown) };
        if x.is_some() {
            return Ok(CheckedSerial::Replaced);
        }
        let (license, account) = (keys::license(a, l), keys::account(a));
        let wanted = KeysAndAttributes::builder().keys(license.to_map()).keys(account.to_map()).consistent_read(true);
        let (mut granted, mut zone) = (None, None);
        for (_, item) in self.batch_get([(TableName::Accounts, wanted.build()?)]).await? {
            if keys::Key::of(&item)? == account {
                zone = Some(Account::try_from(rows::from_item::<rows::AccountRow>(item)?)?.zone.zone());
            } else {
                granted = Some(rows::from_item::<rows::LicenseRow>(item)?.into_license(l)?);
            }
        }
        let found = granted.zip(zone);
        Ok(found.map_or(CheckedSerial::Unknown, |(license, zone)| CheckedSerial::Names(Box::new(license), zone)))
    }
}
