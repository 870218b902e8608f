//! Who may do what: the one policy. Code, tests, documentation and the words of a refusal all come from here.
//!
//! [`rights`](crate::rights) makes values of its answers.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Features, Membership, Permission, Role, StaffRole, actor::Standing};

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
    /// Ask to join an account, by its number or a serial number.
    ClaimAccount,
    /// Decide on those who ask to join the account.
    DecideClaims,
    /// See what the account has of each product, and when it ends.
    ShowSummary,
    /// Get the files of a release that a license covers.
    DownloadRelease,
    /// Assign and release seats, start trials, ask for renewals.
    ManageLicenses,
    /// Have a leaked serial number replaced.
    ReplaceSerial,
    /// See who belongs to the account, and look after them: invite, change, switch off, remove.
    ManageMembers,
    /// See who looks after the people of the account.
    ShowManagers,
    /// Ask them for more than one may.
    AskForAccess,
    /// Go through everyone who can get at what is the account's.
    ReviewAccess,
    /// Accept or decline an invitation to an account.
    AnswerInvitation,
    /// As staff: find accounts and see them.
    FindAccounts,
    /// As staff: invite owners to their accounts.
    InviteOwners,
    /// As staff: say what an account may use.
    SetFeatures,
    /// As staff: decide what people ask of the vendor.
    WorkDesk,
    /// As staff: record, amend and cancel orders.
    RecordOrders,
    /// As staff: products and their releases.
    ManageProducts,
}

impl Act {
    /// Every act, in the order documents list them.
    pub const ALL: [Self; 35] = [
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
        Self::ClaimAccount,
        Self::DecideClaims,
        Self::ShowSummary,
        Self::DownloadRelease,
        Self::ManageLicenses,
        Self::ReplaceSerial,
        Self::ManageMembers,
        Self::ShowManagers,
        Self::AskForAccess,
        Self::ReviewAccess,
        Self::AnswerInvitation,
        Self::FindAccounts,
        Self::InviteOwners,
        Self::SetFeatures,
        Self::WorkDesk,
        Self::RecordOrders,
        Self::ManageProducts,
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
    /// Only owner and managers may.
    #[error("not a manager")]
    ManagersOnly,
    /// They may not see orders.
    #[error("may not view orders")]
    OrdersHidden,
    /// They may not manage licenses.
    #[error("may not manage licenses")]
    LicensesNotTheirs,
    /// Staff, but no admin.
    #[error("not an admin")]
    AdminOnly,
    /// The vendor looks after the account's people itself (R312).
    #[error("the team area is off")]
    TeamAreaOff,
    /// Their address is not proven to be theirs.
    #[error("the address is not proven")]
    EmailUnproven,
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
            Self::ManagersOnly => "managers_only",
            Self::OrdersHidden => "orders_hidden",
            Self::LicensesNotTheirs => "licenses_not_theirs",
            Self::AdminOnly => "admin_only",
            Self::TeamAreaOff => "team_area_off",
            Self::EmailUnproven => "email_unproven",
        }
    }
}

/// The policy: whether somebody who stands there may do that, in an account that may use that.
///
/// # Errors
/// [`Denied`] says why not.
pub fn policy(act: Act, standing: &Standing, features: Option<Features>) -> Result<(), Denied> {
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
        Act::ClaimOrder
        | Act::ClaimAccount
        | Act::ChangeProfile
        | Act::ChangeNickname
        | Act::ChangeEmail
        | Act::RequestChange
        | Act::AnswerInvitation => match standing {
            Standing::Unattached
            | Standing::Working(_)
            | Standing::SecondFactorMissing
            | Standing::Deactivated
            | Standing::Closed
            | Standing::Staff(_) => Ok(()),
            Standing::Suspended => Err(Denied::AccountSuspended),
        },
        Act::ListLicenses | Act::DownloadRelease => at_work(standing).map(drop),
        Act::ShowSummary => has(standing, Permission::ViewOrders, Denied::OrdersHidden),
        Act::ManageLicenses => has(standing, Permission::ManageLicenses, Denied::LicensesNotTheirs),
        Act::DecideClaims | Act::ReplaceSerial => manages(at_work(standing)?),
        Act::ManageMembers => at_work(standing).and_then(|membership| team_area(features).and(manages(membership))),
        // Nobody decides what is asked where nobody may look after the team.
        Act::AskForAccess => at_work(standing).and_then(|_| team_area(features)),
        // Whoever was switched off is told whom to ask (R306).
        Act::ShowManagers => match standing {
            Standing::Working(_) | Standing::Deactivated => Ok(()),
            Standing::Unattached
            | Standing::SecondFactorMissing
            | Standing::Suspended
            | Standing::Closed
            | Standing::Staff(_) => at_work(standing).map(drop),
        },
        Act::RequireSecondFactor | Act::ReviewAccess => match at_work(standing)?.role {
            Role::Owner => Ok(()),
            Role::Manager | Role::Member => Err(Denied::OwnerOnly),
        },
        Act::FindAccounts | Act::InviteOwners | Act::WorkDesk | Act::RecordOrders | Act::ManageProducts => {
            at_console(standing).map(drop)
        }
        Act::SetFeatures => match at_console(standing)? {
            StaffRole::Admin => Ok(()),
            StaffRole::Support => Err(Denied::AdminOnly),
        },
    }
}

fn team_area(features: Option<Features>) -> Result<(), Denied> {
    if features.is_some_and(|features| features.team_area) { Ok(()) } else { Err(Denied::TeamAreaOff) }
}

const fn manages(membership: &Membership) -> Result<(), Denied> {
    match membership.role {
        Role::Owner | Role::Manager => Ok(()),
        Role::Member => Err(Denied::ManagersOnly),
    }
}

fn has(standing: &Standing, permission: Permission, otherwise: Denied) -> Result<(), Denied> {
    if at_work(standing)?.has(permission) { Ok(()) } else { Err(otherwise) }
}

/// What is the vendor's is for its staff; for everybody else there is no console.
fn at_console(standing: &Standing) -> Result<StaffRole, Denied> {
    match standing {
        Standing::Staff(role) => Ok(*role),
        Standing::Unattached
        | Standing::Working(_)
        | Standing::SecondFactorMissing
        | Standing::Deactivated
        | Standing::Suspended
        | Standing::Closed => Err(Denied::Hidden),
    }
}

/// What is the account's is for those who work in it.
pub(crate) fn at_work(standing: &Standing) -> Result<&Membership, Denied> {
    match standing {
        Standing::Working(membership) => Ok(membership),
        Standing::Unattached | Standing::Staff(_) => Err(Denied::NoAccount),
        Standing::SecondFactorMissing => Err(Denied::SecondFactorMissing),
        Standing::Deactivated => Err(Denied::MembershipDeactivated),
        Standing::Suspended => Err(Denied::AccountSuspended),
        Standing::Closed => Err(Denied::AccountClosed),
    }
}
