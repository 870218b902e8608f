//! Names that are one person's: claimed by a row of their own, in the transaction of whatever takes the name.

use domain::{SignedDuration, Timestamp, User, UserId};

use crate::{
    AccountChoice, TableName, keys,
    registrations::NameRow,
    rows,
    transaction::{Transaction, When},
};

/// How long a name given up is kept for its person: as long as the change can be taken back (R202).
const HELD: SignedDuration = SignedDuration::from_hours(7 * 24);

impl<A: Clone> Transaction<'_, A> {
    /// Takes a name that is free, that is this person's, or that its person gave up long enough ago.
    pub fn take_name(self, key: &keys::Key, user: UserId, now: Timestamp, otherwise: A) -> Self {
        let free = When::holds("attribute_not_exists(pk) OR u = :u OR x < :now")
            .text(":u", user.to_string())
            .number(":now", now.as_second());
        self.put(TableName::Credentials, rows::to_item(key, &NameRow::of(user)), Some(free), Some(otherwise))
    }

    /// Gives a name up, but keeps it for its person as long as the change can be taken back.
    pub fn give_up_name(self, key: &keys::Key, user: UserId, now: Timestamp) -> Self {
        let row = NameRow { u: user, x: Some(now.as_second() + HELD.as_secs()) };
        self.write(TableName::Credentials, rows::to_item(key, &row))
    }

    /// Frees a name at once: whoever had it should not have had it.
    pub fn free_name(self, key: &keys::Key) -> Self {
        self.remove(TableName::Credentials, key)
    }

    /// Gives somebody who comes in their first nickname.
    pub fn first_nickname(self, user: &User, otherwise: A) -> Self {
        match &user.nickname {
            None => self,
            Some(nickname) => {
                let row = rows::to_item(&keys::nickname(nickname), &NameRow::of(user.id));
                self.create(TableName::Credentials, row, otherwise)
            }
        }
    }

    /// Asks that the person owns none of the accounts they belong to: an owner's name and address are the vendor's to
    /// change, and an owner does not leave (R201, R207).
    pub fn owning_none(mut self, user: UserId, accounts: &[AccountChoice], otherwise: A) -> Self {
        for choice in accounts {
            let no_owner = When::holds("attribute_not_exists(pk) OR r <> :owner").text(":owner", "owner");
            let key = keys::membership_of_user(user, choice.id);
            self = self.check(TableName::Accounts, &key, no_owner, otherwise.clone());
        }
        self
    }
}
