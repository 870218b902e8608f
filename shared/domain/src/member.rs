//! People as their account knows them: its members, and contacts who are none (R302, R307).

mod act;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ContactId, EmailAddress, Invalid, InvitationId, Membership, MembershipStatus, Permission, Role, UserId, UserStatus,
    name::{JobTitle, PersonName, Phone},
    sign_in_name::UserName,
};

pub use act::{MemberAct, Unfit};

/// A member as the account's lists show them. What is the person's own is a copy, which follows what they change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// What they are here.
    pub membership: Membership,
    /// First name.
    pub first_name: PersonName,
    /// Last name.
    pub last_name: PersonName,
    /// Where mail goes.
    pub email: EmailAddress,
    /// What they sign in with here, if the account gave them a name of its own.
    pub user_name: Option<UserName>,
    /// What they do here.
    pub job_title: Option<JobTitle>,
    /// Where they are called here.
    pub phone: Option<Phone>,
    /// Where their login stands.
    pub login: UserStatus,
    /// How many licenses they have a seat of.
    pub seats: u32,
    /// When they last signed in to this account.
    pub seen_at: Option<Timestamp>,
    /// When somebody last said, in a review, that they belong here (R315).
    pub reviewed_at: Option<Timestamp>,
    /// Raised by each change that the team makes, so that two at once do not mix.
    pub version: u32,
}

impl Member {
    /// Which part of the team they are.
    #[must_use]
    pub const fn group(&self) -> Group {
        Group::of(&self.membership, self.login)
    }

    /// First and last name.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

/// Somebody an account knows by their address and who does not belong to it (R307).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Which.
    pub id: ContactId,
    /// First name.
    pub first_name: PersonName,
    /// Last name.
    pub last_name: PersonName,
    /// Their address.
    pub email: EmailAddress,
    /// What they do.
    pub job_title: Option<JobTitle>,
    /// Where they are called.
    pub phone: Option<Phone>,
    /// The invitation that waits for their answer, and until when.
    pub invited: Option<(InvitationId, Timestamp)>,
    /// Raised by each change.
    pub version: u32,
}

impl Contact {
    /// Which part of the team they are.
    #[must_use]
    pub const fn group(&self) -> Group {
        if self.invited.is_some() { Group::Invited } else { Group::Contacts }
    }

    /// First and last name.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

/// Whom a list of an account's people shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    /// Somebody who belongs to it.
    Member(Member),
    /// Somebody who does not.
    Contact(Contact),
}

/// Which people of an account to list, and in which order: each is a key, so that a page reads nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeopleQuery {
    /// All but the inactive whose last, then first name begins so, folded; by that name.
    Named(String),
    /// One group, in the same way.
    Group(Group, String),
    /// Everyone whose address begins so; by address.
    Email(String),
    /// Every member, inactive ones too, by the last sign-in: who never came, first.
    Seen,
}

/// What a member may ask the account's managers for (R301).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wants {
    /// To see orders and all licenses.
    Orders,
    /// To assign seats, start trials and ask for renewals.
    Licenses,
    /// To look after the team: to become a manager.
    Team,
}

impl Wants {
    /// Everything that can be asked for.
    pub const ALL: [Self; 3] = [Self::Orders, Self::Licenses, Self::Team];

    /// Its word, on the wire and of its text.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Licenses => "licenses",
            Self::Team => "team",
        }
    }

    /// Whether a member has it already.
    #[must_use]
    pub fn is_had(self, by: &Membership) -> bool {
        match self {
            Self::Orders => by.has(Permission::ViewOrders),
            Self::Licenses => by.has(Permission::ManageLicenses),
            Self::Team => by.role != Role::Member,
        }
    }

    /// The membership of whoever is given it.
    #[must_use]
    pub fn given_to(self, membership: &Membership) -> Membership {
        let mut then = membership.clone();
        match self {
            Self::Orders => drop(then.permissions.insert(Permission::ViewOrders)),
            Self::Licenses => drop(then.permissions.insert(Permission::ManageLicenses)),
            Self::Team if then.role == Role::Member => then.role = Role::Manager,
            Self::Team => {}
        }
        then
    }

    /// Reads its word.
    ///
    /// # Errors
    /// [`Invalid::Choice`] for any other.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let named = Self::ALL.into_iter().find(|wants| wants.name() == text.trim());
        named.ok_or(Invalid::Choice { allowed: "orders, licenses, team" })
    }
}

/// The part of the team that somebody is; each is in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// The owner, and who manages beside them.
    Managers,
    /// Everyone else who works here.
    Members,
    /// People of its partner whom it let in for a while (R510).
    Guests,
    /// Who was invited, or recorded by the vendor, and has not come in yet.
    Invited,
    /// Who is known, and neither belongs here nor is invited (R307).
    Contacts,
    /// Who was switched off or taken out, or closes their login.
    Inactive,
}

impl Group {
    /// Every group.
    pub const ALL: [Self; 6] =
        [Self::Managers, Self::Members, Self::Guests, Self::Invited, Self::Contacts, Self::Inactive];

    /// The group of a member.
    #[must_use]
    pub const fn of(membership: &Membership, login: UserStatus) -> Self {
        match (membership.status, login, membership.role) {
            (MembershipStatus::Deactivated | MembershipStatus::Unlinked, _, _) | (_, UserStatus::Closing, _) => {
                Self::Inactive
            }
            (MembershipStatus::Active, _, _) if membership.guest.is_some() => Self::Guests,
            (MembershipStatus::Active, UserStatus::Invited, _) => Self::Invited,
            (MembershipStatus::Active, UserStatus::Active, Role::Owner | Role::Manager) => Self::Managers,
            (MembershipStatus::Active, UserStatus::Active, Role::Member) => Self::Members,
        }
    }

    /// Its word, on the wire and in keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Managers => "managers",
            Self::Members => "members",
            Self::Guests => "guests",
            Self::Invited => "invited",
            Self::Contacts => "contacts",
            Self::Inactive => "inactive",
        }
    }

    /// Reads a group's word.
    ///
    /// # Errors
    /// [`Invalid::Choice`] for any other word.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let named = Self::ALL.into_iter().find(|group| group.name() == text.trim());
        named.ok_or(Invalid::Choice { allowed: "managers, members, guests, invited, contacts, inactive" })
    }
}
