//! What the lists of their accounts show of a person follows what they change of themselves: name, address, and whether
//! they have come in yet.

use domain::{AccountId, User, UserId};

use crate::{
    Job, Store, StoreError, TableName, accounts,
    jobs::Run,
    keys,
    rows::{self, MemberRow, UserRow},
    transaction::{Transaction, When},
};

/// Memberships of one transaction: few people belong to more, and every arm is paid twice if one of them was changed.
const MOST: usize = 20;

impl Store {
    pub(crate) async fn refresh_person(&self, job: Job, user: UserId) -> Result<Run, StoreError> {
        let (filing, partition) =
            tokio::try_join!(self.filing(job), self.partition(TableName::Accounts, keys::user_partition(user), ""))?;
        let Some(filing) = filing else { return Ok(Run::Done) };
        let (mut person, mut accounts): (Option<User>, Vec<AccountId>) = (None, Vec::new());
        for item in partition {
            match rows::sort_key(&item, "")? {
                "USER" => person = Some(rows::from_item::<UserRow>(item)?.into()),
                _ => accounts.push(accounts::choice(item)?.id),
            }
        }
        let Some(person) = person else { return Transaction::new(self).finish(&filing).run().await };
        // With the last of them the job is done.
        let mut left = accounts.chunks(MOST).peekable();
        while let Some(some) = left.next() {
            let members = some.iter().map(|account| keys::membership(*account, user)).collect();
            let mut found = self.items(TableName::Accounts, members).await?;
            let same = When::holds("g = :g AND ve = :ve").number(":g", person.generation).number(":ve", person.version);
            let mut arms = Transaction::new(self).check(TableName::Accounts, &keys::user(user), same, ());
            for account in some {
                let Some(item) = found.remove(&keys::membership(*account, user)) else { continue };
                let mut row: MemberRow = rows::from_item(item)?;
                row.follow(&person);
                let when = When::member_as_read(row.mv);
                arms = arms.amend_member(*account, user, &row, when, ());
            }
            if left.peek().is_none() {
                return arms.finish(&filing).run().await;
            }
            match arms.run().await? {
                Run::Done => {}
                Run::Overtaken => return Ok(Run::Overtaken),
            }
        }
        // They belong to no account.
        Transaction::new(self).finish(&filing).run().await
    }
}
