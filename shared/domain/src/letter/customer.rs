//! What letters about a partner and its customer say.

use serde::{Deserialize, Serialize};

use crate::{
    name::{AccountName, Reason},
    number::CustomerNumber,
};

/// A letter about what a partner did with a customer's account as a whole (R506).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerLetter {
    /// To the owner: your partner has suspended the account.
    Suspended {
        /// The account's name.
        account_name: AccountName,
        /// First and last name of who did.
        person_name: String,
        /// The partner's name.
        partner_name: AccountName,
        /// Why, in their words.
        reason: Reason,
    },
    /// To the owner: your partner has opened it again.
    Reactivated {
        /// The account's name.
        account_name: AccountName,
        /// First and last name of who did.
        person_name: String,
        /// The partner's name.
        partner_name: AccountName,
    },
    /// To the vendor: a partner has suspended its customer.
    SuspensionNoted {
        /// The account's name.
        account_name: AccountName,
        /// The account's number.
        customer_number: CustomerNumber,
        /// First and last name of who did.
        person_name: String,
        /// The partner's name.
        partner_name: AccountName,
        /// Why, in their words.
        reason: Reason,
    },
    /// To the vendor: a partner has opened it again.
    ReactivationNoted {
        /// The account's name.
        account_name: AccountName,
        /// The account's number.
        customer_number: CustomerNumber,
        /// First and last name of who did.
        person_name: String,
        /// The partner's name.
        partner_name: AccountName,
    },
}

impl CustomerLetter {
    /// The stable name, as [`Message::name`](super::Message::name).
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Suspended { .. } => "customer_suspended",
            Self::Reactivated { .. } => "customer_reactivated",
            Self::SuspensionNoted { .. } => "suspension_noted",
            Self::ReactivationNoted { .. } => "reactivation_noted",
        }
    }

    /// The page its button opens, without language.
    #[must_use]
    pub const fn page(&self) -> &'static str {
        match self {
            Self::Suspended { .. } | Self::Reactivated { .. } => "/",
            Self::SuspensionNoted { .. } | Self::ReactivationNoted { .. } => "/console-accounts",
        }
    }

    /// Whether it goes to the vendor, who is nobody to be greeted.
    #[must_use]
    pub const fn is_to_vendor(&self) -> bool {
        match self {
            Self::Suspended { .. } | Self::Reactivated { .. } => false,
            Self::SuspensionNoted { .. } | Self::ReactivationNoted { .. } => true,
        }
    }
}
