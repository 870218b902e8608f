//! Entries of the activity log: written in the transaction of what they tell.

use domain::{
    AccountId, EventId, Timestamp, UserId,
    actor::{AccountAuthority, Authority, Capacity},
    log::{Event, LogOf},
    membership::Guest,
    name::AccountName,
};
use serde::{Deserialize, Serialize};

use crate::{StoreError, keys, rows};

/// Who did something, and as what (R513).
#[derive(Debug, Clone, Copy)]
pub(crate) enum By<'a> {
    /// A person, in person.
    Person(UserId),
    /// Somebody in an account: as one who belongs to it, as a guest or as a partner.
    There(&'a AccountAuthority),
    /// A guest, of what they do with their own place in an account: who, where they come from, and what they are called.
    Guest(UserId, &'a Guest, &'a str),
    /// One of the vendor's people.
    Staff(&'a Authority),
}

impl From<UserId> for By<'_> {
    fn from(user: UserId) -> Self {
        Self::Person(user)
    }
}

impl<'a> From<&'a AccountAuthority> for By<'a> {
    fn from(authority: &'a AccountAuthority) -> Self {
        Self::There(authority)
    }
}

/// Where somebody came from who does not belong to the account: as its log says it, for good.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct OutsiderRow {
    /// as what
    pub c: Capacity,
    /// the account they belong to; the vendor's people belong to none
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub h: Option<AccountId>,
    /// its name
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hn: Option<AccountName>,
    /// their own
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<String>,
}

impl By<'_> {
    const fn user(self) -> UserId {
        match self {
            Self::Person(user) | Self::Guest(user, ..) => user,
            Self::There(authority) => authority.person.user,
            Self::Staff(authority) => authority.user,
        }
    }

    fn outsider(self) -> Option<OutsiderRow> {
        match self {
            Self::Person(_) => None,
            Self::There(authority) => authority.from.as_ref().map(|from| OutsiderRow {
                c: from.capacity,
                h: Some(from.home),
                hn: Some(from.home_name.clone()),
                n: Some(from.name.clone()),
            }),
            Self::Guest(_, guest, name) => Some(OutsiderRow {
                c: Capacity::Guest,
                h: Some(guest.home),
                hn: Some(guest.home_name.clone()),
                n: Some(name.to_owned()),
            }),
            Self::Staff(_) => Some(OutsiderRow { c: Capacity::Staff, h: None, hn: None, n: None }),
        }
    }
}

#[derive(Serialize)]
struct LogRow<'a> {
    /// when, in milliseconds
    t: i64,
    /// who; the portal itself is nobody
    #[serde(skip_serializing_if = "Option::is_none")]
    u: Option<UserId>,
    /// where they came from, if they do not belong to the account
    #[serde(skip_serializing_if = "Option::is_none")]
    o: Option<OutsiderRow>,
    /// whose page shows it, and its id: entries of an account alone
    #[serde(skip_serializing_if = "Option::is_none")]
    pe: Option<String>,
    /// what
    #[serde(flatten)]
    event: &'a Event,
}

/// The row of an entry.
pub(crate) fn entry<'a>(
    id: EventId,
    log: LogOf,
    by: impl Into<By<'a>>,
    event: &Event,
    now: Timestamp,
) -> Result<rows::Item, StoreError> {
    let by = by.into();
    let pe = match log {
        LogOf::Account(_) => Some(format!("{}#{id}", event.about().unwrap_or(by.user()))),
        LogOf::User(_) | LogOf::Vendor => None,
    };
    rows::to_item(
        &keys::log_entry(log, id),
        &LogRow { t: now.as_millisecond(), u: Some(by.user()), o: by.outsider(), pe, event },
    )
}

/// The row of an entry about what the portal did by itself.
pub(crate) fn by_the_portal(id: EventId, log: LogOf, event: &Event, now: Timestamp) -> Result<rows::Item, StoreError> {
    rows::to_item(&keys::log_entry(log, id), &LogRow { t: now.as_millisecond(), u: None, o: None, pe: None, event })
}
