//! Entries of the activity log: written in the transaction of what they tell.

use domain::{
    EventId, Timestamp, UserId,
    log::{Event, LogOf},
};
use serde::Serialize;

use crate::{StoreError, keys, rows};

#[derive(Serialize)]
struct LogRow<'a> {
    /// when, in milliseconds
    t: i64,
    /// who
    u: UserId,
    /// what
    #[serde(flatten)]
    event: &'a Event,
}

/// The row of an entry.
pub(crate) fn entry(
    id: EventId,
    log: LogOf,
    by: UserId,
    event: &Event,
    now: Timestamp,
) -> Result<rows::Item, StoreError> {
    rows::to_item(&keys::log_entry(log, id), &LogRow { t: now.as_millisecond(), u: by, event })
}
