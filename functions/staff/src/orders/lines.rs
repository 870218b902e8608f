//! Lines of an order as they are sent.

use domain::{
    Date,
    license::{LicenseType, Seats},
    number::{ProductCode, SerialNumber},
    order::{Days, parse_day},
    profile::optional,
};
use serde::Deserialize;
use store::{NewLine, NewSerial};
use utoipa::ToSchema;
use web::Fields;

/// A line to record. A field that is left out, null or empty is not said.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderLineToRecord {
    /// The product's code.
    #[schema(example = "NLD")]
    product: String,
    /// `perpetual`, `subscription`, `trial` or `demo`.
    #[serde(rename = "type")]
    #[schema(example = "subscription")]
    license_type: String,
    #[schema(minimum = 1, maximum = 100_000)]
    seats: u32,
    #[schema(format = Date)]
    starts_on: String,
    /// The last day of the contract; a perpetual license alone has none.
    #[serde(default)]
    #[schema(format = Date)]
    ends_on: Option<String>,
    /// The last day on which new releases are covered; not said: with the contract.
    #[serde(default)]
    #[schema(format = Date)]
    maintenance_ends_on: Option<String>,
    /// One is drawn if not said.
    #[serde(default)]
    #[schema(example = "NLD-7Q4M-X2KP-09TV")]
    serial_number: Option<String>,
    /// The serial number of a trial of the account, which becomes this line's license: it keeps its serial number, and
    /// whoever has a seat keeps it.
    #[serde(default)]
    converts: Option<String>,
}

/// A day, if one is said.
pub(crate) fn day(text: Option<&str>) -> Result<Option<Date>, domain::Invalid> {
    optional(text.unwrap_or_default(), parse_day)
}

/// Reads lines; what is wrong with them is noted at their place under `pointer`.
pub(crate) fn parse(lines: &[OrderLineToRecord], pointer: &str, fields: &mut Fields) -> Option<Vec<NewLine>> {
    let mut claims = Vec::with_capacity(lines.len());
    let mut parsed = Vec::with_capacity(lines.len());
    for (place, sent) in lines.iter().enumerate() {
        let at = format!("{pointer}/{place}");
        let line = line(sent, &at, fields);
        if let Some(NewLine { serial: NewSerial::Given(serial) | NewSerial::OfTrial(serial), .. }) = &line {
            if claims.contains(&serial.claim()) {
                let field = if sent.converts.is_some() { "converts" } else { "serial_number" };
                fields.take::<()>(&format!("{at}/{field}"), Err(domain::Invalid::Twice));
            }
            claims.push(serial.claim());
        }
        parsed.push(line);
    }
    parsed.into_iter().collect()
}

fn line(sent: &OrderLineToRecord, at: &str, fields: &mut Fields) -> Option<NewLine> {
    let product = fields.take(&format!("{at}/product"), ProductCode::parse(&sent.product));
    let license_type = fields.take(&format!("{at}/type"), LicenseType::parse(&sent.license_type));
    let seats = fields.take(&format!("{at}/seats"), Seats::new(0, sent.seats));
    let starts_on = fields.take(&format!("{at}/starts_on"), parse_day(&sent.starts_on));
    let ends_on = fields.take(&format!("{at}/ends_on"), day(sent.ends_on.as_deref()));
    let maintenance = fields.take(&format!("{at}/maintenance_ends_on"), day(sent.maintenance_ends_on.as_deref()));
    let said = |text: &Option<String>| optional(text.as_deref().unwrap_or_default(), SerialNumber::parse);
    let serial = fields.take(&format!("{at}/serial_number"), said(&sent.serial_number));
    let converts = fields.take(&format!("{at}/converts"), said(&sent.converts));
    if let (Some(Some(_)), Some(Some(_))) = (&serial, &converts) {
        fields.refuse(&format!("{at}/serial_number"), "serial_unasked", vec![]);
    }
    let (product, license_type, starts_on) = (product?, license_type?, starts_on?);
    let days = Days { starts_on, ends_on: ends_on?, maintenance_ends_on: maintenance? };
    for (field, why) in days.misfits(license_type) {
        fields.take::<()>(&format!("{at}/{field}"), Err(why));
    }
    let serial = match (converts?, serial?) {
        (Some(trial), _) => NewSerial::OfTrial(trial),
        (None, Some(serial)) => NewSerial::Given(serial),
        (None, None) => NewSerial::Drawn(SerialNumber::drawn(&product, credentials::random())),
    };
    Some(NewLine { product, license_type, seats: seats?.total(), days, serial })
}
