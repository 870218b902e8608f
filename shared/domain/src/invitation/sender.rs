//! Who sends an invitation, where they do not belong to the account.

use serde::{Deserialize, Serialize};

use crate::{Account, AccountId, Actor, actor::Capacity, partnership::CustomerAccess};

/// Where whoever sends an invitation comes from, if they do not belong to the account: it counts as long as they could
/// send it, and that rests on more than a place in the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentFrom {
    /// As what they send it: guest or partner.
    #[serde(rename = "c")]
    pub capacity: Capacity,
    /// The account they belong to.
    #[serde(rename = "h")]
    pub home: AccountId,
}

impl SentFrom {
    /// Of somebody who sends one now.
    #[must_use]
    pub fn of(actor: &Actor) -> Option<Self> {
        actor.capacity().zip(actor.home()).map(|(capacity, home)| Self { capacity, home: home.id })
    }

    /// Whether the account lets in whoever comes from there in that capacity.
    #[must_use]
    pub fn is_let_in(self, account: &Account) -> bool {
        let by_itself = account.access() == Some(CustomerAccess::Automatic);
        account.is_looked_after_by(self.home) && (by_itself || self.capacity != Capacity::Partner)
    }
}
