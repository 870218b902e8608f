//! What the portal holds already of what the files name.

use std::collections::HashMap;

use anyhow::Result;
use domain::{
    AccountKind, LicenseId,
    number::{CustomerNumber, OrderNumber, ProductCode, SerialNumber},
    product::Product,
};
use store::import::{Import, KnownCustomer, KnownOrder, Stage};

use super::files::Files;
use super::orders::Order;
use super::progress::{Audience, Progress};

/// What the portal holds.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub products: HashMap<ProductCode, Product>,
    pub customers: HashMap<CustomerNumber, KnownCustomer>,
    pub orders: HashMap<OrderNumber, KnownOrder>,
    /// Licenses by the form in which serial numbers are compared.
    pub serials: HashMap<String, LicenseId>,
    /// Orders by the hash of their activation code.
    pub codes: HashMap<String, OrderNumber>,
}

impl Known {
    /// Looks up everything the files name, a hundred at a time.
    pub async fn load(import: &Import<'_>, files: &Files, audience: Audience) -> Result<Self> {
        let mut known = Self { products: import.products().await?, ..Self::default() };
        let orders = files.orders_named();
        let serials: Vec<&SerialNumber> =
            files.licenses.lines.values().flatten().map(|license| &license.record.serial_number).collect();
        let hashes: Vec<String> = files.orders.rows.iter().filter_map(Order::code_hash).collect();
        let hashes: Vec<&String> = hashes.iter().collect();
        let total = files.customers_named().len() + orders.len() + serials.len() + hashes.len();
        let mut progress = Progress::begin(audience, "Comparing with the portal", total);
        for numbers in orders.chunks(Import::AT_ONCE) {
            known.orders.extend(import.orders(numbers).await?);
            progress.step(numbers.len());
        }
        // An order that the portal has, and no file but licenses.csv names, brings its customer along.
        let mut customers = files.customers_named();
        customers.extend(known.orders.values().map(|order| &order.customer));
        let customers: Vec<CustomerNumber> = customers.into_iter().cloned().collect();
        for numbers in customers.chunks(Import::AT_ONCE) {
            known.customers.extend(import.customers(&numbers.iter().collect::<Vec<_>>()).await?);
            progress.step(numbers.len());
        }
        for serials in serials.chunks(Import::AT_ONCE) {
            known.serials.extend(import.serials(serials).await?);
            progress.step(serials.len());
        }
        for hashes in hashes.chunks(Import::AT_ONCE) {
            known.codes.extend(import.codes(hashes).await?);
            progress.step(hashes.len());
        }
        Ok(known)
    }

    /// An account that is there, whole.
    pub fn whole(&self, number: &CustomerNumber) -> Option<&KnownCustomer> {
        self.customers.get(number).filter(|known| known.stage == Stage::Whole)
    }

    /// The kind of an account in the portal.
    pub fn kind(&self, number: &CustomerNumber) -> Option<AccountKind> {
        self.whole(number).map(|known| known.kind)
    }
}
