//! Lists of licenses: a page is one query that reads only the page.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    LicenseId,
    license::{License, LicenseSort},
    number::SerialNumber,
    page::{Page, PageSize, Position},
    rights::{LicenseScope, ListLicenses},
};

use crate::{Store, StoreError, TableName, keys, portal::text, rows, schema};

impl Store {
    /// A page of the licenses that the right's holder sees.
    ///
    /// # Errors
    /// If the database does not answer, or the position is not one of this list.
    pub async fn list_licenses(
        &self,
        right: &ListLicenses,
        sort: LicenseSort,
        size: PageSize,
        from: Option<&Position>,
    ) -> Result<Page<License>, StoreError> {
        let pk = partition(right);
        let (index, range) = match sort {
            LicenseSort::NewestOrder | LicenseSort::OldestOrder => (None, None),
            LicenseSort::SoonestEnd => (Some(schema::BY_END), Some("e")),
        };
        let mut query = self
            .client
            .query()
            .table_name(self.table(TableName::Accounts))
            .set_index_name(index.map(str::to_owned))
            .consistent_read(true)
            .limit(i32::from(size.get()))
            .scan_index_forward(sort != LicenseSort::NewestOrder)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", AttributeValue::S(pk.clone()));
        if let Some(position) = from {
            query = query.set_exclusive_start_key(Some(start_key(&pk, range, position)?));
        }
        let reply = query.send().await.map_err(StoreError::from_sdk)?;
        let next = reply.last_evaluated_key.as_ref().map(|key| position(key, range)).transpose()?;
        Ok(Page { items: licenses(reply.items)?, next })
    }

    /// The license of that serial number among those that the right's holder sees: none or one.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_license_by_serial(
        &self,
        right: &ListLicenses,
        serial: &SerialNumber,
    ) -> Result<Page<License>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(self.table(TableName::Accounts))
            .index_name(schema::BY_SERIAL)
            .consistent_read(true)
            .limit(1)
            .key_condition_expression("pk = :pk AND s = :s")
            .expression_attribute_values(":pk", AttributeValue::S(partition(right)))
            .expression_attribute_values(":s", AttributeValue::S(serial.claim()));
        let reply = query.send().await.map_err(StoreError::from_sdk)?;
        Ok(Page { items: licenses(reply.items)?, next: None })
    }
}

fn partition(right: &ListLicenses) -> String {
    match right.scope() {
        LicenseScope::Account => keys::licenses_partition(right.account()),
        LicenseScope::Assigned => keys::assigned_partition(right.account(), right.user()),
    }
}

pub(crate) fn licenses(items: Option<Vec<rows::Item>>) -> Result<Vec<License>, StoreError> {
    let license = |item: rows::Item| {
        let id = LicenseId::parse(rows::sort_key(&item, keys::LICENSE_PREFIX)?)?;
        rows::from_item::<rows::LicenseRow>(item)?.into_license(id)
    };
    items.unwrap_or_default().into_iter().map(license).collect()
}

/// The sort keys of where a page ended: of the table, and of the index if one was read.
fn position(key: &rows::Item, range: Option<&str>) -> Result<Position, StoreError> {
    let parts = ["sk"].into_iter().chain(range).map(|name| text(key, name));
    parts.collect::<Option<Vec<_>>>().map(Position).ok_or_else(|| StoreError::row("a last key without its parts"))
}

fn start_key(
    pk: &str,
    range: Option<&str>,
    position: &Position,
) -> Result<HashMap<String, AttributeValue>, StoreError> {
    let names: Vec<&str> = ["sk"].into_iter().chain(range).collect();
    if names.len() != position.0.len() {
        return Err(StoreError::row("a position of another list"));
    }
    let parts =
        names.into_iter().zip(&position.0).map(|(name, value)| (name.to_owned(), AttributeValue::S(value.clone())));
    Ok(parts.chain([("pk".to_owned(), AttributeValue::S(pk.to_owned()))]).collect())
}
