//! `PATCH /api/staff/orders/{number}`: amending an order (R704).

use std::collections::BTreeSet;

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{
    Date, Invalid,
    license::Seats,
    name::WebAddress,
    order::{PurchaseOrder, parse_day},
    profile::optional,
};
use serde::{Deserialize, Deserializer};
use store::{AmendedLine, Amendment, import::MOST_LINES};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

use crate::orders::{
    StaffOrder, change,
    lines::{self, OrderLineToRecord},
    order_number, too_many_lines,
};

/// What changes of an order. A field that is left out stays; null (or an empty text) takes it away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderChange {
    /// The revision it was made from: an order that was changed since is not changed then. Not said: whatever it is now.
    #[serde(default)]
    revision: Option<u32>,
    /// The customer's own number for it.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>, max_length = 80)]
    purchase_order: Option<Option<String>>,
    /// Where the invoice is: an address that begins with `https://`.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>, max_length = 500)]
    invoice_url: Option<Option<String>>,
    /// Lines that change, each once.
    #[serde(default)]
    lines: Vec<OrderLineChange>,
    /// Lines that come; an order has at most 20.
    #[serde(default)]
    add: Vec<OrderLineToRecord>,
}

/// What changes of a line. A field that is left out stays; null takes it away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderLineChange {
    /// Which line.
    line: u16,
    /// Never fewer than are in use.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 100_000)]
    seats: Option<u32>,
    /// The last day of the contract; a perpetual license alone has none.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>, format = Date)]
    ends_on: Option<Option<String>>,
    /// The last day on which new releases are covered; null: with the contract.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>, format = Date)]
    maintenance_ends_on: Option<Option<String>>,
}

/// Tells what is null from what is not said.
fn said<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(value).map(Some)
}

/// Amends an order: what it says, the seats and days of its lines, and lines that come.
///
/// All of it or nothing; members' lists follow.
#[utoipa::path(
    patch,
    path = "/api/staff/orders/{number}",
    tag = "staff",
    params(("number" = String, Path, description = "The order's number; a `/` in it is written `~`")),
    request_body = OrderChange,
    responses(
        (status = 200, description = "The order as it stands now", body = StaffOrder),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Staff without a second factor", body = Problem),
        (status = 404, description = "No order, or not for this caller", body = Problem),
        (status = 409, description = "More seats are in use, the order was changed or cancelled, or the account is not in use", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn amend_order(
    State(app): State<App>,
    caller: Caller,
    number: Result<Path<String>, PathRejection>,
    Body(body): Body<OrderChange>,
) -> Result<Json<StaffOrder>, ApiError> {
    let (number, amendment) = (order_number(number)?, parse(&body)?);
    let (event, now) = (app.event_id(), app.now());
    let act = |right, prepared| {
        let (app, amendment) = (&app, &amendment);
        async move { app.store().amend_order(&right, amendment, prepared, event, now).await }
    };
    let order = change(&app, &caller, &number, &amendment.add, act).await?;
    Ok(Json(StaffOrder::of(&order, now)))
}

fn parse(body: &OrderChange) -> Result<Amendment, ApiError> {
    if body.lines.len() > MOST_LINES {
        return Err(too_many_lines("/lines"));
    }
    if body.add.len() > MOST_LINES {
        return Err(too_many_lines("/add"));
    }
    let mut fields = Fields::new();
    let purchase_order = fields.take("/purchase_order", cleared(&body.purchase_order, PurchaseOrder::parse));
    let invoice_url = fields.take("/invoice_url", cleared(&body.invoice_url, WebAddress::parse));
    let mut named = BTreeSet::new();
    let mut changed = Vec::with_capacity(body.lines.len());
    for (place, line) in body.lines.iter().enumerate() {
        if !named.insert(line.line) {
            fields.take::<()>(&format!("/lines/{place}/line"), Err(Invalid::Twice));
        }
        changed.push(parse_line(line, place, &mut fields));
    }
    let add = lines::parse(&body.add, "/add", &mut fields);
    let lines: Option<Vec<AmendedLine>> = changed.into_iter().collect();
    let parsed = (|| {
        let (purchase_order, invoice_url) = (purchase_order?, invoice_url?);
        Some(Amendment { revision: body.revision, purchase_order, invoice_url, lines: lines?, add: add? })
    })();
    fields.finish(parsed)
}

fn parse_line(line: &OrderLineChange, place: usize, fields: &mut Fields) -> Option<AmendedLine> {
    let at = |field: &str| format!("/lines/{place}/{field}");
    let day = |text: &Option<Option<String>>| -> Result<Option<Option<Date>>, Invalid> { cleared(text, parse_day) };
    let seats = line.seats.map(|seats| Seats::new(0, seats).map(Seats::total)).transpose();
    let seats = fields.take(&at("seats"), seats);
    let ends_on = fields.take(&at("ends_on"), day(&line.ends_on));
    let maintenance_ends_on = fields.take(&at("maintenance_ends_on"), day(&line.maintenance_ends_on));
    Some(AmendedLine { line: line.line, seats: seats?, ends_on: ends_on?, maintenance_ends_on: maintenance_ends_on? })
}

/// A field that stays, is taken away, or is set.
fn cleared<T>(
    text: &Option<Option<String>>,
    parse: impl FnOnce(&str) -> Result<T, Invalid>,
) -> Result<Option<Option<T>>, Invalid> {
    text.as_ref().map(|text| optional(text.as_deref().unwrap_or_default(), parse)).transpose()
}
