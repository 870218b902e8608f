//! Products: what the vendor sells.

use crate::{
    Invalid,
    name::{ProductName, WebAddress},
    number::ProductCode,
};

/// A product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its code, which never changes.
    pub code: ProductCode,
    /// What it is called.
    pub name: ProductName,
    /// Its license terms, where there are some to read before a download (R404).
    pub terms_url: Option<WebAddress>,
    /// How many days it may be tried; none: it cannot be tried (R407).
    pub trial_days: Option<u16>,
    /// How many seats a trial has.
    pub trial_seats: u16,
    /// Not sold any more: nothing new is granted, and what was bought goes on.
    pub withdrawn: bool,
    /// How often it was changed: a change names the revision it was made from.
    pub revision: u32,
}

impl Product {
    /// The longest trial, in days.
    pub const MOST_TRIAL_DAYS: u16 = 365;
    /// The most seats of a trial.
    pub const MOST_TRIAL_SEATS: u16 = 1_000;

    /// Whether an account may try it (R407).
    #[must_use]
    pub const fn may_be_tried(&self) -> bool {
        self.trial_days.is_some() && !self.withdrawn
    }

    /// Reads how long a product may be tried.
    ///
    /// # Errors
    /// [`Invalid::Number`] for no days and for more than [`Product::MOST_TRIAL_DAYS`].
    pub fn parse_trial_days(days: u32) -> Result<u16, Invalid> {
        within(days, Self::MOST_TRIAL_DAYS)
    }

    /// Reads how many seats a trial has.
    ///
    /// # Errors
    /// [`Invalid::Number`] for none and for more than [`Product::MOST_TRIAL_SEATS`].
    pub fn parse_trial_seats(seats: u32) -> Result<u16, Invalid> {
        within(seats, Self::MOST_TRIAL_SEATS)
    }
}

fn within(number: u32, most: u16) -> Result<u16, Invalid> {
    match u16::try_from(number) {
        Ok(number) if number > 0 && number <= most => Ok(number),
        _ => Err(Invalid::Number { min: 1, max: u32::from(most) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trial_has_days_and_seats_within_reason() {
        assert_eq!(Product::parse_trial_days(30), Ok(30));
        for days in [0, 366, 65_536 + 30] {
            assert_eq!(Product::parse_trial_days(days), Err(Invalid::Number { min: 1, max: 365 }), "{days}");
        }
        assert!(Product::parse_trial_seats(1_001).is_err());
    }
}
