//! Licenses: of an order and a product that exist, with a serial number of their own, for people of the account.

use domain::{
    LicenseId,
    number::{CustomerNumber, OrderNumber},
};

use super::super::files::Files;
use super::super::known::Known;
use super::super::licenses::{LICENSES, License};
use super::super::problem::{Place, Problems};

pub(super) fn check(files: &Files, known: &Known, problems: &mut Problems) {
    for (order, lines) in &files.licenses.lines {
        let stored = known.orders.get(order);
        let named = files.orders.named.get(order);
        if named.is_none() && stored.is_none() {
            for license in lines {
                let message = format!("there is no order {order}, neither in orders.csv nor in the portal");
                problems.at(at(license, "order"), message);
            }
        }
        let customer =
            named.and_then(|named| named.customer.as_ref()).or_else(|| stored.map(|stored| &stored.customer));
        for license in lines {
            let in_portal = known.products.contains_key(&license.record.product);
            files.products.check_reference(&license.record.product, in_portal, at(license, "product"), problems);
            has_own_serial(order, license, known, problems);
            if let Some(customer) = customer {
                is_for_people_of(customer, license, files, known, problems);
            }
        }
    }
}

fn has_own_serial(order: &OrderNumber, license: &License, known: &Known, problems: &mut Problems) {
    let serial = &license.record.serial_number;
    let own = known.orders.get(order).map(|stored| LicenseId::of(stored.id, license.record.line));
    if known.serials.get(&serial.claim()).is_some_and(|holder| Some(*holder) != own) {
        let message =
            format!("{serial} is, or can be mistaken for, the serial number of another license in the portal");
        problems.at(at(license, "serial_number"), message);
    }
}

fn is_for_people_of(
    customer: &CustomerNumber,
    license: &License,
    files: &Files,
    known: &Known,
    problems: &mut Problems,
) {
    let team = files.people.teams.get(customer);
    let stored = known.customers.get(customer);
    for email in &license.record.assigned_to {
        let claim = email.claim();
        let is_named = team.is_some_and(|team| team.named.contains_key(&claim));
        let is_stored = stored.is_some_and(|stored| stored.people.contains_key(&claim));
        if !is_named && !is_stored {
            problems.at(at(license, "assigned_to"), format!("{email} is not among the people of {customer}"));
        }
    }
}

fn at(license: &License, column: &'static str) -> Place {
    Place { file: LICENSES.file, row: license.row, column }
}
