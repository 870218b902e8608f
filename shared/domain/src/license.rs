//! Licenses: what a line of an order grants.

mod state;
mod trial;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{
    Invalid, LicenseId,
    name::ProductName,
    number::{OrderNumber, ProductCode, SerialNumber},
};

pub use state::LicenseState;

/// How a license was granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LicenseType {
    /// Without an end; maintenance may have one.
    Perpetual,
    /// Until the end of the contract.
    Subscription,
    /// To try, until the end.
    Trial,
    /// A partner's, for training and demonstration (R501).
    Demo,
}

impl LicenseType {
    /// Its word, on the wire and in rows.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Perpetual => "perpetual",
            Self::Subscription => "subscription",
            Self::Trial => "trial",
            Self::Demo => "demo",
        }
    }

    /// Reads a type's word.
    ///
    /// # Errors
    /// [`Invalid::Choice`] for any other word.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        match text.trim() {
            "perpetual" => Ok(Self::Perpetual),
            "subscription" => Ok(Self::Subscription),
            "trial" => Ok(Self::Trial),
            "demo" => Ok(Self::Demo),
            "" => Err(Invalid::Required),
            _ => Err(Invalid::Choice { allowed: "perpetual, subscription, trial, demo" }),
        }
    }
}

/// Seats: how many a license has and how many are assigned. Never more than bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seats {
    used: u32,
    total: u32,
}

impl Seats {
    /// The most seats one license can have.
    pub const MOST: u32 = 100_000;

    /// Seats of a license.
    ///
    /// # Errors
    /// [`Invalid::Number`] if there are none, too many, or more used than bought.
    pub const fn new(used: u32, total: u32) -> Result<Self, Invalid> {
        if total == 0 || total > Self::MOST || used > total {
            return Err(Invalid::Number { min: 1, max: Self::MOST });
        }
        Ok(Self { used, total })
    }

    /// Assigned.
    #[must_use]
    pub const fn used(self) -> u32 {
        self.used
    }

    /// Bought.
    #[must_use]
    pub const fn total(self) -> u32 {
        self.total
    }
}

/// A license as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct License {
    /// Its id, which names its order and line.
    pub id: LicenseId,
    /// What the software asks for.
    pub serial_number: SerialNumber,
    /// The product's code.
    pub product_code: ProductCode,
    /// The product's name when the license was granted.
    pub product_name: ProductName,
    /// How it was granted.
    pub license_type: LicenseType,
    /// Its seats.
    pub seats: Seats,
    /// First day.
    pub starts_on: Date,
    /// Last day of the contract: it ends when that day ends in the account's time zone (R405). None: never.
    pub ends_on: Option<Date>,
    /// Last day on which new releases are covered. None: with the contract.
    pub maintenance_ends_on: Option<Date>,
    /// The order it came with.
    pub order_number: OrderNumber,
    /// The day of that order.
    pub ordered_on: Date,
    /// When its order was cancelled, if it was.
    pub cancelled_on: Option<Date>,
}

impl License {
    /// Where it stands now, for people in that time zone.
    #[must_use]
    pub fn state(&self, now: Timestamp, zone: &TimeZone) -> LicenseState {
        match self.cancelled_on {
            Some(_) => LicenseState::Cancelled,
            None => LicenseState::of_end(self.ends_on, now, zone),
        }
    }
}

/// The orders a list of licenses can have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LicenseSort {
    /// Newest order first.
    #[default]
    NewestOrder,
    /// Oldest order first.
    OldestOrder,
    /// Those that end, soonest first: all of them, or only from that day on.
    SoonestEnd(Option<Date>),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OrderId;
    use jiff::civil::date;

    fn ending(ends_on: Option<Date>) -> Result<License, Invalid> {
        Ok(License {
            id: LicenseId::of(OrderId::of_day(date(2026, 1, 1), [1; 10]), 1),
            serial_number: SerialNumber::parse("NLD-7Q4M-X2KP-09TV")?,
            product_code: ProductCode::parse("NLD")?,
            product_name: ProductName::parse("Draft")?,
            license_type: LicenseType::Subscription,
            seats: Seats::new(1, 2)?,
            starts_on: date(2026, 1, 1),
            ends_on,
            maintenance_ends_on: None,
            order_number: OrderNumber::parse("SO-1")?,
            ordered_on: date(2026, 1, 1),
            cancelled_on: None,
        })
    }

    /// R405
    #[test]
    fn a_contract_ends_with_its_day_where_the_account_is() -> Result<(), Invalid> {
        let license = ending(Some(date(2026, 12, 14)))?;
        let auckland = crate::name::ZoneName::parse("Pacific/Auckland")?.zone();
        let honolulu = crate::name::ZoneName::parse("Pacific/Honolulu")?.zone();
        // 14 December, 11:30 UTC: half past midnight of the 15th in Auckland, past one in the morning in Honolulu.
        let now = "2026-12-14T11:30:00Z".parse().map_err(|_| Invalid::Date)?;
        assert_eq!(license.state(now, &auckland), LicenseState::Ended);
        assert_eq!(license.state(now, &honolulu), LicenseState::Ending);
        Ok(())
    }

    #[test]
    fn the_notice_begins_sixty_days_before() -> Result<(), Invalid> {
        let now = "2026-10-15T12:00:00Z".parse().map_err(|_| Invalid::Date)?;
        for (end, state) in [
            (Some(date(2026, 12, 14)), LicenseState::Ending),
            (Some(date(2026, 12, 15)), LicenseState::Active),
            (Some(date(2030, 1, 1)), LicenseState::Active),
            (None, LicenseState::Active),
        ] {
            assert_eq!(ending(end)?.state(now, &TimeZone::UTC), state, "{end:?}");
        }
        Ok(())
    }

    #[test]
    fn seats_cannot_be_oversold() {
        assert!(Seats::new(3, 2).is_err());
        assert!(Seats::new(0, 0).is_err());
        assert!(Seats::new(2, 2).is_ok());
    }
}
