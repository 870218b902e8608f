//! What members' lists show of a license follows the license.

use domain::{
    AccountId, LicenseId, UserId,
    page::{PageSize, Position},
};

use super::Gone;
use crate::{
    Conflict, Job, Store, StoreError, TableName,
    jobs::{Filing, Run},
    keys,
    listing::Listing,
    rows::{self, LicenseRow},
    transaction::{Transaction, When},
};

/// The seats of one transaction that brings their copies up to a license: one row of each. Fewer than 100 actions (AWS)
/// take, since whoever releases one of them meanwhile makes it begin again.
const MOST_COPIES: u16 = 49;
/// The seats of one transaction that frees them, two rows of each and the member's, on which they are counted: beside the
/// check that the license is still as it was read and the end of the job, 100 actions.
const MOST_FREED: u16 = 32;

impl Store {
    pub(crate) async fn refresh_seats(
        &self,
        job: Job,
        account: AccountId,
        license: LicenseId,
    ) -> Result<Run, StoreError> {
        let (filing, found) =
            tokio::try_join!(self.filing(job), self.get(TableName::Accounts, keys::license(account, license)),)?;
        let Some(filing) = filing else { return Ok(Run::Done) };
        let row: LicenseRow = match found {
            Some(item) => rows::from_item(item)?,
            None => return Transaction::new(self).finish(&filing).run().await,
        };
        if row.x.is_some() {
            return self.free_cancelled(&filing, account, license, &row).await;
        }
        let size = PageSize::new(MOST_COPIES)?;
        let page = async |from: Option<Position>| {
            let listing = Listing::of(keys::seats_partition(account, license));
            self.page(listing, size, from.as_ref()).await
        };
        // Read after the license: who has had a seat of it before it changed is among them, and whoever gets one from now
        // on gets the license as it is, since seats, too, ask that it is unchanged.
        let mut seats = page(None).await?;
        loop {
            let (page_of_seats, next) = seats;
            let as_read = Transaction::new(self).unchanged(account, license, &row, ());
            let refreshed = page_of_seats.iter().try_fold(as_read, |transaction, seat| {
                let user = UserId::parse(rows::sort_key(seat, "")?)?;
                let copy = rows::to_item(&keys::assigned(account, user, license), &row);
                Ok::<_, StoreError>(transaction.put(TableName::Accounts, copy, Some(When::present()), Some(())))
            })?;
            if next.is_none() {
                return refreshed.finish(&filing).run().await;
            }
            match refreshed.run().await? {
                Run::Done => seats = page(next).await?,
                Run::Overtaken => return Ok(Run::Overtaken),
            }
        }
    }

    /// Of a license that was cancelled nobody gets a seat any more: those that were given are freed, page by page.
    async fn free_cancelled(
        &self,
        filing: &Filing,
        account: AccountId,
        license: LicenseId,
        row: &LicenseRow,
    ) -> Result<Run, StoreError> {
        let size = PageSize::new(MOST_FREED)?;
        let (mut gone, mut from) = (Gone::default(), None);
        loop {
            let seats = Listing::of(keys::seats_partition(account, license));
            let (seats, next) = self.page(seats, size, from.as_ref()).await?;
            loop {
                let as_read = Transaction::new(self).unchanged(account, license, row, None);
                let freed = seats.iter().try_fold(as_read, |transaction, seat| {
                    let user = UserId::parse(rows::sort_key(seat, "")?)?;
                    // Asked for, so that each is counted once however often this runs.
                    Ok::<_, StoreError>(
                        transaction
                            .delete(TableName::Accounts, &keys::seat(account, license, user), When::present(), None)
                            .remove(TableName::Accounts, &keys::assigned(account, user, license))
                            .count_lost(account, user, &gone, Some(user)),
                    )
                })?;
                let freed = if next.is_none() { freed.finished(filing, None) } else { freed };
                match freed.commit().await {
                    Ok(()) => break,
                    Err(Conflict::Refused(Some(user))) if gone.learn(user) => {}
                    Err(Conflict::Refused(_)) => return Ok(Run::Overtaken),
                    Err(Conflict::Store(error)) => return Err(error),
                }
            }
            match next {
                None => return Ok(Run::Done),
                next => from = next,
            }
        }
    }
}
