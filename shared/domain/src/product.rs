//! Products: what the vendor sells.

use crate::{name::ProductName, number::ProductCode};

/// A product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its code, which never changes.
    pub code: ProductCode,
    /// What it is called.
    pub name: ProductName,
}
