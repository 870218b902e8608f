//! Seats that are assigned after their license is there.

use domain::{AccountId, UserId, license::License};

use super::{Import, ImportError, MOST_ARMS, Taken};
use crate::{
    TableName, keys,
    ledger::Ledger,
    rows::{self, LicenseRow},
    transaction::Transaction,
};

impl Import<'_> {
    /// Gives people a seat who have none yet. Each transaction counts the seats it gives, so that never more are given
    /// than bought; doing it again goes on where it stopped.
    pub(super) async fn assign(
        &self,
        account: AccountId,
        license: &License,
        users: &[UserId],
    ) -> Result<(), ImportError> {
        let wanted = users.iter().map(|user| keys::assigned(account, *user, license.id)).collect();
        let held = self.items(TableName::Accounts, wanted).await?;
        let without: Vec<UserId> = users
            .iter()
            .copied()
            .filter(|user| !held.contains_key(&keys::assigned(account, *user, license.id)))
            .collect();
        let Some(item) = self.store.get(TableName::Accounts, keys::license(account, license.id)).await? else {
            return Err(Taken::OrderNumber.into());
        };
        let row: LicenseRow = rows::from_item(item)?;
        if row.x.is_some() {
            // Cancelled since: nobody gets a seat of it.
            return Ok(());
        }
        let license = row.clone().into_license(license.id)?;
        for some in without.chunks((MOST_ARMS - 2) / 2) {
            let more = i64::try_from(some.len()).unwrap_or(i64::MAX);
            let counted = Transaction::new(self.store).count_seats(account, license.id, &row, more, Taken::Seats);
            let given =
                some.iter().fold(counted, |arms, user| arms.seat(account, license.id, &row, *user, Some(Taken::Seats)));
            given.enter(account, Ledger::default().assigned(account, &license, more)).commit().await?;
        }
        Ok(())
    }
}
