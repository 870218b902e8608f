//! A trial that becomes a license (R407): its serial number stays, and whoever had a seat keeps one.

use domain::{AccountId, LicenseId, UserId, license::License, page::PageSize};

use super::OrderRefused;
use crate::{
    Conflict, Job, Store, StoreError, TableName,
    jobs::Run,
    keys,
    ledger::Ledger,
    listing::Listing,
    rows::{self, LicenseRow},
    seats::Gone,
    transaction::{Transaction, When},
};

/// Four rows of a seat that moves (one that is freed takes three), and one that asks that the license is still as it was
/// read.
const MOST_SEATS: u16 = 24;

/// Why a seat did not move.
#[derive(Debug, Clone, Copy)]
enum NotMoved {
    /// The license changed meanwhile, or the seat is the trial's no longer.
    License,
    /// That person has got a seat of the license by other means.
    Seated(UserId),
    /// That person is no member any more, or is one again.
    Gone(UserId),
}

impl Transaction<'_, OrderRefused> {
    /// Grants a license in the place of a trial that is as it was read: under the trial's serial number, and with its seats
    /// in use, which a job moves over. The ledger counts both.
    pub(super) fn convert(
        self,
        account: AccountId,
        trial: (LicenseId, &LicenseRow),
        license: &License,
        otherwise: &OrderRefused,
    ) -> Self {
        let (id, was) = trial;
        let as_read = When::holds("u = :u AND (attribute_not_exists(g) OR g = :g) AND attribute_not_exists(x)")
            .number(":u", was.u)
            .number(":g", was.g);
        let the_trials = When::holds("l = :l AND a = :a AND attribute_not_exists(x)")
            .text(":l", id.to_string())
            .text(":a", account.to_string())
            .text(":is", license.id.to_string());
        let key = keys::license(account, license.id);
        let row = rows::to_item(&key, &LicenseRow::from(license));
        let granted = self
            .delete(TableName::Accounts, &keys::license(account, id), as_read, otherwise.clone())
            .update(TableName::Accounts, &keys::serial_number(&was.sn), "SET l = :is", the_trials, otherwise.clone())
            .create(TableName::Accounts, row, otherwise.clone());
        match license.seats.used() {
            0 => granted,
            _ => granted.followed_by(Job::TakeOverSeats { account, trial: id, license: license.id }),
        }
    }
}

impl Store {
    /// Moves the seats of a trial to the license it became; of one that was cancelled meanwhile, nobody gets a seat.
    pub(crate) async fn take_over_seats(
        &self,
        job: Job,
        account: AccountId,
        trial: LicenseId,
        license: LicenseId,
    ) -> Result<Run, StoreError> {
        let size = PageSize::new(MOST_SEATS)?;
        let (mut gone, mut from) = (Gone::default(), None);
        loop {
            let (filing, found, (seats, next)) = tokio::try_join!(
                self.filing(job),
                self.get(TableName::Accounts, keys::license(account, license)),
                self.page(Listing::of(keys::seats_partition(account, trial)), size, from.as_ref()),
            )?;
            let Some(filing) = filing else { return Ok(Run::Done) };
            let (Some(item), false) = (found, seats.is_empty() && next.is_none()) else {
                return Transaction::new(self).finish(&filing).run().await;
            };
            // A page may be empty and not the last.
            from = next.filter(|_| seats.is_empty());
            if from.is_some() {
                continue;
            }
            let row: LicenseRow = rows::from_item(item)?;
            let as_read = Transaction::new(self).unchanged(account, license, &row, NotMoved::License);
            let moved = seats.iter().try_fold(as_read, |transaction, seat| {
                let user = UserId::parse(rows::sort_key(seat, "")?)?;
                // Asked for: another run may have moved it, and then it may have been taken back.
                let freed = transaction
                    .delete(TableName::Accounts, &keys::seat(account, trial, user), When::present(), NotMoved::License)
                    .remove(TableName::Accounts, &keys::assigned(account, user, trial));
                Ok::<_, StoreError>(match row.x {
                    Some(_) => freed.count_lost(account, user, &gone, NotMoved::Gone(user)),
                    None => freed.seat(account, license, &row, user, Some(NotMoved::Seated(user))),
                })
            });
            match moved?.commit().await {
                Ok(()) => {}
                Err(Conflict::Refused(NotMoved::Gone(user))) if gone.learn(user) => {}
                Err(Conflict::Refused(NotMoved::License | NotMoved::Gone(_))) => return Ok(Run::Overtaken),
                Err(Conflict::Refused(NotMoved::Seated(user))) => {
                    match self.drop_seat(account, trial, license, &row, (user, &gone)).await {
                        Ok(()) => {}
                        Err(Conflict::Refused(NotMoved::Gone(user))) if gone.learn(user) => {}
                        Err(Conflict::Refused(_)) => return Ok(Run::Overtaken),
                        Err(Conflict::Store(error)) => return Err(error),
                    }
                }
                Err(Conflict::Store(error)) => return Err(error),
            }
        }
    }

    /// Drops the trial's seat of somebody who has one of the license already: one person counts once.
    async fn drop_seat(
        &self,
        account: AccountId,
        trial: LicenseId,
        license: LicenseId,
        row: &LicenseRow,
        (user, gone): (UserId, &Gone),
    ) -> Result<(), Conflict<NotMoved>> {
        let same = When::holds("(attribute_not_exists(g) OR g = :g) AND u > :none")
            .number(":g", row.g)
            .number(":none", 0)
            .number(":less", -1);
        let as_read: LicenseRow = rows::from_item(rows::to_item(&keys::license(account, license), row)?)?;
        let counted = as_read.into_license(license)?;
        // The seat itself is asked for, so that it is counted once however often this runs.
        let there = When::present();
        Transaction::new(self)
            .delete(TableName::Accounts, &keys::seat(account, trial, user), there, NotMoved::License)
            .remove(TableName::Accounts, &keys::assigned(account, user, trial))
            .update(TableName::Accounts, &keys::license(account, license), "ADD u :less", same, NotMoved::License)
            .count_lost(account, user, gone, NotMoved::Gone(user))
            .enter(account, Ledger::default().assigned(account, &counted, -1))
            .commit()
            .await
    }
}
