//! Memberships: a user in an account, with a role and permissions.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Account, AccountId, AccountStatus, Invalid, UserId, invitation::NotAccepted, name::AccountName};

/// What a member is in the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everyone else.
    Member,
    /// Manages people, seats and guests.
    Manager,
    /// The license contact; exactly one in an account.
    Owner,
}

impl Role {
    /// Its word, on the wire and in rows.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Manager => "manager",
            Self::Owner => "owner",
        }
    }

    /// Reads a role's word.
    ///
    /// # Errors
    /// [`Invalid::Choice`] for any other word.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        match text.trim() {
            "owner" => Ok(Self::Owner),
            "manager" => Ok(Self::Manager),
            "member" => Ok(Self::Member),
            "" => Err(Invalid::Required),
            _ => Err(Invalid::Choice { allowed: "owner, manager, member" }),
        }
    }
}

/// What a member may do beyond being there. Owners and managers have them all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Sees orders and every license of the account, not only those assigned to them (R401).
    ViewOrders,
    /// Assigns and releases seats, starts trials, asks for renewals (R403).
    ManageLicenses,
}

impl Permission {
    /// Its word, on the wire and in rows.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ViewOrders => "view_orders",
            Self::ManageLicenses => "manage_licenses",
        }
    }

    /// Reads a permission's word.
    ///
    /// # Errors
    /// [`Invalid::Choice`] for any other word.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        match text.trim() {
            "view_orders" => Ok(Self::ViewOrders),
            "manage_licenses" => Ok(Self::ManageLicenses),
            _ => Err(Invalid::Choice { allowed: "view_orders, manage_licenses" }),
        }
    }
}

/// A set of permissions.
pub type Permissions = BTreeSet<Permission>;

/// Whether the membership counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MembershipStatus {
    /// The member works here.
    Active,
    /// Switched off by a manager (R306): nothing of the account is reachable until reactivated.
    Deactivated,
    /// Taken out of the account by a manager, who may put them back (R308): they sign in, and do not belong to it.
    Unlinked,
}

impl MembershipStatus {
    /// Its word, on the wire and in rows.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Deactivated => "deactivated",
            Self::Unlinked => "unlinked",
        }
    }
}

/// A user in an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// What they are.
    pub role: Role,
    /// What they may do beyond that.
    pub permissions: Permissions,
    /// Whether it counts.
    pub status: MembershipStatus,
    /// Raised to end this person's sessions in this account, and in no other.
    pub generation: u32,
    /// Where they come from, and until when, if they are a guest.
    pub guest: Option<Guest>,
}

/// Somebody of an account's partner whom it let in for a while (R510). They have no seat, and are not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// The partner, to whom they belong.
    pub home: AccountId,
    /// What it was called when they came.
    pub home_name: AccountName,
    /// When they were let in, or to stay longer: a partner who looks after the account again later finds no guest there.
    pub since: Timestamp,
    /// When it ends.
    pub until: Timestamp,
    /// Who let them in, or let them stay longer: told of what becomes of them while they look after the team.
    pub by: Option<UserId>,
}

impl Guest {
    /// A guest whom that person lets in until then, if there is a partner and they are at work there: `home` is the
    /// partner's account, `there` what they are in it.
    ///
    /// # Errors
    /// [`NotAccepted`] says why not.
    pub fn admitted(
        account: &Account,
        (home, there): (Option<&Account>, Option<&Membership>),
        (until, by): (Timestamp, UserId),
        now: Timestamp,
    ) -> Result<Self, NotAccepted> {
        let partner = account.partnership.ok_or(NotAccepted::NoPartner)?.partner;
        let found = home.filter(|found| found.id == partner).ok_or(NotAccepted::NotOfPartner)?;
        let guest = Self { home: partner, home_name: found.name.clone(), since: now, until, by: Some(by) };
        if guest.counts(account, home, there, now) { Ok(guest) } else { Err(NotAccepted::NotOfPartner) }
    }

    /// The same guest, whom that person lets stay until then, if they come from whoever looks after the account still;
    /// whether they are at work there is asked when it is written.
    ///
    /// # Errors
    /// [`NotAccepted`] says why not.
    pub fn renewed(
        &self,
        account: &Account,
        (until, by): (Timestamp, UserId),
        now: Timestamp,
    ) -> Result<Self, NotAccepted> {
        let partner = account.partnership.ok_or(NotAccepted::NoPartner)?.partner;
        if partner != self.home {
            return Err(NotAccepted::NotOfPartner);
        }
        Ok(Self { since: now, until, by: Some(by), ..self.clone() })
    }

    /// Whether they are let in now: their time lasts, they come from whoever looks after the account, and they are at work
    /// there themselves. `home` is the account they come from, `there` what they are in it. So whatever ends one of these
    /// ends their access with it, at the next request (R514).
    #[must_use]
    pub fn counts(
        &self,
        account: &Account,
        home: Option<&Account>,
        there: Option<&Membership>,
        now: Timestamp,
    ) -> bool {
        let in_use = home.is_some_and(|home| home.id == self.home && home.status == AccountStatus::Active);
        let at_work = there.is_some_and(|it| it.status == MembershipStatus::Active && it.guest.is_none());
        let in_time = now < self.until && account.partner_since.is_none_or(|since| since <= self.since);
        in_time && account.is_looked_after_by(self.home) && in_use && at_work
    }
}

impl Membership {
    /// Of somebody who joins now. The generation begins with the time, in seconds: whoever was removed and comes back
    /// does not come back to the sessions they had.
    #[must_use]
    pub fn joined(role: Role, permissions: Permissions, now: Timestamp) -> Self {
        let generation = u32::try_from(now.as_second()).unwrap_or_default();
        Self { role, permissions, status: MembershipStatus::Active, generation, guest: None }
    }

    /// Whether the member has a permission, by role or by name.
    #[must_use]
    pub fn has(&self, permission: Permission) -> bool {
        match self.role {
            Role::Owner | Role::Manager => true,
            Role::Member => self.permissions.contains(&permission),
        }
    }
}
