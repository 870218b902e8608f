//! Seats that are assigned after their license is there.

use domain::{AccountId, UserId, license::License};

use super::{Import, ImportError, Line, MOST_ARMS, Taken};
use crate::{
    TableName, keys,
    ledger::Ledger,
    rows::{self, Item, LicenseRow},
    transaction::Transaction,
};

/// Two rows of the seat, and the member's, on which it is counted.
pub(super) const ARMS_OF_A_SEAT: usize = 3;

impl Import<'_> {
    /// The lines with those of their people who are members: whoever was removed, switched off or taken out since
    /// their record came gets no seat.
    pub(super) async fn of_members<'l>(
        &self,
        account: AccountId,
        lines: &[Line<'l>],
    ) -> Result<Vec<Line<'l>>, ImportError> {
        let member = |user: &UserId| keys::membership(account, *user);
        let wanted = lines.iter().flat_map(|line| line.users.iter().map(member)).collect();
        let members = self.items(TableName::Accounts, wanted).await?;
        let of_members = |line: &Line<'l>| {
            let active = |user: &UserId| members.get(&member(user)).is_some_and(is_active);
            let users = line.users.iter().filter(|user| active(user)).copied().collect();
            Line { users, ..line.clone() }
        };
        Ok(lines.iter().map(of_members).collect())
    }

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
        for some in without.chunks((MOST_ARMS - 2) / ARMS_OF_A_SEAT) {
            let more = i64::try_from(some.len()).unwrap_or(i64::MAX);
            let counted = Transaction::new(self.store).count_seats(account, license.id, &row, more, Taken::Seats);
            let given = some.iter().fold(counted, |arms, user| {
                arms.seat(account, license.id, &row, *user, Some(Taken::Seats)).count_held(
                    account,
                    *user,
                    1,
                    Taken::Account,
                )
            });
            given.count_in(account, Ledger::default().assigned(account, &license, more)).commit().await?;
        }
        Ok(())
    }
}

fn is_active(member: &Item) -> bool {
    member.get("st").and_then(|status| status.as_s().ok()).is_some_and(|status| status == "active")
}
