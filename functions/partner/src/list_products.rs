//! `GET /api/partner/products`: what customers can have licenses of (R503).

use axum::{Json, extract::State};
use domain::{Actor, page::PageSize, product::Product};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, App, Caller, Problem, Query};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct NextProducts {
    /// `next` of the page before.
    cursor: Option<String>,
}

/// A page of the vendor's products, by code.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProductNames {
    items: Vec<ProductName>,
    /// The cursor of the next page; null on the last.
    next: Option<String>,
}

/// A product as lists of customers name it.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProductName {
    #[schema(example = "NLD")]
    code: String,
    #[schema(example = "Northlight Draft")]
    name: String,
}

impl From<Product> for ProductName {
    fn from(product: Product) -> Self {
        Self { code: product.code.to_string(), name: product.name.to_string() }
    }
}

/// Lists the products by which a partner's customers can be filtered, those among them that are sold no more.
#[utoipa::path(
    get,
    path = "/api/partner/products",
    tag = "partner",
    params(NextProducts),
    responses(
        (status = 200, description = "A page of products", body = ProductNames),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
        (status = 404, description = "In no account of a partner, or as a guest", body = Problem),
    ),
)]
pub(crate) async fn list_products(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<NextProducts>,
) -> Result<Json<ProductNames>, ApiError> {
    const ASKED: &str = "products of customers";
    let from = caller.open_cursor(ASKED, query.cursor.as_deref()).await?;
    let start = |right| {
        let (store, from) = (app.store().clone(), from.clone());
        async move { store.list_products_for_partner(&right, PageSize::LARGEST, from.as_ref()).await }
    };
    let (_, _, page) = caller.read(start, Actor::may_list_customers).await?;
    let next = caller.seal_cursor(ASKED, page.next).await?;
    Ok(Json(ProductNames { items: page.items.into_iter().map(ProductName::from).collect(), next }))
}
