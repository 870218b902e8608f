//! Products.

use domain::{
    name::ProductName,
    number::ProductCode,
    page::{Page, PageSize, Position},
    product::Product,
    rights::ListProducts,
};
use serde::{Deserialize, Serialize};

use crate::{Store, StoreError, keys, listing::Listing, rows};

#[derive(Serialize, Deserialize)]
pub(crate) struct ProductRow {
    /// name
    pub n: ProductName,
}

impl Store {
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
        let (partition, prefix) = keys::products();
        let (items, next) = self.page(Listing::of(partition), size, from).await?;
        let product = |item: rows::Item| {
            let code = ProductCode::parse(rows::sort_key(&item, prefix)?)?;
            Ok(Product { code, name: rows::from_item::<ProductRow>(item)?.n })
        };
        Ok(Page { items: items.into_iter().map(product).collect::<Result<_, StoreError>>()?, next })
    }
}
