//! Proving that the lists of partners say what the accounts say, and mending what does not: for the vendor's command line,
//! so without a right.

use std::collections::{BTreeMap, HashMap};

use domain::{
    AccountId, AccountKind,
    number::{CustomerNumber, ProductCode},
    page::{PageSize, Position},
};

use super::{CustomerRow, copies::Listed, copies::digest};
use crate::{
    Conflict, Job, Store, StoreError, TableName,
    jobs::Run,
    keys::{self, Key},
    listing::Listing,
    portal::text,
    rows::{self, Item},
    transaction::{Transaction, When},
};

/// What a page of the walk over all accounts found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repaired {
    /// Accounts with a partner.
    pub customers: usize,
    /// Those whose rows were missing, or said something else.
    pub mended: usize,
    /// Rows of nobody's that were taken off.
    pub removed: usize,
    /// Where to go on; none: this was the last page.
    pub next: Option<Position>,
}

impl Store {
    /// The account of a partner by its number, if it is there.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn partner_of_number(&self, number: &CustomerNumber) -> Result<Option<AccountId>, StoreError> {
        let Some(account) = self.account_of_number(Some(number)).await? else { return Ok(None) };
        let rows = self.account_rows(&[account]).await?;
        Ok(rows.iter().find(|row| row.k == AccountKind::Partner).map(|row| row.i))
    }

    /// Proves and mends a page of all accounts, or of those of one partner.
    ///
    /// # Errors
    /// If the database does not answer; it can be done again from the same place.
    pub async fn repair_customers(
        &self,
        of: Option<AccountId>,
        from: Option<&Position>,
    ) -> Result<Repaired, StoreError> {
        let (accounts, next) = self.directory_page("", PageSize::LARGEST, from).await?;
        let mut repaired = Repaired { next, ..Repaired::default() };
        let ids: Vec<_> = accounts.iter().map(|account| account.id).collect();
        for row in self.account_rows(&ids).await? {
            let meant = |partner| of.is_none_or(|of| of == partner);
            if row.k == AccountKind::Partner && meant(row.i) {
                self.remove_strays(row.i, &mut repaired).await?;
            }
            if row.pa.is_some_and(meant) {
                repaired.customers += 1;
                repaired.mended += usize::from(self.repair_customer(row.i).await?);
            }
        }
        Ok(repaired)
    }

    /// Brings the lists up to one account, whatever they say of it; whether that was needed.
    ///
    /// # Errors
    /// If the database does not answer, or the account changes again and again.
    pub async fn repair_customer(&self, account: AccountId) -> Result<bool, StoreError> {
        let (shown, listed) = tokio::try_join!(self.shown(account), self.rows_listed(account))?;
        let wanted = shown.map(|shown| shown.rows()).unwrap_or_default();
        let mut there =
            self.items(TableName::Accounts, wanted.keys().chain(listed.r.keys()).cloned().collect()).await?;
        let said: BTreeMap<_, _> = wanted.iter().map(|(key, row)| (key.clone(), digest(row))).collect();
        let as_wanted = said == listed.r
            && wanted.iter().all(|(key, row)| {
                let found = there.remove(key).map(rows::from_item::<CustomerRow>);
                found.is_some_and(|found| found.is_ok_and(|found| found == *row))
            });
        if as_wanted {
            return Ok(false);
        }
        let job = Job::RefreshCustomer { account };
        let filed = Transaction::new(self).file_job(job);
        let filed = if listed.r.is_empty() {
            filed
        } else {
            let forgotten = rows::to_item(&keys::listed(account), &listed.forgotten());
            filed.put(TableName::Accounts, forgotten, Some(listed.as_read()), Some(()))
        };
        match filed.commit().await {
            Ok(()) => self.run_job(job).await?,
            // Somebody brings it up just now: what they do not know of is mended the next time.
            Err(Conflict::Refused(())) => {}
            Err(Conflict::Store(error)) => return Err(error),
        }
        Ok(true)
    }

    /// Takes rows off a partner's lists that no account knows of.
    async fn remove_strays(&self, partner: AccountId, repaired: &mut Repaired) -> Result<(), StoreError> {
        let (products, prefix) = keys::products();
        let mut lists = vec![keys::customers_partition(partner, None)];
        let mut from = None;
        loop {
            let (items, next) = self.page(Listing::of(products.clone()), PageSize::LARGEST, from.as_ref()).await?;
            for item in &items {
                let product = ProductCode::parse(rows::sort_key(item, prefix)?)?;
                lists.push(keys::customers_partition(partner, Some(&product)));
            }
            from = next;
            if from.is_none() {
                break;
            }
        }
        for list in lists {
            let mut from = None;
            loop {
                let listing = Listing::of(list.clone());
                let (items, next) = self.page(listing, PageSize::LARGEST, from.as_ref()).await?;
                self.remove_strays_of(items, repaired).await?;
                from = next;
                if from.is_none() {
                    break;
                }
            }
        }
        Ok(())
    }

    async fn remove_strays_of(&self, items: Vec<Item>, repaired: &mut Repaired) -> Result<(), StoreError> {
        let mut places: HashMap<Key, AccountId> = HashMap::new();
        for item in items {
            let place = Key::of(&item)?;
            match text(&item, "i").and_then(|id| AccountId::parse(&id).ok()) {
                Some(account) => drop(places.insert(place, account)),
                None => return Err(StoreError::row(format!("{place:?} names no account"))),
            }
        }
        let known = self.items(TableName::Accounts, places.values().copied().map(keys::listed).collect()).await?;
        for (place, account) in places {
            let listed = known.get(&keys::listed(account)).cloned().map(rows::from_item::<Listed>).transpose()?;
            if listed.is_some_and(|listed| listed.r.contains_key(&place)) {
                continue;
            }
            // What the account does not know of may yet be its own.
            repaired.mended += usize::from(self.repair_customer(account).await?);
            let listed = self.rows_listed(account).await?;
            if listed.r.contains_key(&place) {
                continue;
            }
            let theirs = When::holds("i = :i").text(":i", account.to_string());
            let stray = Transaction::new(self).delete(TableName::Accounts, &place, theirs, ()).check(
                TableName::Accounts,
                &keys::listed(account),
                listed.as_read(),
                (),
            );
            repaired.removed += match stray.run().await? {
                Run::Done => 1,
                Run::Overtaken => 0,
            };
        }
        Ok(())
    }
}
