//! An account as staff see it, and what it may use (R702).

use domain::{
    Account, AccountId, EventId, Features, Timestamp, User,
    log::{Event, LogOf},
    name::AccountName,
    number::CustomerNumber,
    partnership::CustomerAccess,
    rights::{FindAccounts, SetFeatures},
};

use crate::{
    Conflict, Store, StoreError, TableName, keys, log,
    rows::{self, AccountRow},
    transaction::{Transaction, When},
};

/// An account as staff see it.
pub struct AccountDetails {
    /// The account.
    pub account: Account,
    /// How many people belong to it.
    pub members: u32,
    /// Its license contact.
    pub owner: Option<User>,
    /// Who looks after it.
    pub partner: Option<PartnerOfAccount>,
}

/// The partner of an account.
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

/// Why what an account may use stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeaturesRefused {
    /// Whoever acts is not (any more) who acted.
    Actor,
    /// Somebody else said otherwise meanwhile.
    Account,
}

impl Store {
    /// An account with its owner and its partner. Both are named by rows of its own, so this is two calls, one after the
    /// other.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn account_details(
        &self,
        _: &FindAccounts,
        account: AccountId,
    ) -> Result<Option<AccountDetails>, StoreError> {
        let row = self.get(TableName::Accounts, keys::account(account)).await?;
        let Some(row) = row.map(rows::from_item::<AccountRow>).transpose()? else { return Ok(None) };
        let (mut owner, mut of_partner) = (None, None);
        let named = [keys::user(row.o)].into_iter().chain(row.pa.iter().map(|partner| keys::account(*partner)));
        for item in self.rows_of(named.collect()).await? {
            match rows::sort_key(&item, "")? {
                "USER" => owner = Some(rows::from_item::<rows::UserRow>(item)?.into()),
                _ => of_partner = Some(rows::from_item::<AccountRow>(item)?),
            }
        }
        let partner = of_partner.zip(row.px).map(|(account, access)| PartnerOfAccount {
            id: account.i,
            number: account.n,
            name: account.na,
            access,
        });
        Ok(Some(AccountDetails { members: row.m, account: row.try_into()?, owner, partner }))
    }

    /// Says what an account may use, from the next request on. Where somebody else did meanwhile, nothing is written.
    ///
    /// # Errors
    /// [`FeaturesRefused`] says which condition did not hold.
    pub async fn set_features(
        &self,
        right: &SetFeatures,
        account: &Account,
        features: Features,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<FeaturesRefused>> {
        let as_read = match &account.said_features {
            None => When::holds("k = :k AND attribute_not_exists(fe)"),
            Some(was) => When::holds("k = :k AND fe = :was").with(":was", rows::value(was)?),
        };
        let when = as_read.with(":k", rows::value(&account.kind)?).with(":fe", rows::value(&features)?);
        let by = right.authority().user;
        let said = Event::FeaturesSet { features };
        Transaction::new(self)
            .by(right.authority(), FeaturesRefused::Actor)
            .update(TableName::Accounts, &keys::account(account.id), "SET fe = :fe", when, FeaturesRefused::Account)
            .write(TableName::Journal, log::entry(event, LogOf::Account(account.id), by, &said, now))
            .commit()
            .await
    }
}
