//! What happens to seats.

use serde::{Deserialize, Serialize};

use crate::{LicenseId, UserId};

/// Seats of a license that were given or taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatsChange {
    /// Of which license.
    pub license: LicenseId,
    /// Whose.
    pub users: Vec<UserId>,
}
