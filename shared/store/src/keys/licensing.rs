//! Keys of orders, licenses, seats and products, all in the table `accounts`.

use domain::{
    AccountId, Date, LicenseId, OrderId, UserId,
    license::LicenseType,
    number::{OrderNumber, ProductCode, SerialNumber},
    release::Version,
};

use super::{Key, account_partition};

pub(crate) const LICENSE_PREFIX: &str = "LICENSE#";

pub(crate) fn licenses_partition(account: AccountId) -> String {
    format!("LICENSES#{account}")
}

/// The license: the row that counts.
pub(crate) fn license(account: AccountId, license: LicenseId) -> Key {
    Key::new(licenses_partition(account), format!("{LICENSE_PREFIX}{license}"))
}

pub(crate) fn assigned_partition(account: AccountId, user: UserId) -> String {
    format!("ASSIGNED#{account}#{user}")
}

/// The seat a member has of a license, with what the member's own list shows of it.
pub(crate) fn assigned(account: AccountId, user: UserId, license: LicenseId) -> Key {
    Key::new(assigned_partition(account, user), format!("{LICENSE_PREFIX}{license}"))
}

pub(crate) fn seats_partition(account: AccountId, license: LicenseId) -> String {
    format!("SEATS#{account}#{license}")
}

/// The same seat among those of its license.
pub(crate) fn seat(account: AccountId, license: LicenseId, user: UserId) -> Key {
    Key::new(seats_partition(account, license), user.to_string())
}

/// Work that is left to do: whoever left it does it once they have answered, a sweep what was interrupted.
pub(crate) const JOBS: &str = "JOBS";

/// That the seats of a license lag behind it.
pub(crate) fn job_of_license(license: LicenseId) -> Key {
    Key::new(JOBS, format!("LICENSE#{license}"))
}

/// That seats of a trial belong to what it became.
pub(crate) fn job_of_trial(trial: LicenseId) -> Key {
    Key::new(JOBS, format!("TRIAL#{trial}"))
}

/// That somebody who left an account has seats of its licenses.
pub(crate) fn job_of_member(account: AccountId, user: UserId) -> Key {
    Key::new(JOBS, format!("MEMBER#{account}#{user}"))
}

/// That lists lag behind what a person says of themselves.
pub(crate) fn job_of_person(user: UserId) -> Key {
    Key::new(JOBS, format!("PERSON#{user}"))
}

pub(crate) fn summary_partition(account: AccountId) -> String {
    format!("SUMMARY#{account}")
}

/// Stands for the end of what has none.
const NEVER: &str = "never";

/// What an account has of a product, by type and contract end: counted by the transactions that change licenses.
pub(crate) fn summary(
    account: AccountId,
    product: &ProductCode,
    license_type: LicenseType,
    ends_on: Option<Date>,
) -> Key {
    let end = ends_on.map_or_else(|| NEVER.to_owned(), |end| end.to_string());
    Key::new(summary_partition(account), format!("{product}#{}#{end}", license_type.name()))
}

/// Product, type and end of a row of a summary, by its sort key.
pub(crate) fn of_summary(sort_key: &str) -> Option<(&str, &str, Option<&str>)> {
    let (product, rest) = sort_key.split_once('#')?;
    let (license_type, end) = rest.split_once('#')?;
    Some((product, license_type, (end != NEVER).then_some(end)))
}

/// Whether that sort key is of licenses of that type.
pub(crate) fn is_summary_of(sort_key: &str, license_type: LicenseType) -> bool {
    sort_key.split('#').nth(1) == Some(license_type.name())
}

pub(crate) fn renewals_partition(ends_on: Date) -> String {
    format!("RENEWALS#{ends_on}")
}

/// That licenses of an account end on a day: whom to remind.
pub(crate) fn renewal(ends_on: Date, account: AccountId) -> Key {
    Key::new(renewals_partition(ends_on), account.to_string())
}

/// How often the serial number of a license was replaced in a calendar year.
pub(crate) fn replacements(account: AccountId, license: LicenseId, year: i16) -> Key {
    Key::new(format!("REPLACEMENTS#{account}#{license}"), year.to_string())
}

/// That a renewal was asked for and is not decided: by whomever, once for each license.
pub(crate) fn renewal_request(account: AccountId, license: LicenseId) -> Key {
    Key::new(format!("ASKED#{account}"), license.to_string())
}

pub(crate) fn trials_partition(account: AccountId) -> String {
    format!("TRIALS#{account}")
}

/// That an account tried a product: once, ever.
pub(crate) fn trial(account: AccountId, product: &ProductCode) -> Key {
    Key::new(trials_partition(account), product.to_string())
}

pub(crate) fn order(account: AccountId, order: OrderId) -> Key {
    Key::new(account_partition(account), format!("ORDER#{order}"))
}

/// Whose an order number is: each number once in the whole portal.
pub(crate) fn order_number(number: &OrderNumber) -> Key {
    Key::new(format!("ORDERNUMBER#{number}"), "ORDERNUMBER")
}

/// Whose a serial number is: each serial, and all that look like it, once.
pub(crate) fn serial_number(serial: &SerialNumber) -> Key {
    Key::new(format!("SERIAL#{}", serial.claim()), "SERIAL")
}

/// An activation code, by its SHA-256.
pub(crate) fn activation_code(hash: &str) -> Key {
    Key::new(format!("CODE#{hash}"), "CODE")
}

/// The partition of all products, and what their sort keys begin with.
pub(crate) fn products() -> (String, &'static str) {
    ("PRODUCTS".to_owned(), "PRODUCT#")
}

pub(crate) fn product(code: &ProductCode) -> Key {
    Key::new("PRODUCTS", format!("PRODUCT#{code}"))
}

pub(crate) const RELEASE_PREFIX: &str = "RELEASE#";

/// The partition of a product's releases.
pub(crate) fn releases_partition(product: &ProductCode) -> String {
    format!("RELEASES#{product}")
}

/// A release: each version once in its product.
pub(crate) fn release(product: &ProductCode, version: &Version) -> Key {
    Key::new(releases_partition(product), format!("{RELEASE_PREFIX}{version}"))
}
