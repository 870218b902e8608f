//! `GET /api/staff/orders/{number}`: an order with its licenses and its code (R704).

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{Actor, access::Denied};
use web::{ApiError, App, Caller, Problem};

use crate::orders::{StaffOrder, order_number};

/// Shows an order, with where its licenses and its code stand.
#[utoipa::path(
    get,
    path = "/api/staff/orders/{number}",
    tag = "staff",
    params(("number" = String, Path, description = "The order's number; a `/` in it is written `~`")),
    responses(
        (status = 200, description = "The order", body = StaffOrder),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Staff without a second factor", body = Problem),
        (status = 404, description = "No order, or not for this caller", body = Problem),
    ),
)]
pub(crate) async fn show_order(
    State(app): State<App>,
    caller: Caller,
    number: Result<Path<String>, PathRejection>,
) -> Result<Json<StaffOrder>, ApiError> {
    let number = order_number(number);
    let start = |right| {
        let (store, number) = (app.store().clone(), number.clone());
        async move {
            match number {
                Ok(number) => store.find_order(&right, &number).await,
                Err(_) => Ok(None),
            }
        }
    };
    let (_, _, found) = caller.read(start, Actor::may_show_orders).await?;
    let found = found.ok_or(Denied::Hidden)?;
    Ok(Json(StaffOrder::of(&found, app.now())))
}
