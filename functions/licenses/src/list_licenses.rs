//! `GET /api/licenses`: my licenses, by order (R401).

use axum::{Json, extract::State};
use domain::{
    Actor, Date, Invalid, TimeZone, Timestamp,
    license::{License, LicenseSort, LicenseState, LicenseType},
    number::SerialNumber,
    page::PageSize,
    rights::LicenseScope,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, App, Caller, Fields, Problem, Query};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct LicenseQuery {
    /// `-order` (newest order first, the default), `order` (oldest first) or `end` (those that end, soonest first).
    sort: Option<String>,
    /// Only the license of this serial number, typed in any case, with any dashes; `O` is found as `0`, `I` as `1`.
    serial: Option<String>,
    /// How many to a page: 1 to 100, 50 if not said.
    limit: Option<u16>,
    /// `next` of the page before, with the same `sort` and `limit`.
    cursor: Option<String>,
}

/// A page of licenses.
#[derive(Serialize, ToSchema)]
pub(crate) struct Licenses {
    items: Vec<LicenseItem>,
    /// The cursor of the next page; null on the last. The last page may be empty.
    next: Option<String>,
    /// `account`: all of the account's licenses. `assigned`: those assigned to the person.
    scope: &'static str,
}

#[derive(Serialize, ToSchema)]
struct LicenseItem {
    #[schema(example = "lic_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    #[schema(example = "NLD-7Q4M-X2KP-09TV")]
    serial_number: String,
    product: ProductItem,
    /// `perpetual`, `subscription`, `trial` or `demo`.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "subscription")]
    license_type: LicenseType,
    /// Null for somebody who sees assigned licenses only.
    seats: Option<SeatsItem>,
    #[schema(value_type = String, format = Date)]
    starts_on: Date,
    /// The last day, in the account's time zone; null: no end.
    #[schema(value_type = Option<String>, format = Date)]
    ends_on: Option<Date>,
    /// The last day on which new releases are covered; null: with the contract.
    #[schema(value_type = Option<String>, format = Date)]
    maintenance_ends_on: Option<Date>,
    /// `active`, `ending` (within 60 days) or `ended`.
    #[schema(value_type = String, example = "active")]
    state: LicenseState,
    /// Null for somebody who may not view orders.
    order: Option<OrderItem>,
}

#[derive(Serialize, ToSchema)]
struct ProductItem {
    #[schema(example = "NLD")]
    code: String,
    name: String,
}

#[derive(Serialize, ToSchema)]
struct SeatsItem {
    used: u32,
    total: u32,
}

#[derive(Serialize, ToSchema)]
struct OrderItem {
    #[schema(example = "SO-20418")]
    number: String,
    #[schema(value_type = String, format = Date)]
    date: Date,
    line: u16,
}

/// Lists licenses: the account's, or those assigned to the person.
#[utoipa::path(
    get,
    path = "/api/licenses",
    tag = "licenses",
    params(LicenseQuery),
    responses(
        (status = 200, description = "A page of licenses", body = Licenses),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
    ),
)]
pub(crate) async fn list_licenses(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<LicenseQuery>,
) -> Result<Json<Licenses>, ApiError> {
    let (sort, serial, size) = parse(&query)?;
    let asked = format!("licenses {sort:?} {}", size.get());
    let from = caller.open_cursor(&asked, query.cursor.as_deref()).await?;
    let start = |right| {
        let (store, serial, from) = (app.store().clone(), serial.clone(), from.clone());
        async move {
            match serial {
                Some(serial) => store.find_license_by_serial(&right, &serial).await,
                None => store.list_licenses(&right, sort, size, from.as_ref()).await,
            }
        }
    };
    let (actor, right, page) = caller.read(start, Actor::may_list_licenses).await?;
    let zone = actor.account().map_or(TimeZone::UTC, |account| account.zone.zone());
    let now = app.now();
    Ok(Json(Licenses {
        items: page.items.into_iter().map(|license| item(license, right.scope(), now, &zone)).collect(),
        next: caller.seal_cursor(&asked, page.next).await?,
        scope: match right.scope() {
            LicenseScope::Account => "account",
            LicenseScope::Assigned => "assigned",
        },
    }))
}

fn parse(query: &LicenseQuery) -> Result<(LicenseSort, Option<SerialNumber>, PageSize), ApiError> {
    let mut fields = Fields::new();
    let sort = fields.take(
        "/sort",
        match query.sort.as_deref() {
            None | Some("-order") => Ok(LicenseSort::NewestOrder),
            Some("order") => Ok(LicenseSort::OldestOrder),
            Some("end") => Ok(LicenseSort::SoonestEnd),
            Some(_) => Err(Invalid::Choice { allowed: "-order, order, end" }),
        },
    );
    let serial = query.serial.as_deref().filter(|serial| !serial.trim().is_empty());
    let serial = serial.map(|serial| fields.take("/serial", SerialNumber::parse(serial)));
    let size = fields.take("/limit", query.limit.map_or(Ok(PageSize::default()), PageSize::new));
    let taken = sort.zip(size).map(|(sort, size)| (sort, serial.flatten(), size));
    fields.finish(taken).map_err(ApiError::in_query)
}

fn item(license: License, scope: LicenseScope, now: Timestamp, zone: &TimeZone) -> LicenseItem {
    let state = license.state(now, zone);
    let whole = scope == LicenseScope::Account;
    LicenseItem {
        id: license.id.to_string(),
        serial_number: license.serial_number.to_string(),
        product: ProductItem { code: license.product_code.to_string(), name: license.product_name.to_string() },
        license_type: license.license_type,
        seats: whole.then(|| SeatsItem { used: license.seats.used(), total: license.seats.total() }),
        starts_on: license.starts_on,
        ends_on: license.ends_on,
        maintenance_ends_on: license.maintenance_ends_on,
        state,
        order: whole.then(|| OrderItem {
            number: license.order_number.to_string(),
            date: license.ordered_on,
            line: license.id.line(),
        }),
    }
}
