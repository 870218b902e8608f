//! "This was not me": a change taken back by the link of its notice (R202).

use domain::{
    EventId, Timestamp, User, UserId,
    letter::Letter,
    log::Event,
    profile::{Details, Reversal},
    request::{TakenBack, Wish},
};

use crate::{
    Conflict, NewRequest, Store, StoreError, TableName, Undo, emails, keys, letters,
    profile::{DETAILS_AND_END, details_as},
    rows,
    transaction::{Transaction, When},
};

/// A change to take back.
pub struct TakeBack<'a> {
    /// The letter whose link it is.
    pub letter: domain::LetterId,
    /// What the link brings back.
    pub undo: &'a Undo,
    /// The person as they are now.
    pub user: &'a User,
    /// What the desk is told.
    pub request: domain::RequestId,
    /// What the person is told.
    pub told: &'a Letter,
}

/// Why nothing was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakeBackRefused {
    /// The link was used.
    Link,
    /// The person changed meanwhile: read again, then try again.
    Changed,
}

impl Store {
    /// The person a link is about, and what it brings back, at once.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_reversal(
        &self,
        user: UserId,
        letter: domain::LetterId,
    ) -> Result<Option<(User, Undo)>, StoreError> {
        let (undo, person) = tokio::join!(self.find_undo(letter), self.get(TableName::Accounts, keys::user(user)));
        let person = person?.map(rows::from_item::<rows::UserRow>).transpose()?.map(User::from);
        Ok(person.zip(undo?).filter(|(user, undo)| undo.user == user.id))
    }

    /// Takes a change back, once: all sessions of the person end, the desk is told, and where somebody else must be
    /// thought to know the password it goes.
    ///
    /// # Errors
    /// [`TakeBackRefused`] says which condition did not hold.
    pub async fn take_back(
        &self,
        back: &TakeBack<'_>,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<TakeBackRefused>> {
        let (user, reversal) = (back.user, &back.undo.reversal);
        let link = When::holds("t = :t").text(":t", back.undo.token_hash.clone());
        let what: TakenBack = reversal.what();
        let request = NewRequest { id: back.request, wish: Wish::TakenBack { what }, reason: None };
        let mut transaction = Transaction::new(self)
            .delete(TableName::Sessions, &keys::undo(back.letter), link, TakeBackRefused::Link)
            .tell_desk(user.id, &request, now)
            .write(TableName::Journal, letters::row(back.told))
            .noted(event, user.id, &Event::TakenBack { what }, now);
        if reversal.removes_password() {
            transaction = transaction
                .remove(TableName::Credentials, &keys::password(user.id))
                .remove(TableName::Sessions, &keys::reset(user.id))
                .remove(TableName::Sessions, &keys::email_change(user.id));
        }
        bring_back(transaction, user, reversal)?.commit().await
    }
}

/// The arms that bring back what stood there before.
fn bring_back<'a>(
    transaction: Transaction<'a, TakeBackRefused>,
    user: &User,
    reversal: &Reversal,
) -> Result<Transaction<'a, TakeBackRefused>, StoreError> {
    let person = When::holds("g = :g AND ve = :ve")
        .number(":g", user.generation)
        .number(":ve", user.version)
        .number(":raised", i64::from(user.generation) + 1)
        .number(":next", i64::from(user.version) + 1);
    let change = |transaction: Transaction<'a, TakeBackRefused>, change, when| {
        transaction.update(TableName::Accounts, &keys::user(user.id), change, when, TakeBackRefused::Changed)
    };
    Ok(match reversal {
        Reversal::Details(changes) => {
            let details = Details::of(user).without(changes)?;
            change(transaction, DETAILS_AND_END, details_as(person, &details)?)
        }
        Reversal::Nickname { before } => {
            let transaction =
                swap(transaction, user.nickname.as_ref().map(keys::nickname), keys::nickname(before), user.id);
            change(transaction, "SET nk = :nk, g = :raised, ve = :next", person.text(":nk", before.as_str()))
        }
        Reversal::Email { before } => {
            let transaction = swap(transaction, Some(emails::name_of(&user.email)), emails::name_of(before), user.id);
            change(transaction, "SET m = :m, g = :raised, ve = :next", person.text(":m", before.as_str()))
        }
        Reversal::SecondFactor => change(
            transaction.remove(TableName::Credentials, &keys::second_factor(user.id)),
            "SET g = :raised, ve = :next REMOVE sf",
            person,
        ),
        Reversal::Closure => {
            change(transaction, "SET st = :active, g = :raised, ve = :next REMOVE cl", person.text(":active", "active"))
        }
        Reversal::Password | Reversal::SignIn | Reversal::EmailRequest => {
            change(transaction, "SET g = :raised, ve = :next", person)
        }
    })
}

/// Gives a person the name back that was kept for them, in place of the one they have.
fn swap<'a>(
    transaction: Transaction<'a, TakeBackRefused>,
    now_theirs: Option<keys::Key>,
    before: keys::Key,
    user: UserId,
) -> Transaction<'a, TakeBackRefused> {
    let kept = rows::to_item(&before, &crate::registrations::NameRow::of(user));
    let transaction = transaction.claim(TableName::Credentials, kept, user, TakeBackRefused::Changed);
    match now_theirs.filter(|key| *key != before) {
        Some(key) => transaction.free_name(&key),
        None => transaction,
    }
}
