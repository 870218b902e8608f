//! What letters about guests say (R510).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::LinkPurpose;
use crate::{EmailAddress, guest::GuestDays, name::AccountName};

/// A letter about somebody of an account's partner who is let in for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuestLetter {
    /// You are invited to an account as a guest: the same whether or not you could accept. Carries a link.
    Invited {
        /// The account's name.
        account_name: AccountName,
        /// First and last name of who invites.
        person_name: String,
        /// For how long.
        days: GuestDays,
    },
    /// To who invited: somebody is a guest now.
    Accepted {
        /// The account's name.
        account_name: AccountName,
        /// First and last name of the guest.
        person_name: String,
        /// Their address.
        person_email: EmailAddress,
        /// Where they belong.
        home_name: AccountName,
        /// The last day, where the account is.
        ends_on: Date,
    },
    /// You can stay longer, or not as long.
    Renewed {
        /// The account's name.
        account_name: AccountName,
        /// The last day, where the account is.
        ends_on: Date,
    },
    /// Your time as a guest ends soon.
    Ending {
        /// The account's name.
        account_name: AccountName,
        /// The last day, where the account is.
        ends_on: Date,
        /// How many days are left until it.
        days: u16,
    },
    /// To who manages: a guest's time ends soon.
    Due {
        /// The account's name.
        account_name: AccountName,
        /// First and last name of the guest.
        person_name: String,
        /// Where they belong.
        home_name: AccountName,
        /// The last day, where the account is.
        ends_on: Date,
        /// How many days are left until it.
        days: u16,
    },
    /// You are no guest any more: the account took it back.
    Revoked {
        /// The account's name.
        account_name: AccountName,
    },
    /// To who manages: a guest left.
    Left {
        /// The account's name.
        account_name: AccountName,
        /// First and last name of the guest.
        person_name: String,
        /// Where they belong.
        home_name: AccountName,
    },
}

impl GuestLetter {
    /// The stable name, as [`Message::name`](super::Message::name).
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Invited { .. } => "guest_invited",
            Self::Accepted { .. } => "guest_accepted",
            Self::Renewed { .. } => "guest_renewed",
            Self::Ending { .. } => "guest_ending",
            Self::Due { .. } => "guest_due",
            Self::Revoked { .. } => "guest_revoked",
            Self::Left { .. } => "guest_left",
        }
    }

    /// What its link is for, if it has one.
    #[must_use]
    pub const fn purpose(&self) -> Option<LinkPurpose> {
        if let Self::Invited { .. } = self { Some(LinkPurpose::TeamInvitation) } else { None }
    }

    /// The page its button opens, without language.
    #[must_use]
    pub const fn page(&self) -> &'static str {
        match self {
            Self::Invited { .. } => "/accept",
            Self::Accepted { .. } | Self::Due { .. } | Self::Left { .. } => "/outsiders",
            Self::Renewed { .. } | Self::Ending { .. } => "/",
            Self::Revoked { .. } => "/profile",
        }
    }
}
