//! `POST /api/reset/passwords`: a new password by a mailed link (R108), or the first (R104).

use axum::extract::State;
use credentials::Password;
use domain::{
    UserId, UserStatus,
    letter::{INVITATION, Message, PasswordChange},
    profile::Reversal,
};
use http::StatusCode;
use serde::Deserialize;
use store::{PasswordToSet, ResetRefused, Throttle, Way};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Fields, Problem};

/// Tries per link in [`WINDOW`]: only who holds it gets as far as the hash, so the bound is on work. Counted by token
/// and not by person, so that whoever makes tokens up counts against nobody else.
const PER_LINK: u32 = 100;
/// A quarter of an hour.
const WINDOW: i64 = 15 * 60;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPassword {
    /// What stands behind the `#` in the mailed link.
    token: String,
    /// At least 15 characters.
    #[schema(format = Password)]
    password: String,
}

/// Sets a new password by a mailed link.
///
/// Works once: for ten minutes, or 72 hours if the vendor's staff sent it to invite an owner. All sessions of the person end, and a mail tells them; nobody is signed in by it, and a
/// second factor stays on. A password that is refused leaves the link as it is.
#[utoipa::path(
    post,
    path = "/api/reset/passwords",
    tag = "reset",
    request_body = NewPassword,
    responses(
        (status = 204, description = "The password is set: sign in with it"),
        (status = 409, description = "The person changed at the same time: try again", body = Problem),
        (status = 410, description = "The link was used, superseded or is too old", body = Problem),
        (status = 422, description = "Not a password that can be taken", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn set_password(
    State(app): State<App>,
    Body(body): Body<NewPassword>,
) -> Result<StatusCode, ApiError> {
    let ((user, way), token) = web::parse_link(&body.token, as_written)?;
    let now = app.now();
    let tries = Throttle { kind: "reset-link", whom: token.hash(), most: PER_LINK, window: WINDOW };
    // The key of links beside the reads: the notice carries one.
    let (counted, found, link_key) =
        tokio::join!(app.count(&tries, now), app.store().find_reset(user, way), app.link_key());
    counted?;
    link_key?;
    let found = found?.ok_or(ApiError::LinkExpired)?;
    if !token.has_hash(&found.token_hash) || now >= found.link_expires_at {
        return Err(ApiError::LinkExpired);
    }
    let user = &found.user;
    let how = match (user.status, way) {
        (UserStatus::Active, Way::Asked) => PasswordChange::Reset,
        (UserStatus::Invited, Way::Asked | Way::Invited) => PasswordChange::First,
        // Who has a password of their own is invited no more.
        (UserStatus::Active, Way::Invited) | (UserStatus::Closing, _) => return Err(ApiError::LinkExpired),
    };
    let vendor = app.vendor().await?;
    let mut fields = Fields::new();
    let known = web::known_words(user, &vendor);
    let password = fields.take_password("/password", Password::chosen(&body.password, &known));
    let hash = app.hash(fields.finish(password)?).await?;

    let message = Message::PasswordChanged { how };
    let notice = app.notice(user, message, Reversal::Password).await?;
    let set = PasswordToSet {
        user,
        nickname: web::first_nickname(user),
        hash: hash.to_store(),
        how,
        notice: &notice,
        event: app.event_id(),
        signs_in: false,
    };
    app.store().set_password(&found, &set, now).await.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            ResetRefused::Link => ApiError::LinkExpired,
            ResetRefused::Changed => ApiError::Conflict,
        })
    })?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whose link it is and how they come by it: an id in the one spelling that links carry, and what an invitation adds.
fn as_written(text: &str) -> Option<(UserId, Way)> {
    let (id, way) = match text.strip_suffix(INVITATION) {
        Some(id) => (id, Way::Invited),
        None => (text, Way::Asked),
    };
    UserId::parse(id).ok().filter(|parsed| parsed.to_string() == id).map(|user| (user, way))
}
