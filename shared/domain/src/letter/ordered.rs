//! What a letter says of an order's lines.

use serde::{Deserialize, Serialize};

use crate::name::ProductName;

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderedProduct {
    /// The product.
    pub name: ProductName,
    /// Its seats.
    pub seats: u32,
}
