//! DynamoDB and nobody else, in the words of the domain.
//!
//! Invariants: keys have one home (`keys`), tables and indexes another (`schema`). Every mutation is one conditional
//! transaction; no read decides what a condition can. Methods that serve people take a right and build their keys from
//! it. No scan, no filter that reads what it throws away.

mod accounts;
mod authority;
mod claims;
mod closures;
mod emails;
mod error;
mod export;
pub mod import;
mod keys;
mod ledger;
mod letters;
mod licenses;
mod listing;
mod log;
mod names;
mod notices;
mod passwords;
mod portal;
mod products;
mod profile;
mod proof;
mod registrations;
mod requests;
mod resets;
mod reversals;
mod rows;
pub mod schema;
mod second_factor;
mod sessions;
mod sign_in;
mod throttle;
mod transaction;
mod update;

use std::time::Duration;

use aws_sdk_dynamodb::{
    Client,
    config::{
        retry::{RetryConfig, RetryPartition},
        timeout::TimeoutConfig,
    },
};

pub use accounts::{AccountChoice, Choice};
pub use claims::{CodeFound, CodeRefused, Joining};
pub use closures::{CLOSING, CloseRefused};
pub use emails::{EmailChange, EmailRefused, NewEmail, PendingEmail};
pub use error::{Conflict, StoreError};
pub use export::{ExportRefused, Held};
pub use letters::{DueLetter, Outcome, Reached};
pub use notices::{Notice, Undo};
pub use passwords::{NewPassword, PasswordUnchanged};
pub use portal::{Bytes, PortalKeys, SecretKey, SecretKeyName};
pub use profile::{Mine, NewDetails, NewNickname, ProfileRefused};
pub use proof::{Enrolment, SecondFactor, Spent, StoredProof};
pub use registrations::{ConfirmRefused, CorrectedAddress, LetterRefused, NewRegistration, StoredRegistration};
pub use requests::{NewRequest, PendingRequest, RequestRefused};
pub use resets::{AskedReset, FirstPasswordRefused, FoundReset, PasswordToSet, ResetRefused, TooManyLetters};
pub use reversals::{TakeBack, TakeBackRefused};
pub use schema::TableName;
pub use second_factor::{FactorRefused, RuleRefused};
pub use sessions::{BeginRefused, ChooseRefused, EndRefused, NewSession, SessionOfMine, SigningIn};
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
        let mut config = aws_sdk_dynamodb::config::Builder::from(&shared)
            // Throttles and faults of the service are tried four times more; a call is given up well before the
            // function is (API Gateway waits 30 s).
            .retry_config(RetryConfig::standard().with_max_attempts(5).with_initial_backoff(Duration::from_millis(50)))
            .timeout_config(
                TimeoutConfig::builder()
                    .connect_timeout(Duration::from_secs(2))
                    .operation_attempt_timeout(Duration::from_secs(3))
                    .operation_timeout(Duration::from_secs(10))
                    .build(),
            );
        // One budget of retries for each database, where a process speaks to others than AWS's own.
        config.set_retry_partition(access.endpoint.clone().map(RetryPartition::new));
        Ok(Self { client: Client::from_conf(config.build()), prefix: prefix.into() })
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
