//! What a renewal reminder lists.

use serde::{Deserialize, Serialize};

use crate::name::ProductName;

/// Licenses of one product that end together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueProduct {
    /// The product.
    pub name: ProductName,
    /// How many licenses.
    pub licenses: u64,
}

impl DueProduct {
    /// The most a letter lists; of the rest it says how many products there are.
    pub const MOST: usize = 10;
}
