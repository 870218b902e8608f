//! Rights of a person over their own login and profile.

use super::{Presumable, Presumed};
use crate::{
    AccountId, EmailAddress, UserId,
    access::{Act, Denied, at_work, belongs},
    actor::{Actor, Authority, Names},
    session::SessionHash,
};

/// A right to change something of oneself: who acts, checked again in the transaction, and the session that does, which
/// goes on where all others end.
macro_rules! mine {
    ($(#[$meta:meta])* $name:ident, $may:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            authority: Authority,
            session: SessionHash,
        }

        impl $name {
            /// Who acts, as checked again in the transaction.
            #[must_use]
            pub const fn authority(&self) -> &Authority {
                &self.authority
            }

            /// The session that acts.
            #[must_use]
            pub const fn session(&self) -> &SessionHash {
                &self.session
            }
        }

        impl Actor {
            $(#[$meta])*
            ///
            /// # Errors
            /// As [`policy`](crate::access::policy) says.
            pub fn $may(&self) -> Result<$name, Denied> {
                self.allows(Act::$name)?;
                Ok($name { authority: self.authority(), session: self.session_hash().clone() })
            }
        }
    };
}

mine!(/** The right to change one's name, address and language. */ ChangeProfile, may_change_profile);
mine!(/** The right to change one's forum nickname. */ ChangeNickname, may_change_nickname);
mine!(/** The right to change one's password. */ ChangePassword, may_change_password);
mine!(/** The right to change the address one signs in with. */ ChangeEmail, may_change_email);
mine!(/** The right to end one's sessions. */ EndSessions, may_end_sessions);
mine!(/** The right to get everything held about oneself. */ ExportMyData, may_export_my_data);
mine!(/** The right to close one's login. */ CloseLogin, may_close_login);
mine!(/** The right to accept or decline an invitation. */ AnswerInvitation, may_answer_invitation);

/// A right to read what is one's own, which the cookie's names suggest.
macro_rules! mine_to_read {
    ($(#[$meta:meta])* $name:ident, $act:ident, $may:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            user: UserId,
        }

        impl $name {
            /// Whose.
            #[must_use]
            pub const fn user(&self) -> UserId {
                self.user
            }
        }

        impl Presumable for $name {
            fn presume(names: &Names) -> Option<Presumed<Self>> {
                Some(Presumed(Self { user: names.user }))
            }
        }

        impl Actor {
            $(#[$meta])*
            ///
            /// # Errors
            /// As [`policy`](crate::access::policy) says.
            pub fn $may(&self) -> Result<$name, Denied> {
                self.allows(Act::$act)?;
                Ok($name { user: self.user().id })
            }
        }
    };
}

mine_to_read!(/** The right to see what the portal shows of oneself. */ ShowProfile, ShowProfile, may_show_profile);
mine_to_read!(/** The right to list one's sessions. */ ListSessions, ListSessions, may_list_sessions);
mine_to_read!(/** The right to see which accounts one asked to join. */ ListMyClaims, ClaimAccount, may_list_my_claims);

/// The right to see which accounts invite one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListMyInvitations {
    email: EmailAddress,
}

impl ListMyInvitations {
    /// By which address, proven to be theirs.
    #[must_use]
    pub const fn email(&self) -> &EmailAddress {
        &self.email
    }
}

/// The right to set up, renew or give up one's second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManageSecondFactor {
    authority: Authority,
    session: SessionHash,
    account: Option<AccountId>,
    staff: bool,
}

impl ManageSecondFactor {
    /// Who acts, as checked again in the transaction.
    #[must_use]
    pub const fn authority(&self) -> &Authority {
        &self.authority
    }

    /// The session that acts.
    #[must_use]
    pub const fn session(&self) -> &SessionHash {
        &self.session
    }

    /// The account the session works in, if any: it may require a second factor.
    #[must_use]
    pub const fn account(&self) -> Option<AccountId> {
        self.account
    }

    /// Whether the person needs one wherever they work, being staff. Who becomes staff meanwhile is not who acts: that
    /// raises the generation.
    #[must_use]
    pub const fn always_needed(&self) -> bool {
        self.staff
    }
}

/// The right to require a second factor of everyone in the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequireSecondFactor {
    authority: Authority,
    account: AccountId,
}

impl RequireSecondFactor {
    /// The owner, as checked again in the transaction.
    #[must_use]
    pub const fn authority(&self) -> &Authority {
        &self.authority
    }

    /// The account.
    #[must_use]
    pub const fn account(&self) -> AccountId {
        self.account
    }
}

/// The right to ask the vendor to change what is protected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestChange {
    authority: Authority,
    account: Result<AccountId, Denied>,
}

impl RequestChange {
    /// Who asks, as checked again in the transaction.
    #[must_use]
    pub const fn authority(&self) -> &Authority {
        &self.authority
    }

    /// The account they belong to and work in: the one a request about a company is about.
    ///
    /// # Errors
    /// [`Denied`] says why there is none.
    pub const fn account(&self) -> Result<AccountId, Denied> {
        self.account
    }
}

impl Actor {
    /// Sees which accounts invite one.
    ///
    /// # Errors
    /// As [`policy`](crate::access::policy) says.
    pub fn may_list_my_invitations(&self) -> Result<ListMyInvitations, Denied> {
        self.allows(Act::AnswerInvitation)?;
        Ok(ListMyInvitations { email: self.user().email.clone() })
    }

    /// Sets up, renews or gives up one's second factor.
    ///
    /// # Errors
    /// As [`policy`](crate::access::policy) says.
    pub fn may_manage_second_factor(&self) -> Result<ManageSecondFactor, Denied> {
        self.allows(Act::ManageSecondFactor)?;
        Ok(ManageSecondFactor {
            authority: self.authority(),
            session: self.session_hash().clone(),
            account: self.workplace().map(|account| account.id),
            staff: self.user().staff.is_some(),
        })
    }

    /// Requires a second factor of everyone in the account, or no longer.
    ///
    /// # Errors
    /// As [`policy`](crate::access::policy) says.
    pub fn may_require_second_factor(&self) -> Result<RequireSecondFactor, Denied> {
        self.allows(Act::RequireSecondFactor)?;
        let account = self.account().ok_or(Denied::NoAccount)?.id;
        Ok(RequireSecondFactor { authority: self.authority(), account })
    }

    /// Asks the vendor for a change.
    ///
    /// # Errors
    /// As [`policy`](crate::access::policy) says.
    pub fn may_request_change(&self) -> Result<RequestChange, Denied> {
        self.allows(Act::RequestChange)?;
        // A company's name and its license contact are for those to speak of who belong to it.
        let account = at_work(self.standing()).and_then(belongs).and_then(|_| self.account().ok_or(Denied::NoAccount));
        let account = account.map(|account| account.id);
        Ok(RequestChange { authority: self.authority(), account })
    }
}
