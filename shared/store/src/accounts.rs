//! The accounts a person belongs to.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::{
    Account, AccountId, AccountKind, Membership, MembershipStatus, Timestamp, UserId, name::AccountName,
    number::CustomerNumber, rights::ListAccounts, sign_in_name::UserName,
};

use crate::{Store, StoreError, StoredProof, TableName, keys, rows};

/// An account a person can choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountChoice {
    /// Its id.
    pub id: AccountId,
    /// Its name.
    pub name: AccountName,
    /// Its number.
    pub number: CustomerNumber,
    /// Its kind.
    pub kind: AccountKind,
    /// What the person is there.
    pub membership: Membership,
}

/// What choosing an account needs to know.
#[derive(Default)]
pub struct Choice {
    /// The account.
    pub account: Option<Account>,
    /// The person in it.
    pub membership: Option<Membership>,
    /// What they sign in with there, beside their address.
    pub user_name: Option<UserName>,
    /// What the person proves themselves by.
    pub proof: StoredProof,
}

impl Store {
    /// The accounts of a person, at most 100.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn list_accounts(&self, right: &ListAccounts) -> Result<Vec<AccountChoice>, StoreError> {
        self.accounts_of(right.user()).await
    }

    /// In which of these, all accounts of one person, they are a guest whose time is over: judged like a request, by the
    /// accounts as they stand. Those `judged` were read for this request already; others are read, if there are any.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn guests_over(
        &self,
        choices: &[AccountChoice],
        judged: &[&Account],
        now: Timestamp,
    ) -> Result<HashSet<AccountId>, StoreError> {
        let guests: Vec<_> =
            choices.iter().filter_map(|choice| Some((choice.id, choice.membership.guest.as_ref()?))).collect();
        let named: BTreeSet<_> = guests.iter().flat_map(|(account, guest)| [*account, guest.home]).collect();
        let others = named.into_iter().filter(|id| !judged.iter().any(|account| account.id == *id));
        let mut found = HashMap::new();
        for item in self.items(TableName::Accounts, others.map(keys::account).collect()).await?.into_values() {
            let account = Account::try_from(rows::from_item::<rows::AccountRow>(item)?)?;
            found.insert(account.id, account);
        }
        let account =
            |id: AccountId| judged.iter().copied().find(|account| account.id == id).or_else(|| found.get(&id));
        let mut over = HashSet::new();
        for (id, guest) in guests {
            let there = choices.iter().find(|choice| choice.id == guest.home).map(|choice| &choice.membership);
            if !account(id).is_some_and(|visited| guest.counts(visited, account(guest.home), there, now)) {
                over.insert(id);
            }
        }
        Ok(over)
    }

    pub(crate) async fn accounts_of(&self, user: UserId) -> Result<Vec<AccountChoice>, StoreError> {
        let items = self.partition(TableName::Accounts, keys::user_partition(user), keys::MEMBER_PREFIX).await?;
        items.into_iter().map(choice).collect()
    }

    /// An account, for somebody whose membership is known.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_account(&self, account: AccountId) -> Result<Option<Account>, StoreError> {
        let found = self.get(TableName::Accounts, keys::account(account)).await?;
        found.map(rows::from_item::<rows::AccountRow>).transpose()?.map(Account::try_from).transpose()
    }

    /// The account that somebody begins to work in, and what they sign in with there, at once.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_account_and_name(
        &self,
        account: AccountId,
        user: UserId,
    ) -> Result<(Option<Account>, Option<UserName>), StoreError> {
        let member = keys::membership(account, user);
        let mut found = self.items(TableName::Accounts, vec![keys::account(account), member.clone()]).await?;
        let name = found.remove(&member).map(rows::from_item::<rows::MembershipAndNameRow>).transpose()?;
        let account = found.remove(&keys::account(account)).map(rows::from_item::<rows::AccountRow>).transpose()?;
        Ok((account.map(Account::try_from).transpose()?, name.and_then(|row| row.un)))
    }

    /// What the person is in an account they want to choose, and their password hash, all at once.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_choice(&self, user: UserId, account: AccountId) -> Result<Choice, StoreError> {
        let (found, member, proof) = tokio::join!(
            self.find_account(account),
            self.get(TableName::Accounts, keys::membership(account, user)),
            self.stored_proof(user),
        );
        let member = member?.map(rows::from_item::<rows::MembershipAndNameRow>).transpose()?;
        // Whoever was taken out does not belong to it, though their row stays.
        let member = member.filter(|row| row.membership.st != MembershipStatus::Unlinked);
        let (membership, user_name) = member.map(|row| (row.membership.into(), row.un)).unzip();
        Ok(Choice { account: found?, membership, user_name: user_name.flatten(), proof: proof? })
    }
}

pub(crate) fn choice(item: rows::Item) -> Result<AccountChoice, StoreError> {
    let id = AccountId::parse(rows::sort_key(&item, keys::MEMBER_PREFIX)?)?;
    let row: rows::MembershipOfUserRow = rows::from_item(item)?;
    Ok(AccountChoice { id, name: row.na, number: row.n, kind: row.k, membership: row.membership.into() })
}
