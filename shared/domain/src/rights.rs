//! Rights: answers of the policy as values. Only this module makes them; the store asks for them and builds its keys from
//! them. So there is no account id to get wrong, and no way to data past the policy.

mod mine;
mod ours;
mod staff;

use crate::{
    AccountId, Permission, UserId,
    access::{Act, Denied},
    actor::{Actor, Authority, Names, Standing},
    session::SessionHash,
};

pub use mine::{
    AnswerInvitation, ChangeEmail, ChangeNickname, ChangePassword, ChangeProfile, CloseLogin, EndSessions,
    ExportMyData, ListMyClaims, ListMyInvitations, ListSessions, ManageSecondFactor, RequestChange,
    RequireSecondFactor, ShowProfile,
};

pub use ours::{
    AskForAccess, ChangeAccess, ClaimAccount, CreateCustomer, DecideClaims, DownloadRelease, FindRenewal, FindSerial,
    LeaveAsGuest, ListClaims, ListCustomers, ListMembers, ListReview, ListSeats, ListTrials, ManageGuests,
    ManageLicenses, ManageMembers, ReplaceSerial, ReviewAccess, ShowCustomer, ShowManagers, ShowOutsiders,
    ShowOwnAccount, ShowSummary, StartTrials, SuspendCustomer,
};
pub use staff::{
    FindAccounts, InviteOwners, ListProducts, ListRequests, ManageProducts, RecordOrders, SetFeatures, ShowOrders,
    ShowSettings, WorkDesk,
};

/// The right to list the accounts one belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListAccounts {
    user: UserId,
}

impl ListAccounts {
    /// Whose accounts.
    #[must_use]
    pub const fn user(&self) -> UserId {
        self.user
    }
}

/// Which licenses a person sees (R401).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LicenseScope {
    /// The whole account's, with their orders.
    Account,
    /// Those assigned to the person.
    Assigned,
}

/// The right to list licenses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListLicenses {
    account: AccountId,
    user: UserId,
    scope: LicenseScope,
}

impl ListLicenses {
    /// Of which account.
    #[must_use]
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// For whom.
    #[must_use]
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// How many of them.
    #[must_use]
    pub const fn scope(&self) -> LicenseScope {
        self.scope
    }
}

/// The right to claim an order by its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimOrder {
    authority: Authority,
}

impl ClaimOrder {
    /// Who claims; checked again in the transaction.
    #[must_use]
    pub const fn authority(&self) -> &Authority {
        &self.authority
    }
}

/// The right to begin a session in an account of one's own, in place of this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChooseAccount {
    authority: Authority,
    session: SessionHash,
    credentials_needed: bool,
}

impl ChooseAccount {
    /// Who chooses; checked again in the transaction.
    #[must_use]
    pub const fn authority(&self) -> &Authority {
        &self.authority
    }

    /// The session that ends with the choice.
    #[must_use]
    pub const fn session(&self) -> &SessionHash {
        &self.session
    }

    /// Whether the password is asked for: not for the first choice after signing in, always for a switch (R512).
    #[must_use]
    pub const fn credentials_needed(&self) -> bool {
        self.credentials_needed
    }
}

/// The right to end one's session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOut {
    user: UserId,
    session: SessionHash,
}

impl SignOut {
    /// Whose session.
    #[must_use]
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// Which.
    #[must_use]
    pub const fn session(&self) -> &SessionHash {
        &self.session
    }

    /// Whoever holds a session's secret may end it, even if it no longer counts: signing out always works.
    #[must_use]
    pub fn by_holder(names: &Names) -> Self {
        Self { user: names.user, session: names.session.clone() }
    }
}

impl Actor {
    /// Everything this person may do here, for the page to offer.
    #[must_use]
    pub fn may(&self) -> Vec<Act> {
        Act::ALL.into_iter().filter(|act| self.allows(*act).is_ok()).collect()
    }

    /// Lists one's accounts.
    ///
    /// # Errors
    /// As [`policy`](crate::access::policy) says.
    pub fn may_list_accounts(&self) -> Result<ListAccounts, Denied> {
        self.allows(Act::ListAccounts)?;
        Ok(ListAccounts { user: self.user().id })
    }

    /// Chooses an account.
    ///
    /// # Errors
    /// As [`policy`](crate::access::policy) says.
    pub fn may_choose_account(&self) -> Result<ChooseAccount, Denied> {
        self.allows(Act::ChooseAccount)?;
        Ok(ChooseAccount {
            authority: self.authority(),
            session: self.session_hash().clone(),
            credentials_needed: self.session().account.is_some(),
        })
    }

    /// Claims an order.
    ///
    /// # Errors
    /// As [`policy`](crate::access::policy) says.
    pub fn may_claim_order(&self) -> Result<ClaimOrder, Denied> {
        self.allows(Act::ClaimOrder)?;
        Ok(ClaimOrder { authority: self.authority() })
    }

    /// Lists licenses.
    ///
    /// # Errors
    /// As [`policy`](crate::access::policy) says.
    pub fn may_list_licenses(&self) -> Result<ListLicenses, Denied> {
        self.allows(Act::ListLicenses)?;
        match (self.account(), self.standing()) {
            (Some(account), Standing::LookingAfter(_)) => {
                Ok(ListLicenses { account: account.id, user: self.user().id, scope: LicenseScope::Account })
            }
            (Some(account), Standing::Working(membership)) => {
                let scope =
                    if membership.has(Permission::ViewOrders) { LicenseScope::Account } else { LicenseScope::Assigned };
                Ok(ListLicenses { account: account.id, user: self.user().id, scope })
            }
            _ => Err(Denied::NoAccount),
        }
    }
}

/// A right that can be guessed from the cookie's names, so that a read can begin while its actor is being judged.
pub trait Presumable: PartialEq + Sized {
    /// The right this caller would have if nothing has changed since the cookie was made.
    fn presume(names: &Names) -> Option<Presumed<Self>>;
}

/// A right nobody has granted: good for starting a read, not for seeing what it finds. What was read with it is shown
/// only if the right that is then granted is the same.
#[derive(Debug)]
pub struct Presumed<R>(R);

impl<R: PartialEq> Presumed<R> {
    /// For starting the read.
    #[must_use]
    pub const fn to_start_with(&self) -> &R {
        &self.0
    }

    /// Whether what was read may be shown to the holder of that right.
    #[must_use]
    pub fn proved(&self, granted: &R) -> bool {
        self.0 == *granted
    }
}

impl Presumable for ListAccounts {
    fn presume(names: &Names) -> Option<Presumed<Self>> {
        Some(Presumed(Self { user: names.user }))
    }
}

impl Presumable for ListLicenses {
    fn presume(names: &Names) -> Option<Presumed<Self>> {
        let scope = if names.saw_all_licenses || names.customer.is_some() {
            LicenseScope::Account
        } else {
            LicenseScope::Assigned
        };
        names.place().map(|account| Presumed(Self { account, user: names.user, scope }))
    }
}
