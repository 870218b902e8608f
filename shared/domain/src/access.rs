//! Who may do what: the one policy. Code, tests, documentation and the words of a refusal all come from here.
//!
//! [`rights`](crate::rights) makes values of its answers.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    Features, Membership, Permission, Role, StaffRole,
    actor::{CustomerStanding, LookingAfter, Standing},
};

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
    /// Start trials.
    StartTrials,
    /// See who comes in from outside: the partner, its guests, and what they did.
    ShowOutsiders,
    /// Let guests in from the partner, and end that.
    ManageGuests,
    /// Decide how the partner's people get in.
    ChangeAccess,
    /// As a guest: leave.
    LeaveAsGuest,
    /// As a partner: list one's customers.
    ListCustomers,
    /// As a partner: see one of them, and take its details along.
    ShowCustomer,
    /// As a partner: suspend and reactivate one of them.
    SuspendCustomer,
    /// As a partner: create a customer on behalf of the vendor.
    CreateCustomer,
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
    pub const ALL: [Self; 44] = [
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
        Self::StartTrials,
        Self::ShowOutsiders,
        Self::ManageGuests,
        Self::ChangeAccess,
        Self::LeaveAsGuest,
        Self::ListCustomers,
        Self::ShowCustomer,
        Self::SuspendCustomer,
        Self::CreateCustomer,
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
    /// They are a guest here, and what they want is for those who belong to the account.
    #[error("not for guests")]
    NotForGuests,
    /// Their time as a guest is over.
    #[error("the guest's time is over")]
    GuestEnded,
    /// The customer lets its partner's people in only as guests.
    #[error("the customer lets in guests only")]
    GuestsOnly,
    /// The customer they look after is suspended.
    #[error("the customer is suspended")]
    CustomerSuspended,
    /// They look after the customer; what they want is for its own people.
    #[error("not for partners")]
    NotForPartners,
    /// The vendor does not let this partner act on its behalf.
    #[error("not on the vendor's behalf")]
    NotOnBehalf,
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
            Self::NotForGuests => "not_for_guests",
            Self::GuestEnded => "guest_ended",
            Self::GuestsOnly => "guests_only",
            Self::CustomerSuspended => "customer_suspended",
            Self::NotForPartners => "not_for_partners",
            Self::NotOnBehalf => "not_on_behalf",
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
            | Standing::GuestEnded
            | Standing::LookingAfter(_)
            | Standing::Staff(_) => Ok(()),
            Standing::Suspended => Err(Denied::AccountSuspended),
        },
        Act::DownloadRelease => at_work(standing).map(drop),
        Act::ListLicenses => at_work_or_looking_after(standing).map(drop),
        Act::ShowSummary => has(standing, Permission::ViewOrders, Denied::OrdersHidden),
        Act::ManageLicenses => has(standing, Permission::ManageLicenses, Denied::LicensesNotTheirs),
        Act::StartTrials => match standing {
            Standing::LookingAfter(place) if !place.on_behalf => open(place).and(Err(Denied::NotOnBehalf)),
            _ => has(standing, Permission::ManageLicenses, Denied::LicensesNotTheirs),
        },
        Act::ReplaceSerial => manages(at_work(standing)?),
        // Who belongs to the account is for those to say who do.
        Act::DecideClaims => belongs(at_work(standing)?).and_then(manages),
        // A partner looks after its customers' people (R507), also where the vendor lets them not do so themselves.
        Act::ManageMembers => match at_work_or_looking_after(standing)? {
            At::Work(membership) => team_area(features).and(manages(membership)),
            At::Customer => Ok(()),
        },
        // Nobody decides what is asked where nobody may look after the team.
        Act::AskForAccess => at_work(standing).and_then(|_| team_area(features)),
        // Whoever was switched off is told whom to ask (R306).
        Act::ShowManagers => match standing {
            Standing::Working(_) | Standing::Deactivated => Ok(()),
            Standing::Unattached
            | Standing::SecondFactorMissing
            | Standing::Suspended
            | Standing::Closed
            | Standing::GuestEnded
            | Standing::LookingAfter(_)
            | Standing::Staff(_) => at_work(standing).map(drop),
        },
        Act::RequireSecondFactor | Act::ReviewAccess | Act::ChangeAccess => owns(at_work(standing)?),
        // A guest lets in no other.
        Act::ShowOutsiders | Act::ManageGuests => belongs(at_work(standing)?).and_then(manages),
        Act::LeaveAsGuest => match standing {
            Standing::Working(membership) if membership.guest.is_some() => Ok(()),
            Standing::GuestEnded => Ok(()),
            _ => Err(Denied::Hidden),
        },
        Act::ListCustomers => partner(standing, features),
        Act::CreateCustomer => match features {
            Some(features) if features.on_behalf => partner(standing, Some(features)),
            _ => partner(standing, features).and(Err(Denied::NotOnBehalf)),
        },
        Act::ShowCustomer | Act::SuspendCustomer => match standing {
            Standing::LookingAfter(place) => match place.customer {
                CustomerStanding::Suspended => Ok(()),
                CustomerStanding::Open
                | CustomerStanding::Closed
                | CustomerStanding::GuestsOnly
                | CustomerStanding::NotTheirs => open(place),
            },
            _ => at_work(standing).and(Err(Denied::Hidden)),
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

const fn owns(membership: &Membership) -> Result<(), Denied> {
    match membership.role {
        Role::Owner => Ok(()),
        Role::Manager | Role::Member => Err(Denied::OwnerOnly),
    }
}

const fn belongs(membership: &Membership) -> Result<&Membership, Denied> {
    if membership.guest.is_some() { Err(Denied::NotForGuests) } else { Ok(membership) }
}

/// A partner's pages are for everyone on its team, whatever their role, but for no guest (R502). For everybody else there
/// are none, also inside a customer's account (R512).
fn partner(standing: &Standing, features: Option<Features>) -> Result<(), Denied> {
    match standing {
        Standing::LookingAfter(_) => Err(Denied::Hidden),
        _ if features.is_none_or(|features| !features.partner) => Err(Denied::Hidden),
        _ => belongs(at_work(standing)?).map(drop).map_err(|_| Denied::Hidden),
    }
}

fn has(standing: &Standing, permission: Permission, otherwise: Denied) -> Result<(), Denied> {
    match at_work_or_looking_after(standing)? {
        At::Work(membership) if !membership.has(permission) => Err(otherwise),
        At::Work(_) | At::Customer => Ok(()),
    }
}

/// Whether a customer is open to its partner's people.
const fn open(place: &LookingAfter) -> Result<(), Denied> {
    match place.customer {
        CustomerStanding::Open => Ok(()),
        CustomerStanding::Suspended => Err(Denied::CustomerSuspended),
        CustomerStanding::Closed => Err(Denied::AccountClosed),
        CustomerStanding::GuestsOnly => Err(Denied::GuestsOnly),
        CustomerStanding::NotTheirs => Err(Denied::Hidden),
    }
}

/// Who may do what both an account's own people and its partner's can.
enum At<'a> {
    /// Somebody who works in the account.
    Work(&'a Membership),
    /// Somebody who looks after it.
    Customer,
}

fn at_work_or_looking_after(standing: &Standing) -> Result<At<'_>, Denied> {
    match standing {
        Standing::LookingAfter(place) => open(place).map(|()| At::Customer),
        _ => at_work(standing).map(At::Work),
    }
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
        | Standing::GuestEnded
        | Standing::LookingAfter(_)
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
        Standing::GuestEnded => Err(Denied::GuestEnded),
        Standing::LookingAfter(place) => open(place).and(Err(Denied::NotForPartners)),
    }
}
