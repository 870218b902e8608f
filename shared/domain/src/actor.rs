//! Who is behind this request: made from what the cookie names and what is stored now, and from nothing else.

mod authority;
mod found;
mod standing;

use jiff::Timestamp;

use crate::{
    Account, AccountId, AccountStatus, Features, Membership, MembershipStatus, Permission, Role, User, UserStatus,
    access::{Act, Denied, at_work, policy},
    features::TeamArea,
    membership::Guest,
    partnership::CustomerAccess,
    session::{Session, SessionAge, SessionHash},
    sign_in_name::UserName,
};

pub use authority::{AccountAuthority, Authority, CameFrom, Capacity};
pub use found::{Found, Names, Refused};
pub use standing::{CustomerStanding, LookingAfter, Standing};

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
    guest: Option<Guest>,
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
        let guest = found.membership.as_ref().and_then(|membership| membership.guest.clone());
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
                let standing = stand(account, &user, membership, generation)?;
                let comes_in =
                    matches!(standing, Standing::Working(_) | Standing::SecondFactorMissing | Standing::Suspended);
                if is_over && comes_in { Standing::GuestEnded } else { standing }
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
            guest,
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
        let factor_missing = theirs.is_some_and(|customer| customer.second_factor_required) && !self.user.second_factor;
        let standing = match theirs.map(|customer| (&customer.status, customer.access())) {
            None => CustomerStanding::NotTheirs,
            Some((_, None | Some(CustomerAccess::GuestsOnly))) => CustomerStanding::GuestsOnly,
            Some((AccountStatus::Closed, Some(CustomerAccess::Automatic))) => CustomerStanding::Closed,
            Some((_, Some(CustomerAccess::Automatic))) if factor_missing => CustomerStanding::FactorMissing,
            Some((AccountStatus::Active, Some(CustomerAccess::Automatic))) => CustomerStanding::Open,
            Some((AccountStatus::Suspended { .. }, Some(CustomerAccess::Automatic))) => CustomerStanding::Suspended,
        };
        self.features = theirs.map(|customer| customer.features(setting));
        let customer = theirs.cloned();
        self.standing = Standing::LookingAfter(LookingAfter {
            membership: membership.clone(),
            customer: standing,
            on_behalf: features.on_behalf,
        });
        self.home = std::mem::replace(&mut self.account, customer);
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

    /// Where they come from and until when, if they are a guest where the session works, or were until it ended.
    #[must_use]
    pub const fn guest(&self) -> Option<&Guest> {
        self.guest.as_ref()
    }

    /// The account the session works in, whomever else the request is about: what belongs to the person goes by this one.
    #[must_use]
    pub const fn workplace(&self) -> Option<&Account> {
        if matches!(self.standing, Standing::LookingAfter(_)) { self.home.as_ref() } else { self.account.as_ref() }
    }

    /// As what they act. None: in no account.
    #[must_use]
    pub const fn capacity(&self) -> Option<Capacity> {
        match (&self.standing, &self.account, &self.user.staff) {
            (Standing::LookingAfter(_), _, _) => Some(Capacity::Partner),
            (Standing::GuestEnded, _, _) => Some(Capacity::Guest),
            (_, Some(_), _) if self.home.is_some() => Some(Capacity::Guest),
            (_, Some(_), _) => Some(Capacity::Member),
            (_, None, Some(_)) => Some(Capacity::Staff),
            (_, None, None) => None,
        }
    }

    /// What they sign in with where they work, beside their address.
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

    /// That account and what they are in it, if it is the one they belong to and are at work in here.
    #[must_use]
    pub fn at_work_in(&self, account: AccountId) -> Option<(&Account, &Membership)> {
        let here = self.account.as_ref().filter(|here| here.id == account && self.home.is_none());
        here.zip(self.membership())
    }

    /// Whether this person may do that here.
    ///
    /// # Errors
    /// As [`policy`] says.
    pub fn allows(&self, act: Act) -> Result<(), Denied> {
        policy(act, &self.standing, self.features)?;
        if needs_address(act) && !self.user.email_proven { Err(Denied::EmailUnproven) } else { Ok(()) }
    }

    /// Whether this person may make somebody that here, or anything else of whom is that. Managers are for who belongs to the
    /// account.
    ///
    /// # Errors
    /// As [`policy`] says of [`Act::MakeManagers`].
    pub fn may_give(&self, role: Role) -> Result<(), Denied> {
        match role {
            Role::Member => Ok(()),
            Role::Manager | Role::Owner => self.allows(Act::MakeManagers),
        }
    }

    /// What a mutation by this person, as a person, checks again.
    pub(crate) fn authority(&self) -> Authority {
        Authority { user: self.user.id, user_generation: self.user.generation }
    }

    /// What a mutation by this person, in this account, checks again.
    pub(crate) fn account_authority(&self, permission: Option<Permission>) -> Result<AccountAuthority, Denied> {
        let account = self.account.as_ref().ok_or(Denied::NoAccount)?;
        let (membership, from) = match self.standing.looking_after() {
            Some(place) => (&place.membership, self.from(Capacity::Partner, &place.membership)),
            None => {
                let membership = at_work(&self.standing)?;
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
