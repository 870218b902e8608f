//! Products.

use domain::name::ProductName;
use serde::{Deserialize, Serialize};

use super::{Import, ImportError, ProductRecord, Taken};
use crate::{TableName, keys, rows, transaction::Transaction};

#[derive(Serialize, Deserialize)]
pub(super) struct ProductRow {
    /// name
    pub n: ProductName,
}

impl Import<'_> {
    /// Writes a product, new or renamed. Licenses keep the name they were granted under.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn put_product(&self, product: &ProductRecord) -> Result<(), ImportError> {
        let row = rows::to_item(&keys::product(&product.code), &ProductRow { n: product.name.clone() });
        let written = Transaction::<Taken>::new(self.store).write(TableName::Accounts, row).commit().await;
        written.map_err(ImportError::from)
    }
}
