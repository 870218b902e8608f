//! "This was not me": a change taken back by the link of its notice (R202).

use domain::{
    EmailAddress, EventId, LetterId, RequestId, Timestamp, User, UserId,
    letter::{Letter, LinkPurpose},
    log::Event,
    profile::{Details, Reversal},
    request::{TakenBack, Wish},
};

use crate::{
    Asker, Conflict, NewRequest, Store, StoreError, TableName, Undo, emails, keys, letters,
    profile::{DETAILS_AND_END, details_as},
    rows,
    transaction::{Transaction, When},
};

/// A change to take back, with everything as it is now.
pub struct TakeBack {
    /// The letter whose link it is.
    pub letter: LetterId,
    /// What the link brings back.
    pub undo: Undo,
    /// The person.
    pub user: User,
    /// Whether a second factor was set since the change was made.
    factor_since: bool,
    /// From when on is taken back: from the change on, or from an earlier one whose links are still good.
    from: i64,
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
    /// The person a link is about, and what it brings back, at once. `None` also where the change was made in a time
    /// that has been taken back as a whole, and its letter went to another address than the one that took it back: whoever
    /// made the change then must not take that back in turn. The person's own letters of that time still count: they may
    /// have followed the oldest first, and the address is brought back by another.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_reversal(
        &self,
        user: UserId,
        letter: LetterId,
        now: Timestamp,
    ) -> Result<Option<TakeBack>, StoreError> {
        let (undo, person, proof) = tokio::join!(
            self.find_undo(letter),
            self.get(TableName::Accounts, keys::user(user)),
            self.stored_proof(user),
        );
        let (Some(undo), Some(person)) = (undo?, person?) else { return Ok(None) };
        let person: rows::UserRow = rows::from_item(person)?;
        let written = undo.written_at.as_millisecond();
        let span = person.uf.zip(person.ut);
        let over = span.is_some_and(|(from, to)| from < written && written <= to);
        let theirs = undo.email.is_some() && undo.email == person.ua;
        if undo.user != user || (over && !theirs && undo.reversal.removes_password()) {
            return Ok(None);
        }
        // One span is kept. What was taken back less than a link's life ago stays in it, or its links would count again.
        let alive = now.as_millisecond() - LinkPurpose::TakeBack.lifetime().as_millis() as i64;
        let from = span.filter(|(_, to)| *to > alive).map_or(written, |(from, _)| from.min(written));
        let factor_since = proof?.second_factor.is_some_and(|factor| factor.set_at >= written);
        Ok(Some(TakeBack { letter, undo, user: User::from(person), factor_since, from }))
    }

    /// Takes a change back, once: all sessions of the person end, whatever they asked for by mail is void, the desk is
    /// told. Where somebody else must be thought to know the password it goes, and with it every other way back that
    /// was made since: those may have gone to whoever had it.
    ///
    /// # Errors
    /// [`TakeBackRefused`] says which condition did not hold.
    pub async fn take_back(
        &self,
        back: &TakeBack,
        told: (RequestId, &Letter),
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<TakeBackRefused>> {
        let user = &back.user;
        let link = When::holds("t = :t").text(":t", back.undo.token_hash.clone());
        let what: TakenBack = back.undo.reversal.what();
        let (request, letter) = told;
        let request =
            NewRequest { id: request, by: Asker::of(user, None), wish: Wish::TakenBack { what }, reason: None };
        let transaction = Transaction::new(self)
            .delete(TableName::Sessions, &keys::undo(back.letter), link, TakeBackRefused::Link)
            .remove(TableName::Sessions, &keys::reset(user.id))
            .remove(TableName::Sessions, &keys::email_change(user.id))
            .tell_desk(&request, now)
            .write(TableName::Journal, letters::row(letter))
            .noted(event, user.id, &Event::TakenBack { what }, now);
        bring_back(transaction, back, now)?.person_changes(user.id).commit().await
    }
}

/// The arms that bring back what stood there before.
fn bring_back<'a>(
    transaction: Transaction<'a, TakeBackRefused>,
    back: &TakeBack,
    now: Timestamp,
) -> Result<Transaction<'a, TakeBackRefused>, StoreError> {
    let user = &back.user;
    let person = When::holds("g = :g AND ve = :ve")
        .number(":g", user.generation)
        .number(":ve", user.version)
        .number(":raised", i64::from(user.generation) + 1)
        .number(":next", i64::from(user.version) + 1);
    let change = |transaction: Transaction<'a, TakeBackRefused>, change, when| {
        transaction.update(TableName::Accounts, &keys::user(user.id), change, when, TakeBackRefused::Changed)
    };
    let factor_goes = match &back.undo.reversal {
        Reversal::SecondFactor => true,
        // Set by whoever had changed the address: the letter about it went there.
        Reversal::Email { .. } => back.factor_since,
        Reversal::EmailRequest => back.factor_since && address_before(back).is_some(),
        Reversal::Details(changes) => {
            let details = Details::of(user).without(changes)?;
            return Ok(change(transaction, DETAILS_AND_END, details_as(person, &details)?));
        }
        Reversal::Nickname { before } => {
            let current = user.nickname.as_ref().map(keys::nickname);
            let transaction = swap(transaction, current, keys::nickname(before), user.id);
            let person = person.text(":nk", before.as_str());
            return Ok(change(transaction, "SET nk = :nk, g = :raised, ve = :next", person));
        }
        Reversal::Password | Reversal::FactorChange | Reversal::SignIn | Reversal::Closure => false,
    };
    let mut transaction = transaction
        .remove(TableName::Credentials, &keys::password(user.id))
        .remove(TableName::Credentials, &keys::enrolment(user.id));
    if factor_goes {
        transaction = transaction.remove(TableName::Credentials, &keys::second_factor(user.id));
    }
    let mut person = person
        .text(":active", "active")
        .text(":ua", back.undo.email.as_ref().unwrap_or(&user.email).as_str())
        .number(":from", back.from)
        .number(":now", now.as_millisecond());
    let before = address_before(back);
    if let Some(before) = before {
        let current = Some(emails::name_of(&user.email));
        transaction = swap(transaction, current, emails::name_of(before), user.id);
        person = person.text(":m", before.as_str());
    }
    Ok(change(transaction, all_back(before.is_some(), factor_goes), person))
}

/// The address that comes back. Whoever calls a change off that was confirmed meanwhile, calls that off too.
fn address_before(back: &TakeBack) -> Option<&EmailAddress> {
    match &back.undo.reversal {
        Reversal::Email { before } => Some(before),
        Reversal::EmailRequest => back.undo.email.as_ref().filter(|email| **email != back.user.email),
        Reversal::Details(_)
        | Reversal::Nickname { .. }
        | Reversal::Password
        | Reversal::SecondFactor
        | Reversal::FactorChange
        | Reversal::SignIn
        | Reversal::Closure => None,
    }
}

/// A login as its person had it: in use, signed in nowhere, with the span of time that is taken back and the address whose
/// letters still count in it.
const fn all_back(email: bool, factor: bool) -> &'static str {
    match (email, factor) {
        (false, false) => "SET g = :raised, ve = :next, st = :active, uf = :from, ut = :now, ua = :ua REMOVE cl",
        (false, true) => "SET g = :raised, ve = :next, st = :active, uf = :from, ut = :now, ua = :ua REMOVE cl, sf",
        (true, false) => "SET m = :m, g = :raised, ve = :next, st = :active, uf = :from, ut = :now, ua = :ua REMOVE cl",
        (true, true) => {
            "SET m = :m, g = :raised, ve = :next, st = :active, uf = :from, ut = :now, ua = :ua REMOVE cl, sf"
        }
    }
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
