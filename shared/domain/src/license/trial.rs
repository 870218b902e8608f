//! What a trial grants (R407).

use jiff::{SignedDuration, civil::Date};

use super::{License, LicenseType, Seats};
use crate::{
    Invalid, LicenseId, OrderId,
    number::{OrderNumber, SerialNumber},
    product::Product,
};

/// What is drawn for a trial: of its order, of its serial number and of its order number.
pub type Drawn = ([u8; 10], [u8; 12], [u8; 10]);

impl License {
    /// The license of a trial that starts today, and its last day. None: the days end before it does.
    ///
    /// # Errors
    /// If the product's seats are no number of seats.
    pub fn of_trial(product: &Product, today: Date, drawn: Drawn) -> Result<Option<(Self, Date)>, Invalid> {
        let (order, serial, number) = drawn;
        let days = SignedDuration::from_hours(24 * i64::from(product.trial_days.unwrap_or_default()));
        let Ok(ends_on) = today.checked_add(days) else { return Ok(None) };
        let license = Self {
            id: LicenseId::of(OrderId::of_day(today, order), 1),
            serial_number: SerialNumber::drawn(&product.code, serial),
            product_code: product.code.clone(),
            product_name: product.name.clone(),
            license_type: LicenseType::Trial,
            seats: Seats::new(0, u32::from(product.trial_seats))?,
            starts_on: today,
            ends_on: Some(ends_on),
            maintenance_ends_on: None,
            order_number: OrderNumber::of_trial(number),
            ordered_on: today,
            cancelled_on: None,
        };
        Ok(Some((license, ends_on)))
    }
}
