//! Products.

use aws_sdk_dynamodb::types::AttributeValue;

use super::{Import, ImportError, ProductRecord, Taken};
use crate::{TableName, keys, rows, transaction::Transaction};

impl Import<'_> {
    /// Writes a product, new or renamed; what else is said of it at the console stays. Licenses keep the name they were
    /// granted under.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn put_product(&self, product: &ProductRecord) -> Result<(), ImportError> {
        let number = |value: u32| AttributeValue::N(value.to_string());
        let mut values = vec![
            (":n", AttributeValue::S(product.name.to_string())),
            (":v", number(rows::VERSION)),
            (":one", number(1)),
        ];
        let change = match product.trial_days {
            None => "SET n = :n, v = :v ADD ve :one",
            Some(days) => {
                values.push((":td", number(u32::from(days))));
                "SET n = :n, v = :v, td = :td ADD ve :one"
            }
        };
        let written = Transaction::<Taken>::new(self.store).adjust(
            TableName::Accounts,
            &keys::product(&product.code),
            change,
            values,
        );
        written.commit().await.map_err(ImportError::from)
    }
}
