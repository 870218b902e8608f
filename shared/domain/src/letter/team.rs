//! What letters about an account's team say.

use serde::{Deserialize, Serialize};

use super::{GuestLetter, LinkPurpose, Outsider};
use crate::{
    EmailAddress, Role,
    member::Wants,
    name::{AccountName, Reason},
};

/// A letter about an account's team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TeamLetter {
    /// You are invited to an account (R303, R304): the same whether or not you have a login. Carries a link.
    Invited {
        /// The account's name.
        account_name: AccountName,
        /// First and last name of who invites.
        person_name: String,
    },
    /// To who invited: somebody accepted, and belongs to the account now.
    Accepted {
        /// The account's name.
        account_name: AccountName,
        /// First and last name of who accepted.
        person_name: String,
        /// Their address.
        person_email: EmailAddress,
    },
    /// To who invited: somebody declined.
    Declined {
        /// The account's name.
        account_name: AccountName,
        /// Their address.
        person_email: EmailAddress,
    },
    /// You are something else in the account now.
    RoleChanged {
        /// The account's name.
        account_name: AccountName,
        /// What.
        role: Role,
    },
    /// You cannot work in the account for now (R306).
    Deactivated {
        /// The account's name.
        account_name: AccountName,
        /// Who did, if they do not belong to the account.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Outsider>,
    },
    /// You can again.
    Reactivated {
        /// The account's name.
        account_name: AccountName,
        /// Who did, if they do not belong to the account.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Outsider>,
    },
    /// You do not belong to the account for now (R308).
    Unlinked {
        /// The account's name.
        account_name: AccountName,
        /// Who did, if they do not belong to the account.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Outsider>,
    },
    /// You do again.
    Linked {
        /// The account's name.
        account_name: AccountName,
        /// Who did, if they do not belong to the account.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Outsider>,
    },
    /// You do not belong to the account any more (R305).
    Removed {
        /// The account's name.
        account_name: AccountName,
        /// Whether the login, made by this account and used in no other, is closed with that.
        login_closed: bool,
        /// Who did, if they do not belong to the account.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Outsider>,
    },
    /// To who manages: somebody asks for more than they may (R301).
    AccessAsked {
        /// The account's name.
        account_name: AccountName,
        /// First and last name of who asks.
        person_name: String,
        /// Their address.
        person_email: EmailAddress,
        /// What they ask for.
        wants: Wants,
    },
    /// You may do what you asked for.
    AccessGranted {
        /// The account's name.
        account_name: AccountName,
        /// What that is.
        wants: Wants,
    },
    /// You may not.
    AccessRefused {
        /// The account's name.
        account_name: AccountName,
        /// What you asked for.
        wants: Wants,
        /// Why not, in the words of whoever decided.
        reason: Reason,
    },
    /// To the owner, each quarter: see who can get at what is yours (R315).
    ReviewDue {
        /// The account's name.
        account_name: AccountName,
        /// How many members it has.
        members: u32,
    },
    /// About a guest (R510).
    Guest(GuestLetter),
}

impl TeamLetter {
    /// The stable name, as [`Message::name`](super::Message::name).
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Invited { .. } => "team_invited",
            Self::Accepted { .. } => "team_accepted",
            Self::Declined { .. } => "team_declined",
            Self::RoleChanged { .. } => "team_role_changed",
            Self::Deactivated { .. } => "team_deactivated",
            Self::Reactivated { .. } => "team_reactivated",
            Self::Unlinked { .. } => "team_unlinked",
            Self::Linked { .. } => "team_linked",
            Self::Removed { .. } => "team_removed",
            Self::AccessAsked { .. } => "access_asked",
            Self::AccessGranted { .. } => "access_granted",
            Self::AccessRefused { .. } => "access_refused",
            Self::ReviewDue { .. } => "review_due",
            Self::Guest(letter) => letter.name(),
        }
    }

    /// What its link is for, if it has one.
    #[must_use]
    pub const fn purpose(&self) -> Option<LinkPurpose> {
        if let Self::Guest(letter) = self {
            letter.purpose()
        } else if let Self::Invited { .. } = self {
            Some(LinkPurpose::TeamInvitation)
        } else {
            None
        }
    }

    /// The page its button opens, without language.
    #[must_use]
    pub const fn page(&self) -> &'static str {
        match self {
            Self::Invited { .. } => "/accept",
            Self::Accepted { .. } | Self::Declined { .. } => "/team",
            Self::AccessAsked { .. } => "/claimants",
            Self::ReviewDue { .. } => "/access-review",
            Self::Guest(letter) => letter.page(),
            Self::RoleChanged { .. } | Self::Reactivated { .. } | Self::Linked { .. } | Self::AccessGranted { .. } => {
                "/"
            }
            Self::Deactivated { .. } | Self::Unlinked { .. } | Self::Removed { .. } | Self::AccessRefused { .. } => {
                "/profile"
            }
        }
    }
}
