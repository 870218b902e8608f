//! Whom an entry is about.

use super::Event;
use crate::UserId;

impl Event {
    /// Who it is about, where that is one other than who did it: their page shows it (R311).
    #[must_use]
    pub const fn about(&self) -> Option<UserId> {
        if let Self::Member { user, .. }
        | Self::GuestReminded { user, .. }
        | Self::ClaimDecided { claimant: user, .. } = self
        {
            Some(*user)
        } else {
            None
        }
    }
}
