//! Ends that pass: what a partner's lists call the next renewal of a customer moves on with the calendar. One row says up
//! to which day ends have passed, so that whatever brings the lists up to an account knows; `housekeeping` moves it on, and
//! then brings up the accounts of which licenses ended on the days between.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    AccountId, Date,
    page::{Page, Position},
};
use serde::{Deserialize, Serialize};

use crate::{Store, StoreError, TableName, keys, rows, update};

/// How far ends have passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndsPassed {
    /// The last day that is over.
    pub until: Date,
    /// The last day whose accounts are brought up.
    pub followed: Date,
}

#[derive(Serialize, Deserialize)]
struct PassedRow {
    /// the last day that is over
    d: Date,
    /// the last whose accounts are brought up
    w: Date,
}

impl Store {
    /// How far ends have passed; none before that was first noted.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn ends_passed(&self) -> Result<Option<EndsPassed>, StoreError> {
        let found = self.get(TableName::Accounts, keys::renewed()).await?;
        let row = found.map(rows::from_item::<PassedRow>).transpose()?;
        Ok(row.map(|PassedRow { d, w }| EndsPassed { until: d, followed: w }))
    }

    /// Notes that a day is over. Noted for the first time, there are no days before it whose accounts would have to
    /// follow: what is written from now on knows of it.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn note_ends_passed(&self, day: Date) -> Result<(), StoreError> {
        let change = "SET d = :d, v = :v, w = if_not_exists(w, :d)";
        self.move_passed_on(change, "attribute_not_exists(d) OR d < :d", day).await
    }

    /// Notes that the accounts of a day are brought up. A slow run does not set back what a faster one noted.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn note_ends_followed(&self, day: Date) -> Result<(), StoreError> {
        self.move_passed_on("SET w = :d, v = :v", "w < :d", day).await
    }

    async fn move_passed_on(&self, change: &str, when: &str, day: Date) -> Result<(), StoreError> {
        let note = self
            .client
            .update_item()
            .table_name(self.table(TableName::Accounts))
            .set_key(Some(keys::renewed().to_map()))
            .update_expression(change)
            .condition_expression(when)
            .expression_attribute_values(":d", AttributeValue::S(day.to_string()))
            .expression_attribute_values(":v", AttributeValue::N(rows::VERSION.to_string()));
        update::send(note).await.map(drop)
    }

    /// A page of the accounts of which licenses end on a day: those that have a partner.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn customers_ending_on(&self, day: Date, from: Option<&Position>) -> Result<Page<AccountId>, StoreError> {
        let page = self.ending_on(day, from).await?;
        let accounts: Vec<_> = page.items.iter().map(|ending| ending.account).collect();
        let rows = self.account_rows(&accounts).await?;
        Ok(Page { items: rows.iter().filter(|row| row.pa.is_some()).map(|row| row.i).collect(), next: page.next })
    }
}
