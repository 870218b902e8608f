//! Seats: giving, taking back and passing on (R403). Each is one transaction, whose conditions see to it that never more
//! seats are in use than were bought, whatever happens at the same time.

mod counting;
mod freeing;
mod listing;
mod refreshing;

use domain::{
    AccountId, EventId, LicenseId, Timestamp, UserId,
    actor::Capacity,
    letter::Letter,
    log::{Event, LogOf, SeatsChange},
    rights::ManageLicenses,
};

use crate::{
    Conflict, FoundLicense, Store, StoreError, TableName, keys,
    ledger::Ledger,
    letters, log,
    rows::{self, Item, LicenseRow},
    transaction::{TRIES, Transaction, When, pause},
};

pub(crate) use counting::{COUNT, Gone};
pub use listing::{Candidate, Holder};

/// The most people of one act. With each go their membership, on which it is counted, two rows of the seat and a letter;
/// beside them six: 100 arms would take 23.
pub const MOST_AT_ONCE: usize = 20;

/// Why seats were not given, taken back or passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeatsRefused {
    /// The person is not (any more) who acts, or the license was changed meanwhile.
    Changed,
    /// Somebody is no active member.
    NotAMember,
    /// Somebody is a guest, who uses no seat (R510).
    Guest,
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

impl Act<'_> {
    /// How many seats it gives to somebody, or takes from them (below zero).
    fn of(&self, user: UserId) -> i64 {
        match self {
            Self::Assign(users) => i64::from(users.contains(&user)),
            Self::Release(users) => -i64::from(users.contains(&user)),
            Self::Move { from, to } => i64::from(*to == user) - i64::from(*from == user),
        }
    }
}

/// The arms that can be refused.
#[derive(Clone, Copy)]
enum Arm {
    Actor,
    NotAMember,
    AlreadyAssigned,
    NotAssigned,
    /// Whoever loses a seat is no member any more, or is one again.
    Gone(UserId),
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
        let (mut gone, mut tried) = (Gone::default(), 1);
        let authority = right.authority();
        let is_guest = authority.from.as_ref().is_some_and(|from| from.capacity == Capacity::Guest);
        // A guest who acts is asked for as such, and not as somebody who could have a seat.
        match act.of(authority.person.user) {
            1.. if is_guest => return Err(Conflict::Refused(SeatsRefused::Guest)),
            ..=-1 if is_guest => return Err(Conflict::Refused(SeatsRefused::NotAssigned)),
            _ => {}
        }
        loop {
            let (refused, row) = match self.seats(right, found, act, told, &gone).commit_or_see().await {
                Ok(()) => return Ok(()),
                Err((Conflict::Store(error), _)) => return Err(error.into()),
                Err((Conflict::Refused(arm), row)) => (arm, row),
            };
            return Err(Conflict::Refused(match refused {
                Arm::Actor => SeatsRefused::Changed,
                Arm::NotAMember => self.why_none(right.account(), act).await?,
                Arm::AlreadyAssigned => SeatsRefused::AlreadyAssigned,
                Arm::NotAssigned => SeatsRefused::NotAssigned,
                Arm::Gone(user) if gone.learn(user) => continue,
                Arm::Gone(_) => SeatsRefused::Changed,
                Arm::License => match why(found, act, row)? {
                    Some(why) => why,
                    None if tried == TRIES => return Err(StoreError::Conflict.into()),
                    None => {
                        pause(tried).await;
                        tried += 1;
                        continue;
                    }
                },
            }));
        }
    }

    fn seats<'s>(
        &'s self,
        right: &ManageLicenses,
        found: &FoundLicense,
        act: &Act<'_>,
        told: &Told<'_>,
        gone: &Gone,
    ) -> Transaction<'s, Arm> {
        let account = right.account();
        // Of a partner's person, what they are asked as is no row of the account, so none that could be counted.
        let is_partner = right.authority().from.as_ref().is_some_and(|from| from.capacity == Capacity::Partner);
        let actor = (!is_partner).then_some(right.authority().person.user);
        let license = &found.license;
        let arms = match actor.map_or(0, |actor| act.of(actor)) {
            0 => Transaction::new(self).by_member(right.authority(), Arm::Actor),
            seats => Transaction::new(self).by_counted_member(right.authority(), seats, Arm::Actor),
        };
        let (arms, event) = match act {
            Act::Assign(users) => {
                let more = count(users);
                let arms = users.iter().fold(arms, |arms, user| arms.give(account, found, *user, actor));
                let counted = Ledger::default().assigned(account, license, more);
                let arms =
                    arms.count_seats(account, license.id, &found.row, more, Arm::License).enter(account, counted);
                (arms, Event::SeatsAssigned(SeatsChange { license: license.id, users: users.to_vec() }))
            }
            Act::Release(users) => {
                let less = -count(users);
                let arms = users.iter().fold(arms, |arms, user| arms.take(account, license.id, *user, actor, gone));
                let counted = Ledger::default().assigned(account, license, less);
                let arms =
                    arms.count_seats(account, license.id, &found.row, less, Arm::License).enter(account, counted);
                (arms, Event::SeatsReleased(SeatsChange { license: license.id, users: users.to_vec() }))
            }
            Act::Move { from, to } => {
                let arms = arms.take(account, license.id, *from, actor, gone).give(account, found, *to, actor);
                let arms = arms.unchanged(account, license.id, &found.row, Arm::License);
                (arms, Event::SeatMoved { license: license.id, from: *from, to: *to })
            }
        };
        let entry = log::entry(told.event, LogOf::Account(account), right.authority(), &event, told.now);
        let arms = arms.write(TableName::Journal, entry);
        told.letters.iter().fold(arms, |arms, letter| arms.write(TableName::Journal, letters::row(letter)))
    }

    /// Why somebody gets no seat: a guest, or nobody who works in the account.
    async fn why_none(&self, account: AccountId, act: &Act<'_>) -> Result<SeatsRefused, StoreError> {
        let users = match act {
            Act::Assign(users) => users,
            Act::Move { to, .. } => std::slice::from_ref(to),
            Act::Release(_) => &[],
        };
        let members = users.iter().map(|user| keys::membership(account, *user)).collect();
        let found = self.items(TableName::Accounts, members).await?;
        let is_guest = found.values().any(|row| row.contains_key("gh"));
        Ok(if is_guest { SeatsRefused::Guest } else { SeatsRefused::NotAMember })
    }
}

/// Why the license's own condition did not hold for its row; none if counts alone do not say why.
fn why(found: &FoundLicense, act: &Act<'_>, row: Option<Item>) -> Result<Option<SeatsRefused>, StoreError> {
    let Some(now) = row.map(rows::from_item::<LicenseRow>).transpose()? else {
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

impl Transaction<'_, Arm> {
    /// Gives an active member a seat. Whoever acts is asked for, and counted, as such.
    fn give(self, account: AccountId, found: &FoundLicense, user: UserId, actor: Option<UserId>) -> Self {
        let counted = if Some(user) == actor {
            self
        } else {
            // A guest uses no seat (R510).
            let active = When::holds("st = :active AND attribute_not_exists(gh)").text(":active", "active").counting(1);
            self.update(TableName::Accounts, &keys::membership(account, user), COUNT, active, Arm::NotAMember)
        };
        counted.seat(account, found.license.id, &found.row, user, Some(Arm::AlreadyAssigned))
    }

    /// Takes somebody's seat back, whether or not they are a member still.
    fn take(self, account: AccountId, license: LicenseId, user: UserId, actor: Option<UserId>, gone: &Gone) -> Self {
        let taken = self
            .delete(TableName::Accounts, &keys::assigned(account, user, license), When::present(), Arm::NotAssigned)
            .remove(TableName::Accounts, &keys::seat(account, license, user));
        if Some(user) == actor { taken } else { taken.count_lost(account, user, gone, Arm::Gone(user)) }
    }
}

fn count(users: &[UserId]) -> i64 {
    i64::try_from(users.len()).unwrap_or(i64::MAX)
}
