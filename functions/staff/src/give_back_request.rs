//! `DELETE /api/staff/requests/{id}/owner`: leaving something that was asked to a colleague (R705).

use axum::extract::{Path, State, rejection::PathRejection};
use domain::access::Denied;
use http::StatusCode;
use web::{ApiError, App, Caller, Problem};

use crate::{show_request::parse, take_request::answered};

/// Gives something back, so that a colleague can take it on. Giving back what nobody has changes nothing.
#[utoipa::path(
    delete,
    path = "/api/staff/requests/{id}/owner",
    tag = "staff",
    params(("id" = String, Path, description = "As the list names it")),
    responses(
        (status = 204, description = "Given back"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "Decided, never asked, or not for this caller", body = Problem),
        (status = 409, description = "Somebody else looks after it: `taken` says who", body = Problem),
    ),
)]
pub(crate) async fn give_back_request(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let actor = caller.actor().await?;
    let right = actor.may_work_desk()?;
    let id = parse(id).ok_or(Denied::Hidden)?;
    let given = app.store().give_back_request(&right, id, app.event_id(), app.now()).await;
    answered(&app, &actor, id, given).await
}
