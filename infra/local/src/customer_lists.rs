//! The lists of customers that partners have, brought up to the accounts.

use std::fmt;

use anyhow::Result;
use domain::AccountId;
use store::Store;

/// What was found, and mended.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Accounts with a partner.
    pub customers: usize,
    /// Those whose rows were missing, or said something else.
    pub mended: usize,
    /// Rows of nobody's that were taken off.
    pub removed: usize,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { customers, mended, removed } = self;
        write!(f, "Customers with a partner: {customers}; mended: {mended}; rows of nobody's removed: {removed}")
    }
}

/// Walks over all accounts, page by page, or over those of one partner, and mends what lists say of them.
///
/// # Errors
/// If the database does not answer; what was mended stays so, and running it again finds the rest.
pub async fn repair(store: &Store, partner: Option<AccountId>) -> Result<Found> {
    let (mut found, mut from) = (Found::default(), None);
    loop {
        let page = store.repair_customers(partner, from.as_ref()).await?;
        found.customers += page.customers;
        found.mended += page.mended;
        found.removed += page.removed;
        from = page.next;
        if from.is_none() {
            return Ok(found);
        }
    }
}
