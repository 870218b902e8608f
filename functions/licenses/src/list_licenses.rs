//! `GET /api/licenses`: my licenses, by order (R401).

use axum::{Json, extract::State};
use domain::{
    Actor, Date, Invalid, SignedDuration, TimeZone, Timestamp,
    license::{License, LicenseSort},
    number::SerialNumber,
    page::PageSize,
    rights::LicenseScope,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, App, Caller, Fields, Problem, Query};

use crate::license_item::LicenseItem;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct LicenseQuery {
    /// `-order` (newest order first, the default), `order` (oldest first) or `end` (those that end, soonest first).
    sort: Option<String>,
    /// With `sort=end` only: `today` leaves out what has ended. Without it, what ended first comes first.
    from: Option<String>,
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
    items: Vec<ListedLicense>,
    /// The cursor of the next page; null on the last. The last page may be empty.
    next: Option<String>,
    /// `account`: all of the account's licenses. `assigned`: those assigned to the person.
    scope: &'static str,
}

/// A license, and the order it came with.
#[derive(Serialize, ToSchema)]
struct ListedLicense {
    #[serde(flatten)]
    license: LicenseItem,
    /// Null for somebody who may not view orders.
    order: Option<OrderItem>,
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
    let now = app.now();
    let (sort, serial, size) = parse(&query, now)?;
    // Without the day: it may pass while somebody turns pages.
    let asked = format!("licenses {:?} {:?} {}", query.sort, query.from, size.get());
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
    let (actor, right, mut page) = caller.read(start, Actor::may_list_licenses).await?;
    let zone = actor.account().map_or(TimeZone::UTC, |account| account.zone.zone());
    if let LicenseSort::SoonestEnd(Some(_)) = sort {
        let today = now.to_zoned(zone.clone()).date();
        let over = page.items.first().is_some_and(|license| license.ends_on.is_some_and(|end| end < today));
        // Where the account is, the day may have begun already: what ended with the day before is not asked for.
        if over && serial.is_none() && from.is_none() {
            let sort = LicenseSort::SoonestEnd(Some(today));
            page = app.store().list_licenses(&right, sort, size, None).await?;
        }
    }
    Ok(Json(Licenses {
        items: page.items.into_iter().map(|license| item(license, right.scope(), now, &zone)).collect(),
        next: caller.seal_cursor(&asked, page.next).await?,
        scope: match right.scope() {
            LicenseScope::Account => "account",
            LicenseScope::Assigned => "assigned",
        },
    }))
}

fn parse(query: &LicenseQuery, now: Timestamp) -> Result<(LicenseSort, Option<SerialNumber>, PageSize), ApiError> {
    let mut fields = Fields::new();
    let by_end = query.sort.as_deref() == Some("end");
    let from = fields.take(
        "/from",
        match query.from.as_deref() {
            None => Ok(None),
            Some("today") if by_end => Ok(Some(earliest_today(now))),
            Some(_) => Err(Invalid::Choice { allowed: "today, with sort=end" }),
        },
    );
    let sort = fields.take(
        "/sort",
        match query.sort.as_deref() {
            None | Some("-order") => Ok(LicenseSort::NewestOrder),
            Some("order") => Ok(LicenseSort::OldestOrder),
            Some("end") => Ok(LicenseSort::SoonestEnd(from.flatten())),
            Some(_) => Err(Invalid::Choice { allowed: "-order, order, end" }),
        },
    );
    let serial = query.serial.as_deref().filter(|serial| !serial.trim().is_empty());
    let serial = serial.map(|serial| fields.take("/serial", SerialNumber::parse(serial)));
    let size = fields.take("/limit", query.limit.map_or(Ok(PageSize::default()), PageSize::new));
    let taken = sort.zip(size).map(|(sort, size)| (sort, serial.flatten(), size));
    fields.finish(taken).map_err(ApiError::in_query)
}

/// The date where the day begins last, twelve hours behind UTC: nowhere is today earlier.
fn earliest_today(now: Timestamp) -> Date {
    let there = now.checked_sub(SignedDuration::from_hours(12)).unwrap_or(now);
    there.to_zoned(TimeZone::UTC).date()
}

fn item(license: License, scope: LicenseScope, now: Timestamp, zone: &TimeZone) -> ListedLicense {
    let whole = scope == LicenseScope::Account;
    ListedLicense {
        license: LicenseItem::of(&license, whole, now, zone),
        order: whole.then(|| OrderItem {
            number: license.order_number.to_string(),
            date: license.ordered_on,
            line: license.id.line(),
        }),
    }
}
