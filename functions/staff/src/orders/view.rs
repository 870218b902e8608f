//! An order as staff see it.

use domain::{
    Date, Timestamp,
    license::{License, LicenseState, LicenseType},
};
use serde::Serialize;
use store::{CodeState, FoundOrder};
use utoipa::ToSchema;

/// An order with its lines.
#[derive(Serialize, ToSchema)]
pub(crate) struct StaffOrder {
    #[schema(example = "SO-2041")]
    number: String,
    #[schema(value_type = String, format = Date)]
    date: Date,
    account: OrderAccount,
    /// The customer's own number for it.
    purchase_order: Option<String>,
    /// Where the invoice is.
    invoice_url: Option<String>,
    /// When it was cancelled; null as long as it stands.
    #[schema(value_type = Option<String>, format = Date)]
    cancelled_on: Option<Date>,
    /// Why it was.
    cancelled_because: Option<String>,
    /// How often it was changed: a change names the revision it was made from.
    revision: u32,
    /// Where the code stands that claims it: `unused`, `used` or `cancelled`; null if it never had one. The code itself is
    /// in the mail alone.
    #[schema(value_type = Option<String>, example = "unused")]
    activation_code: Option<CodeState>,
    /// When that was mailed to the license contact; null for a code that was handed out otherwise, before an import.
    #[schema(value_type = Option<String>, format = DateTime)]
    activation_mailed_at: Option<Timestamp>,
    lines: Vec<OrderLine>,
}

/// Whose order it is.
#[derive(Serialize, ToSchema)]
struct OrderAccount {
    #[schema(example = "acc_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    #[schema(example = "C10423")]
    number: String,
    name: String,
}

/// A line of an order: a license.
#[derive(Serialize, ToSchema)]
struct OrderLine {
    line: u16,
    /// The license's id.
    #[schema(example = "lic_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    #[schema(example = "NLD-7Q4M-X2KP-09TV")]
    serial_number: String,
    product: OrderLineProduct,
    /// `perpetual`, `subscription`, `trial` or `demo`.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "subscription")]
    license_type: LicenseType,
    seats: OrderLineSeats,
    #[schema(value_type = String, format = Date)]
    starts_on: Date,
    /// The last day of the contract, in the account's time zone; null: no end.
    #[schema(value_type = Option<String>, format = Date)]
    ends_on: Option<Date>,
    /// The last day on which new releases are covered; null: with the contract.
    #[schema(value_type = Option<String>, format = Date)]
    maintenance_ends_on: Option<Date>,
    /// `active`, `ending` (within 60 days), `ended` or `cancelled`.
    #[schema(value_type = String, example = "active")]
    state: LicenseState,
}

#[derive(Serialize, ToSchema)]
struct OrderLineProduct {
    code: String,
    /// What it was called when the license was granted.
    name: String,
}

#[derive(Serialize, ToSchema)]
struct OrderLineSeats {
    used: u32,
    total: u32,
}

impl StaffOrder {
    pub(crate) fn of(found: &FoundOrder, now: Timestamp) -> Self {
        let (order, account) = (&found.order, &found.account);
        let zone = account.zone.zone();
        let line = |license: &License| OrderLine {
            line: license.id.line(),
            id: license.id.to_string(),
            serial_number: license.serial_number.to_string(),
            product: OrderLineProduct {
                code: license.product_code.to_string(),
                name: license.product_name.to_string(),
            },
            license_type: license.license_type,
            seats: OrderLineSeats { used: license.seats.used(), total: license.seats.total() },
            starts_on: license.starts_on,
            ends_on: license.ends_on,
            maintenance_ends_on: license.maintenance_ends_on,
            state: license.state(now, &zone),
        };
        let (id, number, name) = (account.id.to_string(), account.number.to_string(), account.name.to_string());
        Self {
            number: order.number.to_string(),
            date: order.date,
            account: OrderAccount { id, number, name },
            purchase_order: order.purchase_order.as_ref().map(ToString::to_string),
            invoice_url: order.invoice_url.as_ref().map(ToString::to_string),
            cancelled_on: order.cancelled.as_ref().map(|cancelled| cancelled.on),
            cancelled_because: order.cancelled.as_ref().map(|cancelled| cancelled.reason.to_string()),
            revision: order.revision,
            activation_code: found.activation.map(|code| code.state),
            activation_mailed_at: found.activation.and_then(|code| code.mailed_at),
            lines: found.lines().map(line).collect(),
        }
    }
}
