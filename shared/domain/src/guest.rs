//! How long an account lets somebody of its partner in, and when the end is told (R510).

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::Invalid;

/// So long a guest's row is kept after their time is over, so that whoever manages sees who was there and can renew it.
pub const KEPT_DAYS: i32 = 90;

/// For how many days a guest is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuestDays(u16);

impl GuestDays {
    /// What it is unless somebody says otherwise (R510).
    pub const DEFAULT: Self = Self(90);
    /// The most: a leap year. Whoever should stay longer is let in again, by somebody who says so.
    const MOST: u16 = 366;

    /// Reads a number of days.
    ///
    /// # Errors
    /// [`Invalid::Number`] for none, or more than a year.
    pub fn parse(days: i64) -> Result<Self, Invalid> {
        match u16::try_from(days) {
            Ok(days @ 1..=Self::MOST) => Ok(Self(days)),
            _ => Err(Invalid::Number { min: 1, max: u32::from(Self::MOST) }),
        }
    }

    /// How many.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    /// When they are over that begin then.
    #[must_use]
    pub fn from(self, begin: Timestamp) -> Timestamp {
        begin.checked_add(SignedDuration::from_hours(24 * i64::from(self.0))).unwrap_or(Timestamp::MAX)
    }
}

/// The day of an end, by which housekeeping finds it.
#[must_use]
pub fn end_day(until: Timestamp) -> Date {
    until.to_zoned(TimeZone::UTC).date()
}

/// How near the end of a guest's time is. Each stage lasts until the next begins; a notice of a stage that is over is not
/// made up for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuestStage {
    /// Thirty-one days before.
    ThirtyOne,
    /// Seven days before.
    Seven,
    /// The day before.
    One,
}

impl GuestStage {
    /// Every stage, the earliest first.
    pub const ALL: [Self; 3] = [Self::ThirtyOne, Self::Seven, Self::One];

    /// How many days before the end it begins (R510).
    #[must_use]
    pub const fn days(self) -> i32 {
        match self {
            Self::ThirtyOne => 31,
            Self::Seven => 7,
            Self::One => 1,
        }
    }

    /// The stage that many days before the end; none long before it and none after it.
    #[must_use]
    pub const fn of(days_left: i32) -> Option<Self> {
        match days_left {
            8..=31 => Some(Self::ThirtyOne),
            2..=7 => Some(Self::Seven),
            0..=1 => Some(Self::One),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R510
    #[test]
    fn each_stage_begins_on_its_day_and_ends_with_the_next() {
        for stage in GuestStage::ALL {
            assert_eq!(GuestStage::of(stage.days()), Some(stage));
            assert_ne!(GuestStage::of(stage.days() + 1), Some(stage));
        }
        assert_eq!([32, -1].map(GuestStage::of), [None, None]);
    }

    /// R510
    #[test]
    fn a_guest_stays_a_day_to_a_year() {
        for days in [1, 90, 366] {
            assert_eq!(GuestDays::parse(days).map(|days| i64::from(days.get())), Ok(days));
        }
        for wrong in [i64::MIN, -1, 0, 367, 65_537, i64::MAX] {
            assert_eq!(GuestDays::parse(wrong), Err(Invalid::Number { min: 1, max: 366 }), "{wrong}");
        }
    }
}
