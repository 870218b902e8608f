//! `GET /api/staff/products/{code}/releases`: a product's releases (R703).

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{
    Actor,
    page::{Page, PageSize},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, App, Caller, Problem, Query};

use crate::{product::code, release::StaffRelease};

/// Releases of a page: each may have twelve files and a page of notes.
const ROWS: u16 = 20;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReleaseQuery {
    /// `next` of the page before.
    cursor: Option<String>,
}

/// A page of releases, the newest first, whatever their state.
#[derive(Serialize, ToSchema)]
pub(crate) struct StaffReleases {
    items: Vec<StaffRelease>,
    /// The cursor of the next page; null on the last.
    next: Option<String>,
}

/// Lists a product's releases.
#[utoipa::path(
    get,
    path = "/api/staff/products/{code}/releases",
    tag = "staff",
    params(("code" = String, Path, description = "The product's code", example = "NLD"), ReleaseQuery),
    responses(
        (status = 200, description = "A page of releases", body = StaffReleases),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "Not for this caller", body = Problem),
    ),
)]
pub(crate) async fn list_releases(
    State(app): State<App>,
    caller: Caller,
    path: Result<Path<String>, PathRejection>,
    Query(query): Query<ReleaseQuery>,
) -> Result<Json<StaffReleases>, ApiError> {
    let code = code(path).ok();
    let asked = format!("releases of {}", code.as_ref().map_or("", |code| code.as_str()));
    let from = caller.open_cursor(&asked, query.cursor.as_deref()).await?;
    let size = PageSize::new(ROWS).unwrap_or_default();
    let start = |right| {
        let (store, code, from) = (app.store().clone(), code.clone(), from.clone());
        async move {
            match code {
                Some(code) => store.list_releases(&right, &code, size, from.as_ref()).await,
                None => Ok(Page { items: Vec::new(), next: None }),
            }
        }
    };
    let (_, _, page) = caller.read(start, Actor::may_list_products).await?;
    let next = caller.seal_cursor(&asked, page.next).await?;
    Ok(Json(StaffReleases { items: page.items.into_iter().map(StaffRelease::from).collect(), next }))
}
