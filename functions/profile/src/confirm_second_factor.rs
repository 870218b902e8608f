//! `PUT /api/profile/second-factor`: the app's first code turns the factor on (R110).

use axum::{Json, extract::State};
use domain::letter::Message;
use serde::Deserialize;
use store::SecondFactor;
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, CodeGate, Problem};

use crate::factor::{self, RecoveryCodes};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FirstCode {
    /// Six digits of the app.
    #[schema(example = "287082")]
    code: String,
}

/// Turns a second factor on.
///
/// All other sessions end; a factor that was on before, and its recovery codes, are void.
#[utoipa::path(
    put,
    path = "/api/profile/second-factor",
    tag = "profile",
    request_body = FirstCode,
    responses(
        (status = 200, description = "It is on; the recovery codes are shown this once", body = RecoveryCodes),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 409, description = "Something else changed meanwhile", body = Problem),
        (status = 410, description = "Begun too long ago, or not at all", body = Problem),
        (status = 422, description = "The code is wrong", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn confirm_second_factor(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<FirstCode>,
) -> Result<Json<RecoveryCodes>, ApiError> {
    let (actor, stored, link_key) =
        tokio::join!(caller.actor(), app.store().stored_proof(caller.user()), app.link_key());
    let (actor, stored) = (actor?, stored?);
    link_key?;
    let right = actor.may_manage_second_factor()?;
    let enrolment = stored.enrolment.filter(|enrolment| enrolment.waits(app.now())).ok_or(ApiError::LinkExpired)?;
    // Counted for whoever began with the password, and for no session that has ended.
    let step = CodeGate::for_user(&app, actor.user()).await?.check_first(&enrolment, &body.code, app.now())?;
    let (shown, hashes) = RecoveryCodes::make();
    // The code is used with this: it does not sign in as well.
    let new = SecondFactor {
        secret: enrolment.secret.clone(),
        set_at: app.now().as_millisecond(),
        last_step: step,
        recovery: hashes,
    };
    let notice = factor::notice(&app, &actor, Message::SecondFactorOn).await?;
    let confirmed =
        app.store().confirm_second_factor(&right, &enrolment, &new, &notice, app.event_id(), app.now()).await;
    confirmed.map_err(factor::refused)?;
    Ok(Json(shown))
}
