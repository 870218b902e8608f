//! Who may do what: the one policy. Code, tests, documentation and the words of a refusal all come from here.
//!
//! [`rights`](crate::rights) makes values of its answers.

mod act;
mod denied;

use crate::{
    Features, Membership, Permission, Role, StaffRole,
    actor::{CustomerStanding, LookingAfter, Standing},
};

pub use act::Act;
pub use denied::Denied;

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
        Act::StartTrials => match standing.looking_after() {
            Some(place) if !place.on_behalf => open(place).and(Err(Denied::NotOnBehalf)),
            Some(_) | None => has(standing, Permission::ManageLicenses, Denied::LicensesNotTheirs),
        },
        Act::ReplaceSerial => manages(at_work(standing)?),
        // Who belongs to the account is for those to say who do.
        Act::DecideClaims => belongs(at_work(standing)?).and_then(manages),
        // A partner looks after its customers' people (R507), also where the vendor lets them not do so themselves.
        Act::ManageMembers => match at_work_or_looking_after(standing)? {
            At::Work(membership) => team_area(features).and(manages(membership)),
            At::Customer => Ok(()),
        },
        // Whom somebody from outside made a manager would outlast what they come in by themselves (R509, R510, R514). Where the
        // vendor lets the account's own people not look after each other, its partner does, and nobody else could.
        Act::MakeManagers => match at_work_or_looking_after(standing)? {
            At::Work(membership) => belongs(membership).and(team_area(features)).and(manages(membership)),
            At::Customer if team_area(features).is_err() => Ok(()),
            At::Customer => Err(Denied::NotForPartners),
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
            Standing::Unattached
            | Standing::Working(_)
            | Standing::SecondFactorMissing
            | Standing::Deactivated
            | Standing::Suspended
            | Standing::Closed
            | Standing::LookingAfter(_)
            | Standing::Staff(_) => Err(Denied::Hidden),
        },
        Act::ListCustomers => partner(standing, features),
        Act::CreateCustomer => match features {
            Some(features) if features.on_behalf => partner(standing, Some(features)),
            _ => partner(standing, features).and(Err(Denied::NotOnBehalf)),
        },
        Act::ShowCustomer | Act::SuspendCustomer => match standing.looking_after() {
            Some(place) if place.customer == CustomerStanding::Suspended => Ok(()),
            Some(place) => open(place),
            None => at_work(standing).and(Err(Denied::Hidden)),
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

pub(crate) const fn belongs(membership: &Membership) -> Result<&Membership, Denied> {
    if membership.guest.is_some() { Err(Denied::NotForGuests) } else { Ok(membership) }
}

/// A partner's pages are for everyone on its team, whatever their role, but for no guest (R502). For everybody else there
/// are none, also inside a customer's account (R512).
fn partner(standing: &Standing, features: Option<Features>) -> Result<(), Denied> {
    if standing.looking_after().is_some() || features.is_none_or(|features| !features.partner) {
        return Err(Denied::Hidden);
    }
    belongs(at_work(standing)?).map(drop).map_err(|_| Denied::Hidden)
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
        CustomerStanding::FactorMissing => Err(Denied::SecondFactorMissing),
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
    match standing.looking_after() {
        Some(place) => open(place).map(|()| At::Customer),
        None => at_work(standing).map(At::Work),
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
