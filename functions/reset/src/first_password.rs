//! `POST /api/reset/first-passwords`: the first sign-in of a license contact, by an activation code (R105).

use axum::{Json, extract::State};
use credentials::{Password, sha256_hex};
use domain::{
    User, UserStatus,
    code::ActivationCode,
    letter::{Message, PasswordChange},
    profile::Reversal,
};
use serde::{Deserialize, Serialize};
use store::{CodeFound, FirstPasswordRefused, PasswordToSet};
use utoipa::ToSchema;
use web::{ApiError, App, Body, ClientNetwork, Fields, Problem};

/// Codes from one network in an hour. A code has 100 random bits: the bound is on work.
const PER_NETWORK: u32 = 60;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FirstPassword {
    /// 20 characters in any case, with any dashes; `O` is read as `0`, `I` and `L` as `1`.
    #[schema(example = "7Q4MX-2KP09-TVNW3-AB1CD")]
    activation_code: String,
    /// At least 15 characters.
    #[schema(format = Password)]
    password: String,
}

/// A login that can be signed in with now.
#[derive(Serialize, ToSchema)]
pub(crate) struct FirstSignIn {
    /// The address to sign in with.
    #[schema(example = "anna@acme.example")]
    name: String,
}

/// Sets the first password of the license contact to whom an activation code was mailed, and uses the code up.
///
/// Only for a license contact who has never signed in: whoever else holds a code claims its order.
#[utoipa::path(
    post,
    path = "/api/reset/first-passwords",
    tag = "reset",
    request_body = FirstPassword,
    responses(
        (status = 200, description = "The password is set: sign in with it", body = FirstSignIn),
        (status = 409, description = "Something changed at the same time: try again", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn first_password(
    State(app): State<App>,
    network: ClientNetwork,
    Body(body): Body<FirstPassword>,
) -> Result<Json<FirstSignIn>, ApiError> {
    let mut fields = Fields::new();
    let code = fields.take("/activation_code", ActivationCode::parse(&body.activation_code));
    // Judged by what is known of the person once they are; what is no password at all is told with the rest.
    let password = fields.take_password("/password", Password::typed(&body.password));
    let (code, _) = fields.finish(code.zip(password))?;

    let now = app.now();
    let per_network = crate::per_network(&app, "first-password-network", &network, PER_NETWORK).await?;
    let code = sha256_hex(code.bytes());
    let (counted, code, link_key) =
        tokio::join!(app.count(&per_network, now), app.store().find_code(&code), app.link_key());
    counted?;
    link_key?;
    let code = web::usable_code(code?, "/activation_code")?;
    let owner = owner(&app, &code).await?;

    let vendor = app.vendor().await?;
    let mut known = web::known_words(&owner, &vendor);
    known.extend([code.account_name.as_str(), code.customer_number.as_str()]);
    let mut fields = Fields::new();
    let password = fields.take_password("/password", Password::chosen(&body.password, &known));
    let hash = app.hash(fields.finish(password)?).await?;

    let how = PasswordChange::First;
    let message = Message::PasswordChanged { how };
    let notice = app.notice(&owner, message, Reversal::Password).await?;
    let set = PasswordToSet {
        user: &owner,
        nickname: web::first_nickname(&owner),
        hash: hash.to_store(),
        how,
        notice: &notice,
        event: app.event_id(),
        signs_in: false,
    };
    app.store().set_first_password(&code, &set, app.event_id(), now).await.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            FirstPasswordRefused::Code => ApiError::field("/activation_code", "activation_code_used"),
            FirstPasswordRefused::Account => unavailable(),
            FirstPasswordRefused::Owner => has_login(),
            FirstPasswordRefused::Nickname => ApiError::Conflict,
        })
    })?;
    Ok(Json(FirstSignIn { name: owner.email.to_string() }))
}

/// The owner of the code's account, who has never signed in. Whether the account is in use, the write's condition says.
async fn owner(app: &App, code: &CodeFound) -> Result<User, ApiError> {
    let made_for = code.made_for.ok_or_else(unavailable)?;
    let (account, owner) = tokio::join!(app.store().find_account(code.account), app.store().find_person(made_for));
    let account = account?.ok_or_else(unavailable)?;
    // A contact before them may still hold the code that was mailed to that one.
    let owner = owner?.filter(|owner| owner.id == account.owner).ok_or_else(unavailable)?;
    match owner.status {
        UserStatus::Invited => Ok(owner),
        UserStatus::Active | UserStatus::Closing => Err(has_login()),
    }
}

fn unavailable() -> ApiError {
    ApiError::field("/activation_code", "activation_code_unavailable")
}

fn has_login() -> ApiError {
    ApiError::field("/activation_code", "activation_code_has_login")
}
