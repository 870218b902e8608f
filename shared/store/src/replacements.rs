//! Serial numbers that leaked and are replaced (R408).

use domain::{
    Date, EventId, LicenseId, Timestamp,
    letter::Letter,
    license::License,
    log::{Event, LogOf},
    name::Reason,
    number::SerialNumber,
    rights::{FindSerial, ReplaceSerial},
};

use crate::{
    Conflict, FoundLicense, Store, StoreError, TableName, keys, letters, log, rows,
    transaction::{SerialRow, Transaction, When},
};

/// Another serial number for a license.
pub struct NewSerialNumber<'a> {
    /// The license as read.
    pub of: &'a FoundLicense,
    /// The new number.
    pub serial: SerialNumber,
    /// How often that is allowed in a year.
    pub most: u16,
    /// Today, where the account is.
    pub today: Date,
    /// Why, in the person's words.
    pub why: Option<Reason>,
    /// To the owner.
    pub letter: Letter,
}

/// Why a serial number was not replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplacementRefused {
    /// The person may not (any more).
    Actor,
    /// As often as a year allows.
    Exhausted,
    /// The license changed since it was read, or the number drawn is somebody's: look again, draw again.
    Changed,
}

impl Store {
    /// A license of the account, for somebody who may have its serial number replaced.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_license_of_serial(
        &self,
        right: &FindSerial,
        license: LicenseId,
    ) -> Result<Option<FoundLicense>, StoreError> {
        let item = self.get(TableName::Accounts, keys::license(right.account(), license)).await?;
        item.map(|item| FoundLicense::read(license, item)).transpose()
    }

    /// Gives a license another serial number. The old one stays taken for ever, and opens nothing.
    ///
    /// # Errors
    /// [`ReplacementRefused`] says which condition did not hold.
    pub async fn replace_serial(
        &self,
        right: &ReplaceSerial,
        new: &NewSerialNumber<'_>,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<ReplacementRefused>> {
        let (account, was) = (right.account(), &new.of.license);
        let is = License { serial_number: new.serial.clone(), ..was.clone() };
        let taken =
            rows::to_item(&keys::serial_number(&is.serial_number), &SerialRow { a: account, l: is.id, x: None });
        let counted = When::holds("attribute_not_exists(n) OR n < :most")
            .number(":most", new.most)
            .number(":one", 1)
            .number(":v", i64::from(rows::VERSION));
        let counter = keys::replacements(account, is.id, new.today.year());
        let its_own = When::holds("l = :l").text(":l", is.id.to_string()).text(":x", new.today.to_string());
        let old = keys::serial_number(&was.serial_number);
        let told = Event::SerialReplaced { license: is.id, why: new.why.clone() };
        Transaction::new(self)
            .by_member(right.authority(), ReplacementRefused::Actor)
            .update(TableName::Accounts, &counter, "ADD n :one SET v = :v", counted, ReplacementRefused::Exhausted)
            .amend(account, &new.of.row, &is, ReplacementRefused::Changed)
            .create(TableName::Accounts, taken, ReplacementRefused::Changed)
            .update(TableName::Accounts, &old, "SET x = :x", its_own, ReplacementRefused::Changed)
            .write(TableName::Journal, letters::row(&new.letter))
            .write(TableName::Journal, log::entry(event, LogOf::Account(account), right.authority(), &told, now))
            .commit()
            .await
    }
}
