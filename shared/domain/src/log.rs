//! The activity log: who did what, in which account, in which capacity (R513, R708).

use serde::{Deserialize, Serialize};

use crate::{AccountId, UserId, number::OrderNumber};

/// What happened. One entry per mutation, written in its transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "event")]
pub enum Event {
    /// A person proved their address and has a login now.
    SignedUp {
        /// The version of terms and privacy notice accepted at sign-up.
        terms_version: String,
    },
    /// A session began.
    SignedIn,
    /// The person ended the session.
    SignedOut,
    /// A session began in another account, or in the first.
    ChoseAccount,
    /// A claim was verified by activation code; the person is a member now.
    ClaimedOrder {
        /// The order whose code it was.
        order: OrderNumber,
    },
}

/// Where an entry is kept: in an account's log, or, before and beside any account, in the person's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogOf {
    /// The account's.
    Account(AccountId),
    /// The person's.
    User(UserId),
}
