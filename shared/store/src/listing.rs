//! A page of a list: one query that reads the page and nothing else.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::page::{PageSize, Position};

use crate::{Store, StoreError, TableName, portal::text, rows, schema};

/// A list: a partition of the table `accounts`, in the order of its keys or of an index.
#[derive(Debug, Clone)]
pub(crate) struct Listing {
    partition: String,
    prefix: Option<String>,
    by_end: bool,
    backwards: bool,
}

impl Listing {
    /// A whole partition, by sort key.
    pub const fn of(partition: String) -> Self {
        Self { partition, prefix: None, by_end: false, backwards: false }
    }

    /// Only rows whose sort keys begin so.
    pub fn beginning(self, prefix: impl Into<String>) -> Self {
        Self { prefix: Some(prefix.into()), ..self }
    }

    /// Only rows that have an end, the soonest first.
    pub fn by_end(self) -> Self {
        Self { by_end: true, ..self }
    }

    /// The other way round.
    pub fn backwards(self) -> Self {
        Self { backwards: true, ..self }
    }

    /// The sort keys of the order it is in: of the table, and of the index if one is read.
    fn sorted_by(&self) -> &'static [&'static str] {
        if self.by_end { &["sk", "e"] } else { &["sk"] }
    }
}

impl Store {
    /// A page of a list, and where the next begins.
    ///
    /// # Errors
    /// If the database does not answer, or the position is not one of this list.
    pub(crate) async fn page(
        &self,
        listing: Listing,
        size: PageSize,
        from: Option<&Position>,
    ) -> Result<(Vec<rows::Item>, Option<Position>), StoreError> {
        let start = from.map(|position| start_key(&listing, position)).transpose()?;
        let sorted_by = listing.sorted_by();
        let query = self
            .client
            .query()
            .table_name(self.table(TableName::Accounts))
            .set_index_name(listing.by_end.then(|| schema::BY_END.to_owned()))
            .consistent_read(true)
            .limit(i32::from(size.get()))
            .scan_index_forward(!listing.backwards)
            .set_exclusive_start_key(start)
            .expression_attribute_values(":pk", AttributeValue::S(listing.partition));
        let query = match listing.prefix {
            None => query.key_condition_expression("pk = :pk"),
            Some(prefix) => query
                .key_condition_expression("pk = :pk AND begins_with(sk, :sk)")
                .expression_attribute_values(":sk", AttributeValue::S(prefix)),
        };
        let reply = query.send().await.map_err(StoreError::from_sdk)?;
        let next = reply.last_evaluated_key.as_ref().map(|key| position(key, sorted_by)).transpose()?;
        Ok((reply.items.unwrap_or_default(), next))
    }
}

fn position(key: &rows::Item, sorted_by: &[&str]) -> Result<Position, StoreError> {
    let parts = sorted_by.iter().map(|name| text(key, name)).collect::<Option<Vec<_>>>();
    parts.map(Position).ok_or_else(|| StoreError::row("a last key without its parts"))
}

fn start_key(listing: &Listing, position: &Position) -> Result<HashMap<String, AttributeValue>, StoreError> {
    let names = listing.sorted_by();
    if names.len() != position.0.len() {
        return Err(StoreError::row("a position of another list"));
    }
    let parts = names.iter().zip(&position.0).map(|(name, value)| ((*name).to_owned(), value.clone()));
    let whole = parts.chain([("pk".to_owned(), listing.partition.clone())]);
    Ok(whole.map(|(name, value)| (name, AttributeValue::S(value))).collect())
}
