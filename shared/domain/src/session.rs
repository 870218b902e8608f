//! Sessions: how long they last, and when they are renewed.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{AccountId, Membership, MembershipStatus, User, device::Device};

/// Ends a session that nobody used (R106; NIST SP 800-63B-4 §2.2.3 asks for no more than an hour).
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// Ends every session, used or not (the same section asks for no more than 24 hours).
pub const ABSOLUTE: SignedDuration = SignedDuration::from_hours(12);
/// The same for staff, who see every customer: shorter, as for whatever is worth more to a thief.
pub const STAFF_IDLE: SignedDuration = SignedDuration::from_mins(15);
/// A working day.
pub const STAFF_ABSOLUTE: SignedDuration = SignedDuration::from_hours(8);
/// A used session is written again at most this often: a write costs five reads.
pub const RENEW_AFTER: SignedDuration = SignedDuration::from_mins(5);
/// The most sessions of one person; the oldest make room.
pub const MOST: usize = 10;

/// The SHA-256 of a session's secret id, in hexadecimal: the name of its row. The id itself is only in the cookie.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SessionHash(pub String);

impl SessionHash {
    /// Reads one as lists of sessions name it. `None`: not the name of a session.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let hexadecimal = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        (text.len() == 64 && hexadecimal).then(|| Self(text.to_owned()))
    }
}

/// How long a session lasts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lasting {
    /// [`IDLE`] and [`ABSOLUTE`].
    #[default]
    Usual,
    /// [`STAFF_IDLE`] and [`STAFF_ABSOLUTE`].
    Staff,
}

impl Lasting {
    /// Of the sessions of that person.
    #[must_use]
    pub const fn of(user: &User) -> Self {
        if user.staff.is_some() { Self::Staff } else { Self::Usual }
    }

    /// Unused, it ends after this.
    #[must_use]
    pub const fn idle(self) -> SignedDuration {
        match self {
            Self::Usual => IDLE,
            Self::Staff => STAFF_IDLE,
        }
    }

    /// Used or not, it ends after this.
    #[must_use]
    pub const fn absolute(self) -> SignedDuration {
        match self {
            Self::Usual => ABSOLUTE,
            Self::Staff => STAFF_ABSOLUTE,
        }
    }
}

/// A session as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// When the person signed in.
    pub started_at: Timestamp,
    /// When it was last used, to within [`RENEW_AFTER`].
    pub seen_at: Timestamp,
    /// When it ends, used or not.
    pub expires_at: Timestamp,
    /// The person's generation when it began.
    pub user_generation: u32,
    /// The account it works in, and the membership's generation when it began.
    pub account: Option<(AccountId, u32)>,
    /// How long it lasts.
    pub lasting: Lasting,
    /// What it was begun with.
    pub device: Device,
}

/// Whether a session counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionAge {
    /// In use.
    Fresh,
    /// In use, and due to be written again.
    Stale,
    /// Not used for too long, or too old ([`Lasting`]).
    TimedOut,
}

impl Session {
    /// Judges its age. Rows that should be gone are judged like any other: the database deletes late.
    #[must_use]
    pub fn age(&self, now: Timestamp) -> SessionAge {
        let unused = now.duration_since(self.seen_at);
        if now >= self.expires_at || unused >= self.lasting.idle() {
            SessionAge::TimedOut
        } else if unused >= RENEW_AFTER {
            SessionAge::Stale
        } else {
            SessionAge::Fresh
        }
    }

    /// Whether a request with it would find somebody behind it, as [`Actor::judge`](crate::Actor::judge) judges;
    /// `membership` is the person's in the account it works in. What lists show is what counts.
    #[must_use]
    pub fn counts(&self, user: &User, membership: Option<&Membership>, now: Timestamp) -> bool {
        let in_time = match self.age(now) {
            SessionAge::Fresh | SessionAge::Stale => true,
            SessionAge::TimedOut => false,
        };
        let belongs = match (self.account, membership) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some((_, generation)), Some(membership)) => match membership.status {
                MembershipStatus::Deactivated => true,
                MembershipStatus::Active => membership.generation == generation,
                MembershipStatus::Unlinked => false,
            },
        };
        self.user_generation == user.generation && in_time && belongs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_unused_or_old() -> Result<(), jiff::Error> {
        let start: Timestamp = "2026-11-22T08:00:00Z".parse()?;
        let session = Session {
            started_at: start,
            seen_at: start,
            expires_at: start.checked_add(ABSOLUTE)?,
            user_generation: 0,
            account: None,
            lasting: Lasting::Usual,
            device: Device::of_user_agent(""),
        };
        for (minutes, age) in
            [(0, SessionAge::Fresh), (5, SessionAge::Stale), (29, SessionAge::Stale), (30, SessionAge::TimedOut)]
        {
            assert_eq!(session.age(start.checked_add(SignedDuration::from_mins(minutes))?), age, "{minutes} minutes");
        }
        let late = start.checked_add(ABSOLUTE)?;
        let staff = Session { lasting: Lasting::Staff, ..session.clone() };
        assert_eq!(staff.age(start.checked_add(STAFF_IDLE)?), SessionAge::TimedOut);
        assert_eq!(Session { seen_at: late, ..session }.age(late), SessionAge::TimedOut);
        Ok(())
    }
}
