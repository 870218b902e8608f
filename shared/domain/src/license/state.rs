//! Where a license stands.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// Where a license stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LicenseState {
    /// In force, with more than [`LicenseState::NOTICE_DAYS`] to go.
    Active,
    /// Ends within [`LicenseState::NOTICE_DAYS`].
    Ending,
    /// Over.
    Ended,
    /// Its order was cancelled: it opens nothing.
    Cancelled,
}

impl LicenseState {
    /// The first of the renewal reminders (R405) comes this many days before the end.
    pub const NOTICE_DAYS: i64 = 60;

    /// Where what ends with that day, if ever, stands now, for people in that time zone.
    #[must_use]
    pub fn of_end(ends_on: Option<Date>, now: Timestamp, zone: &TimeZone) -> Self {
        let today = now.to_zoned(zone.clone()).date();
        let Some(end) = ends_on else { return Self::Active };
        match i64::from(today.until(end).map(|left| left.get_days()).unwrap_or(i32::MAX)) {
            left if left < 0 => Self::Ended,
            left if left <= Self::NOTICE_DAYS => Self::Ending,
            _ => Self::Active,
        }
    }

    /// Whether seats can still be given.
    #[must_use]
    pub const fn is_over(self) -> bool {
        match self {
            Self::Active | Self::Ending => false,
            Self::Ended | Self::Cancelled => true,
        }
    }
}
