//! `GET /api/team/access-requests`: what members ask for (R301).

use axum::{Json, extract::State};
use domain::{Actor, Timestamp, member::Wants, page::PageSize};
use serde::{Deserialize, Serialize};
use store::AccessRequest;
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, App, Caller, Problem, Query};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccessQuery {
    /// `next` of the page before.
    cursor: Option<String>,
}

/// A page of what members ask for.
#[derive(Serialize, ToSchema)]
pub(crate) struct AccessRequests {
    items: Vec<AccessItem>,
    /// The cursor of the next page; null on the last. The last page may be empty.
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct AccessItem {
    /// Who asks.
    #[schema(example = "usr_01jd0x5m2nfe4r8v0t6w9y2zab")]
    user: String,
    /// As they were called when they did.
    name: String,
    email: String,
    /// `orders`, `licenses` or `team`.
    #[schema(value_type = String, example = "orders")]
    wants: Wants,
    /// Why, in their words.
    note: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    asked_at: Timestamp,
}

/// Lists what members ask for.
#[utoipa::path(
    get,
    path = "/api/team/access-requests",
    tag = "team",
    params(AccessQuery),
    responses(
        (status = 200, description = "A page of requests", body = AccessRequests),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or they do not look after the team", body = Problem),
    ),
)]
pub(crate) async fn list_access_requests(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<AccessQuery>,
) -> Result<Json<AccessRequests>, ApiError> {
    const ASKED: &str = "access requests";
    let from = caller.open_cursor(ASKED, query.cursor.as_deref()).await?;
    let start = |right| {
        let (store, from) = (app.store().clone(), from.clone());
        async move { store.list_access_requests(&right, PageSize::default(), from.as_ref()).await }
    };
    let (_, _, page) = caller.read(start, Actor::may_list_members).await?;
    let next = caller.seal_cursor(ASKED, page.next).await?;
    Ok(Json(AccessRequests { items: page.items.into_iter().map(AccessItem::from).collect(), next }))
}

impl From<AccessRequest> for AccessItem {
    fn from(request: AccessRequest) -> Self {
        Self {
            user: request.user.to_string(),
            name: request.name,
            email: request.email.to_string(),
            wants: request.wants,
            note: request.note.map(|note| note.to_string()),
            asked_at: request.asked_at,
        }
    }
}
