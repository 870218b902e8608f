//! People an account knows by their address and who do not belong to it (R307): one for each address.

use domain::{
    AccountId, ContactId, EventId, Timestamp,
    log::{ContactChange, Event, LogOf},
    member::Contact,
    rights::{ListMembers, ManageMembers},
};

use crate::{
    Conflict, Store, StoreError, TableName, keys, log,
    rows::{self, ContactRow},
    transaction::{Transaction, When},
};

/// Why a contact was not noted, changed or forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactRefused {
    /// The person is not (any more) who acts, or the contact was changed or invited meanwhile.
    Changed,
    /// The account knows somebody by that address already.
    Exists,
}

impl Store {
    /// A contact of an account.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_contact(&self, right: &ListMembers, contact: ContactId) -> Result<Option<Contact>, StoreError> {
        let found = self.get(TableName::Accounts, keys::contact(right.account(), contact)).await?;
        found.map(rows::contact).transpose()
    }

    /// Notes somebody.
    ///
    /// # Errors
    /// [`ContactRefused`] says which condition did not hold.
    pub async fn add_contact(
        &self,
        right: &ManageMembers,
        contact: &Contact,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<ContactRefused>> {
        let row = row_of(right.account(), contact);
        Transaction::new(self)
            .by_member(right.authority(), ContactRefused::Changed)
            .create(TableName::Accounts, row, ContactRefused::Exists)
            .tell(right, (event, contact.id, ContactChange::Added), now)
            .commit()
            .await
    }

    /// Changes what an account notes of somebody; under another address they are another contact. `before` is as read:
    /// if it was changed or invited since, nothing is written.
    ///
    /// # Errors
    /// [`ContactRefused`] says which condition did not hold.
    pub async fn change_contact(
        &self,
        right: &ManageMembers,
        (before, after): (&Contact, &Contact),
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<ContactRefused>> {
        let account = right.account();
        let arms = Transaction::new(self).by_member(right.authority(), ContactRefused::Changed);
        let (row, when) = (row_of(account, after), When::contact_as_read(before));
        let arms =
            if before.id == after.id {
                arms.put(TableName::Accounts, row, Some(when), Some(ContactRefused::Changed))
            } else {
                arms.delete(TableName::Accounts, &keys::contact(account, before.id), when, ContactRefused::Changed)
                    .create(TableName::Accounts, row, ContactRefused::Exists)
            };
        arms.tell(right, (event, after.id, ContactChange::Edited), now).commit().await
    }

    /// Forgets somebody. `contact` is as read.
    ///
    /// # Errors
    /// [`ContactRefused::Changed`] if it was changed or invited since.
    pub async fn remove_contact(
        &self,
        right: &ManageMembers,
        contact: &Contact,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<ContactRefused>> {
        let (key, when) = (keys::contact(right.account(), contact.id), When::contact_as_read(contact));
        Transaction::new(self)
            .by_member(right.authority(), ContactRefused::Changed)
            .delete(TableName::Accounts, &key, when, ContactRefused::Changed)
            .tell(right, (event, contact.id, ContactChange::Removed), now)
            .commit()
            .await
    }
}

fn row_of(account: AccountId, contact: &Contact) -> Result<rows::Item, StoreError> {
    rows::to_item(&keys::contact(account, contact.id), &ContactRow::of(contact))
}

impl When {
    /// A contact is as read: nobody changed it, and no invitation came or went.
    fn contact_as_read(contact: &Contact) -> Self {
        match contact.invited {
            None => Self::holds("mv = :mv AND attribute_not_exists(iv)"),
            Some((invitation, _)) => Self::holds("mv = :mv AND iv = :iv").text(":iv", invitation.to_string()),
        }
        .number(":mv", contact.version)
    }
}

impl<A: Clone> Transaction<'_, A> {
    fn tell(
        self,
        right: &ManageMembers,
        (event, contact, change): (EventId, ContactId, ContactChange),
        now: Timestamp,
    ) -> Self {
        let log = LogOf::Account(right.account());
        self.write(
            TableName::Journal,
            log::entry(event, log, right.authority(), &Event::Contact { contact, change }, now),
        )
    }
}
