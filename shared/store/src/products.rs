//! Products.

use domain::{
    EventId, Timestamp,
    log::{Event, LogOf},
    name::{ProductName, WebAddress},
    number::ProductCode,
    page::{Page, PageSize, Position},
    product::Product,
    rights::{ListCustomers, ListProducts, ManageProducts},
};
use serde::{Deserialize, Serialize};

use crate::{
    Conflict, ReleaseRefused, Store, StoreError, TableName, keys,
    listing::Listing,
    log, rows,
    transaction::{Transaction, When},
};

#[derive(Serialize, Deserialize)]
pub(crate) struct ProductRow {
    /// name
    pub n: ProductName,
    /// terms
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tu: Option<WebAddress>,
    /// days of a trial
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub td: Option<u16>,
    /// seats of a trial
    #[serde(default = "one")]
    pub ts: u16,
    /// withdrawn
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub w: bool,
    /// revision
    #[serde(default)]
    pub ve: u32,
}

const fn one() -> u16 {
    1
}

impl From<&Product> for ProductRow {
    fn from(product: &Product) -> Self {
        Self {
            n: product.name.clone(),
            tu: product.terms_url.clone(),
            td: product.trial_days,
            ts: product.trial_seats,
            w: product.withdrawn,
            ve: product.revision,
        }
    }
}

impl ProductRow {
    pub fn into_product(self, code: ProductCode) -> Product {
        Product {
            code,
            name: self.n,
            terms_url: self.tu,
            trial_days: self.td,
            trial_seats: self.ts,
            withdrawn: self.w,
            revision: self.ve,
        }
    }
}

impl Store {
    /// A product.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn product(&self, _: &ListProducts, code: &ProductCode) -> Result<Option<Product>, StoreError> {
        let found = self.get(TableName::Accounts, keys::product(code)).await?;
        found.map(|item| Ok(rows::from_item::<ProductRow>(item)?.into_product(code.clone()))).transpose()
    }

    /// Writes a product: a new one, or in place of a revision.
    ///
    /// # Errors
    /// [`ReleaseRefused`] says which condition did not hold.
    pub async fn put_product(
        &self,
        right: &ManageProducts,
        product: &Product,
        replaces: Option<u32>,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<ReleaseRefused>> {
        let row = rows::to_item(&keys::product(&product.code), &ProductRow::from(product));
        let changed = Event::ProductChanged { product: product.code.clone() };
        Transaction::new(self)
            .by(right.authority(), ReleaseRefused::Actor)
            .put(TableName::Accounts, row, Some(When::replacing(replaces)), Some(ReleaseRefused::Changed))
            .write(TableName::Journal, log::entry(event, LogOf::Vendor, right.authority().user, &changed, now))
            .commit()
            .await
    }

    /// A page of products, by code.
    ///
    /// # Errors
    /// If the database does not answer, or the position is not one of this list.
    pub async fn list_products(
        &self,
        _: &ListProducts,
        size: PageSize,
        from: Option<&Position>,
    ) -> Result<Page<Product>, StoreError> {
        self.products(size, from).await
    }

    /// The same for a partner, whose customers may have licenses of any of them.
    ///
    /// # Errors
    /// If the database does not answer, or the position is not one of this list.
    pub async fn list_products_for_partner(
        &self,
        _: &ListCustomers,
        size: PageSize,
        from: Option<&Position>,
    ) -> Result<Page<Product>, StoreError> {
        self.products(size, from).await
    }

    async fn products(&self, size: PageSize, from: Option<&Position>) -> Result<Page<Product>, StoreError> {
        let (partition, prefix) = keys::products();
        let (items, next) = self.page(Listing::of(partition), size, from).await?;
        let product = |item: rows::Item| {
            let code = ProductCode::parse(rows::sort_key(&item, prefix)?)?;
            Ok(rows::from_item::<ProductRow>(item)?.into_product(code))
        };
        Ok(Page { items: items.into_iter().map(product).collect::<Result<_, StoreError>>()?, next })
    }
}
