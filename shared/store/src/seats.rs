//! Seats: giving, taking back and passing on (R403). Each is one transaction, whose conditions see to it that never more
//! seats are in use than were bought, whatever happens at the same time.

mod freeing;
mod listing;

use domain::{
    AccountId, EventId, LicenseId, Timestamp, UserId,
    letter::Letter,
    log::{Event, LogOf},
    rights::ManageLicenses,
};

use crate::{
    Conflict, FoundLicense, Store, StoreError, TableName, keys,
    ledger::Ledger,
    letters, log,
    rows::{self, LicenseRow},
    transaction::{TRIES, Transaction, When, pause},
};

pub use listing::{Candidate, Holder};

/// The most people of one act. With each go their membership, two rows of the seat and a letter; beside them six: 100
/// arms would take 23.
pub const MOST_AT_ONCE: usize = 20;

/// Why seats were not given, taken back or passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeatsRefused {
    /// The person is not (any more) who acts, or the license was changed meanwhile.
    Changed,
    /// Somebody is no active member.
    NotAMember,
    /// Somebody has a seat already.
    AlreadyAssigned,
    /// Somebody has none.
    NotAssigned,
    /// Fewer seats are free than asked for.
    Exhausted {
        /// How many are.
        free: u32,
    },
}

/// What one act does with seats.
enum Act<'a> {
    Assign(&'a [UserId]),
    Release(&'a [UserId]),
    Move { from: UserId, to: UserId },
}

/// The arms that can be refused.
#[derive(Clone, Copy)]
enum Arm {
    Actor,
    NotAMember,
    AlreadyAssigned,
    NotAssigned,
    License,
}

/// How an act is told: in the account's log, and to whoever got a seat.
pub struct Told<'a> {
    /// To whoever got a seat.
    pub letters: &'a [Letter],
    /// The entry's id.
    pub event: EventId,
    /// Now.
    pub now: Timestamp,
}

impl Store {
    /// Gives each of these people a seat, or none of them.
    ///
    /// # Errors
    /// [`SeatsRefused`] says which condition did not hold.
    pub async fn assign_seats(
        &self,
        right: &ManageLicenses,
        found: &FoundLicense,
        users: &[UserId],
        told: Told<'_>,
    ) -> Result<(), Conflict<SeatsRefused>> {
        self.act(right, found, &Act::Assign(users), &told).await
    }

    /// Takes the seats of these people back, or of none of them.
    ///
    /// # Errors
    /// [`SeatsRefused`] says which condition did not hold.
    pub async fn release_seats(
        &self,
        right: &ManageLicenses,
        found: &FoundLicense,
        users: &[UserId],
        told: Told<'_>,
    ) -> Result<(), Conflict<SeatsRefused>> {
        self.act(right, found, &Act::Release(users), &told).await
    }

    /// Passes a seat on.
    ///
    /// # Errors
    /// [`SeatsRefused`] says which condition did not hold.
    pub async fn move_seat(
        &self,
        right: &ManageLicenses,
        found: &FoundLicense,
        from: UserId,
        to: UserId,
        told: Told<'_>,
    ) -> Result<(), Conflict<SeatsRefused>> {
        self.act(right, found, &Act::Move { from, to }, &told).await
    }

    async fn act(
        &self,
        right: &ManageLicenses,
        found: &FoundLicense,
        act: &Act<'_>,
        told: &Told<'_>,
    ) -> Result<(), Conflict<SeatsRefused>> {
        for tried in 1..=TRIES {
            let refused = match self.seats(right, found, act, told).commit().await {
                Ok(()) => return Ok(()),
                Err(Conflict::Store(error)) => return Err(error.into()),
                Err(Conflict::Refused(arm)) => arm,
            };
            return Err(Conflict::Refused(match refused {
                Arm::Actor => SeatsRefused::Changed,
                Arm::NotAMember => SeatsRefused::NotAMember,
                Arm::AlreadyAssigned => SeatsRefused::AlreadyAssigned,
                Arm::NotAssigned => SeatsRefused::NotAssigned,
                Arm::License => match self.why(right.account(), found, act).await? {
                    Some(why) => why,
                    None => {
                        pause(tried).await;
                        continue;
                    }
                },
            }));
        }
        Err(StoreError::Conflict.into())
    }

    fn seats<'s>(
        &'s self,
        right: &ManageLicenses,
        found: &FoundLicense,
        act: &Act<'_>,
        told: &Told<'_>,
    ) -> Transaction<'s, Arm> {
        let (account, actor) = (right.account(), right.authority().person.user);
        let license = &found.license;
        let arms = Transaction::new(self).by_member(right.authority(), Arm::Actor);
        let (arms, event) = match act {
            Act::Assign(users) => {
                let more = count(users);
                let arms = users.iter().fold(arms, |arms, user| arms.give(account, found, *user, actor));
                let counted = Ledger::default().assigned(account, license, more);
                let arms =
                    arms.count_seats(account, license.id, &found.row, more, Arm::License).enter(account, counted);
                (arms, Event::SeatsAssigned { license: license.id, users: users.to_vec() })
            }
            Act::Release(users) => {
                let less = -count(users);
                let arms = users.iter().fold(arms, |arms, user| arms.take(account, license.id, *user));
                let counted = Ledger::default().assigned(account, license, less);
                let arms =
                    arms.count_seats(account, license.id, &found.row, less, Arm::License).enter(account, counted);
                (arms, Event::SeatsReleased { license: license.id, users: users.to_vec() })
            }
            Act::Move { from, to } => {
                let arms = arms.take(account, license.id, *from).give(account, found, *to, actor);
                let arms = arms.unchanged(account, license.id, &found.row, Arm::License);
                (arms, Event::SeatMoved { license: license.id, from: *from, to: *to })
            }
        };
        let entry = log::entry(told.event, LogOf::Account(account), actor, &event, told.now);
        let arms = arms.write(TableName::Journal, entry);
        told.letters.iter().fold(arms, |arms, letter| arms.write(TableName::Journal, letters::row(letter)))
    }

    /// Why the license's own condition did not hold; none if it would by now.
    async fn why(
        &self,
        account: AccountId,
        found: &FoundLicense,
        act: &Act<'_>,
    ) -> Result<Option<SeatsRefused>, StoreError> {
        let now = self.get(TableName::Accounts, keys::license(account, found.license.id)).await?;
        let Some(now) = now.map(rows::from_item::<LicenseRow>).transpose()? else {
            return Ok(Some(SeatsRefused::Changed));
        };
        let free = now.t.saturating_sub(now.u);
        Ok(match act {
            // Its seats are being freed.
            Act::Release(_) if now.x.is_some() => Some(SeatsRefused::NotAssigned),
            _ if now.g != found.row.g => Some(SeatsRefused::Changed),
            Act::Assign(users) if i64::from(free) < count(users) => Some(SeatsRefused::Exhausted { free }),
            Act::Assign(_) | Act::Release(_) | Act::Move { .. } => None,
        })
    }
}

impl Transaction<'_, Arm> {
    /// Gives an active member a seat. Whoever acts is asked for as such, and the database takes no row twice.
    fn give(self, account: AccountId, found: &FoundLicense, user: UserId, actor: UserId) -> Self {
        let asked = if user == actor {
            self
        } else {
            let active = When::holds("st = :active").text(":active", "active");
            self.check(TableName::Accounts, &keys::membership(account, user), active, Arm::NotAMember)
        };
        asked.seat(account, found.license.id, &found.row, user, Some(Arm::AlreadyAssigned))
    }

    fn take(self, account: AccountId, license: LicenseId, user: UserId) -> Self {
        self.delete(TableName::Accounts, &keys::assigned(account, user, license), When::present(), Arm::NotAssigned)
            .remove(TableName::Accounts, &keys::seat(account, license, user))
    }
}

fn count(users: &[UserId]) -> i64 {
    i64::try_from(users.len()).unwrap_or(i64::MAX)
}
