//! `licenses.csv`: the lines of orders, and the license that each grants.

use std::collections::HashMap;
use std::io::Read;

use domain::{
    Date, EmailAddress,
    license::{LicenseType, Seats},
    number::{OrderNumber, ProductCode, SerialNumber},
    order::parse_day,
};
use store::import::{LicenseRecord, MOST_LINES};

use super::cells::number;
use super::problem::Problems;
use super::table::{
    Column,
    Needed::{Always, IfUsed},
    Row, Shape, read,
};

pub(super) const LICENSES: Shape = Shape {
    file: "licenses.csv",
    columns: &[
        Column::new("order", Always),
        Column::new("line", Always),
        Column::new("product", Always),
        Column::new("serial_number", Always),
        Column::new("type", Always),
        Column::new("seats", Always),
        Column::new("starts_on", Always),
        Column::new("ends_on", IfUsed),
        Column::new("maintenance_ends_on", IfUsed),
        Column::new("assigned_to", IfUsed),
        // What an export adds to its rows for people to read; an import takes it from elsewhere.
        Column::new("order_date", IfUsed),
        Column::new("product_name", IfUsed),
        Column::new("seats_used", IfUsed),
        Column::new("state", IfUsed),
    ],
};

/// The largest number of a line.
const LAST_LINE: u32 = 9_999;

/// A license's row.
#[derive(Debug)]
pub(super) struct License {
    pub row: u32,
    pub record: LicenseRecord,
}

/// The licenses, by order.
#[derive(Debug, Default)]
pub(super) struct Licenses {
    pub lines: HashMap<OrderNumber, Vec<License>>,
    pub count: usize,
}

impl Licenses {
    pub fn read(input: impl Read, problems: &mut Problems) -> Self {
        let mut licenses = Self::default();
        let mut serials = HashMap::new();
        read(LICENSES, input, problems, |row, problems| {
            licenses.count += 1;
            let order = row.needed("order", OrderNumber::parse, problems);
            let record = license(row, &mut serials, problems);
            let (Some(order), Some(record)) = (order, record) else { return };
            let lines = licenses.lines.entry(order.clone()).or_default();
            if let Some(first) = lines.iter().find(|other| other.record.line == record.line) {
                let message = format!("line {} of {order} is already in row {}", record.line, first.row);
                problems.at(row.place("line"), message);
                return;
            }
            if lines.len() == MOST_LINES {
                let message = format!("{order} has more than {MOST_LINES} lines; an import takes no larger orders");
                problems.at(row.place("line"), message);
                return;
            }
            lines.push(License { row: row.number(), record });
        });
        licenses
    }
}

fn license(
    row: &Row<'_>,
    serials: &mut HashMap<String, (u32, SerialNumber)>,
    problems: &mut Problems,
) -> Option<LicenseRecord> {
    let line = row.needed("line", |text| number(text, 1, LAST_LINE), problems);
    let product = row.needed("product", ProductCode::parse, problems);
    let serial_number = row.needed("serial_number", SerialNumber::parse, problems);
    let license_type = row.needed("type", LicenseType::parse, problems);
    let seats = row.needed("seats", |text| number(text, 1, Seats::MOST), problems);
    let starts_on = row.needed("starts_on", parse_day, problems);
    let ends_on = row.optional("ends_on", parse_day, problems);
    let maintenance_ends_on = row.optional("maintenance_ends_on", parse_day, problems);
    let assigned_to = row.list("assigned_to", EmailAddress::parse, problems);
    let serial_number = unique(row, serial_number?, serials, problems);
    let record = LicenseRecord {
        line: u16::try_from(line?).ok()?,
        product: product?,
        serial_number: serial_number?,
        license_type: license_type?,
        seats: seats?,
        starts_on: starts_on?,
        ends_on: ends_on?,
        maintenance_ends_on: maintenance_ends_on?,
        assigned_to: assigned_to?,
        fingerprint: row.fingerprint(),
    };
    (has_fitting_dates(row, &record, problems) & has_fitting_seats(row, &record, problems)).then_some(record)
}

/// Serial numbers are one of a kind, also to a reader's eye.
fn unique(
    row: &Row<'_>,
    serial: SerialNumber,
    serials: &mut HashMap<String, (u32, SerialNumber)>,
    problems: &mut Problems,
) -> Option<SerialNumber> {
    match serials.get(&serial.claim()) {
        Some((first, same)) if *same == serial => {
            problems.at(row.place("serial_number"), format!("{serial} is already in row {first}"));
            None
        }
        Some((first, twin)) => {
            let message = format!("{serial} can be mistaken for {twin} of row {first}");
            problems.at(row.place("serial_number"), message);
            None
        }
        None => {
            serials.insert(serial.claim(), (row.number(), serial.clone()));
            Some(serial)
        }
    }
}

fn has_fitting_dates(row: &Row<'_>, record: &LicenseRecord, problems: &mut Problems) -> bool {
    let before = problems.len();
    match (record.license_type, record.ends_on) {
        (LicenseType::Perpetual, Some(_)) => {
            problems
                .at(row.place("ends_on"), "is given, but a perpetual license has no end (maintenance may have one)");
        }
        (LicenseType::Subscription | LicenseType::Trial | LicenseType::Demo, None) => {
            problems.at(row.place("ends_on"), "is required: only a perpetual license has no end");
        }
        _ => {}
    }
    let mut not_before_start = |column, end: Option<Date>| {
        if let Some(end) = end.filter(|end| *end < record.starts_on) {
            problems.at(row.place(column), format!("{end} is before the start, {}", record.starts_on));
        }
    };
    not_before_start("ends_on", record.ends_on);
    not_before_start("maintenance_ends_on", record.maintenance_ends_on);
    problems.len() == before
}

fn has_fitting_seats(row: &Row<'_>, record: &LicenseRecord, problems: &mut Problems) -> bool {
    let mut claims: Vec<String> = record.assigned_to.iter().map(EmailAddress::claim).collect();
    claims.sort_unstable();
    if let Some(twice) = claims.windows(2).find(|pair| pair[0] == pair[1]) {
        problems.at(row.place("assigned_to"), format!("names {} twice", twice[0]));
        return false;
    }
    if claims.len() > record.seats as usize {
        let message = format!("names {} people, but there are {} seats", claims.len(), record.seats);
        problems.at(row.place("assigned_to"), message);
        return false;
    }
    true
}
