//! `GET /api/licenses/{id}/candidates`: who could have a seat of a license (R403).

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{Actor, access::Denied};
use serde::{Deserialize, Serialize};
use store::Candidate;
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, App, Caller, Problem, Query};

use crate::license_item::license_id;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CandidateQuery {
    /// `next` of the page before.
    cursor: Option<String>,
}

/// A page of the account's members, in the order in which they came to the portal.
#[derive(Serialize, ToSchema)]
pub(crate) struct SeatCandidates {
    items: Vec<SeatCandidate>,
    /// The cursor of the next page; null on the last. The last page may be empty.
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct SeatCandidate {
    #[schema(example = "usr_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    #[schema(example = "Mia Park")]
    name: String,
    email: String,
    /// Whether they are at work in the account: only who is can be given a seat.
    active: bool,
    /// Whether they have a seat of this license.
    assigned: bool,
}

/// Lists the account's members, and who of them has a seat of a license.
#[utoipa::path(
    get,
    path = "/api/licenses/{id}/candidates",
    tag = "licenses",
    params(("id" = String, Path, description = "The license"), CandidateQuery),
    responses(
        (status = 200, description = "A page of people", body = SeatCandidates),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or they may not manage licenses", body = Problem),
        (status = 404, description = "The account has no such license", body = Problem),
    ),
)]
pub(crate) async fn list_candidates(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Query(query): Query<CandidateQuery>,
) -> Result<Json<SeatCandidates>, ApiError> {
    let id = license_id(id);
    let asked = format!("candidates {}", id.map(|id| id.to_string()).unwrap_or_default());
    let from = caller.open_cursor(&asked, query.cursor.as_deref()).await?;
    let start = |right| {
        let (store, from) = (app.store().clone(), from.clone());
        async move {
            match id {
                Some(id) => store.list_candidates(&right, id, from.as_ref()).await,
                None => Ok(None),
            }
        }
    };
    let (_, _, page) = caller.read(start, Actor::may_list_seats).await?;
    let page = page.ok_or(Denied::Hidden)?;
    let next = caller.seal_cursor(&asked, page.next).await?;
    Ok(Json(SeatCandidates { items: page.items.into_iter().map(SeatCandidate::from).collect(), next }))
}

impl From<Candidate> for SeatCandidate {
    fn from(Candidate { member, active, assigned }: Candidate) -> Self {
        let (id, name) = (member.user.to_string(), member.full_name());
        Self { id, name, email: member.email.to_string(), active, assigned }
    }
}
