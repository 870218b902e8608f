//! DynamoDB and nobody else, in the words of the domain.
//!
//! Invariants: keys have one home (`keys`), tables and indexes another (`schema`). Every mutation is one conditional
//! transaction; no read decides what a condition can. Methods that serve people take a right and build their keys from
//! it. No scan, no filter that reads what it throws away.

mod accounts;
mod authority;
mod claims;
mod error;
pub mod import;
mod keys;
mod letters;
mod licenses;
mod log;
mod portal;
mod registrations;
mod rows;
pub mod schema;
mod sessions;
mod sign_in;
mod throttle;
mod transaction;
mod update;

use std::time::Duration;

use aws_sdk_dynamodb::{
    Client,
    config::{retry::RetryConfig, timeout::TimeoutConfig},
};

pub use accounts::{AccountChoice, Choice};
pub use claims::{CodeFound, CodeRefused, Joining};
pub use error::{Conflict, StoreError};
pub use letters::{DueLetter, Outcome};
pub use portal::{PortalKeys, SecretKey, SecretKeyName};
pub use registrations::{ConfirmRefused, CorrectedAddress, LetterRefused, NewRegistration, StoredRegistration};
pub use schema::TableName;
pub use sessions::{ChooseRefused, NewSession};
pub use sign_in::{Login, SignInRefused};
pub use throttle::{Throttle, Throttled};

/// The portal's tables. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    client: Client,
    prefix: String,
}

impl Store {
    /// The tables whose names begin with `prefix`, reached as `access` says.
    ///
    /// # Errors
    /// If the access names a certificate authority that is none.
    pub fn new(access: &aws::Access, prefix: impl Into<String>) -> Result<Self, aws::BadAuthority> {
        let shared = access.sdk_config()?;
        let config = aws_sdk_dynamodb::config::Builder::from(&shared)
            // Throttles and faults of the service are tried four times more; a call is given up well before the
            // function is (API Gateway waits 30 s).
            .retry_config(RetryConfig::standard().with_max_attempts(5).with_initial_backoff(Duration::from_millis(50)))
            .timeout_config(
                TimeoutConfig::builder()
                    .connect_timeout(Duration::from_secs(2))
                    .operation_attempt_timeout(Duration::from_secs(3))
                    .operation_timeout(Duration::from_secs(10))
                    .build(),
            )
            .build();
        Ok(Self { client: Client::from_conf(config), prefix: prefix.into() })
    }

    /// The SDK's client, for what runs beside the portal: creating the tables on one machine, tests.
    #[must_use]
    pub const fn client(&self) -> &Client {
        &self.client
    }

    /// What the names of the tables begin with.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    fn table(&self, name: TableName) -> String {
        format!("{}{}", self.prefix, name.as_str())
    }
}
