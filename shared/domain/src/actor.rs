//! Who is behind this request: made from what the cookie names and what is stored now, and from nothing else.

use jiff::Timestamp;
use thiserror::Error;

use crate::{
    Account, AccountId, AccountStatus, Features, Membership, MembershipStatus, Permission, Role, StaffRole, User,
    UserId, UserStatus,
    access::{Act, Denied, at_work, policy},
    features::TeamArea,
    session::{Session, SessionAge, SessionHash},
    sign_in_name::UserName,
};

/// What the session cookie names: addresses of rows, never rights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// The person.
    pub user: UserId,
    /// The session.
    pub session: SessionHash,
    /// The account the session works in.
    pub account: Option<AccountId>,
    /// Whether the person saw the whole account's licenses when the session began: a guess at which list to start
    /// reading, taken back if it proves wrong.
    pub saw_all_licenses: bool,
}

/// The rows those names lead to, from one strongly consistent read.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The session.
    pub session: Option<Session>,
    /// The person.
    pub user: Option<User>,
    /// The account.
    pub account: Option<Account>,
    /// The person in the account.
    pub membership: Option<Membership>,
    /// What they sign in with there, beside their address.
    pub user_name: Option<UserName>,
}

/// Why there is nobody behind a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refused {
    /// Ended by the person, by a newer password, by a manager, or never begun.
    #[error("the session has ended")]
    SessionEnded,
    /// Not used for too long, or too old.
    #[error("the session has timed out")]
    TimedOut,
}

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
}

/// Somebody, at this moment. Only [`Actor::judge`] makes one.
#[derive(Debug, Clone)]
pub struct Actor {
    user: User,
    session_hash: SessionHash,
    session: Session,
    account: Option<Account>,
    features: Option<Features>,
    user_name: Option<UserName>,
    standing: Standing,
}

/// What a mutation checks again inside its transaction: that its actor is still who acted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// The person.
    pub user: UserId,
    /// Their generation.
    pub user_generation: u32,
}

/// The same of somebody who acts in an account: the person, the account and the membership are what they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountAuthority {
    /// The person.
    pub person: Authority,
    /// The account.
    pub account: AccountId,
    /// The generation of the membership.
    pub membership_generation: u32,
    /// Who acts by this permission may hold it by name; without one, only by role.
    pub permission: Option<Permission>,
    /// What they are in the account.
    pub role: Role,
}

impl Actor {
    /// Judges what was found. Nothing is trusted from the cookie but the names. `setting` is the vendor's, for an account
    /// of which staff said nothing.
    ///
    /// # Errors
    /// [`Refused`] if the session does not count (any more).
    pub fn judge(names: &Names, found: Found, setting: TeamArea, now: Timestamp) -> Result<Self, Refused> {
        let (Some(session), Some(user)) = (found.session, found.user) else { return Err(Refused::SessionEnded) };
        match user.status {
            UserStatus::Active => {}
            UserStatus::Invited | UserStatus::Closing => return Err(Refused::SessionEnded),
        }
        let named = session.account.map(|(account, _)| account);
        if session.user_generation != user.generation || named != names.account {
            return Err(Refused::SessionEnded);
        }
        match session.age(now) {
            SessionAge::Fresh | SessionAge::Stale => {}
            SessionAge::TimedOut => return Err(Refused::TimedOut),
        }
        let standing = match session.account {
            None => match user.staff {
                None => Standing::Unattached,
                Some(role) if user.second_factor => Standing::Staff(role),
                Some(_) => Standing::SecondFactorMissing,
            },
            Some((_, generation)) => {
                let (Some(account), Some(membership)) = (&found.account, found.membership) else {
                    return Err(Refused::SessionEnded);
                };
                stand(account, &user, membership, generation)?
            }
        };
        let features = found.account.as_ref().map(|account| account.features(setting));
        let session_hash = names.session.clone();
        let (account, user_name) = (found.account, found.user_name);
        Ok(Self { user, session_hash, session, account, features, user_name, standing })
    }

    /// The person.
    #[must_use]
    pub const fn user(&self) -> &User {
        &self.user
    }

    /// The session.
    #[must_use]
    pub const fn session(&self) -> &Session {
        &self.session
    }

    /// The name of the session's row.
    #[must_use]
    pub const fn session_hash(&self) -> &SessionHash {
        &self.session_hash
    }

    /// The account the session works in.
    #[must_use]
    pub const fn account(&self) -> Option<&Account> {
        self.account.as_ref()
    }

    /// What they sign in with there, beside their address.
    #[must_use]
    pub const fn user_name(&self) -> Option<&UserName> {
        self.user_name.as_ref()
    }

    /// What that account may use.
    #[must_use]
    pub const fn features(&self) -> Option<Features> {
        self.features
    }

    /// Where they stand in it.
    #[must_use]
    pub const fn standing(&self) -> &Standing {
        &self.standing
    }

    /// What they are in it, if they are at work.
    #[must_use]
    pub const fn membership(&self) -> Option<&Membership> {
        if let Standing::Working(membership) = &self.standing { Some(membership) } else { None }
    }

    /// Whether this person may do that here.
    ///
    /// # Errors
    /// As [`policy`] says.
    pub fn allows(&self, act: Act) -> Result<(), Denied> {
        policy(act, &self.standing, self.features)?;
        if needs_address(act) && !self.user.email_proven { Err(Denied::EmailUnproven) } else { Ok(()) }
    }

    /// What a mutation by this person, as a person, checks again.
    pub(crate) fn authority(&self) -> Authority {
        Authority { user: self.user.id, user_generation: self.user.generation }
    }

    /// What a mutation by this person, in this account, checks again.
    pub(crate) fn account_authority(&self, permission: Option<Permission>) -> Result<AccountAuthority, Denied> {
        let membership = at_work(&self.standing)?;
        Ok(AccountAuthority {
            person: self.authority(),
            account: self.account.as_ref().ok_or(Denied::NoAccount)?.id,
            membership_generation: membership.generation,
            permission,
            role: membership.role,
        })
    }
}

/// Whether somebody may come to belong to another account by that: only with an address that is proven to be theirs. Who
/// has none signs in by the user name of an account alone, which could then lock them out of the others.
const fn needs_address(act: Act) -> bool {
    matches!(act, Act::ClaimOrder | Act::ClaimAccount | Act::AnswerInvitation)
}

fn stand(account: &Account, user: &User, membership: Membership, generation: u32) -> Result<Standing, Refused> {
    match membership.status {
        MembershipStatus::Active if membership.generation != generation => Err(Refused::SessionEnded),
        // They belong to it no more: signing in again begins in no account (R308).
        MembershipStatus::Unlinked => Err(Refused::SessionEnded),
        // Deactivated: told why, although the generation has moved on: this is the one end of a session that has a
        // remedy nearby.
        MembershipStatus::Active | MembershipStatus::Deactivated => {
            Ok(Standing::of(account, user.second_factor, membership))
        }
    }
}

impl Standing {
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
