//! `POST /api/sign-up/confirmations`: proving the address (R101), and, if a code was entered, joining its account (R102).

use axum::{Json, extract::State};
use credentials::Password;
use domain::{EventId, User, UserId, UserStatus, nickname::Nickname};
use serde::{Deserialize, Serialize};
use store::{ConfirmRefused, Conflict, StoredRegistration};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Fields, Gate, Problem};

use crate::{joining, letter};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Proof {
    /// What stands behind the `#` in the mailed link.
    token: String,
    /// The password chosen at sign-up.
    #[schema(format = Password)]
    password: String,
}

/// A login that can be signed in with now.
#[derive(Serialize, ToSchema)]
pub(crate) struct Confirmed {
    /// The address to sign in with.
    email: String,
    claim: ClaimOutcome,
}

/// What became of the activation code entered at sign-up.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ClaimOutcome {
    /// None was entered.
    None,
    /// The person belongs to its account now.
    Verified,
    /// It was used or cancelled meanwhile.
    CodeUsed,
    /// Its account is suspended or closed; the code stays good.
    CodeUnavailable,
}

/// Proves the address: makes the login.
///
/// Works once, and takes the link and the password together: who opens somebody else's sign-up, made with this address
/// and a password they do not know, makes no login of it.
#[utoipa::path(
    post,
    path = "/api/sign-up/confirmations",
    tag = "sign-up",
    request_body = Proof,
    responses(
        (status = 200, description = "The login is there", body = Confirmed),
        (status = 409, description = "The address has got a login meanwhile", body = Problem),
        (status = 410, description = "The link was used, superseded or is too old", body = Problem),
        (status = 422, description = "Not the password chosen at sign-up", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn confirm_address(
    State(app): State<App>,
    Body(body): Body<Proof>,
) -> Result<Json<Confirmed>, ApiError> {
    let (id, token) = letter::parse_link(&body.token).ok_or(ApiError::LinkExpired)?;
    let mut fields = Fields::new();
    let password = fields.take_password("/password", Password::typed(&body.password));
    let password = fields.finish(password)?;
    let (gate, found) = tokio::join!(Gate::for_registration(&app, id), app.store().find_registration(id));
    let proven = found?.ok_or(ApiError::LinkExpired)?;
    if !token.has_hash(&proven.token_hash) || app.now() >= proven.link_expires_at {
        return Err(ApiError::LinkExpired);
    }
    if !gate?.verify(password, Some(proven.password_hash.clone())).await? {
        return Err(ApiError::field("/password", "password_wrong"));
    }
    let email = proven.registration.email.to_string();
    let claim = make_login(&app, &proven).await?;
    Ok(Json(Confirmed { email, claim }))
}

/// Makes the login, with the code if it is still good. A code that was used meanwhile costs a further try, not the login.
async fn make_login(app: &App, proven: &StoredRegistration) -> Result<ClaimOutcome, ApiError> {
    let now = app.now();
    let entered = &proven.registration;
    let names = (entered.first_name.clone(), entered.last_name.clone());
    let id = UserId::new(now, credentials::random());
    let mut user = User::new(id, names, entered.email.clone(), entered.language, UserStatus::Active);
    user.nickname = Some(Nickname::assigned(credentials::random()));
    let event = EventId::new(now, credentials::random());
    let store = app.store();
    let mut outcome = ClaimOutcome::None;
    let mut wanted = proven.code.clone();
    while let Some(code) = wanted.take() {
        let joining = joining::by(app, &user, &code);
        match store.confirm(proven, &user, Some((&code, &joining)), event, now).await {
            Ok(()) => return Ok(ClaimOutcome::Verified),
            Err(Conflict::Refused(ConfirmRefused::CodeUsed)) => outcome = ClaimOutcome::CodeUsed,
            Err(Conflict::Refused(ConfirmRefused::CodeUnavailable)) => {
                outcome = ClaimOutcome::CodeUnavailable;
                wanted = store.code_of_renamed(&code).await?;
            }
            Err(conflict) => return Err(refused(conflict)),
        }
    }
    store.confirm(proven, &user, None, event, now).await.map_err(refused)?;
    Ok(outcome)
}

fn refused(conflict: Conflict<ConfirmRefused>) -> ApiError {
    ApiError::refused(conflict, |arm| match arm {
        ConfirmRefused::Address => ApiError::AddressTaken,
        ConfirmRefused::Nickname => ApiError::Conflict,
        ConfirmRefused::Link | ConfirmRefused::CodeUsed | ConfirmRefused::CodeUnavailable => ApiError::LinkExpired,
    })
}
