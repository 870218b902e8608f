//! Where somebody stands in the account a request is about.

use crate::{Account, AccountStatus, Membership, MembershipStatus, StaffRole};

/// Where a person stands in the account their session works in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// In no account (yet).
    Unattached,
    /// At work.
    Working(Membership),
    /// A member of an account that requires a second factor of everyone, or staff, and they have set up none (R110).
    SecondFactorMissing,
    /// Switched off in this account by a manager.
    Deactivated,
    /// The account is suspended.
    Suspended,
    /// The account is closed.
    Closed,
    /// One of the vendor's people, at the console: in no account, and with a second factor (R110).
    Staff(StaffRole),
    /// A guest whose time is over: it has passed, or they, their own account or this one are not what they were (R510).
    GuestEnded,
    /// At work in a partner's account, acting on one of its customers (R502).
    LookingAfter(LookingAfter),
}

/// Where a partner's person stands with a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookingAfter {
    /// What they are in the partner's account.
    pub membership: Membership,
    /// Where the customer's account stands, for them.
    pub customer: CustomerStanding,
    /// Whether the vendor lets the partner act on its behalf (R511).
    pub on_behalf: bool,
}

/// Where a customer's account stands, for its partner's people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CustomerStanding {
    /// In use, and open to them.
    Open,
    /// Suspended: they can see it and reactivate it.
    Suspended,
    /// Closed.
    Closed,
    /// It lets in guests alone (R509).
    GuestsOnly,
    /// It requires a second factor of whoever acts in it, and they have none (R110).
    FactorMissing,
    /// There is none, or none that their account looks after.
    NotTheirs,
}

impl Standing {
    /// Where they stand with a customer, if they act on one.
    #[must_use]
    pub const fn looking_after(&self) -> Option<&LookingAfter> {
        if let Self::LookingAfter(place) = self { Some(place) } else { None }
    }

    /// Where a member stands in an account; `has_factor` says whether signing in takes a second factor of theirs.
    #[must_use]
    pub fn of(account: &Account, has_factor: bool, membership: Membership) -> Self {
        match (membership.status, &account.status) {
            // Whoever was taken out does not come this far: no session is theirs here (see `stand`).
            (MembershipStatus::Deactivated | MembershipStatus::Unlinked, _) => Self::Deactivated,
            (MembershipStatus::Active, AccountStatus::Suspended { .. }) => Self::Suspended,
            (MembershipStatus::Active, AccountStatus::Closed) => Self::Closed,
            (MembershipStatus::Active, AccountStatus::Active) if account.second_factor_required && !has_factor => {
                Self::SecondFactorMissing
            }
            (MembershipStatus::Active, AccountStatus::Active) => Self::Working(membership),
        }
    }
}
