//! Deciding who belongs to an account: one transaction each, which deletes every row of the request.

use domain::{
    Account, EventId, Membership, SignedDuration, Timestamp, User, UserId,
    actor::AccountAuthority,
    claim::REFUSED_DAYS,
    letter::Letter,
    log::{Event, LogOf},
    name::Reason,
    request::Wish,
    rights::{ClaimAccount, DecideClaims, WorkDesk},
};
use serde::Serialize;

use super::PendingClaim;
use crate::{
    Conflict, Store, StoreError, TableName, Throttle, keys, letters, log, rows,
    transaction::{Of, Transaction, When},
};

/// Who decides.
#[derive(Debug, Clone, Copy)]
pub enum ClaimDecider<'a> {
    /// The account's owner, or a manager.
    Team(&'a DecideClaims),
    /// One of the vendor's people.
    Desk(&'a WorkDesk),
}

/// A decision on a request to join.
pub struct ClaimDecision<'a> {
    /// Who decides.
    pub by: ClaimDecider<'a>,
    /// What was asked, as it was read.
    pub claim: &'a PendingClaim,
    /// Why, for the account's log.
    pub reason: Option<&'a Reason>,
    /// Who is told.
    pub letters: &'a [Letter],
    /// The log entry's id.
    pub event: EventId,
}

/// What somebody becomes, and where.
pub struct Verified<'a> {
    /// The account.
    pub account: &'a Account,
    /// The person as read.
    pub user: &'a User,
    /// What they are there.
    pub membership: &'a Membership,
}

/// Why a request to join was not decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionRefused {
    /// Whoever decides is not (any more) who did.
    Actor,
    /// It was decided meanwhile.
    Gone,
    /// Whoever asked has another address by now, or closes their login.
    Claimant,
    /// They belong to the account already.
    AlreadyMember,
    /// The account is suspended or closed, or called otherwise by now.
    Account,
    /// They tried too often.
    Throttle,
}

pub(super) type Arms<'a> = Transaction<'a, DecisionRefused>;

#[derive(Serialize)]
struct RefusedRow {
    /// until when they cannot ask again, in milliseconds
    x: i64,
    /// when the database may delete it, in seconds
    ttl: i64,
}

impl Store {
    /// Makes whoever asked a member.
    ///
    /// # Errors
    /// [`DecisionRefused`] says which condition did not hold.
    pub async fn verify_claim(
        &self,
        decision: &ClaimDecision<'_>,
        verified: &Verified<'_>,
        now: Timestamp,
    ) -> Result<(), Conflict<DecisionRefused>> {
        let claim = decision.claim;
        if verified.user.email != claim.email {
            return Err(Conflict::Refused(DecisionRefused::Claimant));
        }
        // The request first: of many decisions at once, all but one read that it is decided.
        let arms = claim.close(decision.by.act(Transaction::new(self)));
        let arms = arms.person_unchanged(verified.user, DecisionRefused::Claimant);
        decision.told(join(arms, verified), true, now).commit().await
    }

    /// Closes the request of somebody who came in another way meanwhile.
    ///
    /// # Errors
    /// [`DecisionRefused`] says which condition did not hold.
    pub async fn settle_claim(
        &self,
        decision: &ClaimDecision<'_>,
        now: Timestamp,
    ) -> Result<(), Conflict<DecisionRefused>> {
        let claim = decision.claim;
        let arms = decision.by.act(Transaction::new(self));
        let member = keys::membership(claim.account, claim.user);
        // Whoever decides on themselves is a member by that, and a row is asked about once.
        let arms = if decision.by.user() == claim.user {
            arms
        } else {
            arms.check(TableName::Accounts, &member, When::present(), DecisionRefused::Gone)
        };
        decision.told(claim.close(arms), true, now).commit().await
    }

    /// Refuses whoever asked: they cannot ask that account again for a while.
    ///
    /// # Errors
    /// [`DecisionRefused`] says which condition did not hold.
    pub async fn refuse_claim(
        &self,
        decision: &ClaimDecision<'_>,
        now: Timestamp,
    ) -> Result<(), Conflict<DecisionRefused>> {
        let claim = decision.claim;
        let until = now.checked_add(SignedDuration::from_hours(REFUSED_DAYS * 24)).map_err(StoreError::row)?;
        let refused = RefusedRow { x: until.as_millisecond(), ttl: until.as_second() };
        let key = keys::refused_claim(claim.account, claim.user);
        let arms = match decision.by {
            ClaimDecider::Team(right) => {
                decision.by.act(Transaction::new(self)).in_use(right.account(), DecisionRefused::Account)
            }
            ClaimDecider::Desk(_) => decision.by.act(Transaction::new(self)),
        };
        let arms = claim.close(arms).write(TableName::Sessions, rows::to_item(&key, &refused));
        decision.told(arms, false, now).commit().await
    }

    /// Makes somebody a member at once, by the vendor's rule; what they asked of that account before is decided too.
    ///
    /// # Errors
    /// [`DecisionRefused`] says which condition did not hold.
    pub async fn join_by_rule(
        &self,
        right: &ClaimAccount,
        before: Option<&PendingClaim>,
        verified: &Verified<'_>,
        tries: &Throttle,
        told: (&[Letter], EventId),
        now: Timestamp,
    ) -> Result<(), Conflict<DecisionRefused>> {
        let user = right.user();
        let arms = Transaction::new(self).person_unchanged(verified.user, DecisionRefused::Actor);
        let arms = arms.count(tries, now, DecisionRefused::Throttle);
        let arms = match before {
            Some(claim) => claim.close(arms),
            None => arms,
        };
        let (letters, event) = told;
        let arms = write_letters(join(arms, verified), letters);
        let entry = Event::ClaimDecided { claimant: user, verified: true, reason: None };
        arms.write(TableName::Journal, log::entry(event, LogOf::Account(verified.account.id), user, &entry, now))
            .commit()
            .await
    }
}

/// The rows of somebody who becomes a member of an account in use.
fn join<'a>(arms: Arms<'a>, verified: &Verified<'_>) -> Arms<'a> {
    let Verified { account, user, membership } = verified;
    arms.join(Of::from(*account), user, membership, DecisionRefused::AlreadyMember, DecisionRefused::Account)
}

fn write_letters<'a>(arms: Arms<'a>, letters: &[Letter]) -> Arms<'a> {
    letters.iter().fold(arms, |arms, letter| arms.write(TableName::Journal, letters::row(letter)))
}

impl PendingClaim {
    /// Deletes its rows: the account's, the desk's, and the person's of every number named.
    pub(super) fn close<'a>(&self, arms: Arms<'a>) -> Arms<'a> {
        let still = When::holds("i = :i").text(":i", self.row.i.to_string());
        let key = keys::pending_claim(self.account, self.user);
        let arms = arms
            .delete(TableName::Accounts, &key, still, DecisionRefused::Gone)
            .remove(TableName::Accounts, &keys::desk_request(self.row.i));
        self.row.rf.iter().fold(arms, |arms, named| {
            let wish = Wish::Claim { reference: named.r.clone() };
            let arms = arms.remove(TableName::Accounts, &keys::request(self.user, &wish));
            match named.d {
                Some(dispute) => arms.remove(TableName::Accounts, &keys::desk_request(dispute)),
                None => arms,
            }
        })
    }
}

impl ClaimDecider<'_> {
    /// Who it is.
    const fn user(&self) -> UserId {
        match self {
            Self::Team(right) => right.authority().person.user,
            Self::Desk(right) => right.authority().user,
        }
    }

    /// The same, for the log.
    const fn by(&self) -> log::By<'_> {
        match self {
            Self::Team(right) => log::By::There(right.authority()),
            Self::Desk(right) => log::By::Staff(right.authority()),
        }
    }

    /// What they act by, unless they are the vendor's.
    pub(super) const fn authority(&self) -> Option<&AccountAuthority> {
        match self {
            Self::Team(right) => Some(right.authority()),
            Self::Desk(_) => None,
        }
    }

    /// Asks that they still are who decides; that the account is in use is asked where it is changed.
    pub(super) fn act<'a>(&self, arms: Arms<'a>) -> Arms<'a> {
        match self {
            Self::Team(right) => arms.by_membership(right.authority(), DecisionRefused::Actor),
            Self::Desk(right) => arms.by(right.authority(), DecisionRefused::Actor),
        }
    }
}

impl ClaimDecision<'_> {
    /// Letters and log.
    pub(super) fn told<'a>(&self, arms: Arms<'a>, verified: bool, now: Timestamp) -> Arms<'a> {
        let entry = Event::ClaimDecided { claimant: self.claim.user, verified, reason: self.reason.cloned() };
        let log = LogOf::Account(self.claim.account);
        let by = self.by.by();
        write_letters(arms, self.letters).write(TableName::Journal, log::entry(self.event, log, by, &entry, now))
    }
}
