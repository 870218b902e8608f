//! What people ask of the vendor: a row for the desk to decide, and one for the person who waits.

use domain::{AccountId, RequestId, Timestamp, UserId, log::Event, name::Reason, request::Wish, rights::RequestChange};
use serde::{Deserialize, Serialize};

use crate::{Conflict, Notice, Store, StoreError, TableName, keys, rows, transaction::Transaction};

/// Something asked of the vendor.
pub struct NewRequest {
    /// Its id.
    pub id: RequestId,
    /// What.
    pub wish: Wish,
    /// Why, in the person's words.
    pub reason: Option<Reason>,
}

/// Something asked of the vendor and not decided.
pub struct PendingRequest {
    /// Its id.
    pub id: RequestId,
    /// What.
    pub wish: Wish,
    /// When.
    pub asked_at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct RequestRow {
    /// id
    i: RequestId,
    /// who asks
    u: UserId,
    /// the account it is about
    #[serde(default, skip_serializing_if = "Option::is_none")]
    a: Option<AccountId>,
    /// what
    q: Wish,
    /// why
    #[serde(default, skip_serializing_if = "Option::is_none")]
    y: Option<Reason>,
    /// when, in milliseconds
    t: i64,
}

/// Why a request was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestRefused {
    /// The person is not (any more) who asked.
    Actor,
    /// One of that kind waits already.
    Waiting,
}

impl Store {
    /// Asks the vendor for a change: one of each kind at a time.
    ///
    /// # Errors
    /// [`RequestRefused`] says which condition did not hold.
    pub async fn request_change(
        &self,
        right: &RequestChange,
        new: &NewRequest,
        notice: &Notice,
        event: domain::EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<RequestRefused>> {
        let user = right.authority().user;
        let kind = new.wish.kind();
        let row = row(user, right.account().ok(), new, now);
        let mine = rows::to_item(&keys::request(user, kind), &row);
        Transaction::new(self)
            .by(right.authority(), RequestRefused::Actor)
            .create(TableName::Accounts, mine, RequestRefused::Waiting)
            .write(TableName::Accounts, rows::to_item(&keys::desk_request(new.id), &row))
            .notify(notice)
            .noted(event, user, &Event::ChangeRequested { kind }, now)
            .commit()
            .await
    }

    /// What a person asked for and is not decided.
    pub(crate) async fn pending_requests(&self, user: UserId) -> Result<Vec<PendingRequest>, StoreError> {
        let items = self.partition(TableName::Accounts, keys::requests_partition(user), "").await?;
        let pending = |item| {
            let row: RequestRow = rows::from_item(item)?;
            Ok(PendingRequest { id: row.i, wish: row.q, asked_at: rows::at(row.t)? })
        };
        items.into_iter().map(pending).collect()
    }
}

impl<A: Clone> Transaction<'_, A> {
    /// Tells the desk that a person took something back; beside what they ask for themselves.
    pub fn tell_desk(self, user: UserId, new: &NewRequest, now: Timestamp) -> Self {
        self.write(TableName::Accounts, rows::to_item(&keys::desk_request(new.id), &row(user, None, new, now)))
    }
}

fn row(user: UserId, account: Option<AccountId>, new: &NewRequest, now: Timestamp) -> RequestRow {
    RequestRow { i: new.id, u: user, a: account, q: new.wish.clone(), y: new.reason.clone(), t: now.as_millisecond() }
}
