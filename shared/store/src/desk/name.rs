//! An owner is called otherwise (R201).

use domain::{User, name::PersonName, rights::WorkDesk};

use super::{DecideRefused, Decided, DeskRequest};
use crate::{
    Conflict, Store, StoreError, TableName, keys, rows,
    transaction::{Transaction, When},
};

impl Store {
    /// The person a request is from, as they are now.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_asker(&self, _: &WorkDesk, request: &DeskRequest) -> Result<Option<User>, StoreError> {
        let found = self.get(TableName::Accounts, keys::user(request.user)).await?;
        Ok(found.map(rows::from_item::<rows::UserRow>).transpose()?.map(User::from))
    }

    /// Calls a person otherwise, as they asked.
    ///
    /// # Errors
    /// [`DecideRefused`] says which condition did not hold.
    pub async fn rename_person(
        &self,
        right: &WorkDesk,
        request: &DeskRequest,
        person: &User,
        (first_name, last_name): (&PersonName, &PersonName),
        decided: &Decided,
    ) -> Result<(), Conflict<DecideRefused>> {
        let named = When::unchanged(person).text(":f", first_name.as_str()).text(":n", last_name.as_str());
        let change = "SET f = :f, n = :n, ve = :next";
        Transaction::new(self)
            .decided(right, request, decided)
            .update(TableName::Accounts, &keys::user(person.id), change, named, DecideRefused::Changed)
            .person_changes(person.id)
            .commit()
            .await
    }
}
