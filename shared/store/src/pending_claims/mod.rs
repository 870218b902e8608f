//! Requests to join an account by a number somebody knows (R102): made by anybody, decided by the account's owner and
//! managers or at the vendor's desk (R103). Each is three rows, written and deleted together: the account's, the desk's,
//! and, for each number named, the person's own, which does not tell whose the number is.

mod ask;
mod decide;
mod ground;
mod put_back;

use domain::{
    AccountId, EmailAddress, RequestId, SignedDuration, Timestamp, UserId,
    claim::{Reference, SHOWN_DAYS},
    page::{Page, PageSize, Position},
    request::Wish,
    rights::{ListClaims, ListMyClaims, WorkDesk},
};
use serde::{Deserialize, Serialize};

use crate::{PendingRequest, Store, StoreError, TableName, keys, listing::Listing, rows};

pub use ask::{AskRefused, AskedToJoin};
pub use decide::{ClaimDecider, ClaimDecision, DecisionRefused, Verified};
pub use ground::{ClaimCourse, ClaimGround, NamedNumber, Nobody};

/// A number that a request names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct NamedRow {
    /// the number
    r: Reference,
    /// the dispute about it
    #[serde(default, skip_serializing_if = "Option::is_none")]
    d: Option<RequestId>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct ClaimRow {
    /// id, also the desk's
    i: RequestId,
    /// first and last name of who asks
    n: String,
    /// their address
    m: EmailAddress,
    /// when, in milliseconds
    t: i64,
    /// the numbers named
    rf: Vec<NamedRow>,
}

/// Somebody who asks to join an account.
#[derive(Debug, Clone)]
pub struct PendingClaim {
    /// Who.
    pub user: UserId,
    /// First and last name, when they asked.
    pub name: String,
    /// Their address, when they asked: whoever has it is who joins.
    pub email: EmailAddress,
    /// When.
    pub asked_at: Timestamp,
    account: AccountId,
    row: ClaimRow,
}

impl PendingClaim {
    fn of(account: AccountId, user: UserId, row: ClaimRow) -> Result<Self, StoreError> {
        let (name, email, asked_at) = (row.n.clone(), row.m.clone(), rows::at(row.t)?);
        Ok(Self { user, name, email, asked_at, account, row })
    }

    /// Which account.
    #[must_use]
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// The number named first.
    #[must_use]
    pub fn reference(&self) -> Option<&Reference> {
        self.row.rf.first().map(|named| &named.r)
    }
}

impl Store {
    /// A page of those who ask to join an account, by when they signed up.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn list_claims(
        &self,
        right: &ListClaims,
        size: PageSize,
        from: Option<&Position>,
    ) -> Result<Page<PendingClaim>, StoreError> {
        let account = right.account();
        let (items, next) = self.page(Listing::of(keys::claims_partition(account)), size, from).await?;
        let claim = |item: rows::Item| {
            let user = UserId::parse(rows::sort_key(&item, "")?)?;
            PendingClaim::of(account, user, rows::from_item(item)?)
        };
        Ok(Page { items: items.into_iter().map(claim).collect::<Result<_, _>>()?, next })
    }

    /// What somebody asks of the account.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_claim(&self, right: &ListClaims, user: UserId) -> Result<Option<PendingClaim>, StoreError> {
        self.claim_of(right.account(), user).await
    }

    /// The same, for the desk.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_claim_at_desk(
        &self,
        _right: &WorkDesk,
        account: AccountId,
        user: UserId,
    ) -> Result<Option<PendingClaim>, StoreError> {
        self.claim_of(account, user).await
    }

    async fn claim_of(&self, account: AccountId, user: UserId) -> Result<Option<PendingClaim>, StoreError> {
        let found = self.get(TableName::Accounts, keys::pending_claim(account, user)).await?;
        found.map(|item| PendingClaim::of(account, user, rows::from_item(item)?)).transpose()
    }

    /// The numbers by which the right's holder asked to join an account, as long as they are shown.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn my_claims(&self, right: &ListMyClaims, now: Timestamp) -> Result<Vec<PendingRequest>, StoreError> {
        let mut asked = self.pending_requests(right.user()).await?;
        asked.retain(|request| matches!(request.wish, Wish::Claim { .. }) && request.is_shown(now));
        Ok(asked)
    }
}

impl PendingRequest {
    /// Whether it is still shown to whoever asked. Nobody decides what names no account, and what does must not be told
    /// from it.
    #[must_use]
    pub fn is_shown(&self, now: Timestamp) -> bool {
        let lasting = SignedDuration::from_hours(SHOWN_DAYS * 24);
        !matches!(self.wish, Wish::Claim { .. }) || now.duration_since(self.asked_at) < lasting
    }
}
