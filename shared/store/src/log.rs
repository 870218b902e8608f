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
    /// whose page shows it, and its id: entries of an account alone
    #[serde(skip_serializing_if = "Option::is_none")]
    pe: Option<String>,
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
    let pe = match log {
        LogOf::Account(_) => Some(format!("{}#{id}", event.about().unwrap_or(by))),
        LogOf::User(_) | LogOf::Vendor => None,
    };
    rows::to_item(&keys::log_entry(log, id), &LogRow { t: now.as_millisecond(), u: Some(by), pe, event })
}

/// The row of an entry about what the portal did by itself.
pub(crate) fn by_the_portal(id: EventId, log: LogOf, event: &Event, now: Timestamp) -> Result<rows::Item, StoreError> {
    rows::to_item(&keys::log_entry(log, id), &LogRow { t: now.as_millisecond(), u: None, pe: None, event })
}
