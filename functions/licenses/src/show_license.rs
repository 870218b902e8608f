//! `GET /api/licenses/{id}`: one license (R401).

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{Actor, Date, TimeZone, access::Denied, rights::LicenseScope};
use serde::Serialize;
use utoipa::ToSchema;
use web::{ApiError, App, Caller, Problem};

use crate::license_item::{LicenseItem, license_id};

/// A license, and the order it came with.
#[derive(Serialize, ToSchema)]
pub(crate) struct ShownLicense {
    #[serde(flatten)]
    license: LicenseItem,
    /// Null for somebody who may not view orders.
    order: Option<ShownOrder>,
}

#[derive(Serialize, ToSchema)]
struct ShownOrder {
    #[schema(example = "SO-20418")]
    number: String,
    #[schema(value_type = String, format = Date)]
    date: Date,
    line: u16,
    /// The customer's own number for the order.
    #[schema(example = "PO 7")]
    purchase_order: Option<String>,
    /// Where the invoice is.
    invoice_url: Option<String>,
}

/// Shows a license: the account's, or, to somebody who may not view orders, one assigned to them.
#[utoipa::path(
    get,
    path = "/api/licenses/{id}",
    tag = "licenses",
    params(("id" = String, Path, description = "The license")),
    responses(
        (status = 200, description = "The license", body = ShownLicense),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
        (status = 404, description = "No license that the person sees", body = Problem),
    ),
)]
pub(crate) async fn show_license(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
) -> Result<Json<ShownLicense>, ApiError> {
    let id = license_id(id);
    let start = |right| {
        let store = app.store().clone();
        async move {
            match id {
                Some(id) => store.show_license(&right, id).await,
                None => Ok(None),
            }
        }
    };
    let (actor, right, shown) = caller.read(start, Actor::may_list_licenses).await?;
    let store::ShownLicense { license, order } = shown.ok_or(Denied::Hidden)?;
    let zone = actor.account().map_or(TimeZone::UTC, |account| account.zone.zone());
    let whole = right.scope() == LicenseScope::Account;
    Ok(Json(ShownLicense {
        order: order.filter(|_| whole).map(|order| ShownOrder {
            number: order.number.to_string(),
            date: order.date,
            line: license.id.line(),
            purchase_order: order.purchase_order.map(String::from),
            invoice_url: order.invoice_url.map(String::from),
        }),
        license: LicenseItem::of(&license, whole, app.now(), &zone),
    }))
}
