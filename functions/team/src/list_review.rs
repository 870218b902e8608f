//! `GET /api/team/review`: everyone who can get at what is the account's (R315).

use axum::{Json, extract::State};
use domain::{Actor, page::PageSize};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, App, Caller, Problem, Query};

use crate::person_item::PersonItem;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReviewQuery {
    /// `next` of the page before.
    cursor: Option<String>,
}

/// A page of members.
#[derive(Serialize, ToSchema)]
pub(crate) struct Review {
    items: Vec<PersonItem>,
    /// The cursor of the next page; null on the last. The last page may be empty.
    next: Option<String>,
}

/// Lists every member of the account, inactive ones too: who never came first, then who has been away the longest. The
/// owner alone sees it.
#[utoipa::path(
    get,
    path = "/api/team/review",
    tag = "team",
    params(ReviewQuery),
    responses(
        (status = 200, description = "A page of members", body = Review),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or not the owner", body = Problem),
    ),
)]
pub(crate) async fn list_review(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ReviewQuery>,
) -> Result<Json<Review>, ApiError> {
    const ASKED: &str = "review";
    let from = caller.open_cursor(ASKED, query.cursor.as_deref()).await?;
    let start = |right| {
        let (store, from) = (app.store().clone(), from.clone());
        async move { store.list_review(&right, PageSize::default(), from.as_ref()).await }
    };
    let (_, _, page) = caller.read(start, Actor::may_list_review).await?;
    let next = caller.seal_cursor(ASKED, page.next).await?;
    Ok(Json(Review { items: page.items.into_iter().map(PersonItem::from).collect(), next }))
}
