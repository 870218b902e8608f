//! Orders: of a customer that exists, and what is recorded of them stays.

use super::super::files::Files;
use super::super::known::Known;
use super::super::orders::{ORDERS, Order};
use super::super::problem::{Place, Problems};
use super::{Reference, account, missing};

pub(super) fn check(files: &Files, known: &Known, problems: &mut Problems) {
    for (number, named) in &files.orders.named {
        let Some(customer) = &named.customer else { continue };
        let place = Place { file: ORDERS.file, row: named.row, column: "customer" };
        if matches!(account(files, known, customer), Reference::Missing) {
            missing(customer, place, problems);
        }
        if let Some(stored) = known.orders.get(number).filter(|stored| stored.customer != *customer) {
            problems.at(place, format!("{number} belongs to {} in the portal", stored.customer));
        }
    }
    for order in &files.orders.rows {
        keeps_date(order, known, problems);
        has_own_code(order, known, problems);
    }
}

fn keeps_date(order: &Order, known: &Known, problems: &mut Problems) {
    let Some(stored) = known.orders.get(&order.record.number) else { return };
    if stored.date != order.record.date {
        let place = Place { file: ORDERS.file, row: order.row, column: "date" };
        let message =
            format!("{} is of {} in the portal; a recorded order keeps its date", order.record.number, stored.date);
        problems.at(place, message);
    }
}

fn has_own_code(order: &Order, known: &Known, problems: &mut Problems) {
    let Some(hash) = order.code_hash() else { return };
    let other = known.codes.get(&hash).filter(|other| **other != order.record.number);
    if let Some(other) = other {
        let place = Place { file: ORDERS.file, row: order.row, column: "activation_code" };
        problems.at(place, format!("is the code of {other} in the portal"));
    }
}
