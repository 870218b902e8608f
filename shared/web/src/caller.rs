//! Callers: whom the cookie names, and, once judged, who is behind the request.

use std::{future::Future, net::IpAddr};

use axum::extract::FromRequestParts;
use credentials::TokenRefused;
use domain::{
    AccountId, Actor, Names, Timestamp,
    access::Denied,
    page::Position,
    rights::{Presumable, SignOut},
    session::SessionAge,
};
use http::{HeaderMap, request::Parts};
use store::StoreError;

use crate::{ApiError, App, cookie, cursor, edge::ClientAddress};

/// What pages send back to say for which account they were made.
const ACCOUNT_HEADER: &str = "x-portico-account";
/// What they send of a customer that a partner's person acts on (R502). It names, like the cookie: whether the customer is
/// theirs is judged from stored rows.
pub(crate) const CUSTOMER_HEADER: &str = "x-portico-customer";
/// What they send while nobody works in an account.
const NO_ACCOUNT: &str = "none";

/// Somebody with a session cookie of ours. It names; what they may do is judged from stored rows by
/// [`Caller::actor`] and [`Caller::read`].
pub struct Caller {
    app: App,
    names: Names,
    now: Timestamp,
}

/// Somebody with a session cookie of ours, on a page made for whatever account: enough to end the session.
pub struct Holder(Names);

impl Holder {
    /// Ends this session: whoever holds its secret may, wherever they stand.
    #[must_use]
    pub fn sign_out(&self) -> SignOut {
        SignOut::by_holder(&self.0)
    }
}

impl FromRequestParts<App> for Holder {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let token = cookie::read(&parts.headers, cookie::SESSION_COOKIE).ok_or(ApiError::SignInNeeded)?;
        let (origin, now) = (&app.config().origin, app.now());
        let mut named = app.portal().await?.verifying_keys.names(origin, token, now);
        if matches!(named, Err(TokenRefused::UnknownKey)) {
            named = app.portal_again().await?.verifying_keys.names(origin, token, now);
        }
        named.map(Self).map_err(|_| ApiError::SignInNeeded)
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let Holder(mut names) = Holder::from_request_parts(parts, app).await?;
        if let Some(tag) = parts.headers.get(ACCOUNT_HEADER) {
            let account = names.account.map_or_else(|| NO_ACCOUNT.to_owned(), |account| account.to_string());
            if tag.as_bytes() != account.as_bytes() {
                return Err(ApiError::AccountChanged);
            }
        }
        names.customer = customer(&parts.headers);
        Ok(Self { app: app.clone(), names, now: app.now() })
    }
}

/// The customer that a request names. What is no account's id, and two at once, name one that there is not: so they are
/// judged as any other that is not the caller's.
fn customer(headers: &HeaderMap) -> Option<AccountId> {
    let mut named = headers.get_all(CUSTOMER_HEADER).iter();
    let first = named.next()?;
    let only = if named.next().is_none() { first.to_str().ok() } else { None };
    let id = only.and_then(|id| AccountId::parse(id).ok());
    Some(id.unwrap_or_else(|| AccountId::new(Timestamp::UNIX_EPOCH, [0; 10])))
}

impl Caller {
    /// Who it is, judged from what is stored now.
    ///
    /// # Errors
    /// [`ApiError::Refused`] if the session does not count (any more).
    pub async fn actor(&self) -> Result<Actor, ApiError> {
        let found = self.app.store().find(&self.names).await?;
        let setting = self.app.settings().await?.team_area;
        let actor = Actor::judge(&self.names, found, setting, self.now)?;
        if actor.session().age(self.now) == SessionAge::Stale {
            // Judged already: if it cannot be noted now, the next call will.
            if let Err(error) = self.app.store().renew(&self.names, actor.session(), self.now).await {
                tracing::warn!(target: "web", code = "not_renewed", error = &error as &dyn std::error::Error);
            }
        }
        Ok(actor)
    }

    /// The same, acting on a customer of theirs that the path names (R502); whether it is theirs is judged from stored rows.
    ///
    /// # Errors
    /// [`Denied::Hidden`] for what is no account's id.
    pub fn on(mut self, customer: &str) -> Result<Self, ApiError> {
        self.names.customer = Some(AccountId::parse(customer).map_err(|_| Denied::Hidden)?);
        Ok(self)
    }

    /// The session that the cookie names.
    pub(crate) const fn session(&self) -> &domain::session::SessionHash {
        &self.names.session
    }

    /// The person the cookie names, for starting reads that a judged actor then allows.
    #[must_use]
    pub const fn user(&self) -> domain::UserId {
        self.names.user
    }

    /// Reads with a right: the query starts with the right that the cookie's names suggest, beside the authority
    /// itself, and what it finds is handed out only to the right then granted. One round trip, and nothing leaves
    /// without a right; a refusal wins over any error of the query, and does not wait for it, or the time would tell what is
    /// there. If the right turns out another one, it reads again.
    ///
    /// # Errors
    /// Whatever judging, the policy or the query say.
    pub async fn read<R, T, F>(
        &self,
        query: impl Fn(R) -> F,
        grant: impl FnOnce(&Actor) -> Result<R, Denied>,
    ) -> Result<(Actor, R, T), ApiError>
    where
        R: Presumable + Clone,
        F: Future<Output = Result<T, StoreError>>,
    {
        let presumed = R::presume(&self.names);
        let judged = async {
            let actor = self.actor().await?;
            let right = grant(&actor)?;
            Ok::<_, ApiError>((actor, right))
        };
        let started = async {
            Ok(match &presumed {
                Some(presumed) => Some(query(presumed.to_start_with().clone()).await),
                None => None,
            })
        };
        let ((actor, right), found) = tokio::try_join!(judged, started)?;
        let found = match (presumed, found) {
            (Some(presumed), Some(found)) if presumed.proved(&right) => found?,
            _ => query(right.clone()).await?,
        };
        Ok((actor, right, found))
    }

    /// A position from the cursor a page gave, if it was made for this caller and this query.
    ///
    /// # Errors
    /// [`ApiError::InvalidCursor`] for anything else.
    pub async fn open_cursor(&self, query: &str, text: Option<&str>) -> Result<Option<Position>, ApiError> {
        let Some(text) = text else { return Ok(None) };
        cursor::open(&self.app.portal().await?.seal_key, &self.names, query, text).map(Some)
    }

    /// The cursor of a position, for this caller and this query alone.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn seal_cursor(&self, query: &str, position: Option<Position>) -> Result<Option<String>, ApiError> {
        let Some(position) = position else { return Ok(None) };
        Ok(Some(cursor::seal(&self.app.portal().await?.seal_key, &self.names, query, &position)))
    }
}

/// The network a request came from: what throttles count by. One address in IPv4, the 64 bits a subscriber has in IPv6.
pub struct ClientNetwork(pub String);

impl FromRequestParts<App> for ClientNetwork {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        let network = match parts.extensions.get::<ClientAddress>() {
            None => "unknown".to_owned(),
            Some(ClientAddress(IpAddr::V4(address))) => address.to_string(),
            Some(ClientAddress(IpAddr::V6(address))) => match address.to_ipv4_mapped() {
                Some(address) => address.to_string(),
                None => address.segments()[..4].iter().map(|part| format!("{part:x}:")).collect(),
            },
        };
        Ok(Self(network))
    }
}

/// What the browser says of itself: told to the person, never trusted.
pub struct ClientDevice(pub domain::device::Device);

impl FromRequestParts<App> for ClientDevice {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        let text = parts.headers.get(http::header::USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self(domain::device::Device::of_user_agent(text.unwrap_or_default())))
    }
}
