//! Who is behind this request: made from what the cookie names and what is stored now, and from nothing else.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    Account, AccountId, AccountStatus, Features, Membership, MembershipStatus, Permission, Role, StaffRole, User,
    UserId, UserStatus,
    access::{Act, Denied, at_work, policy},
    features::TeamArea,
    name::AccountName,
    partnership::CustomerAccess,
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
    /// Where the person belongs, if the session is a guest's.
    pub home: Option<AccountId>,
    /// The customer of theirs that a partner's person acts on: from the request, not the cookie.
    pub customer: Option<AccountId>,
    /// Whether the person saw the whole account's licenses when the session began: a guess at which list to start
    /// reading, taken back if it proves wrong.
    pub saw_all_licenses: bool,
}

impl Names {
    /// The account the request is about.
    #[must_use]
    pub fn place(&self) -> Option<AccountId> {
        self.customer.or(self.account)
    }
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
    /// A guest's own account, and what they are in it.
    pub home: (Option<Account>, Option<Membership>),
    /// The customer that a partner's person acts on.
    pub customer: Option<Account>,
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
    /// There is none, or none that their account looks after.
    NotTheirs,
}

/// In which capacity somebody acts (R513).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// As one who belongs to the account.
    Member,
    /// As a guest, who belongs to its partner.
    Guest,
    /// As one of its partner's people.
    Partner,
    /// As one of the vendor's people.
    Staff,
}

impl Capacity {
    /// Its word, on the wire and in rows.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Guest => "guest",
            Self::Partner => "partner",
            Self::Staff => "staff",
        }
    }
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
    home: Option<Account>,
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
    /// What they are in the account; of a partner's person, what they are in their own.
    pub role: Role,
    /// Where they come from, if they do not belong to the account.
    pub from: Option<CameFrom>,
    /// Who looks after the account.
    pub partner: Option<AccountId>,
}

/// Where somebody comes from who acts in an account and does not belong to it: what the log says of them (R513).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameFrom {
    /// As what they act: guest or partner.
    pub capacity: Capacity,
    /// The account they belong to.
    pub home: AccountId,
    /// Its name.
    pub home_name: AccountName,
    /// Their own.
    pub name: String,
    /// The generation of their membership there.
    pub generation: u32,
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
                if membership.guest.as_ref().map(|guest| guest.home) != names.home {
                    return Err(Refused::SessionEnded);
                }
                let (home, there) = (found.home.0.as_ref(), found.home.1.as_ref());
                let is_over = membership.guest.as_ref().is_some_and(|guest| !guest.counts(account, home, there, now));
                match stand(account, &user, membership, generation)? {
                    Standing::Working(_) | Standing::SecondFactorMissing | Standing::Suspended if is_over => {
                        Standing::GuestEnded
                    }
                    standing => standing,
                }
            }
        };
        let features = found.account.as_ref().map(|account| account.features(setting));
        let mut actor = Self {
            user,
            session_hash: names.session.clone(),
            session,
            account: found.account,
            features,
            user_name: found.user_name,
            standing,
            home: found.home.0,
        };
        if let Some(customer) = names.customer {
            actor.look_after(found.customer.filter(|found| found.id == customer), setting);
        }
        Ok(actor)
    }

    /// Turns to a customer. Whoever is not at work, or no partner's, stands where they stood, or before nothing.
    fn look_after(&mut self, customer: Option<Account>, setting: TeamArea) {
        let (Standing::Working(membership), Some(features)) = (&self.standing, self.features) else { return };
        let theirs = customer.as_ref().filter(|customer| {
            let is_theirs = self.account.as_ref().is_some_and(|home| customer.is_looked_after_by(home.id));
            is_theirs && features.partner && membership.guest.is_none()
        });
        let standing = match theirs.map(|customer| (&customer.status, customer.access())) {
            None => CustomerStanding::NotTheirs,
            Some((_, None | Some(CustomerAccess::GuestsOnly))) => CustomerStanding::GuestsOnly,
            Some((AccountStatus::Active, Some(CustomerAccess::Automatic))) => CustomerStanding::Open,
            Some((AccountStatus::Suspended { .. }, Some(CustomerAccess::Automatic))) => CustomerStanding::Suspended,
            Some((AccountStatus::Closed, Some(CustomerAccess::Automatic))) => CustomerStanding::Closed,
        };
        self.features = theirs.map(|customer| customer.features(setting));
        let customer = theirs.cloned();
        self.standing = Standing::LookingAfter(LookingAfter {
            membership: membership.clone(),
            customer: standing,
            on_behalf: features.on_behalf,
        });
        self.home = std::mem::replace(&mut self.account, customer);
        self.user_name = None;
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

    /// The account the request is about: the one the session works in, or the customer a partner's person acts on.
    #[must_use]
    pub const fn account(&self) -> Option<&Account> {
        self.account.as_ref()
    }

    /// The account they belong to, if that is another one: a guest's, or a partner's.
    #[must_use]
    pub const fn home(&self) -> Option<&Account> {
        self.home.as_ref()
    }

    /// As what they act. None: in no account.
    #[must_use]
    pub const fn capacity(&self) -> Option<Capacity> {
        match (&self.standing, &self.account, &self.user.staff) {
            (Standing::LookingAfter(_), _, _) => Some(Capacity::Partner),
            (_, Some(_), _) if self.home.is_some() => Some(Capacity::Guest),
            (_, Some(_), _) => Some(Capacity::Member),
            (_, None, Some(_)) => Some(Capacity::Staff),
            (_, None, None) => None,
        }
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
        let account = self.account.as_ref().ok_or(Denied::NoAccount)?;
        let (membership, from) = match &self.standing {
            Standing::LookingAfter(place) => (&place.membership, self.from(Capacity::Partner, &place.membership)),
            other => {
                let membership = at_work(other)?;
                let from = membership.guest.as_ref().and_then(|_| self.from(Capacity::Guest, membership));
                (membership, from)
            }
        };
        Ok(AccountAuthority {
            person: self.authority(),
            account: account.id,
            membership_generation: membership.generation,
            permission,
            role: membership.role,
            from,
            partner: account.partnership.map(|partnership| partnership.partner),
        })
    }

    fn from(&self, capacity: Capacity, membership: &Membership) -> Option<CameFrom> {
        self.home.as_ref().map(|home| CameFrom {
            capacity,
            home: home.id,
            home_name: home.name.clone(),
            name: self.user.full_name(),
            generation: membership.generation,
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
