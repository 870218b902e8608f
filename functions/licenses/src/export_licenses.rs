//! `GET /api/licenses/export`: my licenses as a file (R401).

use axum::{extract::State, response::Response};
use domain::{
    Actor, TimeZone, Timestamp,
    license::{License, LicenseSort, LicenseState},
    page::PageSize,
    rights::LicenseScope,
};
use serde::Deserialize;
use utoipa::IntoParams;
use web::{ApiError, App, Caller, Csv, Problem, Query};

/// The columns are named, and written, as in the vendor's own `licenses.csv`, in every language: what is exported can be
/// imported, and a script that reads it need not know who exported it.
const COLUMNS: [&str; 13] = [
    "order",
    "order_date",
    "line",
    "product",
    "product_name",
    "serial_number",
    "type",
    "seats",
    "seats_used",
    "starts_on",
    "ends_on",
    "maintenance_ends_on",
    "state",
];

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportQuery {
    /// `x-portico-next` of the page before.
    cursor: Option<String>,
}

/// Exports licenses: the account's, or those assigned to the person, newest order first.
///
/// A page is text to be put behind the page before as it is: the first begins with the names of the columns. No cell is
/// a formula. What the person may not see is empty.
#[utoipa::path(
    get,
    path = "/api/licenses/export",
    tag = "licenses",
    params(ExportQuery),
    responses(
        (status = 200, description = "A page of the file", body = String, content_type = "text/csv",
            headers(("x-portico-next" = String, description = "The cursor of the next page; not there on the last"))),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
    ),
)]
pub(crate) async fn export_licenses(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ExportQuery>,
) -> Result<Response, ApiError> {
    const ASKED: &str = "licenses export";
    let from = caller.open_cursor(ASKED, query.cursor.as_deref()).await?;
    let start = |right| {
        let (store, from) = (app.store().clone(), from.clone());
        async move { store.list_licenses(&right, LicenseSort::NewestOrder, PageSize::OF_A_FILE, from.as_ref()).await }
    };
    let (actor, right, page) = caller.read(start, Actor::may_list_licenses).await?;
    let zone = actor.account().map_or(TimeZone::UTC, |account| account.zone.zone());
    let mut file = if from.is_some() { Csv::going_on() } else { Csv::beginning(&COLUMNS) };
    for license in &page.items {
        let cells = cells(license, right.scope(), app.now(), &zone);
        file.row(cells.iter().map(String::as_str));
    }
    file.answer("licenses.csv", caller.seal_cursor(ASKED, page.next).await?)
}

fn cells(license: &License, scope: LicenseScope, now: Timestamp, zone: &TimeZone) -> [String; COLUMNS.len()] {
    let of_account = |text: String| match scope {
        LicenseScope::Account => text,
        LicenseScope::Assigned => String::new(),
    };
    let day = |day: Option<domain::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let state = match license.state(now, zone) {
        LicenseState::Active => "active",
        LicenseState::Ending => "ending",
        LicenseState::Ended => "ended",
        LicenseState::Cancelled => "cancelled",
    };
    [
        of_account(license.order_number.to_string()),
        of_account(license.ordered_on.to_string()),
        of_account(license.id.line().to_string()),
        license.product_code.to_string(),
        license.product_name.to_string(),
        license.serial_number.to_string(),
        license.license_type.name().to_owned(),
        of_account(license.seats.total().to_string()),
        of_account(license.seats.used().to_string()),
        license.starts_on.to_string(),
        day(license.ends_on),
        day(license.maintenance_ends_on),
        state.to_owned(),
    ]
}
