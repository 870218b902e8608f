//! Partnerships: a partner who looks after a customer. A customer has at most one partner at a time.

use serde::{Deserialize, Serialize};

use crate::Invalid;

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
