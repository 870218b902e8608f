//! Lists of licenses: a page is one query that reads only the page.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    LicenseId,
    license::{License, LicenseSort},
    number::SerialNumber,
    order::Order,
    page::{Page, PageSize, Position},
    rights::{LicenseScope, ListLicenses},
};

use crate::{Store, StoreError, TableName, keys, listing::Listing, orders::OrderRow, rows, schema};

/// A license, for somebody who sees it.
pub struct ShownLicense {
    /// The license.
    pub license: License,
    /// The order it came with, for whoever sees orders.
    pub order: Option<Order>,
}

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
        let listing = Listing::of(partition(right));
        let listing = match sort {
            LicenseSort::NewestOrder => listing.backwards(),
            LicenseSort::OldestOrder => listing,
            LicenseSort::SoonestEnd(None) => listing.by_end(),
            LicenseSort::SoonestEnd(Some(day)) => listing.ending_from(day),
        };
        let (items, next) = self.page(listing, size, from).await?;
        Ok(Page { items: licenses(Some(items))?, next })
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

impl Store {
    /// A license that the right's holder sees, with its order if they see orders: as the account has it, since a seat's
    /// copy may lag behind it.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn show_license(
        &self,
        right: &ListLicenses,
        license: LicenseId,
    ) -> Result<Option<ShownLicense>, StoreError> {
        let account = right.account();
        let order = keys::order(account, license.order());
        let key = keys::license(account, license);
        let asked = match right.scope() {
            LicenseScope::Account => order.clone(),
            LicenseScope::Assigned => keys::assigned(account, right.user(), license),
        };
        let mut found = self.items(TableName::Accounts, vec![key.clone(), asked.clone()]).await?;
        let theirs = right.scope() == LicenseScope::Account || found.contains_key(&asked);
        let Some(row) = found.remove(&key).filter(|_| theirs) else { return Ok(None) };
        let order = found.remove(&order).map(rows::from_item::<OrderRow>).transpose()?;
        Ok(Some(ShownLicense {
            license: rows::from_item::<rows::LicenseRow>(row)?.into_license(license)?,
            order: order.map(|row| row.into_order(license.order())),
        }))
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
