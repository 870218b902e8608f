//! Partnerships: a partner who looks after a customer. A customer has at most one partner at a time.

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, AccountState, Date, Invalid,
    name::AccountName,
    number::{CustomerNumber, ProductCode},
};

/// How the partner's people reach the customer's account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerAccess {
    /// By the partnership itself.
    Automatic,
    /// Only as guests whom the customer invited (R509).
    GuestsOnly,
}

impl CustomerAccess {
    /// Its word, on the wire and in rows.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::GuestsOnly => "guests_only",
        }
    }

    /// Reads its word.
    ///
    /// # Errors
    /// [`Invalid::Choice`] for any other word.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        match text.trim() {
            "automatic" => Ok(Self::Automatic),
            "guests_only" => Ok(Self::GuestsOnly),
            "" => Err(Invalid::Required),
            _ => Err(Invalid::Choice { allowed: "automatic, guests_only" }),
        }
    }
}

/// Who looks after an account, and how their people get in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partnership {
    /// The partner's account.
    pub partner: AccountId,
    /// How its people get in, as the customer decides (R509).
    pub access: CustomerAccess,
}

/// A customer as its partner's list shows it: copies, which follow what changes in its account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// Its account.
    pub id: AccountId,
    /// The number it is known by.
    pub number: CustomerNumber,
    /// Its name.
    pub name: AccountName,
    /// Where its account stands.
    pub state: AccountState,
    /// How its partner's people get in. Of one that lets in guests alone the list says nothing more.
    pub access: CustomerAccess,
    /// How many people belong to it; guests do not.
    pub users: u32,
    /// Products it has licenses of, by code: the first [`PRODUCTS_SHOWN`] of them.
    pub products: Vec<ProductCode>,
    /// Of how many products it has licenses.
    pub product_count: u32,
    /// When the next of its licenses ends, or of those of the one product that is asked for; where all have passed, when
    /// the last did. None: none ends.
    pub renews_on: Option<Date>,
}

/// So many products a row of a partner's list names.
pub const PRODUCTS_SHOWN: usize = 5;

/// By what a partner's list of customers is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CustomerSort {
    /// By name, folded.
    #[default]
    Name,
    /// By the next renewal; whoever has none comes last.
    Renewal,
}

/// Which customers of a partner to list, and in which order: each combination is a key, so that a page reads nothing
/// else (R503).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerQuery {
    /// With licenses of this product.
    pub product: Option<ProductCode>,
    /// Whose accounts stand so.
    pub state: Option<AccountState>,
    /// Whose names begin so, folded; in name order alone.
    pub prefix: String,
    /// In which order.
    pub sort: CustomerSort,
    /// The other way round.
    pub descending: bool,
}
