//! `GET /api/sign-up/account-claims`: the accounts one asked to join (R102).

use axum::{Json, extract::State};
use domain::{Actor, Timestamp};
use serde::Serialize;
use store::PendingRequest;
use utoipa::ToSchema;
use web::{ApiError, App, Caller, Problem};

/// What one asked and is not decided, by number; all of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct MyClaims {
    items: Vec<MyClaim>,
    next: Option<String>,
}

/// Only the number one named oneself: whose it is, and whether it is anybody's, is told once it is verified.
#[derive(Serialize, ToSchema)]
struct MyClaim {
    #[schema(example = "req_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    #[schema(example = "C10423")]
    reference: String,
    #[schema(value_type = String, format = DateTime)]
    asked_at: Timestamp,
}

/// Lists the numbers by which one asked to join an account, for 30 days or until it is decided.
#[utoipa::path(
    get,
    path = "/api/sign-up/account-claims",
    tag = "sign-up",
    responses(
        (status = 200, description = "What one asked", body = MyClaims),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
    ),
)]
pub(crate) async fn list_my_claims(State(app): State<App>, caller: Caller) -> Result<Json<MyClaims>, ApiError> {
    let query = |right| {
        let (store, now) = (app.store().clone(), app.now());
        async move { store.my_claims(&right, now).await }
    };
    let (_, _, claims) = caller.read(query, Actor::may_list_my_claims).await?;
    let item = |claim: PendingRequest| MyClaim {
        id: claim.id.to_string(),
        reference: claim.wish.line(),
        asked_at: claim.asked_at,
    };
    Ok(Json(MyClaims { items: claims.into_iter().map(item).collect(), next: None }))
}
