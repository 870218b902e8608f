//! A page of a list: one query that reads the page and nothing else.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Date,
    member::Group,
    page::{PageSize, Position},
};

use crate::{Store, StoreError, TableName, portal::text, rows, schema};

/// A list: a partition of the table `accounts`, in the order of its keys or of an index.
#[derive(Debug, Clone)]
pub(crate) struct Listing {
    partition: String,
    /// How what it is sorted by begins: the sort key, or the attribute of the index.
    prefix: Option<String>,
    by: Option<By>,
    ends: Option<Ends>,
    backwards: bool,
}

/// Which ends a list by end has.
#[derive(Debug, Clone)]
enum Ends {
    On(String),
    From(String),
    UpTo(String),
}

/// An index, and the attribute it sorts by.
type By = (&'static str, &'static str);

impl Listing {
    /// A whole partition, by sort key.
    pub const fn of(partition: String) -> Self {
        Self { partition, prefix: None, by: None, ends: None, backwards: false }
    }

    /// Only rows that begin so in what they are sorted by.
    pub fn beginning(self, prefix: impl Into<String>) -> Self {
        Self { prefix: Some(prefix.into()), ..self }
    }

    /// Only rows that have an end, the soonest first.
    pub fn by_end(self) -> Self {
        Self { by: Some((schema::BY_END, "e")), ..self }
    }

    /// Only rows that end on that day.
    pub fn ending_on(self, day: Date) -> Self {
        Self { ends: Some(Ends::On(format!("{day}#"))), ..self.by_end() }
    }

    /// Only rows that end on that day or later, the soonest first.
    pub fn ending_from(self, day: Date) -> Self {
        Self { ends: Some(Ends::From(day.to_string())), ..self.by_end() }
    }

    /// All of them by what they carry in `s`, such as a release's day.
    pub fn by_day(self) -> Self {
        Self { by: Some((schema::BY_SERIAL, "s")), ..self }
    }

    /// People of an account by name.
    pub fn by_name(self) -> Self {
        Self { by: Some((schema::BY_SERIAL, "s")), ..self }
    }

    /// People of an account by group and name.
    pub fn by_group(self) -> Self {
        Self { by: Some((schema::BY_END, "e")), ..self }
    }

    /// People of an account by group, managers first; then members, as many as a page has room for.
    pub fn managers_and_members(self) -> Self {
        Self { ends: Some(Ends::From(format!("{}#", Group::Managers.name()))), ..self.by_group() }
    }

    /// The same, but whoever was invited after managers, the last by name first.
    pub fn managers_and_invited(self) -> Self {
        // `$` comes after `#`, and before whatever else a group's word could go on with.
        let ends = Some(Ends::UpTo(format!("{}$", Group::Managers.name())));
        Self { ends, ..self.by_group().backwards() }
    }

    /// People of an account by address.
    pub fn by_email(self) -> Self {
        Self { by: Some((schema::BY_EMAIL, "em")), ..self }
    }

    /// Members of an account by their last sign-in.
    pub fn by_seen(self) -> Self {
        Self { by: Some((schema::BY_SEEN, "seen")), ..self }
    }

    /// The other way round.
    pub fn backwards(self) -> Self {
        Self { backwards: true, ..self }
    }

    /// The sort keys of the order it is in: of the table, and of the index if one is read.
    fn sorted_by(&self) -> impl Iterator<Item = &'static str> + Clone + use<> {
        std::iter::once("sk").chain(self.by.map(|(_, attribute)| attribute))
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
            .set_index_name(listing.by.map(|(index, _)| index.to_owned()))
            .consistent_read(true)
            .limit(i32::from(size.get()))
            .scan_index_forward(!listing.backwards)
            .set_exclusive_start_key(start)
            .expression_attribute_values(":pk", AttributeValue::S(listing.partition));
        let sorted = listing.by.map_or("sk", |(_, attribute)| attribute);
        let query = match (listing.prefix, listing.ends) {
            (_, Some(Ends::On(day))) => query
                .key_condition_expression("pk = :pk AND begins_with(e, :e)")
                .expression_attribute_values(":e", AttributeValue::S(day)),
            // A page that goes on is past the first day already; and that day may have moved on since it began, which
            // would leave the position outside of the list.
            (_, Some(Ends::From(day))) if from.is_none() => query
                .key_condition_expression("pk = :pk AND e >= :e")
                .expression_attribute_values(":e", AttributeValue::S(day)),
            (_, Some(Ends::UpTo(end))) if from.is_none() => query
                .key_condition_expression("pk = :pk AND e <= :e")
                .expression_attribute_values(":e", AttributeValue::S(end)),
            (None, _) => query.key_condition_expression("pk = :pk"),
            (Some(prefix), _) => query
                .key_condition_expression(format!("pk = :pk AND begins_with({sorted}, :prefix)"))
                .expression_attribute_values(":prefix", AttributeValue::S(prefix)),
        };
        let reply = query.send().await.map_err(StoreError::from_sdk)?;
        let next = reply.last_evaluated_key.as_ref().map(|key| position(key, sorted_by.clone())).transpose()?;
        Ok((reply.items.unwrap_or_default(), next))
    }
}

fn position(key: &rows::Item, sorted_by: impl Iterator<Item = &'static str>) -> Result<Position, StoreError> {
    let parts = sorted_by.map(|name| text(key, name)).collect::<Option<Vec<_>>>();
    parts.map(Position).ok_or_else(|| StoreError::row("a last key without its parts"))
}

fn start_key(listing: &Listing, position: &Position) -> Result<HashMap<String, AttributeValue>, StoreError> {
    let names = listing.sorted_by();
    if names.clone().count() != position.0.len() {
        return Err(StoreError::row("a position of another list"));
    }
    let parts = names.zip(&position.0).map(|(name, value)| (name.to_owned(), value.clone()));
    let whole = parts.chain([("pk".to_owned(), listing.partition.clone())]);
    Ok(whole.map(|(name, value)| (name, AttributeValue::S(value))).collect())
}
