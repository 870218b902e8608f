//! `PUT /api/staff/products/{code}`: adding a product, or changing one (R703).

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{
    name::{ProductName, WebAddress},
    number::ProductCode,
    product::Product,
    profile::optional,
};
use serde::Deserialize;
use store::ReleaseRefused;
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

use crate::product::{StaffProduct, code};

/// All of it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewProduct {
    name: String,
    /// The license terms to read before a download, beginning with `https://`; empty for none.
    #[serde(default)]
    terms_url: String,
    /// 1 to 365; null: it cannot be tried.
    #[serde(default)]
    trial_days: Option<u32>,
    /// 1 to 1,000; 1 if not said.
    #[serde(default)]
    trial_seats: Option<u32>,
    /// Not sold any more.
    #[serde(default)]
    withdrawn: bool,
    /// The revision this was made from; null for a new product.
    #[serde(default)]
    revision: Option<u32>,
}

/// Adds a product, or changes it.
///
/// A change names the revision it was made from, so that two people who change it at once do not undo each other.
#[utoipa::path(
    put,
    path = "/api/staff/products/{code}",
    tag = "staff",
    params(("code" = String, Path, description = "2 to 8 capital letters and digits", example = "NLD")),
    request_body = NewProduct,
    responses(
        (status = 200, description = "As it stands now", body = StaffProduct),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "Not for this caller", body = Problem),
        (status = 409, description = "It is there already, or was changed meanwhile", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn change_product(
    State(app): State<App>,
    caller: Caller,
    path: Result<Path<String>, PathRejection>,
    Body(body): Body<NewProduct>,
) -> Result<Json<StaffProduct>, ApiError> {
    let right = caller.actor().await?.may_manage_products()?;
    let product = parse(code(path)?, &body)?;
    let put = app.store().put_product(&right, &product, body.revision, app.event_id(), app.now()).await;
    put.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            ReleaseRefused::Actor | ReleaseRefused::Missing | ReleaseRefused::Changed => ApiError::Conflict,
        })
    })?;
    Ok(Json(product.into()))
}

fn parse(code: ProductCode, body: &NewProduct) -> Result<Product, ApiError> {
    let mut fields = Fields::new();
    let name = fields.take("/name", ProductName::parse(&body.name));
    let terms_url = fields.take("/terms_url", optional(&body.terms_url, WebAddress::parse));
    let trial_days = fields.take("/trial_days", body.trial_days.map(Product::parse_trial_days).transpose());
    let trial_seats = fields.take("/trial_seats", body.trial_seats.map_or(Ok(1), Product::parse_trial_seats));
    let taken = (|| {
        Some(Product {
            code,
            name: name?,
            terms_url: terms_url?,
            trial_days: trial_days?,
            trial_seats: trial_seats?,
            withdrawn: body.withdrawn,
            revision: next(body.revision),
        })
    })();
    fields.finish(taken)
}

/// The revision after that one.
pub(crate) fn next(revision: Option<u32>) -> u32 {
    revision.unwrap_or_default().saturating_add(1)
}
