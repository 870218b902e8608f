//! What an account has of each product (R402).

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{
    license::{LicenseState, LicenseType},
    name::ProductName,
    number::ProductCode,
};

/// Licenses of one product and type that end on the same day, counted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductSummary {
    /// The product's code.
    pub product_code: ProductCode,
    /// The product's name, as last granted.
    pub product_name: ProductName,
    /// How they were granted.
    pub license_type: LicenseType,
    /// Last day of the contract. None: never.
    pub ends_on: Option<Date>,
    /// How many licenses.
    pub licenses: u64,
    /// Seats assigned.
    pub used: u64,
    /// Seats bought.
    pub total: u64,
}

impl ProductSummary {
    /// Where these licenses stand now, for people in that time zone.
    #[must_use]
    pub fn state(&self, now: Timestamp, zone: &TimeZone) -> LicenseState {
        LicenseState::of_end(self.ends_on, now, zone)
    }
}

/// The orders a summary can have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SummarySort {
    /// By product, type and end.
    #[default]
    Product,
    /// Those that end, soonest first.
    SoonestEnd,
}
