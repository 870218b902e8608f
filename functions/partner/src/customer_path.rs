//! The customer that a path names.

use axum::extract::{Path, rejection::PathRejection};
use domain::access::Denied;
use web::{ApiError, Caller};

/// The caller, acting on that customer; what is no id names none.
pub(crate) fn on(caller: Caller, id: Result<Path<String>, PathRejection>) -> Result<Caller, ApiError> {
    let Path(id) = id.map_err(|_| Denied::Hidden)?;
    caller.on(&id)
}
