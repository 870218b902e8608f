//! `GET /api/staff/products`: what the vendor sells (R703).

use axum::{Json, extract::State};
use domain::{Actor, page::PageSize};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, App, Caller, Problem, Query};

use crate::product::StaffProduct;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProductQuery {
    /// `next` of the page before.
    cursor: Option<String>,
}

/// A page of products, by code.
#[derive(Serialize, ToSchema)]
pub(crate) struct Products {
    items: Vec<StaffProduct>,
    /// The cursor of the next page; null on the last.
    next: Option<String>,
}

/// Lists products.
#[utoipa::path(
    get,
    path = "/api/staff/products",
    tag = "staff",
    params(ProductQuery),
    responses(
        (status = 200, description = "A page of products", body = Products),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "Not for this caller", body = Problem),
    ),
)]
pub(crate) async fn list_products(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ProductQuery>,
) -> Result<Json<Products>, ApiError> {
    const ASKED: &str = "products";
    let from = caller.open_cursor(ASKED, query.cursor.as_deref()).await?;
    let start = |right| {
        let (store, from) = (app.store().clone(), from.clone());
        async move { store.list_products(&right, PageSize::default(), from.as_ref()).await }
    };
    let (_, _, page) = caller.read(start, Actor::may_list_products).await?;
    let next = caller.seal_cursor(ASKED, page.next).await?;
    Ok(Json(Products { items: page.items.into_iter().map(StaffProduct::from).collect(), next }))
}
