//! Partners and the customers they look after.

use domain::{AccountId, partnership::CustomerAccess};

use super::{Import, ImportError, KnownCustomer, KnownPartner, PartnershipRecord, Taken};
use crate::{
    StoreError, TableName, keys,
    ledger::Ledger,
    rows::{self, AccountRow},
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
        let mut linked = Transaction::new(self.store)
            .update(TableName::Accounts, &key, "SET pa = :pa, px = :px", theirs, Taken::Partner)
            .customer_changes(customer.id, Some(partner));
        if customer.partner.is_some() && record.access == CustomerAccess::GuestsOnly {
            linked = linked.unlist(customer.id, &self.store.rows_listed(customer.id).await?, Taken::Partner);
        }
        let now = KnownPartner { number: record.partner.clone(), fingerprint: record.fingerprint.clone() };
        let known = KnownCustomer { partner: Some(now), ..customer };
        linked
            .check(TableName::Accounts, &keys::account(partner), When::present(), Taken::Partner)
            .write(TableName::Accounts, rows::to_item(&keys::imported_customer(&record.customer), &known))
            .commit_with_what_follows()
            .await?;
        Ok(known)
    }

    /// Counts what licenses of an account come or go. Its partner's lists follow, if it has one: asked for first, since
    /// few accounts have, and most of an import is written before any has.
    pub(super) async fn count<'t>(
        &self,
        transaction: Transaction<'t, Taken>,
        account: AccountId,
        ledger: Ledger,
    ) -> Result<Transaction<'t, Taken>, StoreError> {
        if !ledger.moves() {
            return Ok(transaction.count_in(account, ledger));
        }
        let key = keys::account(account);
        let row =
            self.store.get(TableName::Accounts, key.clone()).await?.map(rows::from_item::<AccountRow>).transpose()?;
        let partner = row.and_then(|row| row.pa);
        let as_read = When::present().partner_as_read(partner);
        let counted = transaction.count_in(account, ledger);
        Ok(counted.check(TableName::Accounts, &key, as_read, Taken::Account).customer_changes(account, partner))
    }
}
