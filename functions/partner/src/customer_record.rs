//! What is exported of a customer: its account, its people and its licenses, as records. A record is an object of a JSON
//! file, and a row of a CSV file in which what it has nothing of is empty.

use domain::{
    Account, AccountStatus, Date, TimeZone, Timestamp,
    license::{License, LicenseState},
    member::Member,
};
use serde::Serialize;
use serde_json::Value;

/// The columns of a CSV file: the fields of all records. Named in every language as in the vendor's own files, where those
/// have them.
pub(crate) const COLUMNS: [&str; 35] = [
    "record",
    "number",
    "name",
    "country",
    "language",
    "time_zone",
    "status",
    "suspension_reason",
    "email",
    "first_name",
    "last_name",
    "user_name",
    "job_title",
    "phone",
    "group",
    "role",
    "permissions",
    "membership",
    "last_sign_in",
    "licenses_assigned",
    "order",
    "order_date",
    "line",
    "product",
    "product_name",
    "serial_number",
    "type",
    "seats",
    "seats_used",
    "starts_on",
    "ends_on",
    "maintenance_ends_on",
    "state",
    "guest_of",
    "guest_until",
];

/// The customer's account.
#[derive(Serialize)]
pub(crate) struct CustomerRecord<'a> {
    record: &'static str,
    number: String,
    name: &'a str,
    country: Option<String>,
    language: &'static str,
    time_zone: &'a str,
    status: domain::AccountState,
    suspension_reason: Option<String>,
}

impl<'a> From<&'a Account> for CustomerRecord<'a> {
    fn from(account: &'a Account) -> Self {
        Self {
            record: "customer",
            number: account.number.to_string(),
            name: account.name.as_str(),
            country: account.country.clone().map(String::from),
            language: account.language.tag(),
            time_zone: account.zone.as_str(),
            status: account.status.state(),
            suspension_reason: match &account.status {
                AccountStatus::Suspended { reason, .. } => Some(reason.to_string()),
                AccountStatus::Active | AccountStatus::Closed => None,
            },
        }
    }
}

/// Somebody who belongs to the customer, or is a guest there.
#[derive(Serialize)]
pub(crate) struct PersonRecord {
    record: &'static str,
    email: String,
    first_name: String,
    last_name: String,
    user_name: Option<String>,
    job_title: Option<String>,
    phone: Option<String>,
    group: &'static str,
    role: &'static str,
    permissions: Vec<&'static str>,
    membership: &'static str,
    last_sign_in: Option<Timestamp>,
    licenses_assigned: u32,
    guest_of: Option<String>,
    guest_until: Option<Timestamp>,
}

impl From<&Member> for PersonRecord {
    fn from(member: &Member) -> Self {
        let (membership, guest) = (&member.membership, member.membership.guest.as_ref());
        Self {
            record: "person",
            email: member.email.to_string(),
            first_name: member.first_name.to_string(),
            last_name: member.last_name.to_string(),
            user_name: member.user_name.as_ref().map(ToString::to_string),
            job_title: member.job_title.as_ref().map(ToString::to_string),
            phone: member.phone.as_ref().map(ToString::to_string),
            group: member.group().name(),
            role: membership.role.name(),
            permissions: membership.permissions.iter().map(|it| it.name()).collect(),
            membership: membership.status.name(),
            last_sign_in: member.seen_at,
            licenses_assigned: member.seats,
            guest_of: guest.map(|guest| guest.home_name.to_string()),
            guest_until: guest.map(|guest| guest.until),
        }
    }
}

/// A license of the customer.
#[derive(Serialize)]
pub(crate) struct LicenseRecord {
    record: &'static str,
    order: String,
    order_date: Date,
    line: u16,
    product: String,
    product_name: String,
    serial_number: String,
    #[serde(rename = "type")]
    license_type: &'static str,
    seats: u32,
    seats_used: u32,
    starts_on: Date,
    ends_on: Option<Date>,
    maintenance_ends_on: Option<Date>,
    state: LicenseState,
}

impl LicenseRecord {
    /// As it stands now, where the customer is.
    pub(crate) fn of(license: &License, now: Timestamp, zone: &TimeZone) -> Self {
        Self {
            record: "license",
            order: license.order_number.to_string(),
            order_date: license.ordered_on,
            line: license.id.line(),
            product: license.product_code.to_string(),
            product_name: license.product_name.to_string(),
            serial_number: license.serial_number.to_string(),
            license_type: license.license_type.name(),
            seats: license.seats.total(),
            seats_used: license.seats.used(),
            starts_on: license.starts_on,
            ends_on: license.ends_on,
            maintenance_ends_on: license.maintenance_ends_on,
            state: license.state(now, zone),
        }
    }
}

/// A record as a row of a CSV file.
pub(crate) fn cells(record: &Value) -> Vec<String> {
    COLUMNS.iter().map(|column| cell(&record[*column])).collect()
}

fn cell(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(words) => words.iter().map(cell).collect::<Vec<_>>().join(";"),
        Value::Null => String::new(),
        Value::Number(_) | Value::Bool(_) | Value::Object(_) => value.to_string(),
    }
}
