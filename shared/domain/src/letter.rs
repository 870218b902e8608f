//! Letters: mails we write. A letter is a row in the outbox, written in the transaction of the change it announces.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    AccountId, EmailAddress, Language, LetterId, UserId,
    name::{AccountName, PersonName},
    number::CustomerNumber,
};

/// To whom a letter goes. Someone with a login is named, not addressed: where they are reached, and in which language,
/// is looked up when the letter is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// Somebody without a login.
    Address {
        /// Where it goes.
        email: EmailAddress,
        /// How they are greeted.
        name: PersonName,
        /// The language they chose.
        language: Language,
    },
    /// Somebody with a login.
    User(UserId),
    /// Whoever is the owner of that account when the letter is sent.
    OwnerOf(AccountId),
}

/// What a letter says. Adding one: a variant here, its texts in the three catalogues, and the snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// Prove your address to finish signing up (R101). Carries a link.
    ConfirmAddress,
    /// Somebody, perhaps you, tried to sign up with an address that has a login.
    AlreadyRegistered,
    /// Your claim was verified: you work in this account now (R102).
    ClaimVerified {
        /// The account's name.
        account_name: AccountName,
        /// The account's number.
        customer_number: CustomerNumber,
    },
    /// To the owner: somebody joined your account with an activation code (R102).
    MemberJoined {
        /// The account's name.
        account_name: AccountName,
        /// First and last name of who joined.
        person_name: String,
        /// The address of who joined.
        person_email: EmailAddress,
    },
}

impl Message {
    /// The stable name: of its texts (`mail.<name>.…`), and in the mail log.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ConfirmAddress => "confirm_address",
            Self::AlreadyRegistered => "already_registered",
            Self::ClaimVerified { .. } => "claim_verified",
            Self::MemberJoined { .. } => "member_joined",
        }
    }

    /// What its link is for, if it has one.
    #[must_use]
    pub const fn purpose(&self) -> Option<LinkPurpose> {
        match self {
            Self::ConfirmAddress => Some(LinkPurpose::ConfirmAddress),
            Self::AlreadyRegistered | Self::ClaimVerified { .. } | Self::MemberJoined { .. } => None,
        }
    }

    /// The page its button opens, without language.
    #[must_use]
    pub const fn page(&self) -> &'static str {
        match self {
            Self::ConfirmAddress => "/confirm",
            Self::AlreadyRegistered => "/sign-in",
            Self::ClaimVerified { .. } | Self::MemberJoined { .. } => "/licenses",
        }
    }
}

/// What a one-time link is for; a token of one purpose is none of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPurpose {
    /// Proves the address of a sign-up; good for 24 hours.
    ConfirmAddress,
}

impl LinkPurpose {
    /// Its name, part of what the token is made from.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ConfirmAddress => "confirm-address",
        }
    }

    /// How long a link of this purpose is good (ASVS 5.0 V6.5.5; our decision: 24 hours to prove an address).
    #[must_use]
    pub const fn lifetime(self) -> jiff::SignedDuration {
        match self {
            Self::ConfirmAddress => jiff::SignedDuration::from_hours(24),
        }
    }
}

/// A letter as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its id, also of its mail and of its link.
    pub id: LetterId,
    /// To whom.
    pub recipient: Recipient,
    /// What it says.
    pub message: Message,
    /// When it was written.
    pub written_at: Timestamp,
    /// What its link needs besides the token (the registration's id).
    pub link_subject: Option<String>,
}

/// A letter with everything that is looked up when it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The letter.
    pub letter: Letter,
    /// Where it goes.
    pub email: EmailAddress,
    /// How the person is greeted.
    pub name: String,
    /// Their language.
    pub language: Language,
    /// The address its button opens, whole.
    pub link: String,
}

/// Where a letter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterState {
    /// Waits for its turn, the first or a further one.
    Queued,
    /// Taken by the mail service.
    Sent,
    /// Given up, with a reason.
    Dead,
}

/// When to try again after that many tries: 10 s, 30 s, 2 min, 8 min, then every half hour until the 24 hours are over
/// (after that a letter is of no use to anyone). `fraction` (0 to 1) spreads a crowd by up to a quarter.
#[must_use]
pub fn next_try(tries: u32, written_at: Timestamp, now: Timestamp, fraction: f64) -> Option<Timestamp> {
    let wait = match tries {
        0 | 1 => 10,
        2 => 30,
        3 => 120,
        4 => 480,
        _ => 1_800,
    };
    let spread = (f64::from(wait) * 0.25 * fraction.clamp(0.0, 1.0)) as i64;
    let next = now.checked_add(jiff::SignedDuration::from_secs(i64::from(wait) + spread)).ok()?;
    (next.duration_since(written_at) < jiff::SignedDuration::from_hours(24)).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_given_up_after_a_day() {
        let (mut now, written_at, mut tries) = (Timestamp::UNIX_EPOCH, Timestamp::UNIX_EPOCH, 0);
        while let Some(next) = next_try(tries, written_at, now, 0.5) {
            assert!(next > now);
            (now, tries) = (next, tries + 1);
        }
        assert!((45..60).contains(&tries), "{tries} tries in a day");
    }
}
