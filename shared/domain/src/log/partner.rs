//! What becomes of an account's partner.

use serde::{Deserialize, Serialize};

/// How an account's partner, or how its people get in, changed (R509, R514).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartnerChange {
    /// It looks after the account from now on.
    Linked,
    /// It does no more.
    Ended,
    /// Its people get in by the partnership itself.
    Automatic,
    /// They get in only as guests.
    GuestsOnly,
    /// It made the account, on behalf of the vendor, and looks after it (R511).
    Created,
}
