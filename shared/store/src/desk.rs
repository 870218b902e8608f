//! The vendor's desk: what people ask of the vendor, who of its people looks after it, and what becomes of it (R705).
//! What each kind does is a file of its own beside this one.

mod access;
mod company;
mod decide;
mod email;
mod license_contact;
mod name;

use domain::{
    AccountId, EmailAddress, EventId, RequestId, Timestamp, UserId,
    desk::{Matter, StaffPerson},
    log::Event,
    name::{AccountName, Reason},
    number::CustomerNumber,
    page::{Page, PageSize, Position},
    request::Wish,
    rights::{ListRequests, WorkDesk},
};
use serde::Deserialize;

use crate::{
    Conflict, Store, StoreError, TableName, keys,
    listing::Listing,
    requests::RequestRow,
    rows::{self, Item},
    transaction::{Transaction, When},
};

pub use company::Renaming;
pub use decide::{DecideRefused, Decided};
pub use license_contact::{Handover, OwnersInvitation};

/// Something asked of the vendor, as the desk sees it.
#[derive(Debug, Clone)]
pub struct DeskRequest {
    /// Its id.
    pub id: RequestId,
    /// Who asks.
    pub user: UserId,
    /// What they were called when they asked, first and last name; unknown of what was asked before the desk opened.
    pub user_name: Option<String>,
    /// Their address then.
    pub user_email: Option<EmailAddress>,
    /// The account it is about, as it was called then.
    pub account: Option<DeskAccount>,
    /// What is asked for.
    pub wish: Wish,
    /// Why, in the person's words.
    pub reason: Option<Reason>,
    /// When.
    pub asked_at: Timestamp,
    /// Who of the vendor's people looks after it.
    pub owner: Option<StaffPerson>,
    /// Who approved it first, and when, where two are needed.
    pub approved_first: Option<(StaffPerson, Timestamp)>,
}

/// The account a request is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskAccount {
    /// Its id.
    pub id: AccountId,
    /// Its name; unknown of what was asked before the desk opened.
    pub name: Option<AccountName>,
    /// Its number.
    pub number: Option<CustomerNumber>,
}

/// What the desk notes on a request.
#[derive(Deserialize)]
struct DeskRow {
    #[serde(flatten)]
    request: RequestRow,
    /// who looks after it
    o: Option<UserId>,
    /// what they are called
    oa: Option<String>,
    /// who approved it first
    ap: Option<UserId>,
    /// what they are called
    apa: Option<String>,
    /// when, in milliseconds
    apt: Option<i64>,
}

/// Why a request was not taken on or given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakeRefused {
    /// The staff person is not (any more) who acts.
    Actor,
    /// It is decided, or somebody else looks after it.
    Request,
}

/// On the desk, and nobody else looks after it than `:o`.
const FREE_OR_MINE: &str = "attribute_exists(pk) AND (attribute_not_exists(o) OR o = :o)";

impl DeskRequest {
    /// As far as it matters who decides it.
    #[must_use]
    pub fn matter(&self) -> Matter<'_> {
        let approved_first_by = self.approved_first.as_ref().map(|(person, _)| person.id);
        Matter { wish: &self.wish, asked_by: self.user, approved_first_by }
    }

    fn read(item: Item) -> Result<Self, StoreError> {
        let DeskRow { request: row, o, oa, ap, apa, apt } = rows::from_item(item)?;
        let approved_first = match (ap.zip(apa), apt) {
            (Some((id, name)), Some(at)) => Some((StaffPerson { id, name }, rows::at(at)?)),
            _ => None,
        };
        Ok(Self {
            id: row.i,
            user: row.u,
            user_name: row.un,
            user_email: row.um,
            account: row.a.map(|id| DeskAccount { id, name: row.an, number: row.ac }),
            wish: row.q,
            reason: row.y,
            asked_at: rows::at(row.t)?,
            owner: o.zip(oa).map(|(id, name)| StaffPerson { id, name }),
            approved_first,
        })
    }
}

impl Store {
    /// A page of what is to be decided, the oldest first.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn list_requests(
        &self,
        _: &ListRequests,
        size: PageSize,
        from: Option<&Position>,
    ) -> Result<Page<DeskRequest>, StoreError> {
        let (items, next) = self.page(Listing::of(keys::DESK.to_owned()), size, from).await?;
        let items = items.into_iter().map(DeskRequest::read).collect::<Result<_, _>>()?;
        Ok(Page { items, next })
    }

    /// One of them, if it is not decided.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_request(&self, _: &ListRequests, id: RequestId) -> Result<Option<DeskRequest>, StoreError> {
        self.get(TableName::Accounts, keys::desk_request(id)).await?.map(DeskRequest::read).transpose()
    }

    /// Lets one of the vendor's people look after a request, if nobody else does.
    ///
    /// # Errors
    /// [`TakeRefused`] says which condition did not hold.
    pub async fn take_request(
        &self,
        right: &WorkDesk,
        person: &StaffPerson,
        id: RequestId,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<TakeRefused>> {
        let free = When::holds(FREE_OR_MINE).text(":o", person.id.to_string()).text(":oa", person.name.clone());
        let taken = Event::RequestTaken { request: id };
        Transaction::new(self)
            .by(right.authority(), TakeRefused::Actor)
            .update(TableName::Accounts, &keys::desk_request(id), "SET o = :o, oa = :oa", free, TakeRefused::Request)
            .noted(event, person.id, &taken, now)
            .commit()
            .await
    }

    /// Gives a request back that they look after.
    ///
    /// # Errors
    /// [`TakeRefused`] says which condition did not hold.
    pub async fn give_back_request(
        &self,
        right: &WorkDesk,
        id: RequestId,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<TakeRefused>> {
        let user = right.authority().user;
        let mine = When::holds(FREE_OR_MINE).text(":o", user.to_string());
        Transaction::new(self)
            .by(right.authority(), TakeRefused::Actor)
            .update(TableName::Accounts, &keys::desk_request(id), "REMOVE o, oa", mine, TakeRefused::Request)
            .noted(event, user, &Event::RequestGivenBack { request: id }, now)
            .commit()
            .await
    }
}
