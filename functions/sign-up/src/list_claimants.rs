//! `GET /api/sign-up/claimants`: who asks to join the account one manages (R102).

use axum::{Json, extract::State};
use domain::{Actor, Timestamp, page::PageSize};
use serde::{Deserialize, Serialize};
use store::PendingClaim;
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, App, Caller, Problem, Query};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClaimantQuery {
    /// `next` of the page before.
    cursor: Option<String>,
}

/// A page of people who ask to join.
#[derive(Serialize, ToSchema)]
pub(crate) struct Claimants {
    items: Vec<Claimant>,
    /// The cursor of the next page; null on the last.
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct Claimant {
    user: AskingPerson,
    /// The number they named.
    #[schema(example = "C10423")]
    reference: String,
    #[schema(value_type = String, format = DateTime)]
    asked_at: Timestamp,
}

/// Who asks, as they were called when they did; the address is proven.
#[derive(Serialize, ToSchema)]
struct AskingPerson {
    #[schema(example = "usr_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    name: String,
    email: String,
}

/// Lists who asks to join the account.
#[utoipa::path(
    get,
    path = "/api/sign-up/claimants",
    tag = "sign-up",
    params(ClaimantQuery),
    responses(
        (status = 200, description = "A page of them", body = Claimants),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
    ),
)]
pub(crate) async fn list_claimants(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ClaimantQuery>,
) -> Result<Json<Claimants>, ApiError> {
    const ASKED: &str = "claimants";
    let from = caller.open_cursor(ASKED, query.cursor.as_deref()).await?;
    let start = |right| {
        let (store, from) = (app.store().clone(), from.clone());
        async move { store.list_claims(&right, PageSize::default(), from.as_ref()).await }
    };
    let (_, _, page) = caller.read(start, Actor::may_list_claims).await?;
    let next = caller.seal_cursor(ASKED, page.next).await?;
    Ok(Json(Claimants { items: page.items.into_iter().map(Claimant::from).collect(), next }))
}

impl From<PendingClaim> for Claimant {
    fn from(claim: PendingClaim) -> Self {
        Self {
            reference: claim.reference().map(ToString::to_string).unwrap_or_default(),
            asked_at: claim.asked_at,
            user: AskingPerson { id: claim.user.to_string(), name: claim.name, email: claim.email.to_string() },
        }
    }
}
