//! Who may do what: the one policy. Code, tests, documentation and the words of a refusal all come from here.
//!
//! [`rights`](crate::rights) makes values of its answers.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::actor::Standing;

/// Everything somebody signed in can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// See who one is here, and what one may do.
    ShowMe,
    /// End one's session.
    SignOut,
    /// List the accounts one belongs to.
    ListAccounts,
    /// Choose one of them to work in.
    ChooseAccount,
    /// Claim an order by its activation code.
    ClaimOrder,
    /// List licenses: the account's, or those assigned to oneself.
    ListLicenses,
}

impl Act {
    /// Every act, in the order documents list them.
    pub const ALL: [Self; 6] =
        [Self::ShowMe, Self::SignOut, Self::ListAccounts, Self::ChooseAccount, Self::ClaimOrder, Self::ListLicenses];
}

/// Why somebody may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Denied {
    /// What they may not see does not exist: answered as if it were missing.
    #[error("hidden")]
    Hidden,
    /// They work in no account yet.
    #[error("in no account")]
    NoAccount,
    /// A manager switched off their sign-in to this account.
    #[error("membership deactivated")]
    MembershipDeactivated,
    /// The account is suspended.
    #[error("account suspended")]
    AccountSuspended,
    /// The account is closed.
    #[error("account closed")]
    AccountClosed,
}

impl Denied {
    /// The stable code; the catalogue's `problem.<code>` says why, and who can help.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hidden => "not_found",
            Self::NoAccount => "no_account",
            Self::MembershipDeactivated => "membership_deactivated",
            Self::AccountSuspended => "account_suspended",
            Self::AccountClosed => "account_closed",
        }
    }
}

/// The policy: whether somebody who stands there may do that.
///
/// # Errors
/// [`Denied`] says why not.
pub fn policy(act: Act, standing: &Standing) -> Result<(), Denied> {
    match act {
        // What belongs to the person: wherever they stand, they can see why, leave, and go elsewhere.
        Act::ShowMe | Act::SignOut | Act::ListAccounts | Act::ChooseAccount => Ok(()),
        // A suspended account's people sign in, read why, and reach support; nothing else (R506).
        Act::ClaimOrder => match standing {
            Standing::Unattached | Standing::Working(_) | Standing::Deactivated | Standing::Closed => Ok(()),
            Standing::Suspended => Err(Denied::AccountSuspended),
        },
        Act::ListLicenses => match standing {
            Standing::Working(_) => Ok(()),
            Standing::Unattached => Err(Denied::NoAccount),
            Standing::Deactivated => Err(Denied::MembershipDeactivated),
            Standing::Suspended => Err(Denied::AccountSuspended),
            Standing::Closed => Err(Denied::AccountClosed),
        },
    }
}
