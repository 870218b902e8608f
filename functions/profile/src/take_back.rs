//! `POST /api/profile/reversals`: "this was not me" (R202). Whoever holds the link need not be signed in: somebody else
//! may have their session.

use axum::{Json, extract::State};
use domain::{
    LetterId, RequestId, UserId,
    letter::{Message, Recipient},
    request::TakenBack,
};
use serde::{Deserialize, Serialize};
use store::TakeBackRefused;
use utoipa::ToSchema;
use web::{ApiError, App, Body, Problem};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NotMe {
    /// What stands behind the `#` in the mailed link.
    token: String,
}

/// What was taken back.
#[derive(Serialize, ToSchema)]
pub(crate) struct Reverted {
    /// `profile`, `nickname`, `email_request`, `email`, `password`, `second_factor`, `sign_in` or `closure`.
    #[schema(value_type = String, example = "profile")]
    what: TakenBack,
    /// Whether the password is gone: the person makes a new one by mail.
    password_removed: bool,
}

/// Takes a change back, once. All sessions end, and the vendor's desk is told.
#[utoipa::path(
    post,
    path = "/api/profile/reversals",
    tag = "profile",
    request_body = NotMe,
    responses(
        (status = 200, description = "Taken back", body = Reverted),
        (status = 409, description = "Something else changed at the same time", body = Problem),
        (status = 410, description = "The link was used or is too old", body = Problem),
    ),
)]
pub(crate) async fn take_back(State(app): State<App>, Body(body): Body<NotMe>) -> Result<Json<Reverted>, ApiError> {
    let ((user, letter), token) = web::parse_link(&body.token, |subject| {
        let (user, letter) = subject.split_once('-')?;
        Some((UserId::parse(user).ok()?, LetterId::parse(letter).ok()?))
    })?;
    let back = app.store().find_reversal(user, letter, app.now()).await?.ok_or(ApiError::LinkExpired)?;
    if !token.has_hash(&back.undo.token_hash) || app.now() >= back.undo.expires_at {
        return Err(ApiError::LinkExpired);
    }
    let (what, password_removed) = (back.undo.reversal.what(), back.undo.reversal.removes_password());
    let told = app.letter(Recipient::User(user), Message::ChangeTakenBack { what, password_removed });
    let request = RequestId::new(app.now(), credentials::random());
    app.store().take_back(&back, (request, &told), app.event_id(), app.now()).await.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            TakeBackRefused::Link => ApiError::LinkExpired,
            TakeBackRefused::Changed => ApiError::Conflict,
        })
    })?;
    Ok(Json(Reverted { what, password_removed }))
}
