//! The beginning and the end of a session, as cookies.

use axum::response::{AppendHeaders, IntoResponse, IntoResponseParts};
use credentials::{SessionId, SessionToken};
use domain::{
    AccountId, EventId, Membership, Permission, User,
    session::{ABSOLUTE, Session, SessionHash},
};
use http::{HeaderName, HeaderValue, header};
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

/// A new session of a person in an account. `ends` make room for it.
///
/// # Errors
/// If time has run out of its range.
pub fn new_session(
    app: &App,
    user: &User,
    working: Option<(AccountId, &Membership)>,
    ends: Vec<SessionHash>,
) -> Result<Started, ApiError> {
    let (id, now) = (SessionId::new(), app.now());
    let expires_at = now.checked_add(ABSOLUTE).map_err(ApiError::broken)?;
    let account = working.map(|(account, membership)| (account, membership.generation));
    let session = Session { started_at: now, seen_at: now, expires_at, user_generation: user.generation, account };
    let new = NewSession { hash: id.hash(), session, ends, event: EventId::new(now, credentials::random()) };
    let token = SessionToken {
        id,
        user: user.id,
        account: working.map(|(account, _)| account),
        saw_all_licenses: working.is_some_and(|(_, membership)| membership.has(Permission::ViewOrders)),
        expires_at,
    };
    Ok(Started { new, token })
}

/// The cookies of a session that has begun; with the name signed in with, also the device's.
///
/// # Errors
/// If the signing key cannot be had.
pub async fn started(
    app: &App,
    started: &Started,
    name: Option<&str>,
) -> Result<impl IntoResponseParts + use<>, ApiError> {
    let (key, origin) = (app.signing_key().await?, &app.config().origin);
    let token = key.sign_session(origin, &started.token).map_err(ApiError::broken)?;
    let mut cookies = vec![cookie::set(cookie::SESSION_COOKIE, &token, ABSOLUTE.as_secs())];
    if let Some(name) = name {
        let device = credentials::sha256_hex(&credentials::random::<32>())[..32].to_owned();
        let until = app.now().checked_add(domain_seconds(DEVICE_LIFE)).map_err(ApiError::broken)?;
        let token = key.sign_device(origin, device, app.pseudonym(name).await?, until).map_err(ApiError::broken)?;
        cookies.push(cookie::set(cookie::DEVICE_COOKIE, &token, DEVICE_LIFE));
    }
    let headers: Vec<(HeaderName, HeaderValue)> =
        cookies.into_iter().flatten().map(|value| (header::SET_COOKIE, value)).collect();
    Ok(AppendHeaders(headers))
}

/// An answer that takes the session cookie away.
pub fn cleared(answer: impl IntoResponse) -> impl IntoResponse {
    let gone = cookie::set(cookie::SESSION_COOKIE, "", 0);
    (AppendHeaders(gone.map(|value| (header::SET_COOKIE, value))), answer)
}

const fn domain_seconds(seconds: i64) -> std::time::Duration {
    std::time::Duration::from_secs(seconds as u64)
}
