//! `partners.csv`: which partner looks after which customer.

use std::collections::HashMap;
use std::io::Read;

use domain::{number::CustomerNumber, partnership::CustomerAccess};
use store::import::PartnershipRecord;

use super::problem::Problems;
use super::table::{Column, Needed::Always, Shape, read};

pub(super) const PARTNERS: Shape = Shape {
    file: "partners.csv",
    columns: &[Column::new("partner", Always), Column::new("customer", Always), Column::new("access", Always)],
};

/// A partnership's row.
#[derive(Debug)]
pub(super) struct Partnership {
    pub row: u32,
    pub record: PartnershipRecord,
}

/// The partnerships; a customer has at most one.
#[derive(Debug, Default)]
pub(super) struct Partners {
    pub rows: Vec<Partnership>,
}

impl Partners {
    pub fn read(input: impl Read, problems: &mut Problems) -> Self {
        let mut partners = Self::default();
        let mut linked: HashMap<CustomerNumber, u32> = HashMap::new();
        read(PARTNERS, input, problems, |row, problems| {
            let partner = row.needed("partner", CustomerNumber::parse, problems);
            let customer = row.needed("customer", CustomerNumber::parse, problems);
            let access = row.needed("access", CustomerAccess::parse, problems);
            let (Some(partner), Some(customer), Some(access)) = (partner, customer, access) else { return };
            if let Some(first) = linked.get(&customer) {
                let message = format!("{customer} has a partner already, in row {first}; a customer has one at a time");
                problems.at(row.place("customer"), message);
                return;
            }
            linked.insert(customer.clone(), row.number());
            let record = PartnershipRecord { partner, customer, access, fingerprint: row.fingerprint() };
            partners.rows.push(Partnership { row: row.number(), record });
        });
        partners
    }
}
