//! Letters: mails we write. A letter is a row in the outbox, written in the transaction of the change it announces.

mod change;
mod customer;
mod due;
mod guest;
mod link;
mod message;
mod ordered;
mod outsider;
mod partner;
mod reading;
mod team;

pub use change::{Change, ChangedField, PasswordChange};
pub use customer::CustomerLetter;
pub use due::DueProduct;
pub use guest::GuestLetter;
pub use link::{INVITATION, LinkPurpose};
pub use message::Message;
pub use ordered::OrderedProduct;
pub use outsider::Outsider;
pub use partner::PartnerLetter;
pub use team::TeamLetter;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{AccountId, EmailAddress, Language, LetterId, UserId, name::PersonName};

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
    /// Nobody: written where a known and an unknown name must cost the same (R108), and never sent.
    Nobody,
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
    /// What its link needs besides the token (a registration's or a person's id).
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
    /// The activation code it carries, as a person types it.
    pub code: Option<String>,
}

/// Where a letter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterState {
    /// Waits for its turn, the first or a further one.
    Queued,
    /// Taken by the mail service.
    Sent,
    /// Taken by the mail service, which could not deliver it.
    Bounced,
    /// Given up, with a reason.
    Dead,
    /// Written to nobody, and so never sent.
    Unsent,
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
