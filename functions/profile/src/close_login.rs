//! `POST /api/profile/closure`: closing one's login (R207).

use axum::{extract::State, response::IntoResponse};
use domain::{Actor, TimeZone, letter::Message, profile::Reversal};
use http::StatusCode;
use store::{CLOSING, CloseRefused};
use web::{ApiError, App, Body, Caller, Problem};

use crate::{me::owns, proof::WithCode};

/// Closes one's login. It signs nobody in from now on; support can bring it back for thirty days, then it is purged.
#[utoipa::path(
    post,
    path = "/api/profile/closure",
    tag = "profile",
    request_body = WithCode,
    responses(
        (status = 204, description = "Closed, and the cookie taken away"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 409, description = "An owner leaves no account without one, or something else changed meanwhile", body = Problem),
        (status = 422, description = "Password or code are wrong", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn close_login(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<WithCode>,
) -> Result<impl IntoResponse, ApiError> {
    let query = |right| {
        let store = app.store().clone();
        async move { store.mine(&right).await }
    };
    let (read, counted, link_key) =
        tokio::join!(caller.read(query, Actor::may_show_profile), body.typed().counted(&app, &caller), app.link_key(),);
    let (actor, _, mine) = read?;
    link_key?;
    let right = actor.may_close_login()?;
    if owns(&mine) {
        return Err(ApiError::OwnerCannotClose);
    }
    let proven = counted?.prove(&mine.proof, actor.user()).await?;
    let user = actor.user();
    let until = app.now().checked_add(CLOSING).map_err(ApiError::broken)?;
    let message = Message::LoginClosing { until: until.to_zoned(TimeZone::UTC).date() };
    let notice = app.notice(user, message, Reversal::Closure).await?;
    let closed = app
        .store()
        .close_login(&right, &proven.spent, (user, &mine.accounts), &notice, app.event_id(), app.now())
        .await;
    closed.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            CloseRefused::Actor => ApiError::Conflict,
            CloseRefused::Code => ApiError::field("/code", "code_wrong"),
            CloseRefused::Owner => ApiError::OwnerCannotClose,
        })
    })?;
    Ok(web::cleared(StatusCode::NO_CONTENT))
}
