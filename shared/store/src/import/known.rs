//! What earlier imports wrote: enough to tell new from changed from unchanged, and to find the rows again. Kept beside
//! the rows it speaks of, in the same transactions; nothing that serves people reads it.

use std::collections::HashMap;

use domain::{AccountId, AccountKind, Date, OrderId, UserId, number::CustomerNumber};
use serde::{Deserialize, Serialize};

use super::Fingerprint;

/// Whether everything of a customer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Only people of a team too large for one transaction, invisible as long as there is no account.
    Begun,
    /// All of it.
    Whole,
}

/// An account that was imported.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KnownCustomer {
    /// Its id.
    #[serde(rename = "i")]
    pub id: AccountId,
    /// How far it is.
    #[serde(rename = "st")]
    pub stage: Stage,
    /// Customer or partner; it never changes.
    #[serde(rename = "k")]
    pub kind: AccountKind,
    /// What its row said last.
    #[serde(rename = "f")]
    pub fingerprint: Fingerprint,
    /// The owner, by claimed address.
    #[serde(rename = "o")]
    pub owner: String,
    /// Its imported people, by claimed address.
    #[serde(rename = "p")]
    pub people: HashMap<String, KnownPerson>,
    /// Its partner, if an import gave it one.
    #[serde(rename = "pa", default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<KnownPartner>,
}

/// A person of an imported account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KnownPerson {
    /// Who it is.
    #[serde(rename = "u")]
    pub user: UserId,
    /// What the row said last.
    #[serde(rename = "f")]
    pub fingerprint: Fingerprint,
}

/// The partner of an imported customer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KnownPartner {
    /// Which partner.
    #[serde(rename = "n")]
    pub number: CustomerNumber,
    /// What the row said last.
    #[serde(rename = "f")]
    pub fingerprint: Fingerprint,
}

/// An order that was imported.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KnownOrder {
    /// Its id.
    #[serde(rename = "i")]
    pub id: OrderId,
    /// Whose it is; it never changes.
    #[serde(rename = "c")]
    pub customer: CustomerNumber,
    /// Its day; it never changes, since the order of lists follows from it.
    #[serde(rename = "d")]
    pub date: Date,
    /// What its row said last.
    #[serde(rename = "f")]
    pub fingerprint: Fingerprint,
    /// The hash of its activation code, if it had one.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Its lines that are written, seats and all, by number.
    #[serde(rename = "l")]
    pub lines: HashMap<String, Fingerprint>,
}
