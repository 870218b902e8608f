//! Why something may not be done.

use thiserror::Error;

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
