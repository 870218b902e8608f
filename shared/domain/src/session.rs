//! Sessions: how long they last, and when they are renewed.

use jiff::{SignedDuration, Timestamp};

use crate::AccountId;

/// Ends a session that nobody used (R106; NIST SP 800-63B-4 §2.2.3 asks for no more than an hour).
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// Ends every session, used or not (the same section asks for no more than 24 hours).
pub const ABSOLUTE: SignedDuration = SignedDuration::from_hours(12);
/// A used session is written again at most this often: a write costs five reads.
pub const RENEW_AFTER: SignedDuration = SignedDuration::from_mins(5);
/// The most sessions of one person; the oldest make room.
pub const MOST: usize = 10;

/// The SHA-256 of a session's secret id, in hexadecimal: the name of its row. The id itself is only in the cookie.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SessionHash(pub String);

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
}

/// Whether a session counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionAge {
    /// In use.
    Fresh,
    /// In use, and due to be written again.
    Stale,
    /// Not used for [`IDLE`], or older than [`ABSOLUTE`].
    TimedOut,
}

impl Session {
    /// Judges its age. Rows that should be gone are judged like any other: the database deletes late.
    #[must_use]
    pub fn age(&self, now: Timestamp) -> SessionAge {
        let unused = now.duration_since(self.seen_at);
        if now >= self.expires_at || unused >= IDLE {
            SessionAge::TimedOut
        } else if unused >= RENEW_AFTER {
            SessionAge::Stale
        } else {
            SessionAge::Fresh
        }
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
        };
        for (minutes, age) in
            [(0, SessionAge::Fresh), (5, SessionAge::Stale), (29, SessionAge::Stale), (30, SessionAge::TimedOut)]
        {
            assert_eq!(session.age(start.checked_add(SignedDuration::from_mins(minutes))?), age, "{minutes} minutes");
        }
        let late = start.checked_add(ABSOLUTE)?;
        assert_eq!(Session { seen_at: late, ..session }.age(late), SessionAge::TimedOut);
        Ok(())
    }
}
