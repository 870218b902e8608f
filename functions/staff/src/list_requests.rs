//! `GET /api/staff/requests`: what people ask of the vendor (R705).

use axum::{Json, extract::State};
use domain::{Actor, page::PageSize};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, App, Caller, Problem, Query};

use crate::desk_item::DeskItem;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequestQuery {
    /// `next` of the page before.
    cursor: Option<String>,
}

/// A page of what is to be decided, the oldest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeskItems {
    items: Vec<DeskItem>,
    /// The cursor of the next page; null on the last.
    next: Option<String>,
}

/// Lists what people ask of the vendor.
#[utoipa::path(
    get,
    path = "/api/staff/requests",
    tag = "staff",
    params(RequestQuery),
    responses(
        (status = 200, description = "A page of what is to be decided", body = DeskItems),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "Not for this caller", body = Problem),
    ),
)]
pub(crate) async fn list_requests(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<RequestQuery>,
) -> Result<Json<DeskItems>, ApiError> {
    const ASKED: &str = "requests";
    let from = caller.open_cursor(ASKED, query.cursor.as_deref()).await?;
    let start = |right| {
        let (store, from) = (app.store().clone(), from.clone());
        async move { store.list_requests(&right, PageSize::default(), from.as_ref()).await }
    };
    let (actor, _, page) = caller.read(start, Actor::may_list_requests).await?;
    let right = actor.may_work_desk()?;
    let next = caller.seal_cursor(ASKED, page.next).await?;
    let address = &actor.user().email;
    Ok(Json(DeskItems {
        items: page.items.into_iter().map(|request| DeskItem::of(request, &right, address)).collect(),
        next,
    }))
}
