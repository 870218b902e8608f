//! All accounts by name, and what else staff find them by (R702).
//!
//! The directory is a row per account beside the account's own, written by whatever changes a name or a status. So a
//! page of it is one query that reads the page, for ten accounts or a million.

use std::collections::HashSet;

use aws_sdk_dynamodb::types::KeysAndAttributes;
use domain::{
    AccountId, AccountKind, AccountState, EmailAddress, User, UserId,
    name::AccountName,
    number::{CustomerNumber, SerialNumber},
    page::{PageSize, Position},
    rights::FindAccounts,
    search::AccountSearch,
    sign_in_name::SignInName,
};
use serde::{Deserialize, Serialize};

use crate::{
    Store, StoreError, TableName, accounts, keys,
    listing::Listing,
    rows::{self, AccountRow},
    transaction::{SerialRow, Transaction},
};

/// Whose a customer number is.
#[derive(Serialize, Deserialize)]
pub(crate) struct CustomerNumberRow {
    /// the account
    pub a: AccountId,
    /// the same as the directory lists it; rows written before staff were shown them from here have none
    #[serde(default, skip_serializing_if = "Option::is_none")]
    l: Option<ListedAccount>,
}

/// An account as the directory lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedAccount {
    /// Its id.
    #[serde(rename = "i")]
    pub id: AccountId,
    /// Its number.
    #[serde(rename = "n")]
    pub number: CustomerNumber,
    /// Its name.
    #[serde(rename = "na")]
    pub name: AccountName,
    /// Its kind.
    #[serde(rename = "k")]
    pub kind: AccountKind,
    /// Its status.
    #[serde(rename = "st")]
    pub state: AccountState,
}

/// What staff looked for.
#[derive(Debug, Clone, Default)]
pub struct FoundAccounts {
    /// Who has the address, if one was looked for.
    pub person: Option<User>,
    /// The accounts.
    pub items: Vec<ListedAccount>,
    /// Where the next page begins.
    pub next: Option<Position>,
}

impl From<AccountRow> for ListedAccount {
    fn from(row: AccountRow) -> Self {
        Self { id: row.i, number: row.n, name: row.na, kind: row.k, state: row.st }
    }
}

impl CustomerNumberRow {
    fn of(account: &ListedAccount) -> Result<rows::Item, StoreError> {
        rows::to_item(&keys::customer_number(&account.number), &Self { a: account.id, l: Some(account.clone()) })
    }
}

impl<A: Clone> Transaction<'_, A> {
    /// Gives a new account its number, if nobody has it, and lists it in the directory.
    pub fn list_new(self, account: &ListedAccount, taken: A) -> Self {
        let listed = rows::to_item(&keys::directory(&account.name, account.id), account);
        self.create(TableName::Accounts, CustomerNumberRow::of(account), taken).write(TableName::Accounts, listed)
    }

    /// Keeps the directory true to an account that has another name or status, and what its number says; `was` is the name
    /// it stood under. Two arms, and another where the name moves.
    pub fn list_in_directory(self, account: &ListedAccount, was: Option<&AccountName>) -> Self {
        let key = keys::directory(&account.name, account.id);
        let old = was.map(|name| keys::directory(name, account.id)).filter(|old| *old != key);
        let listed = self
            .write(TableName::Accounts, rows::to_item(&key, account))
            .write(TableName::Accounts, CustomerNumberRow::of(account));
        match old {
            None => listed,
            Some(old) => listed.remove(TableName::Accounts, &old),
        }
    }
}

impl Store {
    /// A page of what staff look for: the accounts of whoever has an address, or whose number it is, or which has a
    /// license of that serial number, before those whose names begin so.
    ///
    /// # Errors
    /// If the database does not answer, or the position is not one of this list.
    pub async fn find_accounts(
        &self,
        _: &FindAccounts,
        search: &AccountSearch,
        size: PageSize,
        from: Option<&Position>,
    ) -> Result<FoundAccounts, StoreError> {
        match search {
            AccountSearch::Email(email) => self.accounts_of_address(email).await,
            AccountSearch::Text { prefix, number, serial } => {
                // Further pages are of names alone: numbers stand on the first.
                let (number, serial) = if from.is_none() { (number.as_ref(), serial.as_ref()) } else { (None, None) };
                let (page, number, serial) = tokio::join!(
                    self.directory_page(prefix, size, from),
                    self.row_of_number(number),
                    self.account_of_serial(serial),
                );
                let ((by_name, next), number, serial) = (page?, number?, serial?);
                // A serial number names an account, which is then read; a customer number's row says itself what is listed.
                let (numbered, known) = match number {
                    None => (None, None),
                    Some(CustomerNumberRow { a, l: None }) => (Some(a), None),
                    Some(CustomerNumberRow { l, .. }) => (None, l),
                };
                let named: Vec<AccountId> = serial.into_iter().chain(numbered).collect();
                let mut items = self.listed(&named).await?;
                items.extend(known.filter(|known| !named.contains(&known.id)));
                let first: HashSet<AccountId> = items.iter().map(|account| account.id).collect();
                items.extend(by_name.into_iter().filter(|account| !first.contains(&account.id)));
                Ok(FoundAccounts { person: None, items, next })
            }
        }
    }

    /// A page of the directory, of names that begin so.
    pub(crate) async fn directory_page(
        &self,
        prefix: &str,
        size: PageSize,
        from: Option<&Position>,
    ) -> Result<(Vec<ListedAccount>, Option<Position>), StoreError> {
        let whole = Listing::of(keys::directory_partition());
        let listing = if prefix.is_empty() { whole } else { whole.beginning(prefix) };
        let (items, next) = self.page(listing, size, from).await?;
        Ok((items.into_iter().map(rows::from_item).collect::<Result<_, _>>()?, next))
    }

    /// Whoever has that address, and their accounts as they are now.
    async fn accounts_of_address(&self, email: &EmailAddress) -> Result<FoundAccounts, StoreError> {
        let Some(user) = self.whose(&SignInName::Email(email.clone())).await? else {
            return Ok(FoundAccounts::default());
        };
        let (mut person, mut theirs) = (None, Vec::new());
        for item in self.partition(TableName::Accounts, keys::user_partition(user), "").await? {
            if rows::sort_key(&item, "")? == "USER" {
                person = Some(rows::from_item::<rows::UserRow>(item)?.into());
            } else {
                theirs.push(accounts::choice(item)?.id);
            }
        }
        Ok(FoundAccounts { person, items: self.listed(&theirs).await?, next: None })
    }

    pub(crate) async fn account_of_number(
        &self,
        number: Option<&CustomerNumber>,
    ) -> Result<Option<AccountId>, StoreError> {
        Ok(self.row_of_number(number).await?.map(|row| row.a))
    }

    async fn row_of_number(&self, number: Option<&CustomerNumber>) -> Result<Option<CustomerNumberRow>, StoreError> {
        let Some(number) = number else { return Ok(None) };
        self.get(TableName::Accounts, keys::customer_number(number)).await?.map(rows::from_item).transpose()
    }

    async fn account_of_serial(&self, serial: Option<&SerialNumber>) -> Result<Option<AccountId>, StoreError> {
        let Some(serial) = serial else { return Ok(None) };
        let found = self.get(TableName::Accounts, keys::serial_number(serial)).await?;
        Ok(found.map(rows::from_item::<SerialRow>).transpose()?.map(|row| row.a))
    }

    async fn listed(&self, ids: &[AccountId]) -> Result<Vec<ListedAccount>, StoreError> {
        let mut rows = self.account_rows(ids).await?;
        rows.sort_by(|one, other| one.na.cmp(&other.na));
        Ok(rows.into_iter().map(ListedAccount::from).collect())
    }

    /// The rows of some accounts, in one call.
    pub(crate) async fn account_rows(&self, ids: &[AccountId]) -> Result<Vec<AccountRow>, StoreError> {
        let found = self.rows_of(ids.iter().copied().map(keys::account).collect()).await?;
        found.into_iter().map(rows::from_item).collect()
    }

    /// The rows of some people, in the same way.
    pub(crate) async fn people(&self, ids: &[UserId]) -> Result<Vec<User>, StoreError> {
        let found = self.rows_of(ids.iter().copied().map(keys::user).collect()).await?;
        found.into_iter().map(|item| rows::from_item::<rows::UserRow>(item).map(User::from)).collect()
    }

    /// Rows of the table `accounts`, at most 100, in one call; none of none.
    pub(crate) async fn rows_of(&self, mut wanted: Vec<keys::Key>) -> Result<Vec<rows::Item>, StoreError> {
        wanted.sort_unstable();
        wanted.dedup();
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let request = KeysAndAttributes::builder()
            .set_keys(Some(wanted.iter().map(keys::Key::to_map).collect()))
            .consistent_read(true)
            .build()?;
        let found = self.batch_get([(TableName::Accounts, request)]).await?;
        Ok(found.into_iter().map(|(_, item)| item).collect())
    }
}
