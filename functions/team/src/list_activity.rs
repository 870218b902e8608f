//! `GET /api/team/members/{user}/activity`: what the account's log says of a member (R311).

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{Actor, access::Denied};
use serde::Serialize;
use utoipa::ToSchema;
use web::{ApiError, App, Caller, Problem, Query};

use crate::{
    activity_item::ActivityItem,
    member_page::{MemberPageQuery, user_id},
};

/// A page of what happened, the newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct MemberActivity {
    items: Vec<ActivityItem>,
    /// The cursor of the next page; null on the last. The last page may be empty.
    next: Option<String>,
}

/// Lists what a member did in the account, and what was done about their place in it.
///
/// Nothing of it is from the person's own log: what they do with their login and in other accounts is theirs.
#[utoipa::path(
    get,
    path = "/api/team/members/{user}/activity",
    tag = "team",
    params(("user" = String, Path, description = "The member"), MemberPageQuery),
    responses(
        (status = 200, description = "A page of entries", body = MemberActivity),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or they do not look after the team", body = Problem),
        (status = 404, description = "The account has no such member", body = Problem),
    ),
)]
pub(crate) async fn list_activity(
    State(app): State<App>,
    caller: Caller,
    user: Result<Path<String>, PathRejection>,
    Query(query): Query<MemberPageQuery>,
) -> Result<Json<MemberActivity>, ApiError> {
    let user = user_id(user);
    let asked = format!("activity of {}", user.map(|user| user.to_string()).unwrap_or_default());
    let from = caller.open_cursor(&asked, query.cursor()).await?;
    let start = |right| {
        let (store, from) = (app.store().clone(), from.clone());
        async move {
            match user {
                Some(user) => store.list_activity(&right, user, from.as_ref()).await,
                None => Ok(None),
            }
        }
    };
    let (_, _, page) = caller.read(start, Actor::may_list_members).await?;
    let page = page.ok_or(Denied::Hidden)?;
    let next = caller.seal_cursor(&asked, page.next).await?;
    Ok(Json(MemberActivity { items: page.items.into_iter().map(ActivityItem::from).collect(), next }))
}
