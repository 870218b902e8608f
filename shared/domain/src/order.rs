//! Orders: purchases, and the codes that claim them.

use jiff::civil::Date;

use crate::{OrderId, number::OrderNumber};

/// A purchase of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its id; the licenses' ids follow from it.
    pub id: OrderId,
    /// The vendor's number.
    pub number: OrderNumber,
    /// The day of the order.
    pub date: Date,
    /// The customer's own number for it, at most 80 characters.
    pub purchase_order: Option<String>,
}
