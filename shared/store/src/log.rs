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
    /// who; the portal itself is nobody
    #[serde(skip_serializing_if = "Option::is_none")]
    u: Option<UserId>,
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
    rows::to_item(&keys::log_entry(log, id), &LogRow { t: now.as_millisecond(), u: Some(by), event })
}

/// The row of an entry about what the portal did by itself.
pub(crate) fn by_the_portal(id: EventId, log: LogOf, event: &Event, now: Timestamp) -> Result<rows::Item, StoreError> {
    rows::to_item(&keys::log_entry(log, id), &LogRow { t: now.as_millisecond(), u: None, event })
}
