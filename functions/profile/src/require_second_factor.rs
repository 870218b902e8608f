//! `PUT /api/profile/account/second-factor`: the owner's rule that everyone in the account has a second factor (R110).

use axum::extract::State;
use http::StatusCode;
use serde::Deserialize;
use store::RuleRefused;
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Problem, Typed};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SecondFactorRule {
    /// Whether everyone in the account needs one from now on.
    required: bool,
    #[schema(format = Password)]
    password: String,
    /// Six digits of the app, or a recovery code; needed where a second factor is on.
    #[serde(default)]
    #[schema(example = "287082")]
    code: String,
}

/// Requires a second factor of everyone in the account, or no longer.
///
/// From the next request on, whoever has none can do nothing in the account but set one up. Its owner goes first.
#[utoipa::path(
    put,
    path = "/api/profile/account/second-factor",
    tag = "profile",
    request_body = SecondFactorRule,
    responses(
        (status = 204, description = "So it is"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not the owner, or not at work in the account", body = Problem),
        (status = 409, description = "The owner has no second factor, or something else changed meanwhile", body = Problem),
        (status = 422, description = "Password or code are needed, or wrong", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn require_second_factor(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<SecondFactorRule>,
) -> Result<StatusCode, ApiError> {
    let typed = Typed { password: &body.password, code: &body.code };
    let (actor, stored, counted) =
        tokio::join!(caller.actor(), app.store().stored_proof(caller.user()), typed.counted(&app, &caller),);
    let (actor, stored) = (actor?, stored?);
    let right = actor.may_require_second_factor()?;
    let proven = counted?.prove(&stored, actor.user()).await?;
    let ruled =
        app.store().require_second_factor(&right, body.required, &proven.spent, app.event_id(), app.now()).await;
    ruled.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            RuleRefused::Actor if body.required && !actor.user().second_factor => ApiError::SecondFactorFirst,
            RuleRefused::Actor | RuleRefused::Account => ApiError::Conflict,
            RuleRefused::Code => ApiError::field("/code", "code_wrong"),
        })
    })?;
    Ok(StatusCode::NO_CONTENT)
}
