//! What a partner's lists show of an account follows what changes in it: the transaction of a change leaves a job, which is
//! done once the change was answered; what is interrupted, the sweep finishes. So nothing is lost, and what is shown lags
//! behind by the time between two sweeps at most.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use domain::AccountId;
use serde::{Deserialize, Serialize};

use super::CustomerRow;
use crate::{
    Conflict, Job, Store, StoreError, TableName,
    jobs::Run,
    keys::{self, Key},
    rows,
    transaction::{Transaction, When},
};

/// Rows of one transaction, which has at most 100 arms (AWS): room is left for what is written beside them.
const MOST: usize = 80;

/// Which rows of its partner's lists an account has, and what they said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// by key: a digest of what the row says, so that what stays as it is costs nothing
    pub(super) r: BTreeMap<Key, String>,
    /// version; of none, 0
    ve: u32,
}

impl Listed {
    pub(super) fn as_read(&self) -> When {
        match self.ve {
            0 => When::absent(),
            version => When::holds("ve = :ve").number(":ve", version),
        }
    }

    /// The same as if nothing were known of what its rows say.
    pub(super) fn forgotten(&self) -> Self {
        Self { r: self.r.keys().map(|key| (key.clone(), String::new())).collect(), ve: self.ve + 1 }
    }
}

/// The same for the same, as long as rows look alike; where another version of this program makes others, each is written
/// once more.
pub(super) fn digest(row: &CustomerRow) -> String {
    let mut hasher = DefaultHasher::new();
    format!("{row:?}").hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// A row to write, with its digest, or to take off.
type Write = (Key, Option<(CustomerRow, String)>);

impl Store {
    /// Leaves a job that brings the lists of an account's partner up to it, and does it: for what changes without a
    /// transaction of the account's own, such as the calendar.
    ///
    /// # Errors
    /// If the database does not answer. What cannot be done once the job is left, the sweep does.
    pub async fn follow_customer(&self, account: AccountId) -> Result<(), StoreError> {
        let followed = Transaction::<()>::new(self).followed_by(Job::RefreshCustomer { account });
        match followed.commit_with_what_follows().await {
            Ok(()) => Ok(()),
            Err(Conflict::Store(error)) => Err(error),
            Err(Conflict::Refused(())) => Err(StoreError::row("an arm without a condition was refused")),
        }
    }

    /// What is read here is read after the filing, and each write asks that nothing was filed since: whoever changes the
    /// account later files the job anew, so that rows never say less than the last who did it knew.
    pub(crate) async fn refresh_customer(&self, job: Job, account: AccountId) -> Result<Run, StoreError> {
        let Some(filing) = self.filing(job).await? else { return Ok(Run::Done) };
        let (shown, mut listed) = tokio::try_join!(self.shown(account), self.rows_listed(account))?;
        let writes = writes(shown.map(|shown| shown.rows()).unwrap_or_default(), &listed);
        let mut left = writes.chunks(MOST).peekable();
        while let Some(some) = left.next() {
            let arms = Transaction::new(self).relist(account, &mut listed, some, ());
            if left.peek().is_none() {
                return arms.finish_as_filed(&filing).run().await;
            }
            match arms.still_filed(&filing).run().await? {
                Run::Done => {}
                Run::Overtaken => return Ok(Run::Overtaken),
            }
        }
        Transaction::new(self).finish_as_filed(&filing).run().await
    }

    /// Which rows of its partner's lists an account has.
    pub(crate) async fn rows_listed(&self, account: AccountId) -> Result<Listed, StoreError> {
        let found = self.get(TableName::Accounts, keys::listed(account)).await?;
        Ok(found.map(rows::from_item).transpose()?.unwrap_or_default())
    }
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
        match gone.is_empty() {
            // A job that is under way may write the first.
            true => self.check(TableName::Accounts, &keys::listed(account), listed.as_read(), otherwise),
            false => self.relist(account, &mut listed.clone(), &gone, otherwise),
        }
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
