//! Renewal reminders: when a contract's end draws near (R405).

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// How near the end is. Each stage lasts until the next begins; a reminder of a stage that is over is not made up for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Sixty days before.
    Sixty,
    /// Thirty days before.
    Thirty,
    /// Seven days before.
    Seven,
}

impl Stage {
    /// Every stage, the earliest first.
    pub const ALL: [Self; 3] = [Self::Sixty, Self::Thirty, Self::Seven];

    /// How many days before the end it begins.
    #[must_use]
    pub const fn days(self) -> i32 {
        match self {
            Self::Sixty => 60,
            Self::Thirty => 30,
            Self::Seven => 7,
        }
    }

    /// The stage that many days before the end; none long before it and none after it.
    #[must_use]
    pub const fn of(days_left: i32) -> Option<Self> {
        match days_left {
            31..=60 => Some(Self::Sixty),
            8..=30 => Some(Self::Thirty),
            0..=7 => Some(Self::Seven),
            _ => None,
        }
    }
}

/// The days left until the end of a contract, where the account is: 0 on its last day, less when it is over.
#[must_use]
pub fn days_left(ends_on: Date, now: Timestamp, zone: &TimeZone) -> i32 {
    let today = now.to_zoned(zone.clone()).date();
    today.until(ends_on).map_or(i32::MAX, |left| left.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R405
    #[test]
    fn each_stage_begins_on_its_day_and_ends_with_the_next() {
        for stage in Stage::ALL {
            assert_eq!(Stage::of(stage.days()), Some(stage));
            assert_ne!(Stage::of(stage.days() + 1), Some(stage));
        }
        assert_eq!(
            [61, 31, 8, 0, -1].map(Stage::of),
            [None, Some(Stage::Sixty), Some(Stage::Thirty), Some(Stage::Seven), None]
        );
    }
}
