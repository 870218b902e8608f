//! Where the log is kept.

use crate::{AccountId, UserId};

/// Where an entry is kept: in an account's log, or, before and beside any account, in the person's own, or in the
/// vendor's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogOf {
    /// The account's.
    Account(AccountId),
    /// The person's.
    User(UserId),
    /// The vendor's: what staff do that is about no account.
    Vendor,
}
