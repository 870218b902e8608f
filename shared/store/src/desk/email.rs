//! An owner signs in with another address (R201).

use domain::{EmailAddress, User, rights::WorkDesk};

use super::{DecideRefused, Decided, DeskRequest};
use crate::{
    Conflict, Notice, Store, TableName, emails, keys,
    transaction::{Transaction, When},
};

impl Store {
    /// Gives a person the address they asked for, which signs in from now on. All their sessions end, and whatever they
    /// asked for by mail is void. The address before stays theirs, and signs nobody in, as long as the change can be
    /// taken back.
    ///
    /// # Errors
    /// [`DecideRefused`] says which condition did not hold.
    pub async fn give_email(
        &self,
        right: &WorkDesk,
        request: &DeskRequest,
        person: &User,
        (email, notice): (&EmailAddress, &Notice),
        decided: &Decided,
    ) -> Result<(), Conflict<DecideRefused>> {
        let (before, after) = (emails::name_of(&person.email), emails::name_of(email));
        let reached =
            When::unchanged(person).number(":raised", i64::from(person.generation) + 1).text(":m", email.as_str());
        let change = "SET m = :m, g = :raised, ve = :next REMOVE eu";
        let mut transaction = Transaction::new(self)
            .decided(right, request, decided)
            .take_name(&after, person.id, decided.at, DecideRefused::Taken)
            .update(TableName::Accounts, &keys::user(person.id), change, reached, DecideRefused::Changed);
        // An address that differs only in its writing claims the same name.
        if before != after && person.email_proven {
            transaction = transaction.give_up_name(&before, person.id, decided.at);
        }
        transaction
            .remove(TableName::Sessions, &keys::email_change(person.id))
            .remove(TableName::Sessions, &keys::reset(person.id))
            .notify(notice)
            .person_changes(person.id)
            .commit()
            .await
    }
}
