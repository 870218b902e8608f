//! Orders: purchases with their lines, each of which is a license (R704), and the codes that claim them (R105).

mod amend;
mod cancel;
mod codes;
mod conversion;
mod granting;
mod lookup;
mod record;

use domain::{
    Account, AccountId, Date, LicenseId, OrderId, Timestamp,
    license::License,
    name::{Reason, WebAddress},
    number::OrderNumber,
    order::{Cancellation, Order, PurchaseOrder},
};
use serde::{Deserialize, Serialize};

pub use crate::claims::CodeState;
pub use amend::{AmendedLine, Amendment};
pub use granting::{NewLine, NewSerial};
pub use lookup::Prepared;
pub use record::{CodeLetter, NewOrder, Recorded};

use crate::{StoreError, keys, rows, rows::LicenseRow};

/// What one transaction takes (AWS: 100 actions).
const MOST_ARMS: usize = 100;

/// The row of an order.
#[derive(Serialize, Deserialize)]
pub(crate) struct OrderRow {
    /// number
    pub n: OrderNumber,
    /// day
    pub d: Date,
    /// the customer's own number for it
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub po: Option<PurchaseOrder>,
    /// where the invoice is
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iu: Option<WebAddress>,
    /// what recording it said, in short; an imported order has none
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub f: Option<String>,
    /// when it was cancelled
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<Date>,
    /// why
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y: Option<Reason>,
    /// revision
    #[serde(default)]
    pub r: u32,
}

/// Whose an order number is, with the code that claims the order: whoever looks an order up by its number then finds
/// everything else at once.
#[derive(Serialize, Deserialize)]
pub(crate) struct OrderNumberRow {
    /// the account
    pub a: AccountId,
    /// the order
    pub o: OrderId,
    /// the hash of its activation code
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub c: Option<String>,
    /// when we mailed that, in milliseconds; a code that came with an import was handed out by somebody else
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ct: Option<i64>,
}

impl OrderRow {
    pub fn into_order(self, id: OrderId) -> Order {
        Order {
            id,
            number: self.n,
            date: self.d,
            purchase_order: self.po,
            invoice_url: self.iu,
            cancelled: self.x.zip(self.y).map(|(on, reason)| Cancellation { on, reason }),
            revision: self.r,
        }
    }

    /// The row of the order that a trial's license stands under (R407).
    pub fn of_trial(license: &domain::license::License) -> Self {
        Self {
            n: license.order_number.clone(),
            d: license.ordered_on,
            po: None,
            iu: None,
            f: None,
            x: None,
            y: None,
            r: 0,
        }
    }

    /// The row of an order as it is now; `fingerprint` stays what it was.
    fn of(order: &Order, fingerprint: Option<&str>) -> Self {
        let cancelled = order.cancelled.as_ref();
        Self {
            n: order.number.clone(),
            d: order.date,
            po: order.purchase_order.clone(),
            iu: order.invoice_url.clone(),
            f: fingerprint.map(str::to_owned),
            x: cancelled.map(|it| it.on),
            y: cancelled.map(|it| it.reason.clone()),
            r: order.revision,
        }
    }
}

/// An order with everything that belongs to it.
pub struct FoundOrder {
    /// The order.
    pub order: Order,
    /// Whose it is.
    pub account: Account,
    /// Its code, if it ever had one.
    pub activation: Option<Activation>,
    /// Its licenses, by line, with their rows as read.
    licenses: Vec<(License, LicenseRow)>,
    fingerprint: Option<String>,
    /// The hash of its code.
    code: Option<String>,
}

/// The code that claims an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Activation {
    /// Where it stands.
    pub state: CodeState,
    /// When we mailed it; none if it came with an import.
    pub mailed_at: Option<Timestamp>,
}

impl FoundOrder {
    /// Its licenses, by line.
    pub fn lines(&self) -> impl Iterator<Item = &License> {
        self.licenses.iter().map(|(license, _)| license)
    }

    /// The number that the next line gets.
    fn next_line(&self) -> u16 {
        self.lines().map(|license| license.id.line()).max().unwrap_or_default() + 1
    }
}

/// Why an order was not recorded or changed. Lines are counted from 0, as in what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderRefused {
    /// The person is not (any more) who acts.
    Actor,
    /// There is no such order.
    Unknown,
    /// Another order has the number.
    Number,
    /// No account has the customer number.
    AccountUnknown,
    /// The account is suspended or closed.
    AccountNotInUse,
    /// The order was cancelled.
    Cancelled,
    /// The order was changed since the revision that the change names.
    Revision,
    /// Something else changed at the same time: look again, then try again.
    Changed,
    /// More than one transaction takes.
    TooMany,
    /// More lines than an order has.
    TooManyLines,
    /// A new line's product is not one.
    Product(usize),
    /// A new line's product is not sold any more.
    Withdrawn(usize),
    /// A new line's serial number is somebody's.
    Serial(usize),
    /// A serial number that was drawn is somebody's: draw another.
    Drawn,
    /// What a new line converts is no trial of that product in that account.
    Trial(usize),
    /// A new line has fewer seats than the trial it converts has in use.
    TrialSeats(usize, u32),
    /// The order has no such line.
    Line(usize),
    /// The days of an amended line do not fit: which field, and why.
    Days(usize, &'static str, domain::Invalid),
    /// More seats of that license are in use than it would have.
    SeatsInUse {
        /// The line's number.
        line: u16,
        /// How many.
        used: u32,
    },
}

/// The first and the last key that a license of an order can have.
fn license_keys(account: AccountId, order: OrderId) -> [keys::Key; 2] {
    [0, u16::MAX].map(|line| keys::license(account, LicenseId::of(order, line)))
}

fn license(item: rows::Item) -> Result<(License, LicenseRow), StoreError> {
    let id = LicenseId::parse(rows::sort_key(&item, keys::LICENSE_PREFIX)?)?;
    Ok((rows::from_item::<LicenseRow>(item.clone())?.into_license(id)?, rows::from_item(item)?))
}
