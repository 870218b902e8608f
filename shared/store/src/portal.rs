//! What every function knows of this deployment: the vendor, the public keys, and the few secret keys.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
};

use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes};
use domain::vendor::{Settings, Vendor};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{Store, StoreError, TableName, keys, rows, transaction};

/// Bytes, stored as bytes: as a list of numbers, which serde makes of them, a key is a hundred values to read at every
/// start. Does not print.
#[derive(Clone)]
pub struct Bytes(pub Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Whole;
        impl<'de> de::Visitor<'de> for Whole {
            type Value = Bytes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }

            // As the first version wrote them.
            fn visit_seq<A: de::SeqAccess<'de>>(self, mut numbers: A) -> Result<Bytes, A::Error> {
                let mut bytes = Vec::new();
                while let Some(byte) = numbers.next_element()? {
                    bytes.push(byte);
                }
                Ok(Bytes(bytes))
            }
        }
        deserializer.deserialize_any(Whole)
    }
}

/// Keys that every function reads: they let it verify and seal, not sign.
#[derive(Clone, Serialize, Deserialize)]
pub struct PortalKeys {
    /// Public halves of the session keys by name: the current and the previous one.
    #[serde(rename = "p")]
    pub session_keys: BTreeMap<String, Bytes>,
    /// The key of seals. (`s` and `e` are index keys of this table.)
    #[serde(rename = "sl")]
    pub seal_key: Bytes,
}

/// A secret key, by name; who may read which is the role's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretKeyName {
    /// Signs sessions: `session` alone.
    Session,
    /// Signs license files: `licenses` alone.
    License,
    /// Makes link tokens: `sign-up` and `dispatch`.
    Link,
}

impl SecretKeyName {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::License => "license",
            Self::Link => "link",
        }
    }
}

/// A secret key as stored. Does not print.
#[derive(Clone, Serialize, Deserialize)]
pub struct SecretKey {
    /// Its name in a token's header.
    #[serde(rename = "i")]
    pub id: String,
    /// The key.
    #[serde(rename = "k")]
    pub bytes: Bytes,
}

impl Store {
    /// The portal's keys, vendor and settings, from one read; none of them may be there yet.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn portal(&self) -> Result<(Option<PortalKeys>, Option<Vendor>, Settings), StoreError> {
        let wanted = KeysAndAttributes::builder()
            .keys(keys::portal_keys().to_map())
            .keys(keys::vendor().to_map())
            .keys(keys::settings().to_map())
            .consistent_read(true)
            .build()?;
        let found = self.batch_get([(TableName::Accounts, wanted)]).await?;
        let (mut portal_keys, mut vendor, mut settings) = (None, None, Settings::default());
        for (_, item) in found {
            match rows::sort_key(&item, "")? {
                "KEYS" => portal_keys = Some(rows::from_item(item)?),
                "SETTINGS" => settings = rows::from_item(item)?,
                _ => vendor = Some(rows::from_item(item)?),
            }
        }
        Ok((portal_keys, vendor, settings))
    }

    /// Writes what pages and mails say of the vendor.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn set_vendor(&self, vendor: &Vendor) -> Result<(), StoreError> {
        let item = rows::to_item(&keys::vendor(), vendor)?;
        let put = self.client.put_item().table_name(self.table(TableName::Accounts)).set_item(Some(item));
        put.send().await.map(|_| ()).map_err(StoreError::from_sdk)
    }

    /// Writes the first keys of the portal, unless somebody was faster: read them again then.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn create_portal_keys(&self, portal_keys: &PortalKeys) -> Result<(), StoreError> {
        self.create_key(TableName::Accounts, rows::to_item(&keys::portal_keys(), portal_keys)?).await
    }

    /// Adds the public half of a session key, unless it is there already.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn publish_session_key(&self, kid: &str, public: &[u8]) -> Result<(), StoreError> {
        let public = AttributeValue::B(public.to_vec().into());
        let update = self
            .client
            .update_item()
            .table_name(self.table(TableName::Accounts))
            .set_key(Some(keys::portal_keys().to_map()))
            .update_expression("SET p.#kid = :public")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#kid", kid)
            .expression_attribute_values(":public", public);
        update.send().await.map(|_| ()).map_err(StoreError::from_sdk)
    }

    /// A secret key.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn secret_key(&self, name: SecretKeyName) -> Result<Option<SecretKey>, StoreError> {
        let item = self.get(TableName::Credentials, keys::secret_key(name.as_str())).await?;
        item.map(rows::from_item).transpose()
    }

    /// Writes the first secret key of that name, unless somebody was faster: read it again then.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn create_secret_key(&self, name: SecretKeyName, key: &SecretKey) -> Result<(), StoreError> {
        self.create_key(TableName::Credentials, rows::to_item(&keys::secret_key(name.as_str()), key)?).await
    }

    async fn create_key(&self, table: TableName, item: rows::Item) -> Result<(), StoreError> {
        let put = self.client.put_item().table_name(self.table(table)).set_item(Some(item));
        match put.condition_expression("attribute_not_exists(pk)").send().await {
            Ok(_) => Ok(()),
            Err(error)
                if error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) =>
            {
                Ok(())
            }
            Err(error) => Err(StoreError::from_sdk(error)),
        }
    }

    /// One row, read consistently.
    pub(crate) async fn get(&self, table: TableName, key: keys::Key) -> Result<Option<rows::Item>, StoreError> {
        let get =
            self.client.get_item().table_name(self.table(table)).set_key(Some(key.to_map())).consistent_read(true);
        get.send().await.map(|found| found.item).map_err(StoreError::from_sdk)
    }

    /// Rows of several tables in one call; what the database leaves out is asked for again.
    pub(crate) async fn batch_get<const N: usize>(
        &self,
        wanted: [(TableName, KeysAndAttributes); N],
    ) -> Result<Vec<(TableName, rows::Item)>, StoreError> {
        let names = wanted.each_ref().map(|(table, _)| (*table, self.table(*table)));
        let mut request = Some(wanted.into_iter().map(|(table, keys)| (self.table(table), keys)).collect());
        let mut found = Vec::new();
        for tried in 1..=transaction::TRIES {
            let reply =
                self.client.batch_get_item().set_request_items(request).send().await.map_err(StoreError::from_sdk)?;
            for (table, items) in reply.responses.unwrap_or_default() {
                if let Some((table, _)) = names.iter().find(|(_, name)| *name == table) {
                    found.extend(items.into_iter().map(|item| (*table, item)));
                }
            }
            request = reply.unprocessed_keys.filter(|left| !left.is_empty());
            if request.is_none() {
                return Ok(found);
            }
            transaction::pause(tried).await;
        }
        Err(StoreError::Unavailable("the database left keys out again and again".into()))
    }

    /// The rows of some keys that are there.
    pub(crate) async fn items(
        &self,
        table: TableName,
        mut wanted: Vec<keys::Key>,
    ) -> Result<HashMap<keys::Key, rows::Item>, StoreError> {
        /// What one call takes (AWS).
        const AT_ONCE: usize = 100;
        wanted.sort_unstable();
        wanted.dedup();
        let mut found = HashMap::with_capacity(wanted.len());
        for keys in wanted.chunks(AT_ONCE) {
            let request = KeysAndAttributes::builder()
                .set_keys(Some(keys.iter().map(keys::Key::to_map).collect()))
                .consistent_read(true)
                .build()?;
            for (_, item) in self.batch_get([(table, request)]).await? {
                let (Some(pk), Some(sk)) = (text(&item, "pk"), text(&item, "sk")) else { continue };
                found.insert(keys::Key { pk, sk }, item);
            }
        }
        Ok(found)
    }
}

/// A row's text attribute, or nothing.
pub(crate) fn text(item: &rows::Item, name: &str) -> Option<String> {
    match item.get(name) {
        Some(AttributeValue::S(text)) => Some(text.clone()),
        _ => None,
    }
}
