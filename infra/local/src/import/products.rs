//! `products.csv`: what the vendor sells.

use std::collections::HashMap;
use std::io::Read;

use domain::{name::ProductName, number::ProductCode, product::Product};
use store::import::ProductRecord;

use super::cells::number;
use super::problem::{Place, Problems};
use super::table::{
    Column,
    Needed::{Always, IfUsed},
    Shape, read,
};

pub(super) const PRODUCTS: Shape = Shape {
    file: "products.csv",
    columns: &[
        Column::new("code", Always),
        Column::new("name", Always),
        // How long it may be tried; empty: as the portal has it.
        Column::new("trial_days", IfUsed),
    ],
};

/// The products, and every code the file names, those of faulty rows too: what refers to them is not at fault.
#[derive(Debug, Default)]
pub(super) struct Products {
    pub rows: Vec<ProductRecord>,
    pub named: HashMap<ProductCode, u32>,
}

impl Products {
    pub fn read(input: impl Read, problems: &mut Problems) -> Self {
        let mut products = Self::default();
        read(PRODUCTS, input, problems, |row, problems| {
            let code = row.needed("code", ProductCode::parse, problems);
            let name = row.needed("name", ProductName::parse, problems);
            let days =
                |text: &str| number(text, 1, u32::from(Product::MOST_TRIAL_DAYS)).and_then(Product::parse_trial_days);
            let trial_days = row.optional("trial_days", days, problems);
            let Some(code) = code else { return };
            if let Some(first) = products.named.get(&code) {
                problems.at(row.place("code"), format!("{code} is already in row {first}"));
                return;
            }
            products.named.insert(code.clone(), row.number());
            if let Some((name, trial_days)) = name.zip(trial_days) {
                products.rows.push(ProductRecord { code, name, trial_days });
            }
        });
        products
    }

    /// Checks that a product referred to is in the file or in the portal.
    pub fn check_reference(&self, code: &ProductCode, in_portal: bool, place: Place, problems: &mut Problems) {
        if !in_portal && !self.named.contains_key(code) {
            problems.at(place, format!("there is no product {code}, neither in products.csv nor in the portal"));
        }
    }
}
