//! Asking the vendor to let a license go on (R405).

use domain::{
    AccountId, EventId, LicenseId, RequestId, Timestamp,
    letter::Letter,
    license::License,
    log::{Event, LogOf},
    rights::{FindRenewal, ManageLicenses},
};
use serde::Serialize;

use crate::{
    Conflict, NewRequest, Store, StoreError, TableName, keys, letters, log,
    requests::RequestRow,
    rows::{self, LicenseRow},
    transaction::Transaction,
};

/// A license as found, for somebody who acts on it.
pub struct FoundLicense {
    /// The license.
    pub license: License,
    pub(crate) row: LicenseRow,
}

impl FoundLicense {
    pub(crate) fn read(id: LicenseId, item: rows::Item) -> Result<Self, StoreError> {
        let license = rows::from_item::<LicenseRow>(item.clone())?.into_license(id)?;
        Ok(Self { license, row: rows::from_item(item)? })
    }
}

/// What asking for a renewal rests on.
pub struct Renewable {
    /// The license.
    pub found: FoundLicense,
    /// The partner who looks after the account.
    pub partner: Option<AccountId>,
}

/// That a renewal waits for the desk.
#[derive(Serialize)]
struct HeldRow {
    /// the request
    i: RequestId,
}

/// Why a renewal was not asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RenewalRefused {
    /// The person may not (any more).
    Actor,
    /// The license changed meanwhile.
    Changed,
    /// It was asked for already, by whomever.
    Waiting,
}

impl Store {
    /// A license of the account, and who would be told of its renewal.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_renewable(
        &self,
        right: &FindRenewal,
        license: LicenseId,
    ) -> Result<Option<Renewable>, StoreError> {
        let account = right.account();
        let (found, account) = tokio::try_join!(
            self.get(TableName::Accounts, keys::license(account, license)),
            self.find_account(account),
        )?;
        let Some(item) = found else { return Ok(None) };
        let partner = account.and_then(|account| account.partnership).map(|partnership| partnership.partner);
        Ok(Some(Renewable { found: FoundLicense::read(license, item)?, partner }))
    }

    /// Asks the vendor for the renewal of a license: once until that is decided.
    ///
    /// # Errors
    /// [`RenewalRefused`] says which condition did not hold.
    pub async fn ask_renewal(
        &self,
        right: &ManageLicenses,
        found: &FoundLicense,
        new: &NewRequest,
        letters: &[Letter],
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<RenewalRefused>> {
        let (account, license) = (right.account(), found.license.id);
        let user = right.authority().person.user;
        let row = RequestRow::of(new, now);
        let mine = rows::to_item(&keys::request(user, &new.wish), &row);
        let held = rows::to_item(&keys::renewal_request(account, license), &HeldRow { i: new.id });
        let asked = Transaction::new(self)
            .by_member(right.authority(), RenewalRefused::Actor)
            .unchanged(account, license, &found.row, RenewalRefused::Changed)
            .create(TableName::Accounts, held, RenewalRefused::Waiting)
            .create(TableName::Accounts, mine, RenewalRefused::Waiting)
            .write(TableName::Accounts, rows::to_item(&keys::desk_request(new.id), &row));
        let event =
            log::entry(event, LogOf::Account(account), right.authority(), &Event::RenewalAsked { license }, now);
        letters
            .iter()
            .fold(asked, |arms, letter| arms.write(TableName::Journal, letters::row(letter)))
            .write(TableName::Journal, event)
            .commit()
            .await
    }
}

impl<A: Clone> Transaction<'_, A> {
    /// The desk has decided on the renewal of a license: it can be asked for again.
    pub(crate) fn release_renewal(self, account: AccountId, license: LicenseId) -> Self {
        self.remove(TableName::Accounts, &keys::renewal_request(account, license))
    }
}
