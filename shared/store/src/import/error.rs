//! Why a record was not written.

use thiserror::Error;

use crate::{Conflict, StoreError};

/// What was there, or was gone, although the checks before found otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Taken {
    /// The customer number.
    #[error("its customer number was taken meanwhile")]
    CustomerNumber,
    /// A person's address.
    #[error("somebody signed up with an address of its people meanwhile")]
    Login,
    /// A person's membership, or the account's row.
    #[error("its account or its people were changed meanwhile")]
    Account,
    /// The order number.
    #[error("its order number was taken meanwhile")]
    OrderNumber,
    /// A line of an order.
    #[error("a line of its number was added at the console")]
    Line,
    /// The order was cancelled.
    #[error("it was cancelled at the console")]
    Cancelled,
    /// The activation code.
    #[error("its activation code was taken or used meanwhile")]
    Code,
    /// A serial number.
    #[error("a serial number of it was taken meanwhile")]
    SerialNumber,
    /// Seats.
    #[error("more seats of a license are assigned than the file has")]
    Seats,
    /// The partner.
    #[error("its partner was changed meanwhile")]
    Partner,
}

/// Why a record was not written. Nothing of it was.
#[derive(Debug, Error)]
pub enum ImportError {
    /// A condition of the write did not hold.
    #[error(transparent)]
    Taken(#[from] Taken),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Conflict<Taken>> for ImportError {
    fn from(conflict: Conflict<Taken>) -> Self {
        match conflict {
            Conflict::Refused(taken) => Self::Taken(taken),
            Conflict::Store(error) => Self::Store(error),
        }
    }
}
