//! What letters about an account and its partner say.

use serde::{Deserialize, Serialize};

use super::LinkPurpose;
use crate::{EmailAddress, UserStatus, name::AccountName, number::CustomerNumber, partnership::CustomerAccess};

/// A letter about an account and its partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartnerLetter {
    /// To the owner: the partner's people get in otherwise from now on (R509).
    AccessChanged {
        /// The account's name.
        account_name: AccountName,
        /// The partner's name.
        partner_name: AccountName,
        /// How they get in.
        access: CustomerAccess,
    },
    /// To the partner's owner: the same.
    CustomerAccess {
        /// The customer's name.
        account_name: AccountName,
        /// How the partner's people get in.
        access: CustomerAccess,
    },
    /// To the owner: a partner looks after the account from now on (R514).
    Linked {
        /// The account's name.
        account_name: AccountName,
        /// The partner's name.
        partner_name: AccountName,
        /// How its people get in.
        access: CustomerAccess,
        /// Who looked after it before.
        former_name: Option<AccountName>,
    },
    /// To the partner's owner: the same.
    CustomerLinked {
        /// The customer's name.
        account_name: AccountName,
        /// The customer's number.
        customer_number: CustomerNumber,
        /// How the partner's people get in.
        access: CustomerAccess,
    },
    /// To the owner: nobody looks after the account any more.
    Ended {
        /// The account's name.
        account_name: AccountName,
        /// The name of who did.
        partner_name: AccountName,
    },
    /// To the owner of who was the partner: it does not look after the customer any more.
    CustomerLeft {
        /// The customer's name.
        account_name: AccountName,
        /// The customer's number.
        customer_number: CustomerNumber,
    },
    /// To the owner of an account that a partner made on behalf of the vendor (R511). Carries a link.
    Invited {
        /// The account's name.
        account_name: AccountName,
        /// The account's number.
        customer_number: CustomerNumber,
        /// The partner's name.
        partner_name: AccountName,
    },
    /// The same, as an owner reads it who signs in already.
    Created {
        /// The account's name.
        account_name: AccountName,
        /// The account's number.
        customer_number: CustomerNumber,
        /// The partner's name.
        partner_name: AccountName,
    },
    /// To the vendor's support: a partner made an account (R511).
    CustomerCreated {
        /// The account's name.
        account_name: AccountName,
        /// The account's number.
        customer_number: CustomerNumber,
        /// The partner's name.
        partner_name: AccountName,
        /// First and last name of the partner's person who made it.
        person_name: String,
        /// Their address.
        person_email: EmailAddress,
    },
}

impl PartnerLetter {
    /// The stable name, as [`Message::name`](super::Message::name).
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::AccessChanged { .. } => "partner_access_changed",
            Self::CustomerAccess { .. } => "customer_access_changed",
            Self::Linked { .. } => "partner_linked",
            Self::CustomerLinked { .. } => "customer_linked",
            Self::Ended { .. } => "partner_ended",
            Self::CustomerLeft { .. } => "customer_left",
            Self::Invited { .. } => "partner_invited",
            Self::Created { .. } => "partner_created",
            Self::CustomerCreated { .. } => "customer_created",
        }
    }

    /// What its link is for, if it has one.
    #[must_use]
    pub const fn purpose(&self) -> Option<LinkPurpose> {
        if let Self::Invited { .. } = self { Some(LinkPurpose::Invitation) } else { None }
    }

    /// The page its button opens, without language.
    #[must_use]
    pub const fn page(&self) -> &'static str {
        match self {
            Self::AccessChanged { .. } | Self::Linked { .. } | Self::Ended { .. } => "/outsiders",
            Self::CustomerAccess { .. } | Self::CustomerLinked { .. } | Self::CustomerLeft { .. } => "/customers",
            Self::Invited { .. } => "/reset",
            Self::Created { .. } => "/",
            Self::CustomerCreated { .. } => "/console-accounts",
        }
    }

    /// The letter as somebody of that standing reads it, as [`Message::read_by`](super::Message::read_by): whoever made
    /// the account is not told whether its owner signs in already.
    #[must_use]
    pub fn read_by(self, status: UserStatus) -> Option<Self> {
        match (self, status) {
            (Self::Invited { .. }, UserStatus::Closing) => None,
            (Self::Invited { account_name, customer_number, partner_name }, UserStatus::Active) => {
                Some(Self::Created { account_name, customer_number, partner_name })
            }
            (letter, UserStatus::Invited | UserStatus::Active | UserStatus::Closing) => Some(letter),
        }
    }
}
