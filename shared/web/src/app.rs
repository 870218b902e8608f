//! The app: what every handler has at hand.

use std::sync::Arc;

use domain::{
    Timestamp,
    vendor::{Settings, Vendor},
};
use files::Files;
use store::Store;
use tokio::sync::{RwLock, Semaphore};

use crate::{ApiError, Clock, Config, keys::Portal};

/// One per process, cheap to clone. It holds nothing of any caller.
#[derive(Clone)]
pub struct App(Arc<Inner>);

pub(crate) struct Inner {
    pub config: Config,
    pub clock: Clock,
    pub store: Store,
    /// The vendor's files, where this function has to do with them.
    pub files: Option<Files>,
    /// Keys and vendor as last read.
    pub portal: RwLock<Option<Arc<Portal>>>,
    pub link_key: tokio::sync::OnceCell<credentials::LinkKey>,
    pub signing_key: tokio::sync::OnceCell<credentials::SigningKey>,
    pub license_key: tokio::sync::OnceCell<credentials::SigningKey>,
    /// Hashes at the same time: each takes 19 MiB and a core.
    pub hashing: Semaphore,
}

impl App {
    /// An app with that configuration and clock.
    ///
    /// # Errors
    /// If the configuration names a certificate authority that is none.
    pub fn new(config: Config, clock: Clock) -> Result<Self, aws::BadAuthority> {
        let store = Store::new(&config.database, config.tables.clone())?;
        let files = config.files.clone().map(Files::new);
        Ok(Self(Arc::new(Inner {
            config,
            files,
            clock,
            store,
            portal: RwLock::new(None),
            link_key: tokio::sync::OnceCell::new(),
            signing_key: tokio::sync::OnceCell::new(),
            license_key: tokio::sync::OnceCell::new(),
            hashing: Semaphore::new(4),
        })))
    }

    /// The database.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// What pages and mails say of the vendor.
    ///
    /// # Errors
    /// If the database does not answer, or nobody has said yet who the vendor is.
    pub async fn vendor(&self) -> Result<Vendor, ApiError> {
        self.portal().await?.vendor.clone().ok_or_else(|| ApiError::broken("no vendor is set"))
    }

    /// What the vendor's staff say of the portal as a whole, as it was within the last five minutes.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn settings(&self) -> Result<Settings, ApiError> {
        Ok(self.portal().await?.settings)
    }

    /// Has keys, vendor and settings read again before they are next used here: they have changed.
    pub async fn forget_portal(&self) {
        *self.0.portal.write().await = None;
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }
}
