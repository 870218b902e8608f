//! Keys: read once per process, made by whoever is first.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use credentials::{LinkKey, SealKey, SigningKey, VerifyingKeys};
use domain::{
    Timestamp,
    vendor::{Settings, Vendor},
};
use store::{Bytes, PortalKeys, SecretKey, SecretKeyName};

use crate::{ApiError, App};

/// Keys and vendor are read again after this long, in seconds: a change is in force everywhere within five minutes.
const FRESH: i64 = 300;
/// A token signed by an unknown key makes them be read again, but not more often than this, in seconds.
const AGAIN: i64 = 5;

pub(crate) struct Portal {
    pub verifying_keys: VerifyingKeys,
    /// The names of the keys that verify sessions.
    published: Vec<String>,
    pub seal_key: SealKey,
    pub vendor: Option<Vendor>,
    pub settings: Settings,
    read_at: Timestamp,
}

impl App {
    /// Keys and vendor, from memory while fresh.
    pub(crate) async fn portal(&self) -> Result<Arc<Portal>, ApiError> {
        self.portal_no_older_than(FRESH).await?.ok_or_else(|| ApiError::TryAgain(Arc::new(KeysMissing)))
    }

    /// The same, read again if older than a few seconds: for a key that was not known.
    pub(crate) async fn portal_again(&self) -> Result<Arc<Portal>, ApiError> {
        self.portal_no_older_than(AGAIN).await?.ok_or_else(|| ApiError::TryAgain(Arc::new(KeysMissing)))
    }

    /// None where nobody has made the keys yet.
    async fn portal_no_older_than(&self, seconds: i64) -> Result<Option<Arc<Portal>>, ApiError> {
        let now = self.now();
        let fresh = |portal: &Arc<Portal>| now.as_second() - portal.read_at.as_second() < seconds;
        if let Some(portal) = self.inner().portal.read().await.as_ref().filter(|portal| fresh(portal)) {
            return Ok(Some(portal.clone()));
        }
        let mut place = self.inner().portal.write().await;
        if let Some(portal) = place.as_ref().filter(|portal| fresh(portal)) {
            return Ok(Some(portal.clone()));
        }
        let Some(portal) = self.read_portal(now).await? else { return Ok(None) };
        Ok(Some(place.insert(Arc::new(portal)).clone()))
    }

    async fn read_portal(&self, now: Timestamp) -> Result<Option<Portal>, ApiError> {
        let (found, vendor, settings) = self.store().portal().await?;
        let Some(keys) = found else { return Ok(None) };
        Ok(Some(Portal {
            published: keys.session_keys.keys().cloned().collect(),
            verifying_keys: VerifyingKeys::stored(
                keys.session_keys.into_iter().map(|(kid, key)| (kid, key.0)).collect(),
            ),
            seal_key: SealKey::stored(&exactly(keys.seal_key)?),
            vendor,
            settings,
            read_at: now,
        }))
    }

    /// The key of link tokens: `sign-up` and `dispatch`.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn link_key(&self) -> Result<&LinkKey, ApiError> {
        self.inner()
            .link_key
            .get_or_try_init(|| async {
                let make =
                    || Ok(SecretKey { id: "link".to_owned(), bytes: Bytes(credentials::random::<32>().to_vec()) });
                let key = self.secret_key(SecretKeyName::Link, make).await?;
                Ok(LinkKey::stored(&exactly(key.bytes)?))
            })
            .await
    }

    /// The key of sessions: `session` alone, for the first sign-in of a process. It makes the portal's keys where there
    /// are none, and publishes the public half of its own.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn signing_key(&self) -> Result<&SigningKey, ApiError> {
        self.inner().signing_key.get_or_try_init(|| self.read_signing_key()).await
    }

    /// The key of license files: `licenses` alone, which makes it where there is none.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn license_key(&self) -> Result<&SigningKey, ApiError> {
        self.inner()
            .license_key
            .get_or_try_init(|| async {
                let stored = self.secret_key(SecretKeyName::License, new_pair).await?;
                Ok(SigningKey::stored(stored.id, stored.bytes.0))
            })
            .await
    }

    async fn read_signing_key(&self) -> Result<SigningKey, ApiError> {
        // One after the other: the portal is known already, unless nobody has made it.
        let portal = self.portal_no_older_than(FRESH).await?;
        let stored = self.secret_key(SecretKeyName::Session, new_pair).await?;
        let key = SigningKey::stored(stored.id, stored.bytes.0);
        if portal.is_none() {
            let seal_key = Bytes(credentials::random::<32>().to_vec());
            self.store().create_portal_keys(&PortalKeys { session_keys: BTreeMap::new(), seal_key }).await?;
        }
        if !portal.is_some_and(|portal| portal.published.iter().any(|kid| kid == key.kid())) {
            self.store().publish_session_key(key.kid(), &key.public().map_err(ApiError::broken)?).await?;
            *self.inner().portal.write().await = None;
        }
        Ok(key)
    }

    async fn secret_key(
        &self,
        name: SecretKeyName,
        make: impl FnOnce() -> Result<SecretKey, ApiError>,
    ) -> Result<SecretKey, ApiError> {
        if let Some(key) = self.store().secret_key(name).await? {
            return Ok(key);
        }
        // Whoever is first decides; everyone reads what is there then.
        self.store().create_secret_key(name, &make()?).await?;
        self.store().secret_key(name).await?.ok_or_else(|| ApiError::broken("a key vanished"))
    }

    /// One useful call while the function starts, when processor time is not throttled: it opens the connection and
    /// reads the keys. Bounded, well within the ten seconds Lambda gives a start, and never a reason not to start: a
    /// connection given up here is one the first request opens instead, at a seventh of a core.
    pub async fn warm(&self, start: Start) {
        let reading = async {
            match start {
                Start::Plain => self.portal().await.map(drop),
                // Signing in needs its key, and can wait for it; nobody else can do anything before there are any.
                Start::Signing => match self.portal_no_older_than(FRESH).await? {
                    Some(_) => Ok(()),
                    None => self.signing_key().await.map(drop),
                },
            }
        };
        let _ = tokio::time::timeout(Duration::from_secs(3), reading).await;
    }
}

/// What a function does while it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// It reads the keys everyone reads.
    Plain,
    /// It makes them where there are none, too: `session` alone.
    Signing,
}

/// The `session` function has not started yet: it makes the keys.
#[derive(Debug, thiserror::Error)]
#[error("the portal has no keys yet")]
struct KeysMissing;

fn new_pair() -> Result<SecretKey, ApiError> {
    let key = SigningKey::generate().map_err(ApiError::broken)?;
    Ok(SecretKey { id: key.kid().to_owned(), bytes: Bytes(key.to_store().to_vec()) })
}

fn exactly(bytes: Bytes) -> Result<[u8; 32], ApiError> {
    bytes.0.try_into().map_err(|_| ApiError::broken("a key of another length"))
}
