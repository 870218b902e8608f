//! The gate: the only way to have a password verified, and it counts first (incident 32).

use axum::extract::FromRequestParts;
use credentials::{KnownDevice, Password, PasswordHash};
use domain::{RegistrationId, Timestamp, UserId, session::SessionHash, sign_in_name::SignInName};
use http::request::Parts;
use store::{SignInRefused, Throttle};

use crate::{ApiError, App, ClientNetwork, cookie};

/// A quarter of an hour.
const WINDOW: i64 = 15 * 60;
/// Tries per name and window from browsers that never signed in with it, and from each that did.
const PER_NAME: u32 = 20;
/// Tries per mailed link and window.
const PER_LINK: u32 = 100;
/// Tries per network and window: an office behind one address signs in together in the morning.
const PER_NETWORK: u32 = 300;

/// The device cookie, if it is one of ours: somebody signed in from this browser before.
pub struct Device(Option<KnownDevice>);

impl FromRequestParts<App> for Device {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let Some(token) = cookie::read(&parts.headers, cookie::DEVICE_COOKIE) else { return Ok(Self(None)) };
        let key = app.signing_key().await?.device_key();
        Ok(Self(KnownDevice::open(&key, &app.config().origin, token, app.now()).ok()))
    }
}

impl Device {
    /// Whether somebody signed in with that name from this browser before; `pseudonym` is the name's.
    #[must_use]
    pub fn knows(&self, pseudonym: &str) -> bool {
        self.0.as_ref().is_some_and(|device| device.name == pseudonym)
    }
}

/// Permission to have one password verified.
pub struct Gate {
    app: App,
}

impl Gate {
    /// Counts a try to sign in with that name, and looks the name up beside. A browser that has signed in with the name
    /// before has a count of its own, so that strangers who use up the other cannot lock the person out.
    ///
    /// # Errors
    /// [`ApiError::TooManyTries`] if the name or the network has used up its tries.
    pub async fn for_name(
        app: &App,
        name: &SignInName,
        network: &ClientNetwork,
        device: &Device,
    ) -> Result<(Self, Option<UserId>), ApiError> {
        let portal = app.portal().await?;
        let pseudonym = portal.seal_key.pseudonym(&name.claim());
        let (kind, network_kind, whom) = match &device.0 {
            Some(known) if known.name == pseudonym => {
                ("sign-in-device", "sign-in-network-device", known.device.clone())
            }
            Some(_) | None => ("sign-in-name", "sign-in-network", pseudonym),
        };
        let throttles = [
            Throttle { kind, whom, most: PER_NAME, window: WINDOW },
            Throttle {
                kind: network_kind,
                whom: portal.seal_key.pseudonym(&network.0),
                most: PER_NETWORK,
                window: WINDOW,
            },
        ];
        match app.store().find_sign_in_name(name, &throttles, app.now()).await {
            Ok(user) => Ok((Self { app: app.clone() }, user)),
            Err(SignInRefused::Throttled(throttled)) => Err(ApiError::TooManyTries(throttled)),
            Err(SignInRefused::Store(error)) => Err(error.into()),
        }
    }

    /// Counts a try by somebody signed in to prove again who they are.
    ///
    /// # Errors
    /// [`ApiError::TooManyTries`] if they have used up their tries.
    pub async fn for_session(app: &App, session: &SessionHash) -> Result<Self, ApiError> {
        let throttle = Throttle { kind: "password-session", whom: session.0.clone(), most: PER_NAME, window: WINDOW };
        app.count(&throttle, app.now()).await?;
        Ok(Self { app: app.clone() })
    }

    /// Counts a try to confirm a sign-up: only somebody with its link gets this far, so the bound is on work.
    ///
    /// # Errors
    /// [`ApiError::TooManyTries`] if the link's tries are used up.
    pub async fn for_registration(app: &App, id: RegistrationId) -> Result<Self, ApiError> {
        let throttle = Throttle { kind: "password-registration", whom: id.to_string(), most: PER_LINK, window: WINDOW };
        app.count(&throttle, app.now()).await?;
        Ok(Self { app: app.clone() })
    }

    /// Counts a try to confirm an address by a link: only somebody with the link gets as far as the password, so the
    /// bound is on work. `token` is the hash of the link's.
    ///
    /// # Errors
    /// [`ApiError::TooManyTries`] if the link's tries are used up.
    pub async fn for_link(app: &App, token: String) -> Result<Self, ApiError> {
        let throttle = Throttle { kind: "password-link", whom: token, most: PER_LINK, window: WINDOW };
        app.count(&throttle, app.now()).await?;
        Ok(Self { app: app.clone() })
    }

    /// Whether the password is that of the hash. Without a hash it takes as long, and it is not.
    ///
    /// # Errors
    /// If the hash is not one we would have made.
    pub async fn verify(self, password: Password, stored: Option<String>) -> Result<bool, ApiError> {
        let known = stored.is_some();
        let hash = stored.map_or_else(PasswordHash::of_nobody, PasswordHash::stored);
        let _place = self.app.inner().hashing.acquire().await.map_err(ApiError::broken)?;
        let matched = tokio::task::spawn_blocking(move || password.matches(&hash)).await.map_err(ApiError::broken)?;
        Ok(matched.map_err(ApiError::broken)? && known)
    }
}

impl App {
    /// Hashes a new password, where that blocks nobody.
    ///
    /// # Errors
    /// If the hash cannot be computed.
    pub async fn hash(&self, password: Password) -> Result<PasswordHash, ApiError> {
        let _place = self.inner().hashing.acquire().await.map_err(ApiError::broken)?;
        let hash = tokio::task::spawn_blocking(move || password.hash()).await.map_err(ApiError::broken)?;
        hash.map_err(ApiError::broken)
    }

    /// Counts a try.
    ///
    /// # Errors
    /// [`ApiError::TooManyTries`] if there were too many.
    pub async fn count(&self, throttle: &Throttle, now: Timestamp) -> Result<(), ApiError> {
        self.store().count(throttle, now).await?.map_err(ApiError::TooManyTries)
    }

    /// A name for a throttle's row about something that must not be readable there.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn pseudonym(&self, what: &str) -> Result<String, ApiError> {
        Ok(self.portal().await?.seal_key.pseudonym(what))
    }
}
