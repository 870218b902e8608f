//! What the portal holds already, looked up by the names the files use.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    EmailAddress, LicenseId, UserId,
    number::{CustomerNumber, OrderNumber, ProductCode, SerialNumber},
    product::Product,
    sign_in_name::SignInName,
};
use serde::de::DeserializeOwned;

use super::{Import, KnownCustomer, KnownOrder};
use crate::{
    StoreError, TableName, keys, keys::Key, portal::text, products::ProductRow, rows, rows::Item,
    transaction::SerialRow,
};

impl Import<'_> {
    /// How many names one call looks up.
    pub const AT_ONCE: usize = 100;

    /// Every product.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn products(&self) -> Result<HashMap<ProductCode, Product>, StoreError> {
        let (partition, prefix) = keys::products();
        let product = |item: Item| {
            let code = ProductCode::parse(rows::sort_key(&item, prefix)?)?;
            Ok((code.clone(), rows::from_item::<ProductRow>(item)?.into_product(code)))
        };
        self.all(partition, prefix).await?.into_iter().map(product).collect()
    }

    /// What imports wrote of customers.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn customers(
        &self,
        numbers: &[&CustomerNumber],
    ) -> Result<Vec<(CustomerNumber, KnownCustomer)>, StoreError> {
        self.found(TableName::Accounts, numbers, keys::imported_customer).await
    }

    /// What imports wrote of orders.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn orders(&self, numbers: &[&OrderNumber]) -> Result<Vec<(OrderNumber, KnownOrder)>, StoreError> {
        self.found(TableName::Accounts, numbers, keys::imported_order).await
    }

    /// The licenses that hold serial numbers, by the form in which those are compared.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn serials(&self, serials: &[&SerialNumber]) -> Result<Vec<(String, LicenseId)>, StoreError> {
        let found = self.found::<SerialNumber, SerialRow>(TableName::Accounts, serials, keys::serial_number);
        Ok(found.await?.into_iter().map(|(serial, row)| (serial.claim(), row.l)).collect())
    }

    /// The orders that hold activation codes, by the hash of the code; the caller hashes.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn codes(&self, hashes: &[&String]) -> Result<Vec<(String, OrderNumber)>, StoreError> {
        let found = self
            .found::<String, crate::claims::CodeRow>(TableName::Accounts, hashes, |hash| keys::activation_code(hash));
        Ok(found.await?.into_iter().map(|(hash, row)| (hash, row.o)).collect())
    }

    /// Who signs in with addresses, by the form in which those are compared.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn logins(&self, emails: &[&EmailAddress]) -> Result<Vec<(String, UserId)>, StoreError> {
        let key = |email: &EmailAddress| keys::sign_in_name(&SignInName::Email(email.clone()));
        let found = self.items(TableName::Credentials, emails.iter().map(|email| key(email)).collect()).await?;
        let login = |email: &&EmailAddress| {
            // An address that somebody gave up signs nobody in; it is theirs no more.
            let row = found.get(&key(email)).filter(|item| !item.contains_key("x"));
            let user = row.and_then(|item| text(item, "u"))?;
            Some(UserId::parse(&user).map(|user| (email.claim(), user)).map_err(StoreError::from))
        };
        emails.iter().filter_map(login).collect()
    }

    async fn found<N: Clone, R: DeserializeOwned>(
        &self,
        table: TableName,
        names: &[&N],
        key: impl Fn(&N) -> Key,
    ) -> Result<Vec<(N, R)>, StoreError> {
        let mut items = self.items(table, names.iter().map(|name| key(name)).collect()).await?;
        let row = |name: &&N| Some(rows::from_item(items.remove(&key(name))?).map(|row| ((*name).clone(), row)));
        names.iter().filter_map(row).collect()
    }

    /// The rows of some keys that are there.
    pub(super) async fn items(&self, table: TableName, wanted: Vec<Key>) -> Result<HashMap<Key, Item>, StoreError> {
        self.store.items(table, wanted).await
    }

    /// Every row of a partition whose sort key begins so, page by page.
    pub(super) async fn all(&self, partition: String, prefix: &str) -> Result<Vec<Item>, StoreError> {
        let (mut items, mut from) = (Vec::new(), None);
        loop {
            let query = self
                .store
                .client
                .query()
                .table_name(self.store.table(TableName::Accounts))
                .consistent_read(true)
                .key_condition_expression("pk = :pk AND begins_with(sk, :sk)")
                .expression_attribute_values(":pk", AttributeValue::S(partition.clone()))
                .expression_attribute_values(":sk", AttributeValue::S(prefix.to_owned()))
                .set_exclusive_start_key(from);
            let page = query.send().await.map_err(StoreError::from_sdk)?;
            items.extend(page.items.unwrap_or_default());
            from = page.last_evaluated_key;
            if from.is_none() {
                return Ok(items);
            }
        }
    }
}
