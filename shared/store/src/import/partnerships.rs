//! Partners and the customers they look after.

use domain::{AccountId, partnership::CustomerAccess};
use serde::{Deserialize, Serialize};

use super::{Import, ImportError, KnownCustomer, KnownPartner, PartnershipRecord, Taken};
use crate::{
    TableName, keys, rows,
    transaction::{Transaction, When},
};

/// Who looks after a customer.
#[derive(Serialize, Deserialize)]
pub(crate) struct PartnerRow {
    /// the partner's account
    pub a: AccountId,
    /// how its people get in
    pub x: CustomerAccess,
}

impl Import<'_> {
    /// Gives a customer its partner, or changes how the partner's people get in.
    ///
    /// # Errors
    /// [`ImportError`], also if the customer has another partner.
    pub async fn link(
        &self,
        record: &PartnershipRecord,
        partner: AccountId,
        customer: KnownCustomer,
    ) -> Result<KnownCustomer, ImportError> {
        let key = keys::partner(customer.id);
        let transaction = Transaction::new(self.store);
        let linked = match &customer.partner {
            None => {
                let row = rows::to_item(&key, &PartnerRow { a: partner, x: record.access });
                transaction.create(TableName::Accounts, row, Taken::Partner)
            }
            Some(_) => {
                let same =
                    When::holds("a = :a").with(":a", rows::value(&partner)?).with(":x", rows::value(&record.access)?);
                transaction.update(TableName::Accounts, &key, "SET x = :x", same, Taken::Partner)
            }
        };
        let now = KnownPartner { number: record.partner.clone(), fingerprint: record.fingerprint.clone() };
        let known = KnownCustomer { partner: Some(now), ..customer };
        linked
            .check(TableName::Accounts, &keys::account(partner), When::present(), Taken::Partner)
            .check(TableName::Accounts, &keys::account(known.id), When::present(), Taken::Partner)
            .write(TableName::Accounts, rows::to_item(&keys::imported_customer(&record.customer), &known))
            .commit()
            .await?;
        Ok(known)
    }
}
