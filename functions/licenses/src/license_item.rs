//! A license as lists and its own page show it.

use axum::extract::{Path, rejection::PathRejection};
use domain::{
    Date, LicenseId, TimeZone, Timestamp,
    license::{License, LicenseState, LicenseType},
};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct LicenseItem {
    #[schema(example = "lic_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    #[schema(example = "NLD-7Q4M-X2KP-09TV")]
    serial_number: String,
    product: ProductItem,
    /// `perpetual`, `subscription`, `trial` or `demo`.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "subscription")]
    license_type: LicenseType,
    /// Null for somebody who sees assigned licenses only.
    seats: Option<SeatsItem>,
    #[schema(value_type = String, format = Date)]
    starts_on: Date,
    /// The last day, in the account's time zone; null: no end.
    #[schema(value_type = Option<String>, format = Date)]
    ends_on: Option<Date>,
    /// The last day on which new releases are covered; null: with the contract.
    #[schema(value_type = Option<String>, format = Date)]
    maintenance_ends_on: Option<Date>,
    /// `active`, `ending` (within 60 days), `ended` or `cancelled`.
    #[schema(value_type = String, example = "active")]
    state: LicenseState,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct ProductItem {
    #[schema(example = "NLD")]
    pub(crate) code: String,
    pub(crate) name: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct SeatsItem {
    /// Assigned.
    pub(crate) used: u64,
    /// Bought.
    pub(crate) total: u64,
}

impl LicenseItem {
    /// A license as it stands now; `whole` for somebody who sees the whole account's.
    pub(crate) fn of(license: &License, whole: bool, now: Timestamp, zone: &TimeZone) -> Self {
        Self {
            id: license.id.to_string(),
            serial_number: license.serial_number.to_string(),
            product: ProductItem { code: license.product_code.to_string(), name: license.product_name.to_string() },
            license_type: license.license_type,
            seats: whole.then(|| SeatsItem { used: license.seats.used().into(), total: license.seats.total().into() }),
            starts_on: license.starts_on,
            ends_on: license.ends_on,
            maintenance_ends_on: license.maintenance_ends_on,
            state: license.state(now, zone),
        }
    }
}

/// The license that a path names. What is no id names none.
pub(crate) fn license_id(id: Result<Path<String>, PathRejection>) -> Option<LicenseId> {
    id.ok().and_then(|Path(id)| LicenseId::parse(&id).ok())
}
