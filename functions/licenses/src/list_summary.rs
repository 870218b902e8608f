//! `GET /api/licenses/summary`: what an account has of each product (R402).

use axum::{Json, extract::State};
use domain::{
    Actor, Date, Invalid, TimeZone, Timestamp,
    license::{LicenseState, LicenseType},
    page::PageSize,
    summary::{ProductSummary, SummarySort},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, App, Caller, Fields, Problem, Query};

use crate::license_item::{ProductItem, SeatsItem};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SummaryQuery {
    /// `product` (the default) or `end` (what ends, soonest first).
    sort: Option<String>,
    /// `next` of the page before, with the same `sort`.
    cursor: Option<String>,
}

/// A page of an account's summary: a row for each product, type and contract end.
#[derive(Serialize, ToSchema)]
pub(crate) struct Summary {
    items: Vec<SummaryItem>,
    /// The cursor of the next page; null on the last. A page may be short, or empty, before that.
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct SummaryItem {
    product: ProductItem,
    /// `perpetual`, `subscription`, `trial` or `demo`.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "subscription")]
    license_type: LicenseType,
    /// The last day, in the account's time zone; null: no end.
    #[schema(value_type = Option<String>, format = Date)]
    ends_on: Option<Date>,
    /// `active`, `ending` (within 60 days) or `ended`.
    #[schema(value_type = String, example = "active")]
    state: LicenseState,
    /// How many licenses.
    licenses: u64,
    /// The seats of all of them.
    seats: SeatsItem,
}

/// Sums up the account's licenses; those whose order was cancelled are not among them.
#[utoipa::path(
    get,
    path = "/api/licenses/summary",
    tag = "licenses",
    params(SummaryQuery),
    responses(
        (status = 200, description = "A page of the summary", body = Summary),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or they may not view orders", body = Problem),
    ),
)]
pub(crate) async fn list_summary(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<SummaryQuery>,
) -> Result<Json<Summary>, ApiError> {
    let mut fields = Fields::new();
    let sort = fields.take(
        "/sort",
        match query.sort.as_deref() {
            None | Some("product") => Ok(SummarySort::Product),
            Some("end") => Ok(SummarySort::SoonestEnd),
            Some(_) => Err(Invalid::Choice { allowed: "product, end" }),
        },
    );
    let sort = fields.finish(sort).map_err(ApiError::in_query)?;
    let asked = format!("summary {sort:?}");
    let from = caller.open_cursor(&asked, query.cursor.as_deref()).await?;
    let start = |right| {
        let (store, from) = (app.store().clone(), from.clone());
        async move { store.list_summary(&right, sort, PageSize::default(), from.as_ref()).await }
    };
    let (actor, _, page) = caller.read(start, Actor::may_show_summary).await?;
    let zone = actor.account().map_or(TimeZone::UTC, |account| account.zone.zone());
    let now = app.now();
    Ok(Json(Summary {
        items: page.items.into_iter().map(|counted| item(counted, now, &zone)).collect(),
        next: caller.seal_cursor(&asked, page.next).await?,
    }))
}

fn item(counted: ProductSummary, now: Timestamp, zone: &TimeZone) -> SummaryItem {
    SummaryItem {
        state: counted.state(now, zone),
        product: ProductItem { code: counted.product_code.to_string(), name: counted.product_name.to_string() },
        license_type: counted.license_type,
        ends_on: counted.ends_on,
        licenses: counted.licenses,
        seats: SeatsItem { used: counted.used, total: counted.total },
    }
}
