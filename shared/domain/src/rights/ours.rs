//! Rights over what is the account's: its licenses, seats, downloads, and who asks to join.

use super::{LicenseScope, Presumable, Presumed};
use crate::{
    AccountId, Permission, UserId,
    access::{Act, Denied, at_work},
    actor::{AccountAuthority, Actor, Authority, Names},
    membership::Guest,
    session::SessionHash,
};

/// A right to change something of the account: who acts there, checked again in the transaction.
macro_rules! ours {
    ($(#[$meta:meta])* $name:ident, $may:ident, $by:expr) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            authority: AccountAuthority,
        }

        impl $name {
            /// Who acts and where, as checked again in the transaction.
            #[must_use]
            pub const fn authority(&self) -> &AccountAuthority {
                &self.authority
            }

            /// Of which account.
            #[must_use]
            pub const fn account(&self) -> AccountId {
                self.authority.account
            }
        }

        impl Actor {
            $(#[$meta])*
            ///
            /// # Errors
            /// As [`policy`](crate::access::policy) says.
            pub fn $may(&self) -> Result<$name, Denied> {
                self.allows(Act::$name)?;
                Ok($name { authority: self.account_authority($by)? })
            }
        }
    };
}

ours!(/** The right to decide on those who ask to join the account. */ DecideClaims, may_decide_claims, None);
ours!(/** The right to have a serial number replaced. */ ReplaceSerial, may_replace_serial, None);
ours!(
    /** The right to assign and release seats, to start trials and to ask for renewals. */
    ManageLicenses, may_manage_licenses, Some(Permission::ManageLicenses)
);

ours!(
    /** The right to look after the people of the account: to invite, change, switch off and remove. */
    ManageMembers, may_manage_members, None
);
ours!(/** The right to ask the account's managers for more. */ AskForAccess, may_ask_for_access, None);
ours!(/** The right to say who still belongs to the account. */ ReviewAccess, may_review_access, None);

ours!(
    /** The right to start trials. */
    StartTrials, may_start_trials, Some(Permission::ManageLicenses)
);
ours!(/** The right to let guests in from the partner, and to end that. */ ManageGuests, may_manage_guests, None);
ours!(/** The right to decide how the partner's people get in. */ ChangeAccess, may_change_access, None);
ours!(/** The right to suspend and reactivate a customer of one's own. */ SuspendCustomer, may_suspend_customer, None);
ours!(
    /** The right to create customers on behalf of the vendor. */
    CreateCustomer, may_create_customer, None
);

/// A right to read what is the account's, which the cookie's names suggest.
macro_rules! ours_to_read {
    ($(#[$meta:meta])* $name:ident, $act:ident, $may:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            account: AccountId,
        }

        impl $name {
            /// Of which account.
            #[must_use]
            pub const fn account(&self) -> AccountId {
                self.account
            }
        }

        impl Presumable for $name {
            fn presume(names: &Names) -> Option<Presumed<Self>> {
                names.place().map(|account| Presumed(Self { account }))
            }
        }

        impl Actor {
            $(#[$meta])*
            ///
            /// # Errors
            /// As [`policy`](crate::access::policy) says.
            pub fn $may(&self) -> Result<$name, Denied> {
                self.allows(Act::$act)?;
                Ok($name { account: self.account().ok_or(Denied::NoAccount)?.id })
            }
        }
    };
}

ours_to_read!(/** The right to see what the account has of each product. */ ShowSummary, ShowSummary, may_show_summary);
ours_to_read!(/** The right to list those who ask to join. */ ListClaims, DecideClaims, may_list_claims);
ours_to_read!(
    /** The right to see who has a seat, and who could have one. */
    ListSeats, ManageLicenses, may_list_seats
);
ours_to_read!(/** The right to see what may be tried. */ ListTrials, StartTrials, may_list_trials);
ours_to_read!(
    /** The right to look up a license whose renewal one may ask for. */
    FindRenewal, ManageLicenses, may_find_renewal
);
ours_to_read!(
    /** The right to look up a license whose serial number one may have replaced. */
    FindSerial, ReplaceSerial, may_find_serial
);

ours_to_read!(/** The right to see who belongs to the account. */ ListMembers, ManageMembers, may_list_members);
ours_to_read!(/** The right to see who looks after its people. */ ShowManagers, ShowManagers, may_show_managers);
ours_to_read!(
    /** The right to go through everyone who can get at what is the account's. */
    ListReview, ReviewAccess, may_list_review
);

ours_to_read!(
    /** The right to see who comes in from outside, and what they did. */
    ShowOutsiders, ShowOutsiders, may_show_outsiders
);
ours_to_read!(/** The right to list one's customers; the account is the partner's. */ ListCustomers, ListCustomers, may_list_customers);
ours_to_read!(/** The right to see a customer; the account is the customer's. */ ShowCustomer, ShowCustomer, may_show_customer);

/// The right of a partner's people to see their own account at a glance: with what it has, if they may see orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShowOwnAccount {
    account: AccountId,
    summary: Option<ShowSummary>,
}

impl ShowOwnAccount {
    /// Which account.
    #[must_use]
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// The right to see what it has.
    #[must_use]
    pub const fn summary(&self) -> Option<&ShowSummary> {
        self.summary.as_ref()
    }
}

impl Presumable for ShowOwnAccount {
    fn presume(names: &Names) -> Option<Presumed<Self>> {
        let account = names.place()?;
        Some(Presumed(Self { account, summary: names.saw_all_licenses.then_some(ShowSummary { account }) }))
    }
}

/// The right to leave an account as a guest, also where that has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaveAsGuest {
    authority: Authority,
    account: AccountId,
    session: SessionHash,
    guest: Guest,
}

impl LeaveAsGuest {
    /// Who leaves; checked again in the transaction.
    #[must_use]
    pub const fn authority(&self) -> &Authority {
        &self.authority
    }

    /// Which account.
    #[must_use]
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// The session, which ends with it.
    #[must_use]
    pub const fn session(&self) -> &SessionHash {
        &self.session
    }

    /// Where they come from.
    #[must_use]
    pub const fn guest(&self) -> &Guest {
        &self.guest
    }
}

/// The right to get the files of a release that a license covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DownloadRelease {
    authority: AccountAuthority,
    scope: LicenseScope,
}

impl DownloadRelease {
    /// Who acts and where, as checked again in the transaction.
    #[must_use]
    pub const fn authority(&self) -> &AccountAuthority {
        &self.authority
    }

    /// By which licenses.
    #[must_use]
    pub const fn scope(&self) -> LicenseScope {
        self.scope
    }
}

/// The right to ask to join an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimAccount {
    authority: Authority,
}

impl ClaimAccount {
    /// Who asks; checked again in the transaction.
    #[must_use]
    pub const fn authority(&self) -> &Authority {
        &self.authority
    }

    /// Who asks.
    #[must_use]
    pub const fn user(&self) -> UserId {
        self.authority.user
    }
}

impl Actor {
    /// Asks to join an account.
    ///
    /// # Errors
    /// As [`policy`](crate::access::policy) says.
    pub fn may_claim_account(&self) -> Result<ClaimAccount, Denied> {
        self.allows(Act::ClaimAccount)?;
        Ok(ClaimAccount { authority: self.authority() })
    }

    /// Sees one's own account, as a partner.
    ///
    /// # Errors
    /// As [`policy`](crate::access::policy) says.
    pub fn may_show_own_account(&self) -> Result<ShowOwnAccount, Denied> {
        let account = self.may_list_customers()?.account;
        Ok(ShowOwnAccount { account, summary: self.may_show_summary().ok() })
    }

    /// Leaves as a guest.
    ///
    /// # Errors
    /// As [`policy`](crate::access::policy) says.
    pub fn may_leave_as_guest(&self) -> Result<LeaveAsGuest, Denied> {
        self.allows(Act::LeaveAsGuest)?;
        let account = self.account().ok_or(Denied::NoAccount)?.id;
        let guest = self.guest().cloned().ok_or(Denied::Hidden)?;
        Ok(LeaveAsGuest { authority: self.authority(), account, session: self.session_hash().clone(), guest })
    }

    /// Gets the files of a release.
    ///
    /// # Errors
    /// As [`policy`](crate::access::policy) says.
    pub fn may_download_release(&self) -> Result<DownloadRelease, Denied> {
        self.allows(Act::DownloadRelease)?;
        let sees_all = at_work(self.standing())?.has(Permission::ViewOrders);
        let scope = if sees_all { LicenseScope::Account } else { LicenseScope::Assigned };
        let permission = sees_all.then_some(Permission::ViewOrders);
        Ok(DownloadRelease { authority: self.account_authority(permission)?, scope })
    }
}
