//! All files of an import, read and checked cell by cell.

use std::collections::BTreeSet;

use anyhow::Result;
use domain::number::{CustomerNumber, OrderNumber};

use super::customers::{CUSTOMERS, Customers};
use super::licenses::{LICENSES, Licenses};
use super::orders::{ORDERS, Orders};
use super::partners::{PARTNERS, Partners};
use super::people::{PEOPLE, People};
use super::problem::Problems;
use super::products::{PRODUCTS, Products};
use super::source::Source;

/// What the files say. A file that is missing says nothing.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub products: Products,
    pub customers: Customers,
    pub people: People,
    pub orders: Orders,
    pub licenses: Licenses,
    pub partners: Partners,
}

impl Files {
    pub fn read(source: &Source, problems: &mut Problems) -> Result<Self> {
        let mut files = Self::default();
        if let Some(input) = source.open(PRODUCTS.file)? {
            files.products = Products::read(input, problems);
        }
        if let Some(input) = source.open(CUSTOMERS.file)? {
            files.customers = Customers::read(input, problems);
        }
        if let Some(input) = source.open(PEOPLE.file)? {
            files.people = People::read(input, problems);
        }
        if let Some(input) = source.open(ORDERS.file)? {
            files.orders = Orders::read(input, problems);
        }
        if let Some(input) = source.open(LICENSES.file)? {
            files.licenses = Licenses::read(input, problems);
        }
        if let Some(input) = source.open(PARTNERS.file)? {
            files.partners = Partners::read(input, problems);
        }
        Ok(files)
    }

    /// Every customer number the files name, once.
    pub fn customers_named(&self) -> BTreeSet<&CustomerNumber> {
        let of_orders = self.orders.named.values().filter_map(|order| order.customer.as_ref());
        let of_links = self.partners.rows.iter().flat_map(|link| [&link.record.partner, &link.record.customer]);
        self.customers.named.keys().chain(self.people.teams.keys()).chain(of_orders).chain(of_links).collect()
    }

    /// Every order number the files name, once.
    pub fn orders_named(&self) -> Vec<&OrderNumber> {
        let named: BTreeSet<_> = self.orders.named.keys().chain(self.licenses.lines.keys()).collect();
        named.into_iter().collect()
    }
}
