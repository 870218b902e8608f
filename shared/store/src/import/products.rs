//! Products.

use super::{Import, ImportError, ProductRecord, Taken};
use crate::{TableName, keys, products::ProductRow, rows, transaction::Transaction};

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
