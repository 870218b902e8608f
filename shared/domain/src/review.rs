//! Reviews of who can get at what is an account's (R315): each quarter its owner is asked to go through everyone.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// The first day of the quarter of a day.
#[must_use]
pub fn quarter_of(day: Date) -> Date {
    let month = (day.month() - 1) / 3 * 3 + 1;
    Date::new(day.year(), month, 1).unwrap_or(day)
}

/// A walk over all accounts, of two: a quarter begins within 26 hours, depending on where one is, and each owner is
/// asked on its first day there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Walk {
    /// Those where the day has begun when it begins in Greenwich: there and to the east of it.
    East,
    /// All others, twelve hours later, when the day has begun everywhere.
    West,
    /// None: the quarter is done.
    Over,
}

impl Walk {
    /// Whether its time has come, in the quarter that begins that day.
    #[must_use]
    pub fn has_begun(self, quarter: Date, now: Timestamp) -> bool {
        let hour = match self {
            Self::East => 0,
            Self::West => 12,
            Self::Over => return false,
        };
        quarter.at(hour, 0, 0, 0).to_zoned(TimeZone::UTC).is_ok_and(|begins| begins.timestamp() <= now)
    }

    /// What follows when all accounts were walked over.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::East => Self::West,
            Self::West | Self::Over => Self::Over,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_begins_four_times_a_year() {
        for (day, first) in [
            (Date::constant(2027, 1, 1), Date::constant(2027, 1, 1)),
            (Date::constant(2027, 3, 31), Date::constant(2027, 1, 1)),
            (Date::constant(2026, 11, 22), Date::constant(2026, 10, 1)),
            (Date::constant(2026, 12, 31), Date::constant(2026, 10, 1)),
        ] {
            assert_eq!(quarter_of(day), first, "{day}");
        }
    }

    #[test]
    fn wherever_the_day_has_not_begun_the_second_walk_finds_it_begun() -> Result<(), jiff::Error> {
        let quarter = Date::constant(2027, 1, 1);
        let noon: Timestamp = "2027-01-01T12:00:00Z".parse()?;
        assert!(
            Walk::West.has_begun(quarter, noon) && !Walk::West.has_begun(quarter, noon - jiff::Span::new().seconds(1))
        );
        for hours in -12..=14 {
            let there = TimeZone::fixed(jiff::tz::Offset::from_hours(hours)?);
            assert!(noon.to_zoned(there).date() >= quarter, "{hours}");
        }
        Ok(())
    }
}
