//! What a license covers: which releases may be had by it (R404).

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::license::{License, LicenseState};

impl License {
    /// The last day whose releases it covers; none: it covers all there will be.
    #[must_use]
    pub fn covered_until(&self) -> Option<Date> {
        self.cancelled_on.or(self.maintenance_ends_on).or(self.ends_on)
    }

    /// Whether a release of that day may be had with it (R404): maintenance covers the day. What is over or cancelled
    /// opens nothing; a perpetual license whose maintenance is over keeps what came before.
    ///
    /// # Errors
    /// [`NotCovered`] says what is over, and since when.
    pub fn covers(&self, released_on: Date, now: Timestamp, zone: &TimeZone) -> Result<(), NotCovered> {
        let over =
            |because, ended_on: Option<Date>| NotCovered { because, ended_on: ended_on.unwrap_or(self.starts_on) };
        match self.state(now, zone) {
            LicenseState::Active | LicenseState::Ending => match self.maintenance_ends_on.or(self.ends_on) {
                Some(last) if released_on > last => Err(over(Over::Maintenance, Some(last))),
                Some(_) | None => Ok(()),
            },
            LicenseState::Ended => Err(over(Over::Contract, self.ends_on)),
            LicenseState::Cancelled => Err(over(Over::License, self.cancelled_on)),
        }
    }
}

/// Why a license does not cover a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotCovered {
    /// What is over.
    pub because: Over,
    /// Its last day.
    pub ended_on: Date,
}

/// What is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// The maintenance: what came out before can still be had.
    Maintenance,
    /// The contract.
    Contract,
    /// All of it: the order was cancelled.
    License,
}

impl Over {
    /// Its word on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Maintenance => "maintenance",
            Self::Contract => "contract",
            Self::License => "cancelled",
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        Invalid, LicenseId, OrderId,
        license::{LicenseType, Seats},
        name::ProductName,
        number::{OrderNumber, ProductCode, SerialNumber},
    };

    /// R404
    #[test]
    fn maintenance_covers_what_came_out_before_it_ended() -> Result<(), Invalid> {
        let now = "2026-10-15T12:00:00Z".parse().map_err(|_| Invalid::Date)?;
        let because = |license: &License, day| license.covers(day, now, &TimeZone::UTC).err().map(|no| no.because);
        let mut license = License {
            id: LicenseId::of(OrderId::of_day(date(2026, 1, 1), [1; 10]), 1),
            serial_number: SerialNumber::parse("NLD-7Q4M-X2KP-09TV")?,
            product_code: ProductCode::parse("NLD")?,
            product_name: ProductName::parse("Draft")?,
            license_type: LicenseType::Perpetual,
            seats: Seats::new(1, 2)?,
            starts_on: date(2026, 1, 1),
            ends_on: None,
            maintenance_ends_on: None,
            order_number: OrderNumber::parse("SO-1")?,
            ordered_on: date(2026, 1, 1),
            cancelled_on: None,
        };
        assert_eq!(because(&license, date(2030, 1, 1)), None, "no end at all");
        license.maintenance_ends_on = Some(date(2026, 9, 30));
        assert_eq!(because(&license, date(2026, 9, 30)), None);
        assert_eq!(because(&license, date(2026, 10, 1)), Some(Over::Maintenance));
        license.ends_on = Some(date(2026, 10, 14));
        assert_eq!(because(&license, date(2026, 1, 1)), Some(Over::Contract));
        license.cancelled_on = Some(date(2026, 10, 2));
        assert_eq!(because(&license, date(2026, 1, 1)), Some(Over::License));
        Ok(())
    }
}
