//! `PUT /api/staff/orders/{number}/cancellation`: cancelling an order (R704).

use axum::extract::{Path, State, rejection::PathRejection};
use domain::{LetterId, name::Reason};
use http::StatusCode;
use serde::Deserialize;
use store::{Conflict, OrderRefused};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

use crate::orders::{change, order_number};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CancelledOrder {
    /// Why: for staff, and for the account's log.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// Cancels an order: its licenses open nothing any more, nobody has a seat of them, and their serial numbers stay taken.
///
/// The license contact is told. Said again, it changes nothing.
#[utoipa::path(
    put,
    path = "/api/staff/orders/{number}/cancellation",
    tag = "staff",
    params(("number" = String, Path, description = "The order's number; a `/` in it is written `~`")),
    request_body = CancelledOrder,
    responses(
        (status = 204, description = "It is cancelled"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Staff without a second factor", body = Problem),
        (status = 404, description = "No order, or not for this caller", body = Problem),
        (status = 409, description = "Something changed at the same time: try again", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn cancel_order(
    State(app): State<App>,
    caller: Caller,
    number: Result<Path<String>, PathRejection>,
    Body(body): Body<CancelledOrder>,
) -> Result<StatusCode, ApiError> {
    let mut fields = Fields::new();
    let reason = fields.take("/reason", Reason::parse(&body.reason));
    let (number, reason) = (order_number(number)?, fields.finish(reason)?);
    let (event, now) = (app.event_id(), app.now());
    let letter = LetterId::new(now, credentials::random());
    let act = |right, prepared: store::Prepared| {
        let (app, reason) = (&app, &reason);
        async move {
            let found = prepared.order.ok_or(Conflict::Refused(OrderRefused::Unknown))?;
            app.store().cancel_order(&right, &found, reason, letter, event, now).await
        }
    };
    change(&app, &caller, &number, &[], act).await?;
    Ok(StatusCode::NO_CONTENT)
}
