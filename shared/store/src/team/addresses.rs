//! Whom an account knows by an address: asked before somebody is invited or noted under it.

use domain::{AccountId, EmailAddress, Timestamp, member::Person, page::PageSize, rights::ListMembers};
use tokio::task::JoinSet;

use super::people::person;
use crate::{Store, StoreError, keys, listing::Listing};

/// Questions under way at a time: each has a connection of its own.
const AT_ONCE: usize = 16;

/// What somebody under an address is to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownAs {
    /// They belong to it, active or not.
    Member,
    /// An invitation waits for their answer.
    Invited,
    /// It knows them, and no more.
    Contact,
}

impl Store {
    /// What whoever has each of these addresses is to the account, in their order; none for an address it does not know.
    /// One small query of the index by address for each, some at a time: whoever asks for many bounds their number.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn known_by(
        &self,
        right: &ListMembers,
        emails: &[EmailAddress],
        now: Timestamp,
    ) -> Result<Vec<Option<KnownAs>>, StoreError> {
        let (mut known, account) = (vec![None; emails.len()], right.account());
        let (mut asked, mut left) = (JoinSet::new(), emails.iter().enumerate());
        loop {
            for (place, email) in left.by_ref().take(AT_ONCE - asked.len()) {
                let (store, email) = (self.clone(), email.claim());
                asked.spawn(async move { (place, store.known_as(account, &email, now).await) });
            }
            let Some(answer) = asked.join_next().await else { return Ok(known) };
            let (place, found) = answer.map_err(|error| StoreError::Unavailable(Box::new(error)))?;
            known[place] = found?;
        }
    }

    /// A member under the address comes before a contact.
    async fn known_as(&self, account: AccountId, claim: &str, now: Timestamp) -> Result<Option<KnownAs>, StoreError> {
        let people = Listing::of(keys::account_partition(account)).by_email().beginning(format!("{claim}\t"));
        let (items, _) = self.page(people, PageSize::default(), None).await?;
        let mut known = None;
        for item in items {
            known = match person(item)? {
                Person::Member(_) => return Ok(Some(KnownAs::Member)),
                Person::Contact(contact) => Some(match contact.invited {
                    Some((_, until)) if now < until => KnownAs::Invited,
                    // One that was not answered in time can be invited again.
                    Some(_) | None => KnownAs::Contact,
                }),
            };
        }
        Ok(known)
    }
}
