//! What can go wrong with the database, without its words.

use std::error::Error;

use aws_sdk_dynamodb::error::{BuildError, ProvideErrorMetadata};
use thiserror::Error;

/// Why the store could not do what was asked. Refusals that a caller can mend are types of their operations.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database did not answer, or not in time; nothing is known about what was written, and trying again is safe.
    #[error("the database did not answer")]
    Unavailable(#[source] Box<dyn Error + Send + Sync>),
    /// Somebody else changed the same rows at the same time, again and again.
    #[error("the same rows were changed at the same time")]
    Conflict,
    /// The database refused the request as such: a right, a table or an index is missing, or a request is malformed.
    /// Trying again does not help.
    #[error("the database refused a request")]
    Refused(#[source] Box<dyn Error + Send + Sync>),
    /// A row is not what this version writes or reads.
    #[error("a row cannot be read: {0}")]
    Row(#[source] Box<dyn Error + Send + Sync>),
    /// A request the SDK itself refuses to build.
    #[error("a request cannot be built: {0}")]
    Request(#[from] BuildError),
}

impl StoreError {
    /// Whatever the SDK says after its own retries.
    pub(crate) fn from_sdk(error: impl Error + ProvideErrorMetadata + Send + Sync + 'static) -> Self {
        const OURS: [&str; 5] = [
            "AccessDeniedException",
            "ItemCollectionSizeLimitExceededException",
            "ResourceNotFoundException",
            "UnrecognizedClientException",
            "ValidationException",
        ];
        if error.code().is_some_and(|code| OURS.contains(&code)) {
            Self::Refused(Box::new(error))
        } else {
            Self::Unavailable(Box::new(error))
        }
    }

    pub(crate) fn row(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Row(error.into())
    }
}

impl From<serde_dynamo::Error> for StoreError {
    fn from(error: serde_dynamo::Error) -> Self {
        Self::row(error)
    }
}

impl From<domain::Invalid> for StoreError {
    fn from(error: domain::Invalid) -> Self {
        Self::row(error)
    }
}

/// The condition that refused a transaction, by the name the operation gave its arm.
#[derive(Debug)]
pub enum Conflict<A> {
    /// The first arm whose condition did not hold.
    Refused(A),
    /// Anything else.
    Store(StoreError),
}

impl<A> From<StoreError> for Conflict<A> {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
