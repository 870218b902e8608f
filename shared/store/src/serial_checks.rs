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

impl Store {
    /// What a serial number names. The license is found by the number's own row, so it takes two reads in a row.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn check_serial(&self, serial: &SerialNumber) -> Result<CheckedSerial, StoreError> {
        let Some(found) = self.get(TableName::Accounts, keys::serial_number(serial)).await? else {
            return Ok(CheckedSerial::Unknown);
        };
        let SerialRow { a, l, x } = rows::from_item(found)?;
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
