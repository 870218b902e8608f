//! Who may do what: the one policy. Code, tests, documentation and the words of a refusal all come from here.
//!
//! [`rights`](crate::rights) makes values of its answers.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Membership, Role, actor::Standing};

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
    /// See what the portal shows of oneself.
    ShowProfile,
    /// Change one's name, address and language.
    ChangeProfile,
    /// Change one's forum nickname.
    ChangeNickname,
    /// Change one's password.
    ChangePassword,
    /// Change the address one signs in with.
    ChangeEmail,
    /// Set up, renew or give up one's second factor.
    ManageSecondFactor,
    /// Require a second factor of everyone in the account.
    RequireSecondFactor,
    /// List one's sessions.
    ListSessions,
    /// End one's sessions.
    EndSessions,
    /// Ask the vendor to change what is protected.
    RequestChange,
    /// Get everything that is held about oneself.
    ExportMyData,
    /// Close one's login.
    CloseLogin,
}

impl Act {
    /// Every act, in the order documents list them.
    pub const ALL: [Self; 18] = [
        Self::ShowMe,
        Self::SignOut,
        Self::ListAccounts,
        Self::ChooseAccount,
        Self::ClaimOrder,
        Self::ListLicenses,
        Self::ShowProfile,
        Self::ChangeProfile,
        Self::ChangeNickname,
        Self::ChangePassword,
        Self::ChangeEmail,
        Self::ManageSecondFactor,
        Self::RequireSecondFactor,
        Self::ListSessions,
        Self::EndSessions,
        Self::RequestChange,
        Self::ExportMyData,
        Self::CloseLogin,
    ];
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
    /// The account requires a second factor, and they have none yet.
    #[error("second factor missing")]
    SecondFactorMissing,
    /// Only the account's owner may.
    #[error("not the owner")]
    OwnerOnly,
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
            Self::SecondFactorMissing => "second_factor_missing",
            Self::OwnerOnly => "owner_only",
        }
    }
}

/// The policy: whether somebody who stands there may do that.
///
/// # Errors
/// [`Denied`] says why not.
pub fn policy(act: Act, standing: &Standing) -> Result<(), Denied> {
    match act {
        // What belongs to the person: wherever they stand, they can see why, leave, go elsewhere, and look after their
        // own login, which is no account's to suspend.
        Act::ShowMe
        | Act::SignOut
        | Act::ListAccounts
        | Act::ChooseAccount
        | Act::ShowProfile
        | Act::ChangePassword
        | Act::ManageSecondFactor
        | Act::ListSessions
        | Act::EndSessions
        | Act::ExportMyData
        | Act::CloseLogin => Ok(()),
        // A suspended account's people sign in, read why, and reach support; nothing else (R506).
        Act::ClaimOrder | Act::ChangeProfile | Act::ChangeNickname | Act::ChangeEmail | Act::RequestChange => {
            match standing {
                Standing::Unattached
                | Standing::Working(_)
                | Standing::SecondFactorMissing
                | Standing::Deactivated
                | Standing::Closed => Ok(()),
                Standing::Suspended => Err(Denied::AccountSuspended),
            }
        }
        Act::ListLicenses => at_work(standing).map(drop),
        Act::RequireSecondFactor => match at_work(standing)?.role {
            Role::Owner => Ok(()),
            Role::Manager | Role::Member => Err(Denied::OwnerOnly),
        },
    }
}

/// What is the account's is for those who work in it.
pub(crate) fn at_work(standing: &Standing) -> Result<&Membership, Denied> {
    match standing {
        Standing::Working(membership) => Ok(membership),
        Standing::Unattached => Err(Denied::NoAccount),
        Standing::SecondFactorMissing => Err(Denied::SecondFactorMissing),
        Standing::Deactivated => Err(Denied::MembershipDeactivated),
        Standing::Suspended => Err(Denied::AccountSuspended),
        Standing::Closed => Err(Denied::AccountClosed),
    }
}
