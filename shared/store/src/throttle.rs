//! Throttles: how often something may be tried, counted where every function sees it.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::Timestamp;

use crate::{Store, StoreError, TableName, keys, rows::Item, update};

/// A count that may not be passed within a window of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Throttle {
    /// What is counted, such as `sign-in-name`.
    pub kind: &'static str,
    /// For whom: an id or a pseudonym, never a name.
    pub whom: String,
    /// How many times.
    pub most: u32,
    /// In how many seconds.
    pub window: i64,
}

/// Too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Throttled {
    /// When the window is over, in seconds from now.
    pub seconds: i64,
}

/// The change that counts.
pub(crate) const COUNT: &str = "SET #ttl = :ttl ADD n :one";
/// The condition under which it may.
pub(crate) const ALLOWED: &str = "attribute_not_exists(n) OR n < :most";

/// `ttl` is a word of DynamoDB's own.
pub(crate) fn names() -> HashMap<String, String> {
    HashMap::from([("#ttl".to_owned(), "ttl".to_owned())])
}

/// How often it was counted, in a row of one.
pub(crate) fn counted(row: &Item) -> u32 {
    row.get("n").and_then(|n| n.as_n().ok()).and_then(|n| n.parse().ok()).unwrap_or_default()
}

impl Throttle {
    /// The row of the window that is now, and when that window is over, in seconds since 1970.
    pub(crate) fn row(&self, now: Timestamp) -> (keys::Key, i64) {
        let number = now.as_second().div_euclid(self.window);
        (keys::throttle(self.kind, &self.whom, number), (number + 1) * self.window)
    }

    pub(crate) fn values(&self, over: i64) -> HashMap<String, AttributeValue> {
        let number = |value: i64| AttributeValue::N(value.to_string());
        // Kept for an hour beyond its window: the database deletes late, and a clock may be behind.
        let values = [(":ttl", number(over + 3_600)), (":one", number(1)), (":most", number(i64::from(self.most)))];
        values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// What somebody is told who tried too often.
    #[must_use]
    pub fn used_up(&self, now: Timestamp) -> Throttled {
        Throttled { seconds: self.row(now).1 - now.as_second() }
    }
}

impl Store {
    /// Counts a try. The count moves before the work it guards, so that tries at the same time cannot race past it.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn count(&self, throttle: &Throttle, now: Timestamp) -> Result<Result<(), Throttled>, StoreError> {
        let (key, over) = throttle.row(now);
        let update = self
            .client
            .update_item()
            .table_name(self.table(TableName::Sessions))
            .set_key(Some(key.to_map()))
            .update_expression(COUNT)
            .condition_expression(ALLOWED)
            .set_expression_attribute_names(Some(names()))
            .set_expression_attribute_values(Some(throttle.values(over)));
        Ok(if update::send(update).await? { Ok(()) } else { Err(throttle.used_up(now)) })
    }
}
