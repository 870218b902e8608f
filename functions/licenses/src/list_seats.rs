//! `GET /api/licenses/{id}/seats`: who has a seat of a license (R403).

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{Actor, access::Denied};
use serde::{Deserialize, Serialize};
use store::Holder;
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, App, Caller, Problem, Query};

use crate::license_item::license_id;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeatQuery {
    /// `next` of the page before.
    cursor: Option<String>,
}

/// A page of those who have a seat, in the order in which they came to the portal.
#[derive(Serialize, ToSchema)]
pub(crate) struct SeatHolders {
    items: Vec<SeatHolder>,
    /// The cursor of the next page; null on the last. The last page may be empty.
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct SeatHolder {
    #[schema(example = "usr_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    #[schema(example = "Mia Park")]
    name: String,
    email: String,
    /// Whether they are at work in the account: somebody deactivated keeps the seat until it is released.
    active: bool,
}

/// Lists who has a seat of a license.
#[utoipa::path(
    get,
    path = "/api/licenses/{id}/seats",
    tag = "licenses",
    params(("id" = String, Path, description = "The license"), SeatQuery),
    responses(
        (status = 200, description = "A page of people", body = SeatHolders),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or they may not manage licenses", body = Problem),
        (status = 404, description = "The account has no such license", body = Problem),
    ),
)]
pub(crate) async fn list_seats(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Query(query): Query<SeatQuery>,
) -> Result<Json<SeatHolders>, ApiError> {
    let id = license_id(id);
    let asked = format!("seats {}", id.map(|id| id.to_string()).unwrap_or_default());
    let from = caller.open_cursor(&asked, query.cursor.as_deref()).await?;
    let start = |right| {
        let (store, from) = (app.store().clone(), from.clone());
        async move {
            match id {
                Some(id) => store.list_seats(&right, id, from.as_ref()).await,
                None => Ok(None),
            }
        }
    };
    let (_, _, page) = caller.read(start, Actor::may_list_seats).await?;
    let page = page.ok_or(Denied::Hidden)?;
    let next = caller.seal_cursor(&asked, page.next).await?;
    Ok(Json(SeatHolders { items: page.items.into_iter().map(SeatHolder::from).collect(), next }))
}

impl From<Holder> for SeatHolder {
    fn from(Holder { user, name, email, active }: Holder) -> Self {
        Self { id: user.to_string(), name, email: email.to_string(), active }
    }
}
