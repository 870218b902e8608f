//! Who looks after an account, and how their people get in (R509, R514). Both stand on the account's own row, which every
//! request of theirs is judged by: a change counts from the next one on.

mod access;
mod linking;

use domain::{
    Account, AccountId,
    name::AccountName,
    number::CustomerNumber,
    partnership::{CustomerAccess, Partnership},
    rights::ShowOutsiders,
};

use crate::{
    Conflict, Listed, Store, StoreError, TableName, keys,
    rows::{self, AccountRow},
    transaction::{TRIES, Transaction},
};

pub use access::{AccessChange, AccessRefused};
pub use linking::{LinkRefused, Linking, LinkingTold};

/// The partner of an account.
#[derive(Debug, Clone)]
pub struct PartnerOfAccount {
    /// Its account's id.
    pub id: AccountId,
    /// Its number.
    pub number: CustomerNumber,
    /// Its name.
    pub name: AccountName,
    /// How its people get in.
    pub access: CustomerAccess,
}

impl PartnerOfAccount {
    /// The partnership, with what the partner's own row says of it.
    pub(crate) fn of(partnership: Partnership, partner: AccountRow) -> Self {
        Self { id: partner.i, number: partner.n, name: partner.na, access: partnership.access }
    }
}

impl Store {
    /// The partner of the account, which the account's row names, and the account's rows in its list: two calls, one after
    /// the other.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_partner_and_list(
        &self,
        right: &ShowOutsiders,
    ) -> Result<(Option<PartnerOfAccount>, Listed), StoreError> {
        let partner = async {
            let account = self.find_account(right.account()).await?;
            self.partner_of(account.as_ref()).await
        };
        tokio::try_join!(partner, self.rows_listed(right.account()))
    }

    /// The partner of the account that the right is for, as it was judged.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn show_partner(
        &self,
        right: &ShowOutsiders,
        account: &Account,
    ) -> Result<Option<PartnerOfAccount>, StoreError> {
        self.partner_of(Some(account).filter(|account| account.id == right.account())).await
    }

    async fn partner_of(&self, account: Option<&Account>) -> Result<Option<PartnerOfAccount>, StoreError> {
        let Some(partnership) = account.and_then(|account| account.partnership) else { return Ok(None) };
        let found = self.get(TableName::Accounts, keys::account(partnership.partner)).await?;
        Ok(found.map(rows::from_item).transpose()?.map(|row| PartnerOfAccount::of(partnership, row)))
    }

    /// Writes a change after which the account's partner may not see it, or not as it did: the rows of its lists go in the
    /// same transaction, so that they show nothing more even if what follows is interrupted. Where those rows changed
    /// since they were read, which `changed` says, they are read again.
    pub(crate) async fn commit_unlisting<'a, A: Clone + PartialEq>(
        &'a self,
        account: AccountId,
        listed: &Listed,
        changed: A,
        arms: impl Fn() -> Transaction<'a, A>,
    ) -> Result<(), Conflict<A>> {
        let mut listed = listed.clone();
        for _ in 1..TRIES {
            match arms().unlist(account, &listed, changed.clone()).commit().await {
                Err(Conflict::Refused(arm)) if arm == changed => {
                    listed = self.rows_listed(account).await.map_err(Conflict::Store)?;
                }
                other => return other,
            }
        }
        arms().unlist(account, &listed, changed).commit().await
    }
}
