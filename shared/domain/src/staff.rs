//! Staff: the vendor's own people, who work at the console.

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// What one of the vendor's people may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffRole {
    /// The day-to-day: the desk, orders, releases.
    Support,
    /// Also what one person must not do alone, and what an account may use.
    Admin,
}

impl StaffRole {
    /// Reads its word.
    ///
    /// # Errors
    /// [`Invalid::Choice`] for any other word.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        match text.trim() {
            "support" => Ok(Self::Support),
            "admin" => Ok(Self::Admin),
            "" => Err(Invalid::Required),
            _ => Err(Invalid::Choice { allowed: "support, admin" }),
        }
    }
}
