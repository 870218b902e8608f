//! The seats of somebody who no longer belongs to an account are free for others. Somebody deactivated keeps theirs, and
//! so does somebody who closes their login, as long as that can be taken back.

use std::collections::HashMap;

use domain::{AccountId, LicenseId, UserId};

use crate::{
    Job, Store, StoreError, TableName,
    jobs::Run,
    keys,
    ledger::Ledger,
    rows::{self, LicenseRow},
    transaction::{Transaction, When},
};

/// The most licenses of one transaction: each takes three arms, and one for its row of the summary; and the membership is asked for.
const MOST: usize = 24;

impl Store {
    /// Frees all seats that somebody has in an account: for whatever makes them no member of it any more. What is
    /// interrupted, a sweep finishes.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn free_seats(&self, account: AccountId, user: UserId) -> Result<(), StoreError> {
        let job = Job::FreeSeats { account, user };
        Transaction::new(self).file_job(job).run().await?;
        self.run_job(job).await
    }

    pub(crate) async fn free_all_seats(&self, job: Job, account: AccountId, user: UserId) -> Result<Run, StoreError> {
        let membership = keys::membership(account, user);
        let (filing, member) = tokio::try_join!(self.filing(job), self.get(TableName::Accounts, membership.clone()))?;
        let Some(filing) = filing else { return Ok(Run::Done) };
        if member.is_some() {
            // Come back meanwhile: what they have now is theirs.
            return self.recount(&filing, account, user).await;
        }
        loop {
            let partition = keys::assigned_partition(account, user);
            let seats = self.partition(TableName::Accounts, partition, keys::LICENSE_PREFIX).await?;
            if seats.is_empty() {
                return Transaction::new(self).finish(&filing).run().await;
            }
            for some in seats.chunks(MOST) {
                let mut licenses = Vec::with_capacity(some.len());
                for seat in some {
                    licenses.push(LicenseId::parse(rows::sort_key(seat, keys::LICENSE_PREFIX)?)?);
                }
                let rows = self.license_rows(account, &licenses).await?;
                // What a trial became counts the seat already: it is moved there, and freed there.
                for gone in licenses.iter().filter(|license| !rows.contains_key(license)) {
                    if let Some(moving @ Job::TakeOverSeats { trial, license, .. }) = self.taking_over(*gone).await? {
                        self.take_over_seats(moving, account, trial, license).await?;
                        return Ok(Run::Overtaken);
                    }
                }
                let mut ledger = Ledger::default();
                let mut arms = Transaction::new(self).check(TableName::Accounts, &membership, When::absent(), ());
                for license in licenses {
                    let seat = keys::assigned(account, user, license);
                    arms = arms
                        .delete(TableName::Accounts, &seat, When::present(), ())
                        .remove(TableName::Accounts, &keys::seat(account, license, user));
                    // Cancelled, nothing of it is counted any more.
                    if let Some(row) = rows.get(&license).filter(|row| row.x.is_none()) {
                        arms = arms.count_seats(account, license, row, -1, ());
                        ledger = ledger.assigned(account, &row.clone().into_license(license)?, -1);
                    }
                }
                match arms.enter(account, ledger).run().await? {
                    Run::Done => {}
                    Run::Overtaken => return Ok(Run::Overtaken),
                }
            }
        }
    }

    async fn license_rows(
        &self,
        account: AccountId,
        licenses: &[LicenseId],
    ) -> Result<HashMap<LicenseId, LicenseRow>, StoreError> {
        let wanted = licenses.iter().map(|license| keys::license(account, *license)).collect();
        let found = self.items(TableName::Accounts, wanted).await?.into_values();
        let row = |item: rows::Item| {
            let license = LicenseId::parse(rows::sort_key(&item, keys::LICENSE_PREFIX)?)?;
            Ok((license, rows::from_item(item)?))
        };
        found.map(row).collect()
    }
}
