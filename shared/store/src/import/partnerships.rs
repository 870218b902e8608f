//! Partners and the customers they look after.

use domain::AccountId;

use super::{Import, ImportError, KnownCustomer, KnownPartner, PartnershipRecord, Taken};
use crate::{
    TableName, keys, rows,
    transaction::{Transaction, When},
};

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
        let key = keys::account(customer.id);
        // One partner at a time: whoever comes second is told so.
        let theirs = if customer.partner.is_some() {
            When::holds("pa = :pa")
        } else {
            When::holds("attribute_exists(pk) AND attribute_not_exists(pa)")
        };
        let theirs = theirs.text(":pa", partner.to_string()).with(":px", rows::value(&record.access)?);
        let linked = Transaction::new(self.store)
            .update(TableName::Accounts, &key, "SET pa = :pa, px = :px", theirs, Taken::Partner)
            .customer_changes(customer.id, Some(partner));
        let now = KnownPartner { number: record.partner.clone(), fingerprint: record.fingerprint.clone() };
        let known = KnownCustomer { partner: Some(now), ..customer };
        linked
            .check(TableName::Accounts, &keys::account(partner), When::present(), Taken::Partner)
            .write(TableName::Accounts, rows::to_item(&keys::imported_customer(&record.customer), &known))
            .commit()
            .await?;
        Ok(known)
    }
}
