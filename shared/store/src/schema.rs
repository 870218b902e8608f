//! The tables and their indexes: what the local runner creates, and what a test compares the template with.

use aws_sdk_dynamodb::{
    Client,
    types::{
        AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, LocalSecondaryIndex,
        Projection, ProjectionType, ScalarAttributeType, StreamSpecification, StreamViewType, TimeToLiveSpecification,
    },
};

use crate::StoreError;

/// A table, without the deployment's prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableName {
    /// Accounts, people, memberships, orders, licenses: durable.
    Accounts,
    /// Password hashes, sign-in names, keys: durable, readable by few.
    Credentials,
    /// Sessions, sign-ups in progress, throttles: never restored.
    Sessions,
    /// Outbox and activity log.
    Journal,
}

impl TableName {
    /// The name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Credentials => "credentials",
            Self::Sessions => "sessions",
            Self::Journal => "journal",
        }
    }
}

/// The type of a key attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    /// Text.
    Text,
    /// A number.
    Number,
}

/// An index; every one is sparse and holds whole rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: &'static str,
    /// The attribute it partitions by. None: the table's own (a local index).
    pub hash: Option<&'static str>,
    /// The attribute it sorts by.
    pub range: (&'static str, Scalar),
}

/// A table. Each partitions by `pk` and sorts by `sk`, both text, on demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: TableName,
    /// Its indexes.
    pub indexes: &'static [Index],
    /// The attribute that says when a row may be deleted, in seconds since 1970.
    pub ttl: Option<&'static str>,
    /// Whether changes are streamed (new images).
    pub stream: bool,
    /// Whether it can be restored to any point of the last 35 days.
    pub recoverable: bool,
}

/// Licenses by contract end.
pub const BY_END: &str = "by_end";
/// Licenses by serial number.
pub const BY_SERIAL: &str = "by_serial";
/// Members by their last sign-in.
pub const BY_SEEN: &str = "by_seen";
/// Members and contacts by address.
pub const BY_EMAIL: &str = "by_email";
/// Entries of an account's log by whom they are about.
pub const BY_PERSON: &str = "by_person";
/// Letters by when they are due.
pub const DUE: &str = "due";

/// Every table of the portal.
pub const TABLES: [Table; 4] = [
    Table {
        name: TableName::Accounts,
        indexes: &[
            Index { name: BY_END, hash: None, range: ("e", Scalar::Text) },
            Index { name: BY_SERIAL, hash: None, range: ("s", Scalar::Text) },
            Index { name: BY_SEEN, hash: None, range: ("seen", Scalar::Text) },
            Index { name: BY_EMAIL, hash: None, range: ("em", Scalar::Text) },
        ],
        ttl: None,
        stream: false,
        recoverable: true,
    },
    Table { name: TableName::Credentials, indexes: &[], ttl: None, stream: false, recoverable: true },
    Table { name: TableName::Sessions, indexes: &[], ttl: Some("ttl"), stream: false, recoverable: false },
    Table {
        name: TableName::Journal,
        indexes: &[
            Index { name: DUE, hash: Some("q"), range: ("due", Scalar::Number) },
            Index { name: BY_PERSON, hash: None, range: ("pe", Scalar::Text) },
        ],
        ttl: None,
        stream: true,
        recoverable: true,
    },
];

/// Creates the tables that are missing, for one machine and for tests; on AWS the template does.
///
/// # Errors
/// If the database does not answer or refuses a table.
pub async fn create_missing(client: &Client, prefix: &str) -> Result<(), StoreError> {
    let there = client.list_tables().send().await.map_err(StoreError::from_sdk)?;
    for table in TABLES {
        let name = format!("{prefix}{}", table.name.as_str());
        if !there.table_names().contains(&name) {
            create(client, &name, &table).await?;
        }
    }
    Ok(())
}

async fn create(client: &Client, name: &str, table: &Table) -> Result<(), StoreError> {
    let mut request = client
        .create_table()
        .table_name(name)
        .billing_mode(BillingMode::PayPerRequest)
        .set_key_schema(Some(key_schema("pk", "sk")?))
        .attribute_definitions(attribute("pk", Scalar::Text)?)
        .attribute_definitions(attribute("sk", Scalar::Text)?);
    let whole = Projection::builder().projection_type(ProjectionType::All).build();
    for index in table.indexes {
        let (range, scalar) = index.range;
        request = request.attribute_definitions(attribute(range, scalar)?);
        let keys = Some(key_schema(index.hash.unwrap_or("pk"), range)?);
        request = match index.hash {
            None => request.local_secondary_indexes(
                LocalSecondaryIndex::builder()
                    .index_name(index.name)
                    .set_key_schema(keys)
                    .projection(whole.clone())
                    .build()?,
            ),
            Some(hash) => request.attribute_definitions(attribute(hash, Scalar::Text)?).global_secondary_indexes(
                GlobalSecondaryIndex::builder()
                    .index_name(index.name)
                    .set_key_schema(keys)
                    .projection(whole.clone())
                    .build()?,
            ),
        };
    }
    if table.stream {
        let stream = StreamSpecification::builder().stream_enabled(true).stream_view_type(StreamViewType::NewImage);
        request = request.stream_specification(stream.build()?);
    }
    request.send().await.map_err(StoreError::from_sdk)?;
    if let Some(attribute) = table.ttl {
        let ttl = TimeToLiveSpecification::builder().enabled(true).attribute_name(attribute).build()?;
        let request = client.update_time_to_live().table_name(name).time_to_live_specification(ttl);
        request.send().await.map_err(StoreError::from_sdk)?;
    }
    Ok(())
}

fn key_schema(hash: &str, range: &str) -> Result<Vec<KeySchemaElement>, StoreError> {
    Ok(vec![
        KeySchemaElement::builder().attribute_name(hash).key_type(KeyType::Hash).build()?,
        KeySchemaElement::builder().attribute_name(range).key_type(KeyType::Range).build()?,
    ])
}

fn attribute(name: &str, scalar: Scalar) -> Result<AttributeDefinition, StoreError> {
    let scalar = match scalar {
        Scalar::Text => ScalarAttributeType::S,
        Scalar::Number => ScalarAttributeType::N,
    };
    Ok(AttributeDefinition::builder().attribute_name(name).attribute_type(scalar).build()?)
}
