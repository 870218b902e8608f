//! `orders.csv`: what was bought when.

use std::collections::HashMap;
use std::io::Read;

use credentials::sha256_hex;
use domain::{
    code::ActivationCode,
    number::{CustomerNumber, OrderNumber},
    order::{PurchaseOrder, parse_day},
};
use store::import::OrderRecord;

use super::problem::Problems;
use super::table::{
    Column,
    Needed::{Always, IfUsed},
    Row, Shape, read,
};

pub(super) const ORDERS: Shape = Shape {
    file: "orders.csv",
    columns: &[
        Column::new("number", Always),
        Column::new("customer", Always),
        Column::new("date", Always),
        Column::new("purchase_order", IfUsed),
        Column::new("activation_code", IfUsed),
    ],
};

/// An order's row.
#[derive(Debug)]
pub(super) struct Order {
    pub row: u32,
    pub record: OrderRecord,
}

impl Order {
    /// The name of its activation code at rest.
    pub fn code_hash(&self) -> Option<String> {
        self.record.activation_code.as_ref().map(|code| sha256_hex(code.bytes()))
    }
}

/// What is known of an order that the file names, also when its row is faulty.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub row: u32,
    pub customer: Option<CustomerNumber>,
}

/// The orders.
#[derive(Debug, Default)]
pub(super) struct Orders {
    pub rows: Vec<Order>,
    pub named: HashMap<OrderNumber, Named>,
}

impl Orders {
    pub fn read(input: impl Read, problems: &mut Problems) -> Self {
        let mut orders = Self::default();
        let mut codes = HashMap::new();
        read(ORDERS, input, problems, |row, problems| {
            let number = row.needed("number", OrderNumber::parse, problems);
            let customer = row.needed("customer", CustomerNumber::parse, problems);
            let record = order(row, number.clone(), customer.clone(), &mut codes, problems);
            let Some(number) = number else { return };
            if let Some(first) = orders.named.get(&number) {
                problems.at(row.place("number"), format!("{number} is already in row {}", first.row));
                return;
            }
            orders.named.insert(number, Named { row: row.number(), customer });
            orders.rows.extend(record.map(|record| Order { row: row.number(), record }));
        });
        orders
    }
}

fn order(
    row: &Row<'_>,
    number: Option<OrderNumber>,
    customer: Option<CustomerNumber>,
    codes: &mut HashMap<[u8; 20], u32>,
    problems: &mut Problems,
) -> Option<OrderRecord> {
    let date = row.needed("date", parse_day, problems);
    let purchase_order = row.optional("purchase_order", PurchaseOrder::parse, problems);
    // A code is a secret: a report never repeats the cell.
    let activation_code = match row.cell("activation_code") {
        "" => None,
        cell => match ActivationCode::parse(cell) {
            Ok(code) => Some(code),
            Err(why) => {
                problems.at(row.place("activation_code"), why.to_string());
                return None;
            }
        },
    };
    if let Some(code) = &activation_code {
        if let Some(first) = codes.get(code.bytes()) {
            problems.at(row.place("activation_code"), format!("is already the code of row {first}"));
            return None;
        }
        codes.insert(*code.bytes(), row.number());
    }
    Some(OrderRecord {
        number: number?,
        customer: customer?,
        date: date?,
        purchase_order: purchase_order?,
        activation_code,
        fingerprint: row.fingerprint(),
    })
}
