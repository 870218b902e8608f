//! What a request to join finds: read by the same calls whether or not there is an account of that number.

use aws_sdk_dynamodb::types::KeysAndAttributes;
use domain::{
    Account, AccountId, AccountStatus, Date, MembershipStatus, Timestamp, User, UserId,
    claim::{MOST_REFERENCES, Reference},
};
use serde::Deserialize;

use super::{ClaimRow, PendingClaim};
use crate::{Store, StoreError, TableName, Throttle, keys, rows, throttle};

/// Letters about requests to join that an account's owner gets in an hour (our decision).
const LETTERS_TO_OWNER: u32 = 5;

/// Whose a number is.
#[derive(Debug, Clone, Copy)]
pub struct NamedNumber {
    /// The account.
    pub account: AccountId,
    /// Who was the first to ask by it, if it is a serial number.
    pub first: Option<UserId>,
}

/// Ids that nobody has, read in place of those that are not there.
#[derive(Debug, Clone, Copy)]
pub struct Nobody {
    /// An account's.
    pub account: AccountId,
    /// A person's.
    pub user: UserId,
}

/// What is there when somebody asks to join.
#[derive(Debug, Clone, Default)]
pub struct ClaimGround {
    /// The account, unless it is closed.
    pub account: Option<Account>,
    /// Who else asked by that serial number before, and still does, or joined.
    pub rival: Option<User>,
    pub(super) pending: Option<ClaimRow>,
    pub(super) first: Option<UserId>,
    /// Whether the account's managers have taken the person out: they ask as if they had never belonged to it, and no rule
    /// but a person lets them in again.
    pub taken_out: bool,
    member: bool,
    refused: bool,
    /// Letters that the owner got lately.
    letters: u32,
}

/// What becomes of a request to join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimCourse {
    /// They belong to the account already: nothing.
    Member,
    /// The number is nobody's, or they were refused lately: the person alone reads of it.
    Kept,
    /// They asked before: it names one number more.
    Again,
    /// Somebody decides.
    New,
}

impl ClaimGround {
    /// What the person asked of the account before, if that is not decided.
    ///
    /// # Errors
    /// If the row was not written by us.
    pub fn pending(&self, user: UserId) -> Result<Option<PendingClaim>, StoreError> {
        let pending = self.account.as_ref().zip(self.pending.clone());
        pending.map(|(account, row)| PendingClaim::of(account.id, user, row)).transpose()
    }

    /// Whether the owner is written to: of a new request, unless they had so many letters lately that one more would be
    /// a nuisance. The request waits all the same.
    #[must_use]
    pub fn owner_reads(&self, reference: &Reference) -> bool {
        self.course(reference) == ClaimCourse::New && self.letters < LETTERS_TO_OWNER
    }

    /// What becomes of a request that names this number.
    #[must_use]
    pub fn course(&self, reference: &Reference) -> ClaimCourse {
        if self.member {
            return ClaimCourse::Member;
        }
        if self.account.is_none() || self.refused {
            return ClaimCourse::Kept;
        }
        match &self.pending {
            None => ClaimCourse::New,
            Some(row) if row.rf.len() < MOST_REFERENCES || row.rf.iter().any(|named| named.r == *reference) => {
                ClaimCourse::Again
            }
            Some(_) => ClaimCourse::Kept,
        }
    }
}

/// Counts letters to the owner of an account; it refuses none, since whether one is written is decided before.
pub(super) fn tally(account: AccountId) -> Throttle {
    Throttle { kind: "claim-letters", whom: account.to_string(), most: u32::MAX, window: 3_600 }
}

/// What the row of a customer number or a serial number says here.
#[derive(Deserialize)]
struct NumberRow {
    /// the account
    a: AccountId,
    /// who was the first to ask by it
    #[serde(default)]
    c: Option<UserId>,
    /// when another serial number took its place (R408)
    #[serde(default)]
    x: Option<Date>,
}

/// That somebody was refused.
#[derive(Deserialize)]
struct RefusedRow {
    /// until when they cannot ask again, in milliseconds
    x: i64,
}

impl Store {
    /// Whose a number is.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn whose_number(&self, reference: &Reference) -> Result<Option<NamedNumber>, StoreError> {
        let found = self.get(TableName::Accounts, keys::reference(reference)).await?;
        let row = found.map(rows::from_item::<NumberRow>).transpose()?;
        // A serial number that leaked and was replaced names nothing.
        Ok(row.filter(|row| row.x.is_none()).map(|row| NamedNumber { account: row.a, first: row.c }))
    }

    /// What is there when somebody asks to join; `nobody` stands for what is not.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn claim_ground(
        &self,
        user: UserId,
        named: Option<NamedNumber>,
        nobody: Nobody,
        now: Timestamp,
    ) -> Result<ClaimGround, StoreError> {
        let account = named.map_or(nobody.account, |named| named.account);
        let first = named.and_then(|named| named.first);
        let rival = first.filter(|first| *first != user).unwrap_or(nobody.user);
        let of_rival = [keys::membership(account, rival), keys::pending_claim(account, rival), keys::user(rival)];
        let mine = [keys::account(account), keys::membership(account, user), keys::pending_claim(account, user)];
        let (member, claim) = (&mine[1].clone(), &mine[2].clone());
        let wanted =
            mine.iter().chain(&of_rival).fold(KeysAndAttributes::builder(), |keys, key| keys.keys(key.to_map()));
        let (letters, _) = tally(account).row(now);
        let others =
            KeysAndAttributes::builder().keys(letters.to_map()).keys(keys::refused_claim(account, user).to_map());
        let wanted = [
            (TableName::Accounts, wanted.consistent_read(true).build()?),
            (TableName::Sessions, others.consistent_read(true).build()?),
        ];

        let mut ground = ClaimGround { first, ..ClaimGround::default() };
        let (mut other, mut stands) = (None, false);
        for (table, item) in self.batch_get(wanted).await? {
            let key = keys::Key::of(&item)?;
            if key == letters {
                ground.letters = throttle::counted(&item);
            } else if table == TableName::Sessions {
                ground.refused = rows::from_item::<RefusedRow>(item)?.x > now.as_millisecond();
            } else if key == *member {
                match rows::from_item::<rows::MembershipRow>(item)?.st {
                    MembershipStatus::Active | MembershipStatus::Deactivated => ground.member = true,
                    MembershipStatus::Unlinked => ground.taken_out = true,
                }
            } else if key == *claim {
                ground.pending = Some(rows::from_item(item)?);
            } else if key == of_rival[0] || key == of_rival[1] {
                stands = true;
            } else if key == of_rival[2] {
                other = Some(User::from(rows::from_item::<rows::UserRow>(item)?));
            } else {
                let found = Account::try_from(rows::from_item::<rows::AccountRow>(item)?)?;
                ground.account = match found.status {
                    AccountStatus::Active | AccountStatus::Suspended { .. } => Some(found),
                    AccountStatus::Closed => None,
                };
            }
        }
        ground.rival = other.filter(|_| stands);
        Ok(ground)
    }
}
