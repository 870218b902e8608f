//! Asking owners each quarter to go through everyone who can get at what is theirs (R315): each account once a quarter,
//! whoever runs it, and however often; as far as one run comes, the next goes on.

use std::error::Error;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Account, AccountId, AccountState, Date, EventId, Timestamp,
    letter::Letter,
    log::{Event, LogOf},
    page::{PageSize, Position},
    review::Walk,
};
use serde::{Deserialize, Serialize};

use crate::{
    Conflict, Store, StoreError, TableName, keys, letters, log,
    rows::{self, AccountRow},
    transaction::{Transaction, When},
    update,
};

/// How far the owners of a quarter were asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewWalk {
    /// The first day of the quarter.
    pub quarter: Date,
    /// Which walk over all accounts it is.
    pub walk: Walk,
    /// Where it goes on; none: at the beginning.
    pub from: Option<Position>,
}

/// An account whose owner has not been asked in a quarter.
pub struct ReviewedAccount {
    /// The account.
    pub account: Account,
    /// How many people belong to it.
    pub members: u32,
}

/// A page of them, and where the next begins.
#[derive(Default)]
pub struct ReviewedAccounts {
    /// Those in use.
    pub items: Vec<ReviewedAccount>,
    /// What is wrong with one that cannot be read; it keeps nobody else from being asked.
    pub unreadable: Option<StoreError>,
    /// Where the next page begins.
    pub next: Option<Position>,
}

/// An owner to ask.
pub struct NewReview<'a> {
    /// Whose.
    pub account: AccountId,
    /// The first day of the quarter.
    pub quarter: Date,
    /// To the owner.
    pub letter: &'a Letter,
    /// The log entry's id.
    pub event: EventId,
}

#[derive(Serialize, Deserialize)]
struct WalkRow {
    /// the first day of the quarter
    q: Date,
    /// which walk
    w: Walk,
    /// the sort keys of where it goes on; none at the beginning
    p: Vec<String>,
}

/// That an owner was asked.
#[derive(Deserialize)]
struct AskedRow {
    /// the first day of the quarter
    q: Date,
}

impl Store {
    /// How far the owners were asked; none before the first time.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn review_walk(&self) -> Result<Option<ReviewWalk>, StoreError> {
        let item = self.get(TableName::Accounts, keys::review_walk()).await?;
        let row = item.map(rows::from_item::<WalkRow>).transpose()?;
        let from = |p: Vec<String>| (!p.is_empty()).then_some(Position(p));
        Ok(row.map(|row| ReviewWalk { quarter: row.q, walk: row.w, from: from(row.p) }))
    }

    /// Notes how far. A run that began in an earlier quarter does not set back a later one.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn note_review_walk(&self, walk: &ReviewWalk) -> Result<(), StoreError> {
        let p = walk.from.clone().map(|from| from.0).unwrap_or_default();
        let row: rows::Item = serde_dynamo::aws_sdk_dynamodb_1::to_item(WalkRow { q: walk.quarter, w: walk.walk, p })?;
        let note = self
            .client
            .update_item()
            .table_name(self.table(TableName::Accounts))
            .set_key(Some(keys::review_walk().to_map()))
            .update_expression("SET q = :q, w = :w, p = :p, v = :v")
            .condition_expression("attribute_not_exists(q) OR q <= :q")
            .set_expression_attribute_values(Some(
                row.into_iter().map(|(name, value)| (format!(":{name}"), value)).collect(),
            ))
            .expression_attribute_values(":v", AttributeValue::N(rows::VERSION.to_string()));
        update::send(note).await.map(drop)
    }

    /// A page of the accounts in use whose owners have not been asked in a quarter.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn accounts_to_review(
        &self,
        quarter: Date,
        from: Option<&Position>,
    ) -> Result<ReviewedAccounts, StoreError> {
        let (listed, next) = self.directory_page("", PageSize::LARGEST, from).await?;
        let active = listed.iter().filter(|account| account.state == AccountState::Active).map(|account| account.id);
        let ids: Vec<AccountId> = active.collect();
        let wanted = ids.iter().flat_map(|id| [keys::account(*id), keys::reviewed(*id)]).collect();
        let mut found = self.items(TableName::Accounts, wanted).await?;
        let mut page = ReviewedAccounts { next, ..ReviewedAccounts::default() };
        for id in ids {
            let (account, asked) = (found.remove(&keys::account(id)), found.remove(&keys::reviewed(id)));
            match to_review(account, asked, quarter) {
                Ok(account) => page.items.extend(account),
                Err(error) => {
                    let account = id.to_string();
                    tracing::error!(target: "store", account, code = "unreadable", error = &error as &dyn Error);
                    page.unreadable = Some(error);
                }
            }
        }
        Ok(page)
    }

    /// Asks an owner: whether it is this call that does, not an earlier one nor one at the same time. The account must
    /// still be in use.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn ask_for_review(&self, new: &NewReview<'_>, now: Timestamp) -> Result<bool, StoreError> {
        let first = When::holds("attribute_not_exists(q) OR q < :q")
            .text(":q", new.quarter.to_string())
            .number(":v", rows::VERSION);
        let told = Event::ReviewDue { quarter: new.quarter };
        let asked = Transaction::new(self)
            .update(TableName::Accounts, &keys::reviewed(new.account), "SET q = :q, v = :v", first, ())
            .in_use(new.account, ())
            .write(TableName::Journal, letters::row(new.letter))
            .write(TableName::Journal, log::by_the_portal(new.event, LogOf::Account(new.account), &told, now));
        match asked.commit().await {
            Ok(()) => Ok(true),
            Err(Conflict::Refused(())) => Ok(false),
            Err(Conflict::Store(error)) => Err(error),
        }
    }
}

/// The account of these rows, if its owner is still to be asked.
fn to_review(
    account: Option<rows::Item>,
    asked: Option<rows::Item>,
    quarter: Date,
) -> Result<Option<ReviewedAccount>, StoreError> {
    let asked = asked.map(rows::from_item::<AskedRow>).transpose()?;
    if asked.is_some_and(|asked| asked.q >= quarter) {
        return Ok(None);
    }
    let Some(row) = account.map(rows::from_item::<AccountRow>).transpose()? else { return Ok(None) };
    Ok(Some(ReviewedAccount { members: row.m, account: row.try_into()? }))
}
