//! `POST /api/profile/recovery-codes`: new recovery codes in place of those left (R110).

use axum::{Json, extract::State};
use domain::letter::Message;
use web::{ApiError, App, Body, Caller, Problem};

use crate::{
    factor::{self, RecoveryCodes},
    proof::WithCode,
};

/// Makes ten new recovery codes; those before are void.
#[utoipa::path(
    post,
    path = "/api/profile/recovery-codes",
    tag = "profile",
    request_body = WithCode,
    responses(
        (status = 200, description = "The codes, shown this once", body = RecoveryCodes),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 409, description = "There is no second factor, or something else changed meanwhile", body = Problem),
        (status = 422, description = "Password or code are needed, or wrong", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn renew_recovery_codes(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<WithCode>,
) -> Result<Json<RecoveryCodes>, ApiError> {
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
    let (shown, hashes) = RecoveryCodes::make();
    let notice = factor::notice(&app, &actor, Message::RecoveryCodesMade).await?;
    let renewed =
        app.store().renew_recovery_codes(&right, &hashes, &proven.spent, &notice, app.event_id(), app.now()).await;
    renewed.map_err(factor::refused)?;
    Ok(Json(shown))
}
