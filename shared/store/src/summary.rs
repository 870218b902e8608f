//! What an account has of each product (R402): rows counted by the transactions that change licenses (`ledger`).

use domain::{
    Date,
    license::LicenseType,
    number::ProductCode,
    page::{Page, PageSize, Position},
    rights::ShowSummary,
    summary::{ProductSummary, SummarySort},
};

use crate::{
    Store, StoreError, keys,
    ledger::SummaryRow,
    listing::Listing,
    rows::{self, Item},
};

impl Store {
    /// A page of an account's summary. Rows of what the account has no more are left out, so a page can be short.
    ///
    /// # Errors
    /// If the database does not answer, or the position is not one of this list.
    pub async fn list_summary(
        &self,
        right: &ShowSummary,
        sort: SummarySort,
        size: PageSize,
        from: Option<&Position>,
    ) -> Result<Page<ProductSummary>, StoreError> {
        let listing = Listing::of(keys::summary_partition(right.account()));
        let listing = match sort {
            SummarySort::Product => listing,
            SummarySort::SoonestEnd => listing.by_end(),
        };
        let (items, next) = self.page(listing, size, from).await?;
        let counted: Result<Vec<_>, StoreError> = items.into_iter().map(summary).collect();
        Ok(Page { items: counted?.into_iter().filter(|it| it.licenses > 0).collect(), next })
    }
}

fn summary(item: Item) -> Result<ProductSummary, StoreError> {
    let (product, license_type, end) = keys::of_summary(rows::sort_key(&item, "")?)
        .ok_or_else(|| StoreError::row("a row of a summary that says of nothing"))?;
    let (product_code, license_type) = (ProductCode::parse(product)?, LicenseType::parse(license_type)?);
    let ends_on = end.map(str::parse::<Date>).transpose().map_err(StoreError::row)?;
    let row: SummaryRow = rows::from_item(item)?;
    Ok(ProductSummary {
        product_code,
        product_name: row.pn,
        license_type,
        ends_on,
        licenses: row.n,
        used: row.u,
        total: row.t,
    })
}
