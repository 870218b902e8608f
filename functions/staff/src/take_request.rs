//! `PUT /api/staff/requests/{id}/owner`: looking after something that was asked (R705).

use axum::extract::{Path, State, rejection::PathRejection};
use domain::{Actor, RequestId, access::Denied, desk::StaffPerson};
use http::StatusCode;
use store::{Conflict, TakeRefused};
use web::{ApiError, App, Caller, Problem};

use crate::show_request::parse;

/// Takes something on. Taking it twice is taking it once.
#[utoipa::path(
    put,
    path = "/api/staff/requests/{id}/owner",
    tag = "staff",
    params(("id" = String, Path, description = "As the list names it")),
    responses(
        (status = 204, description = "Taken on"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "Decided, never asked, or not for this caller", body = Problem),
        (status = 409, description = "Somebody else looks after it: `taken` says who", body = Problem),
    ),
)]
pub(crate) async fn take_request(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let actor = caller.actor().await?;
    let right = actor.may_work_desk()?;
    let id = parse(id).ok_or(Denied::Hidden)?;
    let person = StaffPerson::of(actor.user());
    let taken = app.store().take_request(&right, &person, id, app.event_id(), app.now()).await;
    answered(&app, &actor, id, taken).await
}

/// The answer; where the request was refused, whether it is gone or whose it is.
pub(crate) async fn answered(
    app: &App,
    actor: &Actor,
    id: RequestId,
    done: Result<(), Conflict<TakeRefused>>,
) -> Result<StatusCode, ApiError> {
    match done {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(Conflict::Store(error)) => Err(error.into()),
        Err(Conflict::Refused(TakeRefused::Actor)) => Err(ApiError::Conflict),
        Err(Conflict::Refused(TakeRefused::Request)) => {
            let found = app.store().find_request(&actor.may_list_requests()?, id).await?;
            let owner = found.ok_or(Denied::Hidden)?.owner.filter(|owner| owner.id != actor.user().id);
            Err(owner.map_or(ApiError::Conflict, |owner| ApiError::Taken(owner.name)))
        }
    }
}
