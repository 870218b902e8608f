//! `GET /api/staff/requests/{id}`: one thing that was asked of the vendor (R705).

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{Actor, RequestId, access::Denied};
use store::DeskRequest;
use web::{ApiError, App, Caller, Problem};

use crate::desk_item::DeskItem;

/// Shows one thing that was asked of the vendor and is not decided.
#[utoipa::path(
    get,
    path = "/api/staff/requests/{id}",
    tag = "staff",
    params(("id" = String, Path, description = "As the list names it")),
    responses(
        (status = 200, description = "As it stands", body = DeskItem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "Decided, never asked, or not for this caller", body = Problem),
    ),
)]
pub(crate) async fn show_request(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
) -> Result<Json<DeskItem>, ApiError> {
    let (actor, request) = find(&app, &caller, id).await?;
    let right = actor.may_work_desk()?;
    Ok(Json(DeskItem::of(request, &right, &actor.user().email)))
}

/// A request by the id of a path, for somebody at the desk.
pub(crate) async fn find(
    app: &App,
    caller: &Caller,
    id: Result<Path<String>, PathRejection>,
) -> Result<(Actor, DeskRequest), ApiError> {
    let id = parse(id);
    let query = |right| {
        let store = app.store().clone();
        async move {
            match id {
                None => Ok(None),
                Some(id) => store.find_request(&right, id).await,
            }
        }
    };
    let (actor, _, request) = caller.read(query, Actor::may_list_requests).await?;
    Ok((actor, request.ok_or(Denied::Hidden)?))
}

/// The id of a path; none for what is none.
pub(crate) fn parse(id: Result<Path<String>, PathRejection>) -> Option<RequestId> {
    id.ok().and_then(|Path(id)| RequestId::parse(&id).ok())
}
