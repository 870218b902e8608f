//! Recording an order: with its licenses, and the code that claims it, or not at all.

use domain::{
    Account, Date, EventId, LetterId, OrderId, Timestamp,
    letter::{Letter, Message, OrderedProduct, Recipient},
    license::License,
    log::{Event, LogOf},
    name::WebAddress,
    number::OrderNumber,
    order::{Order, PurchaseOrder},
    rights::RecordOrders,
};

use super::{
    Activation, CodeState, FoundOrder, MOST_ARMS, NewLine, OrderNumberRow, OrderRefused, OrderRow, Prepared,
    granting::Granting,
};
use crate::{
    Conflict, Store, TableName, keys, letters, log,
    rows::{self, LicenseRow},
    transaction::Transaction,
};

/// An order to record.
#[derive(Debug, Clone)]
pub struct NewOrder {
    /// Its id.
    pub id: OrderId,
    /// The vendor's number.
    pub number: OrderNumber,
    /// The day of the order.
    pub date: Date,
    /// The customer's own number for it.
    pub purchase_order: Option<PurchaseOrder>,
    /// Where the invoice is.
    pub invoice_url: Option<WebAddress>,
    /// Its lines, in order.
    pub lines: Vec<NewLine>,
    /// What was sent, in short: the same again is known by it.
    pub fingerprint: String,
}

/// A letter that carries an activation code, before it is known what it says.
#[derive(Debug, Clone)]
pub struct CodeLetter {
    /// Its id, from which the code is made.
    pub id: LetterId,
    /// The hash of that code.
    pub code_hash: String,
}

/// What became of an order to record.
pub enum Recorded {
    /// It is there now.
    New(FoundOrder),
    /// It was there already, recorded by the same words; nothing was written.
    Before(FoundOrder),
}

impl Store {
    /// Records an order, unless the same was recorded before.
    ///
    /// # Errors
    /// [`OrderRefused`] says why it was not.
    pub async fn record_order(
        &self,
        right: &RecordOrders,
        new: &NewOrder,
        prepared: Prepared,
        mail: &CodeLetter,
        event: EventId,
        now: Timestamp,
    ) -> Result<Recorded, Conflict<OrderRefused>> {
        let tried = match &prepared.order {
            Some(_) => Err(Conflict::Refused(OrderRefused::Number)),
            None => self.add_order(right, new, &prepared, mail, event, now).await,
        };
        let existing = match (tried, prepared.order) {
            (Ok(order), _) => return Ok(Recorded::New(order)),
            (Err(Conflict::Refused(OrderRefused::Number)), Some(existing)) => existing,
            // Somebody else recorded it meanwhile.
            (Err(Conflict::Refused(OrderRefused::Number)), None) => {
                let item = self.get(TableName::Accounts, keys::order_number(&new.number)).await?;
                let row = item.ok_or(Conflict::Refused(OrderRefused::Changed))?;
                self.order_of(rows::from_item(row)?).await?
            }
            (Err(other), _) => return Err(other),
        };
        match existing.fingerprint.as_ref() == Some(&new.fingerprint) {
            true => Ok(Recorded::Before(existing)),
            false => Err(Conflict::Refused(OrderRefused::Number)),
        }
    }

    async fn add_order(
        &self,
        right: &RecordOrders,
        new: &NewOrder,
        prepared: &Prepared,
        mail: &CodeLetter,
        event: EventId,
        now: Timestamp,
    ) -> Result<FoundOrder, Conflict<OrderRefused>> {
        let Some(account) = &prepared.account else { return Err(Conflict::Refused(OrderRefused::AccountUnknown)) };
        let order = Order {
            id: new.id,
            number: new.number.clone(),
            date: new.date,
            purchase_order: new.purchase_order.clone(),
            invoice_url: new.invoice_url.clone(),
            cancelled: None,
            revision: 0,
        };
        let number = OrderNumberRow {
            a: account.id,
            o: order.id,
            c: Some(mail.code_hash.clone()),
            ct: Some(now.as_millisecond()),
        };
        let row = OrderRow::of(&order, Some(&new.fingerprint));
        let begun = Transaction::new(self)
            .by(right.authority(), OrderRefused::Actor)
            .create(TableName::Accounts, rows::to_item(&keys::order_number(&new.number), &number), OrderRefused::Number)
            .in_use(account.id, OrderRefused::AccountNotInUse)
            .create(
                TableName::Accounts,
                rows::to_item(&keys::order(account.id, order.id), &row),
                OrderRefused::Changed,
            );
        let Granting { transaction, ledger, licenses } =
            Granting::with(begun).grant(prepared, &order, account.id, 1, &new.lines)?;
        let recorded = Event::OrderRecorded { order: order.number.clone() };
        let entry = log::entry(event, LogOf::Account(account.id), log::By::Staff(right.authority()), &recorded, now);
        let whole = transaction
            .code(account, &order.number, &mail.code_hash, OrderRefused::Changed)
            .write(TableName::Journal, letters::row(&recorded_letter(account, &order, &licenses, mail.id, now)))
            .write(TableName::Journal, entry)
            .enter(account.id, ledger);
        if whole.arms() > MOST_ARMS {
            return Err(Conflict::Refused(OrderRefused::TooMany));
        }
        whole.commit().await?;
        Ok(FoundOrder {
            order,
            account: account.clone(),
            activation: Some(Activation { state: CodeState::Unused, mailed_at: Some(now) }),
            licenses: licenses.into_iter().map(|license| (license.clone(), LicenseRow::from(&license))).collect(),
            fingerprint: Some(new.fingerprint.clone()),
            code: Some(mail.code_hash.clone()),
        })
    }
}

/// What the owner is told.
pub(super) fn recorded_letter(
    account: &Account,
    order: &Order,
    licenses: &[License],
    id: LetterId,
    now: Timestamp,
) -> Letter {
    let message = Message::OrderRecorded {
        account_name: account.name.clone(),
        order: order.number.clone(),
        products: ordered(licenses),
    };
    Letter { id, recipient: Recipient::OwnerOf(account.id), message, written_at: now, link_subject: None }
}

pub(super) fn ordered<'l>(licenses: impl IntoIterator<Item = &'l License>) -> Vec<OrderedProduct> {
    let ordered =
        |license: &License| OrderedProduct { name: license.product_name.clone(), seats: license.seats.total() };
    licenses.into_iter().map(ordered).collect()
}
