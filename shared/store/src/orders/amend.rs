//! Amending an order: what was agreed on changes, or lines come.

use domain::{
    Date, EventId, Timestamp,
    license::{License, Seats},
    log::{Event, LogOf},
    name::WebAddress,
    order::{Days, Order, PurchaseOrder},
    rights::RecordOrders,
};

use super::{FoundOrder, MOST_ARMS, NewLine, OrderRefused, Prepared, granting::Granting};
use crate::{
    Conflict, Store, TableName, import::MOST_LINES, ledger::Ledger, log, rows::LicenseRow, transaction::Transaction,
};

/// What changes of an order; what is not named stays.
#[derive(Debug, Clone)]
pub struct Amendment {
    /// The revision it was made from, if it is bound to one.
    pub revision: Option<u32>,
    /// The customer's own number for it.
    pub purchase_order: Option<Option<PurchaseOrder>>,
    /// Where the invoice is.
    pub invoice_url: Option<Option<WebAddress>>,
    /// Lines that change, each once.
    pub lines: Vec<AmendedLine>,
    /// Lines that come.
    pub add: Vec<NewLine>,
}

/// What changes of a line.
#[derive(Debug, Clone, Copy)]
pub struct AmendedLine {
    /// Which.
    pub line: u16,
    /// Seats bought.
    pub seats: Option<u32>,
    /// Last day of the contract.
    pub ends_on: Option<Option<Date>>,
    /// Last day on which new releases are covered.
    pub maintenance_ends_on: Option<Option<Date>>,
}

impl AmendedLine {
    fn of(self, was: &License, place: usize) -> Result<License, OrderRefused> {
        let days = Days {
            starts_on: was.starts_on,
            ends_on: self.ends_on.unwrap_or(was.ends_on),
            maintenance_ends_on: self.maintenance_ends_on.unwrap_or(was.maintenance_ends_on),
        };
        if let Some((field, why)) = days.misfits(was.license_type).into_iter().next() {
            return Err(OrderRefused::Days(place, field, why));
        }
        let used = was.seats.used();
        let seats = Seats::new(used, self.seats.unwrap_or(was.seats.total()));
        Ok(License {
            seats: seats.map_err(|_| OrderRefused::SeatsInUse { line: self.line, used })?,
            ends_on: days.ends_on,
            maintenance_ends_on: days.maintenance_ends_on,
            ..was.clone()
        })
    }
}

impl Store {
    /// Amends an order. Nothing is written if nothing is another then.
    ///
    /// # Errors
    /// [`OrderRefused`] says why not; nothing of it was done.
    pub async fn amend_order(
        &self,
        right: &RecordOrders,
        amendment: &Amendment,
        prepared: Prepared,
        event: EventId,
        now: Timestamp,
    ) -> Result<FoundOrder, Conflict<OrderRefused>> {
        let refused = |why| Err(Conflict::Refused(why));
        let Prepared { order: Some(found), .. } = &prepared else { return refused(OrderRefused::Unknown) };
        if found.order.cancelled.is_some() {
            return refused(OrderRefused::Cancelled);
        }
        if amendment.revision.is_some_and(|revision| revision != found.order.revision) {
            return refused(OrderRefused::Revision);
        }
        if found.licenses.len() + amendment.add.len() > MOST_LINES {
            return refused(OrderRefused::TooManyLines);
        }
        let order = Order {
            purchase_order: amendment.purchase_order.clone().unwrap_or(found.order.purchase_order.clone()),
            invoice_url: amendment.invoice_url.clone().unwrap_or(found.order.invoice_url.clone()),
            revision: found.order.revision + 1,
            ..found.order.clone()
        };
        let changed = found.changed(amendment).map_err(Conflict::Refused)?;
        let same = Order { revision: found.order.revision, ..order.clone() } == found.order;
        if same && changed.is_empty() && amendment.add.is_empty() {
            return prepared.order.ok_or(Conflict::Refused(OrderRefused::Unknown));
        }

        let account = found.account.id;
        let mut transaction = Transaction::new(self)
            .by(right.authority(), OrderRefused::Actor)
            .in_use(account, OrderRefused::AccountNotInUse)
            .put(
                TableName::Accounts,
                found.row_of(&order),
                Some(found.person_unchanged()),
                Some(OrderRefused::Changed),
            );
        let mut ledger = Ledger::default();
        for Changed { was, row, is } in &changed {
            transaction = transaction.amend(account, row, is, OrderRefused::Changed);
            ledger = ledger.gone(account, was).granted(account, is);
        }
        let begun = Granting { transaction, ledger, licenses: Vec::new() };
        let granted = begun.grant(&prepared, &order, account, found.next_line(), &amendment.add)?;
        let touched: Vec<License> = changed.iter().map(|line| line.is.clone()).chain(granted.licenses).collect();
        let amended = Event::OrderAmended {
            order: order.number.clone(),
            lines: touched.iter().map(|license| license.id.line()).collect(),
        };
        let entry = log::entry(event, LogOf::Account(account), log::By::Staff(right.authority()), &amended, now);
        let whole = granted.transaction.write(TableName::Journal, entry).enter(account, granted.ledger);
        if whole.arms() > MOST_ARMS {
            return refused(OrderRefused::TooMany);
        }
        whole.commit().await?;
        prepared.order.map(|found| found.amended(order, touched)).ok_or(Conflict::Refused(OrderRefused::Unknown))
    }
}

/// A line that is another then.
struct Changed<'f> {
    was: &'f License,
    row: &'f LicenseRow,
    is: License,
}

impl FoundOrder {
    /// The lines that are others then: as read, and as they will be.
    fn changed(&self, amendment: &Amendment) -> Result<Vec<Changed<'_>>, OrderRefused> {
        let mut changed = Vec::new();
        for (place, line) in amendment.lines.iter().enumerate() {
            let found = self.licenses.iter().find(|(license, _)| license.id.line() == line.line);
            let (was, row) = found.ok_or(OrderRefused::Line(place))?;
            let is = line.of(was, place)?;
            if is != *was {
                changed.push(Changed { was, row, is });
            }
        }
        Ok(changed)
    }

    /// The order with those lines as they are now.
    fn amended(mut self, order: Order, touched: Vec<License>) -> Self {
        self.order = order;
        for license in touched {
            self.licenses.retain(|(was, _)| was.id != license.id);
            let row = LicenseRow::from(&license);
            self.licenses.push((license, row));
        }
        self.licenses.sort_by_key(|(license, _)| license.id);
        self
    }
}
