//! `GET /api/profile`: what one says of oneself, and what the portal says of one (R201).

use axum::{Json, extract::State};
use domain::Actor;
use web::{ApiError, App, Caller, Problem};

use crate::me::MyProfile;

/// One's own profile.
#[utoipa::path(
    get,
    path = "/api/profile",
    tag = "profile",
    responses((status = 200, description = "The profile", body = MyProfile), (status = 401, description = "Nobody is signed in", body = Problem)),
)]
pub(crate) async fn show_profile(State(app): State<App>, caller: Caller) -> Result<Json<MyProfile>, ApiError> {
    let query = |right| {
        let store = app.store().clone();
        async move { store.mine(&right).await }
    };
    let (actor, _, mine) = caller.read(query, Actor::may_show_profile).await?;
    Ok(Json(MyProfile::of(&actor, actor.user(), &mine, app.now())))
}
