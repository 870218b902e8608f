//! The codes of orders: a new one in the place of the old (R105).

use domain::{
    Account, EventId, Timestamp,
    log::{Event, LogOf},
    number::OrderNumber,
    rights::RecordOrders,
};

use super::{FoundOrder, OrderRefused, record::CodeLetter, record::recorded_letter};
use crate::{
    Conflict, Store, TableName,
    claims::{CodeRow, CodeState},
    keys, letters, log, rows,
    transaction::{Transaction, When},
};

impl<A: Clone> Transaction<'_, A> {
    /// Writes the row of a new code, which says all that joining needs to know of the account.
    pub fn code(self, of: &Account, order: &OrderNumber, hash: &str, otherwise: A) -> Self {
        let row = CodeRow {
            a: of.id,
            na: of.name.clone(),
            n: of.number.clone(),
            k: of.kind,
            o: order.clone(),
            t: Some(of.owner),
            st: CodeState::Unused,
            ub: None,
        };
        self.create(TableName::Accounts, rows::to_item(&keys::activation_code(hash), &row), otherwise)
    }

    /// Cancels a code that nobody has used; refused if somebody has meanwhile.
    pub fn cancel_code(self, hash: &str, otherwise: A) -> Self {
        let unused = When::holds("st = :unused").text(":unused", "unused").text(":cancelled", "cancelled");
        let key = keys::activation_code(hash);
        self.update(TableName::Accounts, &key, "SET st = :cancelled", unused, otherwise)
    }
}

impl FoundOrder {
    /// The hash of its code, if nobody has used it.
    pub(super) fn unused_code(&self) -> Option<&str> {
        let unused = self.activation.is_some_and(|code| code.state == CodeState::Unused);
        self.code.as_deref().filter(|_| unused)
    }
}

impl Store {
    /// Writes the activation mail of an order again, with a fresh code; the one before opens nothing any more.
    ///
    /// # Errors
    /// [`OrderRefused`] says why not.
    pub async fn mail_activation(
        &self,
        right: &RecordOrders,
        found: &FoundOrder,
        mail: &CodeLetter,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<OrderRefused>> {
        let (order, account) = (&found.order, &found.account);
        if order.cancelled.is_some() {
            return Err(Conflict::Refused(OrderRefused::Cancelled));
        }
        // The code must be the one that was read, so that of two mails at a time one code is good.
        let same = match &found.code {
            Some(code) => When::holds("c = :was").text(":was", code),
            None => When::holds("attribute_exists(pk) AND attribute_not_exists(c)"),
        };
        let same = same.text(":c", mail.code_hash.clone()).number(":ct", now.as_millisecond());
        let begun = Transaction::new(self)
            .by(right.authority(), OrderRefused::Actor)
            .in_use(account.id, OrderRefused::AccountNotInUse)
            .check(
                TableName::Accounts,
                &keys::order(account.id, order.id),
                When::holds("attribute_exists(pk) AND attribute_not_exists(x)"),
                OrderRefused::Changed,
            )
            .update(
                TableName::Accounts,
                &keys::order_number(&order.number),
                "SET c = :c, ct = :ct",
                same,
                OrderRefused::Changed,
            );
        let replaced = match found.unused_code() {
            None => begun,
            Some(hash) => begun.cancel_code(hash, OrderRefused::Changed),
        };
        let licenses: Vec<_> = found.lines().cloned().collect();
        let mailed = Event::ActivationMailed { order: order.number.clone() };
        replaced
            .code(account, &order.number, &mail.code_hash, OrderRefused::Changed)
            .write(TableName::Journal, letters::row(&recorded_letter(account, order, &licenses, mail.id, now)))
            .write(
                TableName::Journal,
                log::entry(event, LogOf::Account(account.id), log::By::Staff(right.authority()), &mailed, now),
            )
            .commit()
            .await
    }
}
