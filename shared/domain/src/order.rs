//! Orders: purchases, and what is agreed on in them.

use jiff::civil::Date;

use crate::{
    Invalid, OrderId,
    license::LicenseType,
    name::{Reason, WebAddress},
    number::OrderNumber,
    text,
};

text::text_type! {
    /// The customer's own number for an order, 1 to 80 characters.
    PurchaseOrder, |text| text::line(text, 80, Invalid::Name)
}

/// Reads a day `YYYY-MM-DD` of the last or the next hundred years; jiff alone reads more forms than people do.
///
/// # Errors
/// [`Invalid::Date`] for any other text.
pub fn parse_day(text: &str) -> Result<Date, Invalid> {
    let text = text.trim();
    let plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    match text.parse::<Date>() {
        Ok(day) if plain && (1950..2150).contains(&day.year()) => Ok(day),
        _ if text.is_empty() => Err(Invalid::Required),
        _ => Err(Invalid::Date),
    }
}

/// A purchase of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its id; the licenses' ids follow from it.
    pub id: OrderId,
    /// The vendor's number.
    pub number: OrderNumber,
    /// The day of the order.
    pub date: Date,
    /// The customer's own number for it.
    pub purchase_order: Option<PurchaseOrder>,
    /// Where the invoice is.
    pub invoice_url: Option<WebAddress>,
    /// That it was cancelled, if it was.
    pub cancelled: Option<Cancellation>,
    /// How often it was changed: a change names the revision it was made from.
    pub revision: u32,
}

/// That an order was cancelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancellation {
    /// When.
    pub on: Date,
    /// Why; staff alone read it.
    pub reason: Reason,
}

/// The days of a license.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub starts_on: Date,
    /// The last of the contract, if it has one.
    pub ends_on: Option<Date>,
    /// The last on which new releases are covered, if that is another.
    pub maintenance_ends_on: Option<Date>,
}

impl Days {
    /// What does not fit, by field: nothing ends before it starts, and a perpetual license alone has no end.
    #[must_use]
    pub fn misfits(&self, license_type: LicenseType) -> Vec<(&'static str, Invalid)> {
        let mut misfits = Vec::new();
        match (license_type, self.ends_on) {
            (LicenseType::Perpetual, Some(_)) => misfits.push(("ends_on", Invalid::EndUnasked)),
            (LicenseType::Subscription | LicenseType::Trial | LicenseType::Demo, None) => {
                misfits.push(("ends_on", Invalid::Required));
            }
            (LicenseType::Perpetual, None) => {}
            (LicenseType::Subscription | LicenseType::Trial | LicenseType::Demo, Some(end)) => {
                if end < self.starts_on {
                    misfits.push(("ends_on", Invalid::EndBeforeStart));
                }
            }
        }
        if self.maintenance_ends_on.is_some_and(|end| end < self.starts_on) {
            misfits.push(("maintenance_ends_on", Invalid::EndBeforeStart));
        }
        misfits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_date_has_one_form() {
        for text in ["20260101", "2026-1-1", "2026-01-01T00:00", "01.01.2026", "2026-02-30", "0026-01-01", "9999-01-01"]
        {
            assert_eq!(parse_day(text), Err(Invalid::Date), "{text}");
        }
        assert!(parse_day("2026-02-28").is_ok());
    }

    #[test]
    fn days_fit_the_license_and_one_another() {
        let (before, start, after) = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31));
        let misfits = |license_type, ends_on, maintenance_ends_on| {
            Days { starts_on: start, ends_on, maintenance_ends_on }.misfits(license_type)
        };
        assert_eq!(misfits(LicenseType::Perpetual, None, Some(after)), []);
        assert_eq!(misfits(LicenseType::Subscription, Some(start), None), [], "a contract of one day");
        assert_eq!(misfits(LicenseType::Perpetual, Some(after), None), [("ends_on", Invalid::EndUnasked)]);
        assert_eq!(misfits(LicenseType::Demo, None, None), [("ends_on", Invalid::Required)]);
        assert_eq!(
            misfits(LicenseType::Subscription, Some(before), Some(before)),
            [("ends_on", Invalid::EndBeforeStart), ("maintenance_ends_on", Invalid::EndBeforeStart)]
        );
    }
}
