//! `POST /api/profile/second-factor/removals`: giving the second factor up (R110).

use axum::extract::State;
use domain::letter::Message;
use http::StatusCode;
use web::{ApiError, App, Body, Caller, Problem};

use crate::{factor, proof::WithCode};

/// Turns the second factor off.
///
/// All other sessions end, and the recovery codes are void. Not where the account one works in requires a factor, and not by
/// the vendor's people.
#[utoipa::path(
    post,
    path = "/api/profile/second-factor/removals",
    tag = "profile",
    request_body = WithCode,
    responses(
        (status = 204, description = "It is off"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 409, description = "It is required of this person, or there is none", body = Problem),
        (status = 422, description = "Password or code are needed, or wrong", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn remove_second_factor(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<WithCode>,
) -> Result<StatusCode, ApiError> {
    let (actor, stored, counted, link_key) = tokio::join!(
        caller.actor(),
        app.store().stored_proof(caller.user()),
        body.typed().counted(&app, &caller),
        app.link_key(),
    );
    let (actor, stored) = (actor?, stored?);
    link_key?;
    let right = actor.may_manage_second_factor()?;
    let proven = counted?.prove(&stored, actor.user()).await?;
    let notice = factor::notice(&app, &actor, Message::SecondFactorOff).await?;
    let removed = app.store().remove_second_factor(&right, &proven.spent, &notice, app.event_id(), app.now()).await;
    removed.map_err(factor::refused)?;
    Ok(StatusCode::NO_CONTENT)
}
