//! `POST /api/profile/email/confirmations`: proving the new address (R204). Whoever holds the link need not be signed in.

use axum::{Json, extract::State};
use credentials::Password;
use domain::{
    UserId, UserStatus,
    letter::{Message, Recipient},
    profile::Reversal,
};
use serde::{Deserialize, Serialize};
use store::EmailRefused;
use utoipa::ToSchema;
use web::{ApiError, App, Body, Fields, Gate, Problem};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EmailProof {
    /// What stands behind the `#` in the mailed link.
    token: String,
    /// The password one signs in with.
    #[schema(format = Password)]
    password: String,
}

/// The address that signs in now.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProvenEmail {
    #[schema(example = "anna@acme.example")]
    email: String,
}

/// Proves an address: from now on it signs in. Works once; all sessions end.
///
/// Takes the link and the password together: whoever opens a link that a stranger had sent to them does not lend their
/// address to the stranger's login.
#[utoipa::path(
    post,
    path = "/api/profile/email/confirmations",
    tag = "profile",
    request_body = EmailProof,
    responses(
        (status = 200, description = "It signs in now", body = ProvenEmail),
        (status = 409, description = "The address has got a login meanwhile", body = Problem),
        (status = 410, description = "The link was used, superseded or is too old", body = Problem),
        (status = 422, description = "Not the password of the login", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn confirm_email(
    State(app): State<App>,
    Body(body): Body<EmailProof>,
) -> Result<Json<ProvenEmail>, ApiError> {
    let (user, token) = web::parse_link(&body.token, |subject| UserId::parse(subject).ok())?;
    let mut fields = Fields::new();
    let password = fields.take_password("/password", Password::typed(&body.password));
    let password = fields.finish(password)?;
    let (gate, found, proof, link_key) = tokio::join!(
        Gate::for_link(&app, token.hash()),
        app.store().find_email_change(user),
        app.store().stored_proof(user),
        app.link_key(),
    );
    let (gate, found) = (gate?, found?);
    link_key?;
    let (Some(pending), Some(user)) = (found.pending, found.user) else { return Err(ApiError::LinkExpired) };
    if !token.has_hash(&pending.token_hash) || app.now() >= pending.link_expires_at || user.status != UserStatus::Active
    {
        return Err(ApiError::LinkExpired);
    }
    if !gate.verify(password, proof?.password_hash).await? {
        return Err(ApiError::field("/password", "password_wrong"));
    }
    let to = |email: &domain::EmailAddress| Recipient::Address {
        email: email.clone(),
        name: user.first_name.clone(),
        language: user.language,
    };
    let changed = Message::EmailChanged { new: pending.email.clone() };
    let notice = app.notice(&user, changed, Reversal::Email { before: user.email.clone() }).await?;
    let to_new = app.letter(to(&pending.email), Message::EmailConfirmed);
    let told = (&notice, &to_new);
    let done = app.store().change_email(&user, &pending, &found.accounts, told, app.event_id(), app.now()).await;
    done.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            EmailRefused::Taken => ApiError::AddressTaken,
            EmailRefused::Actor => ApiError::Conflict,
            EmailRefused::Code | EmailRefused::Owner | EmailRefused::Link | EmailRefused::Throttle => {
                ApiError::LinkExpired
            }
        })
    })?;
    Ok(Json(ProvenEmail { email: pending.email.to_string() }))
}
