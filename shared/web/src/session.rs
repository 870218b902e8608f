//! The beginning and the end of a session, as cookies.

use axum::response::{AppendHeaders, IntoResponse, IntoResponseParts};
use credentials::{KnownDevice, SessionId, SessionToken};
use domain::{
    AccountId, EventId, Membership, Permission, Timestamp, User,
    device::Device,
    session::{Lasting, Session},
    sign_in_name::SignInName,
};
use http::header;
use store::NewSession;

use crate::{ApiError, App, cookie};

/// How long a browser is remembered to have signed in, in seconds: a year.
const DEVICE_LIFE: i64 = 365 * 24 * 3_600;

/// A session to begin, and the token that will name it.
pub struct Started {
    /// For the store.
    pub new: NewSession,
    token: SessionToken,
}

/// A new session of a person in an account, until `expires_at` at the latest, begun from `device`.
#[must_use]
pub fn new_session(
    app: &App,
    user: &User,
    working: Option<(AccountId, &Membership)>,
    device: Device,
    expires_at: Timestamp,
) -> Started {
    let (id, now) = (SessionId::new(), app.now());
    let account = working.map(|(account, membership)| (account, membership.generation));
    let session = Session {
        started_at: now,
        seen_at: now,
        expires_at,
        user_generation: user.generation,
        account,
        lasting: Lasting::of(user),
        device,
    };
    let guest = working.and_then(|(_, membership)| membership.guest.clone());
    let home = guest.as_ref().map(|guest| guest.home);
    let guest = guest.map(|guest| (guest, user.full_name()));
    let new = NewSession { hash: id.hash(), session, guest, event: EventId::new(now, credentials::random()) };
    let token = SessionToken {
        id,
        user: user.id,
        account: working.map(|(account, _)| account),
        home,
        saw_all_licenses: working.is_some_and(|(_, membership)| membership.has(Permission::ViewOrders)),
        expires_at,
    };
    Started { new, token }
}

/// The cookie of a session that has begun.
///
/// # Errors
/// If the signing key cannot be had.
pub async fn started(app: &App, started: &Started) -> Result<impl IntoResponseParts + use<>, ApiError> {
    let token =
        app.signing_key().await?.sign_session(&app.config().origin, &started.token).map_err(ApiError::broken)?;
    let seconds = started.token.expires_at.as_second() - app.now().as_second();
    let cookie = cookie::set(cookie::SESSION_COOKIE, &token, seconds);
    Ok(AppendHeaders(cookie.map(|value| (header::SET_COOKIE, value))))
}

/// The same, and the device's cookie: this browser has signed in with that name.
///
/// # Errors
/// If the signing key cannot be had.
pub async fn started_from(
    app: &App,
    session: &Started,
    name: &SignInName,
) -> Result<impl IntoResponseParts + use<>, ApiError> {
    let until = app.now().as_second() + DEVICE_LIFE;
    let device = credentials::sha256_hex(&credentials::random::<32>())[..32].to_owned();
    let known = KnownDevice { device, name: app.pseudonym(&name.claim()).await?, until };
    let token = known.seal(&app.signing_key().await?.device_key(), &app.config().origin);
    let cookie = cookie::set(cookie::DEVICE_COOKIE, &token, DEVICE_LIFE);
    Ok((started(app, session).await?, AppendHeaders(cookie.map(|value| (header::SET_COOKIE, value)))))
}

/// An answer that takes the session cookie away.
pub fn cleared(answer: impl IntoResponse) -> impl IntoResponse {
    let gone = cookie::set(cookie::SESSION_COOKIE, "", 0);
    (AppendHeaders(gone.map(|value| (header::SET_COOKIE, value))), answer)
}
