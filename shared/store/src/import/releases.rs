//! Releases, for the sample vendor: its people did not upload them one by one.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{name::WebAddress, number::ProductCode, release::Release};

use super::{Import, ImportError, Taken};
use crate::{
    TableName, keys,
    rows::{self, ReleaseRow},
    transaction::Transaction,
};

impl Import<'_> {
    /// Writes a release, new or in place of the one of that version.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn put_release(&self, product: &ProductCode, release: &Release) -> Result<(), ImportError> {
        let row = rows::to_item(&keys::release(product, &release.version), &ReleaseRow::from(release));
        let written = Transaction::<Taken>::new(self.store).write(TableName::Accounts, row).commit().await;
        written.map_err(ImportError::from)
    }

    /// Says which terms a product has, and how long it may be tried.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn describe_product(
        &self,
        product: &ProductCode,
        terms_url: &WebAddress,
        trial_days: u16,
    ) -> Result<(), ImportError> {
        let values =
            [(":tu", AttributeValue::S(terms_url.to_string())), (":td", AttributeValue::N(trial_days.to_string()))];
        let change = "SET tu = :tu, td = :td";
        let written =
            Transaction::<Taken>::new(self.store).adjust(TableName::Accounts, &keys::product(product), change, values);
        written.commit().await.map_err(ImportError::from)
    }
}
