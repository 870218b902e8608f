//! `GET /api/staff/products/{code}`: a product (R703).

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{Actor, access::Denied};
use web::{ApiError, App, Caller, Problem};

use crate::product::{StaffProduct, code};

/// Shows a product.
#[utoipa::path(
    get,
    path = "/api/staff/products/{code}",
    tag = "staff",
    params(("code" = String, Path, description = "The product's code", example = "NLD")),
    responses(
        (status = 200, description = "The product", body = StaffProduct),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "No such product, or not for this caller", body = Problem),
    ),
)]
pub(crate) async fn show_product(
    State(app): State<App>,
    caller: Caller,
    path: Result<Path<String>, PathRejection>,
) -> Result<Json<StaffProduct>, ApiError> {
    let code = code(path).ok();
    let start = |right| {
        let (store, code) = (app.store().clone(), code.clone());
        async move {
            match code {
                Some(code) => store.product(&right, &code).await,
                None => Ok(None),
            }
        }
    };
    let (_, _, product) = caller.read(start, Actor::may_list_products).await?;
    Ok(Json(product.ok_or(Denied::Hidden)?.into()))
}
