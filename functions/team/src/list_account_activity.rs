//! `GET /api/team/activity`: what was done in the account, by whom, and as what (R513).

use axum::{Json, extract::State};
use domain::Actor;
use serde::Serialize;
use utoipa::ToSchema;
use web::{ApiError, App, Caller, Problem, Query};

use crate::{activity_item::ActivityItem, member_page::MemberPageQuery};

/// A page of what happened, the newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct AccountActivity {
    items: Vec<ActivityItem>,
    /// The cursor of the next page; null on the last. The last page may be empty.
    next: Option<String>,
}

/// Lists everything that was done in the account: by its own people, its partner, guests and the vendor's people, each with
/// what they acted as. For its owner and managers; guests and the partner are shown in it and do not read it.
#[utoipa::path(
    get,
    path = "/api/team/activity",
    tag = "team",
    params(MemberPageQuery),
    responses(
        (status = 200, description = "A page of entries", body = AccountActivity),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or they are no manager of the account", body = Problem),
    ),
)]
pub(crate) async fn list_account_activity(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<MemberPageQuery>,
) -> Result<Json<AccountActivity>, ApiError> {
    const ASKED: &str = "activity of the account";
    let from = caller.open_cursor(ASKED, query.cursor()).await?;
    let start = |right| {
        let (store, from) = (app.store().clone(), from.clone());
        async move { store.list_account_activity(&right, from.as_ref()).await }
    };
    let (_, _, page) = caller.read(start, Actor::may_show_outsiders).await?;
    let next = caller.seal_cursor(ASKED, page.next).await?;
    Ok(Json(AccountActivity { items: page.items.into_iter().map(ActivityItem::from).collect(), next }))
}
