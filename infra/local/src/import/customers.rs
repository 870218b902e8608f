//! `customers.csv`: accounts of customers and partners.

use std::collections::HashMap;
use std::io::Read;

use domain::{
    AccountKind, AccountStatus, Language,
    name::{AccountName, Country, Reason, ZoneName},
    number::CustomerNumber,
};
use store::import::AccountRecord;

use super::cells::account_kind;
use super::problem::Problems;
use super::table::{
    Column,
    Needed::{Always, IfUsed},
    Row, Shape, read,
};

pub(super) const CUSTOMERS: Shape = Shape {
    file: "customers.csv",
    columns: &[
        Column::new("number", Always),
        Column::new("name", Always),
        Column::new("kind", Always),
        Column::new("country", IfUsed),
        Column::new("language", Always),
        Column::new("time_zone", Always),
        Column::new("status", Always),
        Column::new("suspension_reason", IfUsed),
    ],
};

/// What is known of a number that the file names, also when its row is faulty.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named {
    pub row: u32,
    pub kind: Option<AccountKind>,
}

/// The accounts.
#[derive(Debug, Default)]
pub(super) struct Customers {
    pub rows: Vec<AccountRecord>,
    pub named: HashMap<CustomerNumber, Named>,
}

impl Customers {
    pub fn read(input: impl Read, problems: &mut Problems) -> Self {
        let mut customers = Self::default();
        read(CUSTOMERS, input, problems, |row, problems| {
            let number = row.needed("number", CustomerNumber::parse, problems);
            let kind = row.needed("kind", account_kind, problems);
            let account = account(row, number.clone(), kind, problems);
            let Some(number) = number else { return };
            if let Some(first) = customers.named.get(&number) {
                problems.at(row.place("number"), format!("{number} is already in row {}", first.row));
                return;
            }
            customers.named.insert(number, Named { row: row.number(), kind });
            customers.rows.extend(account);
        });
        customers
    }
}

fn account(
    row: &Row<'_>,
    number: Option<CustomerNumber>,
    kind: Option<AccountKind>,
    problems: &mut Problems,
) -> Option<AccountRecord> {
    let name = row.needed("name", AccountName::parse, problems);
    let country = row.optional("country", Country::parse, problems);
    let language = row.needed("language", Language::parse, problems);
    let zone = row.needed("time_zone", ZoneName::parse, problems);
    let status = status(row, problems);
    Some(AccountRecord {
        number: number?,
        name: name?,
        kind: kind?,
        status: status?,
        zone: zone?,
        language: language?,
        country: country?,
        fingerprint: row.fingerprint(),
    })
}

/// A reason belongs to a suspension and to nothing else.
fn status(row: &Row<'_>, problems: &mut Problems) -> Option<AccountStatus> {
    let reason = row.cell("suspension_reason");
    let status = match row.cell("status") {
        "suspended" => {
            let reason = row.needed("suspension_reason", Reason::parse, problems)?;
            return Some(AccountStatus::Suspended { reason, by: None });
        }
        "active" => AccountStatus::Active,
        "closed" => AccountStatus::Closed,
        "" => {
            problems.at(row.place("status"), "is required");
            return None;
        }
        other => {
            let message = format!("{} is not one of active, suspended, closed", super::cells::quoted(other));
            problems.at(row.place("status"), message);
            return None;
        }
    };
    if !reason.is_empty() {
        problems.at(row.place("suspension_reason"), "is given, but the account is not suspended");
        return None;
    }
    Some(status)
}
