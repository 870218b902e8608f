//! What a mutation rests on: who acts, where, and where they come from.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Permission, Role, UserId, name::AccountName};

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
