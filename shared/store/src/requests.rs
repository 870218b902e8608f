//! What people ask of the vendor: a row for the desk to decide, and one for the person who waits.

use domain::{
    Account, AccountId, EmailAddress, RequestId, Timestamp, User, UserId,
    log::Event,
    name::{AccountName, Reason},
    number::CustomerNumber,
    request::Wish,
    rights::RequestChange,
};
use serde::{Deserialize, Serialize};

use crate::{Conflict, Notice, Store, StoreError, TableName, keys, rows, transaction::Transaction};

/// Something asked of the vendor.
pub struct NewRequest {
    /// Its id.
    pub id: RequestId,
    /// Who asks.
    pub by: Asker,
    /// What.
    pub wish: Wish,
    /// Why, in the person's words.
    pub reason: Option<Reason>,
}

/// Who asks, as they are called when they ask: the desk's list shows it without looking anybody up.
pub struct Asker {
    user: UserId,
    name: String,
    email: EmailAddress,
    account: Option<(AccountId, AccountName, CustomerNumber)>,
}

impl Asker {
    /// That person, about that account.
    #[must_use]
    pub fn of(user: &User, account: Option<&Account>) -> Self {
        let account = account.map(|account| (account.id, account.name.clone(), account.number.clone()));
        Self { user: user.id, name: user.full_name(), email: user.email.clone(), account }
    }
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

/// A request, on the desk and among the person's own. What the desk notes of it is not here: see `desk::DeskRow`.
#[derive(Serialize, Deserialize)]
pub(crate) struct RequestRow {
    /// id
    pub i: RequestId,
    /// who asks
    pub u: UserId,
    /// their first and last name; rows written before the desk opened have neither this nor the address
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub un: Option<String>,
    /// their address
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub um: Option<EmailAddress>,
    /// the account it is about
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub a: Option<AccountId>,
    /// its name
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub an: Option<AccountName>,
    /// its number
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ac: Option<CustomerNumber>,
    /// what
    pub q: Wish,
    /// why
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y: Option<Reason>,
    /// when, in milliseconds
    pub t: i64,
}

impl RequestRow {
    pub fn of(new: &NewRequest, now: Timestamp) -> Self {
        let (a, an, ac) = match new.by.account.clone() {
            None => (None, None, None),
            Some((account, name, number)) => (Some(account), Some(name), Some(number)),
        };
        Self {
            i: new.id,
            u: new.by.user,
            un: Some(new.by.name.clone()),
            um: Some(new.by.email.clone()),
            a,
            an,
            ac,
            q: new.wish.clone(),
            y: new.reason.clone(),
            t: now.as_millisecond(),
        }
    }
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
        let row = RequestRow::of(new, now);
        let mine = rows::to_item(&keys::request(user, &new.wish), &row);
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
    pub fn tell_desk(self, new: &NewRequest, now: Timestamp) -> Self {
        self.write(TableName::Accounts, rows::to_item(&keys::desk_request(new.id), &RequestRow::of(new, now)))
    }
}
