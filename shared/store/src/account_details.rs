//! An account as staff see it, and what it may use (R702).

use domain::{
    Account, AccountId, EventId, Features, Timestamp, User,
    log::{Event, LogOf},
    partnership::{CustomerAccess, Partnership},
    rights::{FindAccounts, SetFeatures},
};

use crate::{
    Conflict, Listed, PartnerOfAccount, Store, StoreError, TableName, keys, log,
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

/// Why what an account may use stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeaturesRefused {
    /// Whoever acts is not (any more) who acted.
    Actor,
    /// Somebody else said otherwise meanwhile.
    Account,
    /// Its partner's lists changed again and again.
    Listed,
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
        let partnership = row.pa.zip(row.px).map(|(partner, access)| Partnership { partner, access });
        let partner = partnership.zip(of_partner).map(|(partnership, row)| PartnerOfAccount::of(partnership, row));
        Ok(Some(AccountDetails { members: row.m, account: row.try_into()?, owner, partner }))
    }

    /// An account, and its rows in the list of whoever looks after it: both at once.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_account_and_list(&self, account: AccountId) -> Result<Option<(Account, Listed)>, StoreError> {
        let (account, listed) = tokio::try_join!(self.find_account(account), self.rows_listed(account))?;
        Ok(account.map(|account| (account, listed)))
    }

    /// Says what an account may use, from the next request on. Where somebody else did meanwhile, nothing is written. An
    /// account that now lets in guests alone leaves its partner's lists with it.
    ///
    /// # Errors
    /// [`FeaturesRefused`] says which condition did not hold.
    pub async fn set_features(
        &self,
        right: &SetFeatures,
        (account, listed): &(Account, Listed),
        features: Features,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<FeaturesRefused>> {
        let as_read = match &account.said_features {
            None => When::holds("k = :k AND attribute_not_exists(fe)"),
            Some(was) => When::holds("k = :k AND fe = :was").with(":was", rows::value(was)?),
        };
        let when = as_read.with(":k", rows::value(&account.kind)?).with(":fe", rows::value(&features)?);
        let partner = account.partnership.map(|partnership| partnership.partner);
        let when = when.partner_as_read(partner);
        let by = log::By::Staff(right.authority());
        let said = Event::FeaturesSet { features };
        let entry = || log::entry(event, LogOf::Account(account.id), by, &said, now);
        let set = || {
            Transaction::new(self)
                .by(right.authority(), FeaturesRefused::Actor)
                .update(
                    TableName::Accounts,
                    &keys::account(account.id),
                    "SET fe = :fe",
                    when.clone(),
                    FeaturesRefused::Account,
                )
                .customer_changes(account.id, partner)
                .write(TableName::Journal, entry())
        };
        let is = Account { said_features: Some(features), ..account.clone() };
        let closes = account.access() == Some(CustomerAccess::Automatic) && is.access() != account.access();
        match closes {
            true => self.commit_unlisting(account.id, listed, FeaturesRefused::Listed, set).await,
            false => set().commit().await,
        }
    }
}
