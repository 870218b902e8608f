//! What a request names, and the rows that leads to.

use thiserror::Error;

use crate::{
    Account, AccountId, Membership, User, UserId,
    session::{Session, SessionHash},
    sign_in_name::UserName,
};

/// What the session cookie names: addresses of rows, never rights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// The person.
    pub user: UserId,
    /// The session.
    pub session: SessionHash,
    /// The account the session works in.
    pub account: Option<AccountId>,
    /// Where the person belongs, if the session is a guest's.
    pub home: Option<AccountId>,
    /// The customer of theirs that a partner's person acts on: from the request, not the cookie.
    pub customer: Option<AccountId>,
    /// Whether the person saw the whole account's licenses when the session began: a guess at which list to start
    /// reading, taken back if it proves wrong.
    pub saw_all_licenses: bool,
}

impl Names {
    /// The account the request is about.
    #[must_use]
    pub fn place(&self) -> Option<AccountId> {
        self.customer.or(self.account)
    }
}

/// The rows those names lead to, from one strongly consistent read.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The session.
    pub session: Option<Session>,
    /// The person.
    pub user: Option<User>,
    /// The account.
    pub account: Option<Account>,
    /// The person in the account.
    pub membership: Option<Membership>,
    /// What they sign in with there, beside their address.
    pub user_name: Option<UserName>,
    /// A guest's own account, and what they are in it.
    pub home: (Option<Account>, Option<Membership>),
    /// The customer that a partner's person acts on.
    pub customer: Option<Account>,
}

/// Why there is nobody behind a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refused {
    /// Ended by the person, by a newer password, by a manager, or never begun.
    #[error("the session has ended")]
    SessionEnded,
    /// Not used for too long, or too old.
    #[error("the session has timed out")]
    TimedOut,
}
