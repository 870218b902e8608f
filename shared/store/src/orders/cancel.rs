//! Cancelling an order: its licenses open nothing from then on, and stay to be seen.

use domain::{
    EventId, Timestamp,
    letter::{Letter, Message, Recipient},
    license::{License, Seats},
    log::{Event, LogOf},
    name::Reason,
    order::{Cancellation, Order},
    rights::RecordOrders,
};

use super::{FoundOrder, OrderRefused, OrderRow, record::ordered};
use crate::{
    Conflict, Store, TableName, keys,
    ledger::Ledger,
    letters, log, rows,
    transaction::{Transaction, When},
};

impl FoundOrder {
    /// The order's row and revision are what was read, and it is not cancelled.
    pub(super) fn person_unchanged(&self) -> When {
        When::holds("(r = :r OR attribute_not_exists(r)) AND attribute_exists(pk) AND attribute_not_exists(x)")
            .number(":r", self.order.revision)
    }

    pub(super) fn row_of(&self, order: &Order) -> Result<rows::Item, crate::StoreError> {
        rows::to_item(&keys::order(self.account.id, order.id), &OrderRow::of(order, self.fingerprint.as_deref()))
    }
}

impl Store {
    /// Cancels an order: its licenses, the seats of them, and its code if nobody has used it. One that is cancelled stays
    /// as it is, and nothing is written.
    ///
    /// # Errors
    /// [`OrderRefused`] says why not.
    pub async fn cancel_order(
        &self,
        right: &RecordOrders,
        found: &FoundOrder,
        reason: &Reason,
        letter: domain::LetterId,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<OrderRefused>> {
        if found.order.cancelled.is_some() {
            return Ok(());
        }
        let account = &found.account;
        let on = now.to_zoned(account.zone.zone()).date();
        let order = Order {
            cancelled: Some(Cancellation { on, reason: reason.clone() }),
            revision: found.order.revision + 1,
            ..found.order.clone()
        };
        let mut transaction = Transaction::new(self).by(right.authority(), OrderRefused::Actor).put(
            TableName::Accounts,
            found.row_of(&order),
            Some(found.person_unchanged()),
            Some(OrderRefused::Changed),
        );
        if let Some(hash) = found.unused_code() {
            transaction = transaction.cancel_code(hash, OrderRefused::Changed);
        }
        let mut ledger = Ledger::default();
        for (was, row) in &found.licenses {
            let seats = Seats::new(0, was.seats.total()).map_err(crate::StoreError::from)?;
            let is = License { seats, cancelled_on: Some(on), ..was.clone() };
            transaction = transaction.amend(account.id, row, &is, OrderRefused::Changed);
            ledger = ledger.gone(account.id, was).granted(account.id, &is);
        }
        let message = Message::OrderCancelled {
            account_name: account.name.clone(),
            order: order.number.clone(),
            products: ordered(found.lines()),
        };
        let recipient = Recipient::OwnerOf(account.id);
        let letter = Letter { id: letter, recipient, message, written_at: now, link_subject: None };
        let cancelled = Event::OrderCancelled { order: order.number.clone(), reason: reason.clone() };
        transaction
            .write(TableName::Journal, letters::row(&letter))
            .write(
                TableName::Journal,
                log::entry(event, LogOf::Account(account.id), log::By::Staff(right.authority()), &cancelled, now),
            )
            .enter(account.id, ledger)
            .commit()
            .await
    }
}
