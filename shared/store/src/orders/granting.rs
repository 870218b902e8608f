//! New lines of an order: each grants a license.

use domain::{
    AccountId, LicenseId,
    license::{License, LicenseType, Seats},
    number::{ProductCode, SerialNumber},
    order::{Days, Order},
};

use super::{OrderRefused, Prepared, lookup::Trial};
use crate::{Conflict, StoreError, ledger::Ledger, transaction::Transaction};

/// A line to record.
#[derive(Debug, Clone)]
pub struct NewLine {
    /// The product.
    pub product: ProductCode,
    /// How it is granted.
    pub license_type: LicenseType,
    /// Its seats.
    pub seats: u32,
    /// Its days, which fit one another and the type.
    pub days: Days,
    /// Its serial number.
    pub serial: NewSerial,
}

/// Where a new line's serial number comes from.
#[derive(Debug, Clone)]
pub enum NewSerial {
    /// The vendor chose it.
    Given(SerialNumber),
    /// It was drawn.
    Drawn(SerialNumber),
    /// From a trial of that account, which becomes the license: with its serial number and its seats (R407).
    OfTrial(SerialNumber),
}

impl NewSerial {
    pub(super) const fn number(&self) -> &SerialNumber {
        match self {
            Self::Given(serial) | Self::Drawn(serial) | Self::OfTrial(serial) => serial,
        }
    }
}

/// A transaction that grants lines, what it counts, and the licenses as they are then.
pub(super) struct Granting<'t> {
    pub transaction: Transaction<'t, OrderRefused>,
    pub ledger: Ledger,
    pub licenses: Vec<License>,
}

impl<'t> Granting<'t> {
    pub fn with(transaction: Transaction<'t, OrderRefused>) -> Self {
        Self { transaction, ledger: Ledger::default(), licenses: Vec::new() }
    }

    /// Adds the lines, the first of which has that number.
    pub fn grant(
        mut self,
        prepared: &Prepared,
        order: &Order,
        account: AccountId,
        first: u16,
        lines: &[NewLine],
    ) -> Result<Self, Conflict<OrderRefused>> {
        for ((place, line), number) in lines.iter().enumerate().zip(first..) {
            let license = license(prepared, order, line, LicenseId::of(order.id, number), place)?;
            self = match &line.serial {
                NewSerial::OfTrial(serial) => self.convert(prepared, account, serial, license, place)?,
                NewSerial::Given(_) => self.plain(account, license, OrderRefused::Serial(place)),
                NewSerial::Drawn(_) => self.plain(account, license, OrderRefused::Drawn),
            };
        }
        Ok(self)
    }

    fn plain(mut self, account: AccountId, license: License, taken: OrderRefused) -> Self {
        self.transaction = self.transaction.grant(account, &license, taken, OrderRefused::Revision);
        self.ledger = self.ledger.granted(account, &license);
        self.licenses.push(license);
        self
    }

    fn convert(
        mut self,
        prepared: &Prepared,
        account: AccountId,
        serial: &SerialNumber,
        mut license: License,
        place: usize,
    ) -> Result<Self, Conflict<OrderRefused>> {
        let refused = |why| Err(Conflict::Refused(why));
        let Some(Trial { account: whose, license: trial, row, started }) = prepared.trials.get(serial) else {
            return refused(OrderRefused::Trial(place));
        };
        // Of an order's own trial, what the order says of it would be gone.
        let fits = *whose == account
            && trial.id.order() != license.id.order()
            && trial.license_type == LicenseType::Trial
            && trial.product_code == license.product_code
            && trial.cancelled_on.is_none()
            && trial.serial_number.claim() == serial.claim();
        if !fits {
            return refused(OrderRefused::Trial(place));
        }
        let used = trial.seats.used();
        let Ok(seats) = Seats::new(used, license.seats.total()) else {
            return refused(OrderRefused::TrialSeats(place, used));
        };
        license.seats = seats;
        // As it is written on paper already.
        license.serial_number = trial.serial_number.clone();
        self.transaction = self.transaction.convert(account, (trial.id, row), &license, &OrderRefused::Changed);
        if *started {
            self.transaction = self.transaction.trial_became(account, trial, license.id, OrderRefused::Changed);
        }
        self.ledger = self.ledger.gone(account, trial).granted(account, &license);
        self.licenses.push(license);
        Ok(self)
    }
}

fn license(
    prepared: &Prepared,
    order: &Order,
    line: &NewLine,
    id: LicenseId,
    place: usize,
) -> Result<License, Conflict<OrderRefused>> {
    let product = match prepared.products.get(&line.product) {
        None => return Err(Conflict::Refused(OrderRefused::Product(place))),
        Some(product) if product.withdrawn => return Err(Conflict::Refused(OrderRefused::Withdrawn(place))),
        Some(product) => product,
    };
    Ok(License {
        id,
        serial_number: line.serial.number().clone(),
        product_code: product.code.clone(),
        product_name: product.name.clone(),
        license_type: line.license_type,
        seats: Seats::new(0, line.seats).map_err(StoreError::from)?,
        starts_on: line.days.starts_on,
        ends_on: line.days.ends_on,
        maintenance_ends_on: line.days.maintenance_ends_on,
        order_number: order.number.clone(),
        ordered_on: order.date,
        cancelled_on: None,
    })
}
