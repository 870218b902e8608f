//! `PUT /api/team/review/{user}`: somebody still belongs to the account (R315).

use axum::extract::{Path, State, rejection::PathRejection};
use domain::access::Denied;
use http::StatusCode;
use store::NotKept;
use web::{ApiError, App, Caller, Problem};

use crate::member_page::user_id;

/// Notes, in a review, that somebody still belongs to the account. The owner alone does.
#[utoipa::path(
    put,
    path = "/api/team/review/{user}",
    tag = "team",
    params(("user" = String, Path, description = "The member")),
    responses(
        (status = 204, description = "Noted"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or not the owner", body = Problem),
        (status = 404, description = "The account has no such member", body = Problem),
        (status = 409, description = "Something else changed meanwhile", body = Problem),
    ),
)]
pub(crate) async fn keep_member(
    State(app): State<App>,
    caller: Caller,
    user: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let right = caller.actor().await?.may_review_access()?;
    let user = user_id(user).ok_or(Denied::Hidden)?;
    let kept = app.store().keep_member(&right, user, app.event_id(), app.now()).await;
    kept.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            NotKept::Gone => Denied::Hidden.into(),
            NotKept::Actor => ApiError::Conflict,
        })
    })?;
    Ok(StatusCode::NO_CONTENT)
}
