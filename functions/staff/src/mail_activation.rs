//! `POST /api/staff/orders/{number}/activation-mail`: the activation mail again (R105).

use axum::extract::{Path, State, rejection::PathRejection};
use http::StatusCode;
use store::{Conflict, OrderRefused};
use web::{ApiError, App, Caller, Problem};

use crate::orders::{change, code_letter, order_number};

/// Mails the license contact another activation code; the one before opens nothing any more.
#[utoipa::path(
    post,
    path = "/api/staff/orders/{number}/activation-mail",
    tag = "staff",
    params(("number" = String, Path, description = "The order's number; a `/` in it is written `~`")),
    responses(
        (status = 204, description = "The mail is on its way"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Staff without a second factor", body = Problem),
        (status = 404, description = "No order, or not for this caller", body = Problem),
        (status = 409, description = "The order was cancelled, the account is not in use, or something changed at the same time", body = Problem),
    ),
)]
pub(crate) async fn mail_activation(
    State(app): State<App>,
    caller: Caller,
    number: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let number = order_number(number)?;
    let mail = code_letter(&app).await?;
    let (event, now) = (app.event_id(), app.now());
    let act = |right, prepared: store::Prepared| {
        let (app, mail) = (&app, &mail);
        async move {
            let found = prepared.order.ok_or(Conflict::Refused(OrderRefused::Unknown))?;
            app.store().mail_activation(&right, &found, mail, event, now).await
        }
    };
    change(&app, &caller, &number, &[], act).await?;
    Ok(StatusCode::NO_CONTENT)
}
