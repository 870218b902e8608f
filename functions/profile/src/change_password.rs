//! `PUT /api/profile/password`: another password, at once (R203).

use axum::extract::State;
use credentials::Password;
use domain::{
    letter::{Message, PasswordChange},
    profile::Reversal,
};
use http::StatusCode;
use serde::Deserialize;
use store::{NewPassword, PasswordUnchanged};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem, Typed};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangedPassword {
    /// The current one.
    #[schema(format = Password)]
    password: String,
    /// Where a second factor is on: six digits of the app, or a recovery code.
    #[serde(default)]
    code: String,
    /// At least 15 characters.
    #[schema(format = Password)]
    new_password: String,
}

/// Changes one's password. All other sessions end.
#[utoipa::path(
    put,
    path = "/api/profile/password",
    tag = "profile",
    request_body = ChangedPassword,
    responses(
        (status = 204, description = "Changed"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 409, description = "It was changed elsewhere at the same time", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn change_password(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<ChangedPassword>,
) -> Result<StatusCode, ApiError> {
    let typed = Typed { password: &body.password, code: &body.code };
    let (actor, stored, counted, link_key) = tokio::join!(
        caller.actor(),
        app.store().stored_proof(caller.user()),
        typed.counted(&app, &caller),
        app.link_key(),
    );
    let (actor, stored) = (actor?, stored?);
    link_key?;
    let right = actor.may_change_password()?;
    let user = actor.user();
    let vendor = app.vendor().await?;
    // Before the current one is asked for: who mistypes the new one has not used up a code of the app.
    let mut fields = Fields::new();
    let new =
        fields.take_password("/new_password", Password::chosen(&body.new_password, &web::known_words(user, &vendor)));
    if new.is_some() && body.new_password == body.password {
        fields.refuse("/new_password", "password_same", Vec::new());
    }
    let new = fields.finish(new)?;
    let proven = counted?.prove(&stored, actor.user()).await?;
    let before = stored.password_hash.ok_or(ApiError::Conflict)?;
    let after = app.hash(new).await?;
    let message = Message::PasswordChanged { how: PasswordChange::Changed };
    let notice = app.notice(user, message, Reversal::Password).await?;
    let new = NewPassword { before: &before, after: after.to_store(), spent: &proven.spent };
    let changed = app.store().change_password(&right, &new, &notice, app.event_id(), app.now()).await;
    changed.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            PasswordUnchanged::Actor => ApiError::Conflict,
            PasswordUnchanged::Code => ApiError::field("/code", "code_wrong"),
        })
    })?;
    Ok(StatusCode::NO_CONTENT)
}
