//! What a partner's lists show of an account follows what changes in it: the transaction of a change leaves a job, and the
//! request runs it at once; what is interrupted, the sweep finishes. So nothing is lost, and what is shown lags behind by
//! the time between two sweeps at most.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use domain::{
    Account, AccountId, Date,
    license::LicenseType,
    number::ProductCode,
    page::PageSize,
    partnership::{CustomerAccess, PRODUCTS_SHOWN},
};
use serde::{Deserialize, Serialize};

use super::CustomerRow;
use crate::{
    Conflict, Job, Store, StoreError, TableName,
    jobs::Run,
    keys::{self, Key},
    ledger::SummaryRow,
    listing::Listing,
    rows::{self, AccountRow},
    transaction::{Transaction, When},
};

/// Rows of one transaction, which has at most 100 arms (AWS): room is left for what is written beside them.
const MOST: usize = 80;

/// Which rows of its partner's lists an account has, and what they said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Listed {
    /// by key: a digest of what the row says, so that what stays as it is costs nothing
    r: BTreeMap<Key, String>,
    /// version; of none, 0
    ve: u32,
}

impl Listed {
    fn as_read(&self) -> When {
        match self.ve {
            0 => When::absent(),
            version => When::holds("ve = :ve").number(":ve", version),
        }
    }
}

/// What of an account its partner's lists show.
struct Shown {
    partner: AccountId,
    account: Account,
    users: u32,
    /// By product, the next renewal of it.
    products: BTreeMap<ProductCode, Option<Date>>,
}

impl Shown {
    /// Its rows. A customer that lets in guests alone shows its partner no more than that it is there.
    fn rows(&self) -> BTreeMap<Key, CustomerRow> {
        let access = self.account.access().unwrap_or(CustomerAccess::GuestsOnly);
        let key = |product: Option<&ProductCode>| keys::customer(self.partner, product, &self.account.number);
        let row = |count: usize, users: u32, next: Option<Date>| {
            let mut row = CustomerRow {
                i: self.account.id,
                na: self.account.name.clone(),
                st: self.account.status.state(),
                x: access,
                m: users,
                ps: self.products.keys().take(count.min(PRODUCTS_SHOWN)).cloned().collect(),
                pn: u32::try_from(count).unwrap_or(u32::MAX),
                re: next,
                s: String::new(),
                e: String::new(),
                em: String::new(),
                seen: String::new(),
            };
            row.place(&self.account.number);
            row
        };
        match access {
            CustomerAccess::GuestsOnly => BTreeMap::from([(key(None), row(0, 0, None))]),
            CustomerAccess::Automatic => {
                let (count, next) = (self.products.len(), self.products.values().flatten().min().copied());
                let each = self.products.iter();
                let each = each.map(|(product, next)| (key(Some(product)), row(count, self.users, *next)));
                each.chain([(key(None), row(count, self.users, next))]).collect()
            }
        }
    }
}

/// The same for the same, as long as rows look alike; where another version of this program makes others, each is written
/// once more.
fn digest(row: &CustomerRow) -> String {
    let mut hasher = DefaultHasher::new();
    format!("{row:?}").hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// A row to write, with its digest, or to take off.
type Write = (Key, Option<(CustomerRow, String)>);

impl Store {
    /// Leaves a job that brings the lists of an account's partner up to it, and does it: what repairs them, and what
    /// follows an import.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn repair_customer(&self, account: AccountId) -> Result<(), StoreError> {
        let job = Job::RefreshCustomer { account };
        match Transaction::<()>::new(self).file_job(job).commit().await {
            Ok(()) => self.run_job(job).await,
            Err(Conflict::Store(error)) => Err(error),
            Err(Conflict::Refused(())) => Err(StoreError::row("an arm without a condition was refused")),
        }
    }

    pub(crate) async fn refresh_customer(&self, job: Job, account: AccountId) -> Result<Run, StoreError> {
        // First, so that what is read afterwards is no older: whoever changes it later files the job anew.
        let Some(filing) = self.filing(job).await? else { return Ok(Run::Done) };
        let (shown, mut listed) = tokio::try_join!(self.shown(account), self.rows_listed(account))?;
        let writes = writes(shown.map(|shown| shown.rows()).unwrap_or_default(), &listed);
        let mut left = writes.chunks(MOST).peekable();
        while let Some(some) = left.next() {
            let arms = Transaction::new(self).relist(account, &mut listed, some, ());
            if left.peek().is_none() {
                return arms.finish(&filing).run().await;
            }
            match arms.run().await? {
                Run::Done => {}
                Run::Overtaken => return Ok(Run::Overtaken),
            }
        }
        Transaction::new(self).finish(&filing).run().await
    }

    /// Which rows of its partner's lists an account has.
    pub(crate) async fn rows_listed(&self, account: AccountId) -> Result<Listed, StoreError> {
        let found = self.get(TableName::Accounts, keys::listed(account)).await?;
        Ok(found.map(rows::from_item).transpose()?.unwrap_or_default())
    }

    async fn shown(&self, account: AccountId) -> Result<Option<Shown>, StoreError> {
        let (row, products, today) = tokio::try_join!(
            self.get(TableName::Accounts, keys::account(account)),
            self.ends_of_products(account),
            self.renewed_until()
        )?;
        let Some(row) = row.map(rows::from_item::<AccountRow>).transpose()? else { return Ok(None) };
        let Some(partner) = row.pa else { return Ok(None) };
        let products = products.into_iter().map(|(product, ends)| (product, next(&ends, today))).collect();
        Ok(Some(Shown { partner, users: row.m, account: row.try_into()?, products }))
    }

    /// The days on which licenses of each product end. What a partner has to show is none of the customer's.
    async fn ends_of_products(&self, account: AccountId) -> Result<BTreeMap<ProductCode, Vec<Date>>, StoreError> {
        let (mut products, mut from) = (BTreeMap::<_, Vec<_>>::new(), None);
        loop {
            let listing = Listing::of(keys::summary_partition(account));
            let (items, next) = self.page(listing, PageSize::LARGEST, from.as_ref()).await?;
            for item in items {
                let place = rows::sort_key(&item, "")?.to_owned();
                let Some((product, license_type, end)) = keys::of_summary(&place) else { continue };
                if rows::from_item::<SummaryRow>(item)?.n == 0 || license_type == LicenseType::Demo.name() {
                    continue;
                }
                let ends = products.entry(ProductCode::parse(product)?).or_default();
                ends.extend(end.map(str::parse::<Date>).transpose().map_err(StoreError::row)?);
            }
            if next.is_none() {
                return Ok(products);
            }
            from = next;
        }
    }

    /// Up to which day ends that have passed are behind the lists: as far as `housekeeping` has come.
    async fn renewed_until(&self) -> Result<Option<Date>, StoreError> {
        let found = self.get(TableName::Accounts, keys::renewed()).await?;
        Ok(found.map(rows::from_item::<RenewedRow>).transpose()?.map(|row| row.d))
    }
}

/// How far `housekeeping` has come with ends that pass.
#[derive(Serialize, Deserialize)]
pub(crate) struct RenewedRow {
    /// the last day that has passed
    pub d: Date,
}

/// The soonest end that is still to come; where all have passed, the last.
fn next(ends: &[Date], passed: Option<Date>) -> Option<Date> {
    let to_come = ends.iter().filter(|end| passed.is_none_or(|passed| **end > passed)).min();
    to_come.or_else(|| ends.iter().max()).copied()
}

fn writes(wanted: BTreeMap<Key, CustomerRow>, listed: &Listed) -> Vec<Write> {
    let gone = listed.r.keys().filter(|key| !wanted.contains_key(key)).map(|key| (key.clone(), None));
    let mut writes: Vec<_> = gone.collect();
    for (key, row) in wanted {
        let digest = digest(&row);
        if listed.r.get(&key) != Some(&digest) {
            writes.push((key, Some((row, digest))));
        }
    }
    writes
}

impl<A: Clone> Transaction<'_, A> {
    /// Takes an account off its partner's lists with the change that lets the partner see it no more: at most so many
    /// rows; a job takes the others.
    pub(crate) fn unlist(self, account: AccountId, listed: &Listed, otherwise: A) -> Self {
        let gone: Vec<_> = listed.r.keys().take(MOST).map(|key| (key.clone(), None)).collect();
        if gone.is_empty() { self } else { self.relist(account, &mut listed.clone(), &gone, otherwise) }
    }

    /// Writes some rows, and which there are then.
    fn relist(self, account: AccountId, listed: &mut Listed, some: &[Write], otherwise: A) -> Self {
        let as_read = listed.as_read();
        let arms = some.iter().fold(self, |arms, (key, row)| match row {
            None => {
                listed.r.remove(key);
                arms.remove(TableName::Accounts, key)
            }
            Some((row, digest)) => {
                listed.r.insert(key.clone(), digest.clone());
                arms.write(TableName::Accounts, rows::to_item(key, row))
            }
        });
        listed.ve += 1;
        arms.put(TableName::Accounts, rows::to_item(&keys::listed(account), listed), Some(as_read), Some(otherwise))
    }
}
