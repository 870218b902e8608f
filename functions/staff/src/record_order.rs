//! `POST /api/staff/orders`: recording an order (R704), whose code is mailed to the license contact (R105).

use axum::{Json, extract::State};
use credentials::sha256_hex;
use domain::{
    OrderId,
    name::WebAddress,
    number::{CustomerNumber, OrderNumber},
    order::{PurchaseOrder, parse_day},
    profile::optional,
};
use http::StatusCode;
use serde::Deserialize;
use store::{NewLine, NewOrder, NewSerial, Recorded, import::MOST_LINES};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

use crate::orders::{
    StaffOrder, code_letter, granted,
    lines::{self, OrderLineToRecord},
    prepared, refused, too_many_lines,
};

/// An order to record. A field that is left out, null or empty is not said.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderToRecord {
    #[schema(example = "SO-2041")]
    number: String,
    /// The customer number of the account it is for.
    #[schema(example = "C10423")]
    account: String,
    /// The day of the order.
    #[schema(format = Date)]
    date: String,
    /// The customer's own number for it.
    #[serde(default)]
    #[schema(max_length = 80)]
    purchase_order: Option<String>,
    /// Where the invoice is: an address that begins with `https://`.
    #[serde(default)]
    #[schema(max_length = 500)]
    invoice_url: Option<String>,
    /// 1 to 20.
    #[schema(min_items = 1, max_items = 20)]
    lines: Vec<OrderLineToRecord>,
}

/// Records an order: each line grants a license, and the license contact gets a mail with an activation code.
///
/// The same order sent again is recorded once; it is answered as it stands by then.
#[utoipa::path(
    post,
    path = "/api/staff/orders",
    tag = "staff",
    request_body = OrderToRecord,
    responses(
        (status = 201, description = "Recorded, and the mail is on its way", body = StaffOrder),
        (status = 200, description = "Recorded before: nothing was done", body = StaffOrder),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Staff without a second factor", body = Problem),
        (status = 404, description = "Not for this caller", body = Problem),
        (status = 409, description = "Another order has the number, the account is not in use, or something changed at the same time", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn record_order(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<OrderToRecord>,
) -> Result<(StatusCode, Json<StaffOrder>), ApiError> {
    let (new, account) = parse(&body)?;
    let prepare = app.store().prepare_order(&new.number, Some(&account), &new.lines);
    let (right, prepared, mail) = tokio::try_join!(granted(&caller), prepared(prepare), code_letter(&app))?;
    let recorded = app.store().record_order(&right, &new, prepared, &mail, app.event_id(), app.now()).await;
    let (status, order) = match recorded.map_err(|conflict| refused(conflict, "/lines"))? {
        Recorded::New(order) => (StatusCode::CREATED, order),
        Recorded::Before(order) => (StatusCode::OK, order),
    };
    Ok((status, Json(StaffOrder::of(&order, app.now()))))
}

fn parse(body: &OrderToRecord) -> Result<(NewOrder, CustomerNumber), ApiError> {
    let mut fields = Fields::new();
    let number = fields.take("/number", OrderNumber::parse(&body.number));
    let account = fields.take("/account", CustomerNumber::parse(&body.account));
    let date = fields.take("/date", parse_day(&body.date));
    let text = |text: &'_ Option<String>| text.clone().unwrap_or_default();
    let purchase_order = fields.take("/purchase_order", optional(&text(&body.purchase_order), PurchaseOrder::parse));
    let invoice_url = fields.take("/invoice_url", optional(&text(&body.invoice_url), WebAddress::parse));
    if body.lines.is_empty() || body.lines.len() > MOST_LINES {
        return Err(too_many_lines("/lines"));
    }
    let lines = lines::parse(&body.lines, "/lines", &mut fields);
    let parsed = (|| Some((number?, account?, date?, purchase_order?, invoice_url?, lines?)))();
    let (number, account, date, purchase_order, invoice_url, lines) = fields.finish(parsed)?;
    let mut new = NewOrder {
        id: OrderId::of_day(date, credentials::random()),
        number,
        date,
        purchase_order,
        invoice_url,
        lines,
        fingerprint: String::new(),
    };
    new.fingerprint = fingerprint(&new, &account);
    Ok((new, account))
}

/// What an order says, in short: the same, however it was spelled. A serial number that was drawn is not of it.
fn fingerprint(order: &NewOrder, account: &CustomerNumber) -> String {
    let text = |it: Option<String>| it.unwrap_or_default();
    let mut said = vec![
        order.number.to_string(),
        account.to_string(),
        order.date.to_string(),
        text(order.purchase_order.as_ref().map(ToString::to_string)),
        text(order.invoice_url.as_ref().map(ToString::to_string)),
    ];
    for NewLine { product, license_type, seats, days, serial } in &order.lines {
        let (serial, trial) = match serial {
            NewSerial::Given(serial) => (serial.to_string(), String::new()),
            NewSerial::OfTrial(serial) => (String::new(), serial.to_string()),
            NewSerial::Drawn(_) => (String::new(), String::new()),
        };
        said.extend([
            product.to_string(),
            license_type.name().to_owned(),
            seats.to_string(),
            days.starts_on.to_string(),
            text(days.ends_on.map(|end| end.to_string())),
            text(days.maintenance_ends_on.map(|end| end.to_string())),
            serial,
            trial,
        ]);
    }
    // None of it holds a control character.
    sha256_hex(said.join("\u{1f}").as_bytes())
}
