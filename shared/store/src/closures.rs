//! Closing one's login (R207): it signs nobody in from the next request on, and is purged after thirty days.

use domain::{EventId, SignedDuration, Timestamp, User, log::Event, rights::CloseLogin};

use crate::{
    AccountChoice, Conflict, Notice, Spent, Store, TableName, keys,
    transaction::{Transaction, When},
};

/// How long support can bring a closed login back (R207).
pub const CLOSING: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Why a login was not closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CloseRefused {
    /// The person changed meanwhile.
    Actor,
    /// The code was used meanwhile.
    Code,
    /// The person owns an account, which would be left without an owner.
    Owner,
}

impl Store {
    /// Closes a login: its sessions end, and whatever it was asked for by mail is void.
    ///
    /// # Errors
    /// [`CloseRefused`] says which condition did not hold.
    pub async fn close_login(
        &self,
        right: &CloseLogin,
        spent: &Spent,
        (person, accounts): (&User, &[AccountChoice]),
        notice: &Notice,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<CloseRefused>> {
        let (authority, user) = (right.authority(), right.authority().user);
        // As read: whoever has joined an account since may own it, and is asked again.
        let when = When::raising(authority)
            .and("ve = :ve")
            .number(":ve", person.version)
            .number(":next", i64::from(person.version) + 1)
            .text(":closing", "closing")
            .number(":purge", now.as_second() + CLOSING.as_secs());
        Transaction::new(self)
            .by_changing(
                authority,
                "SET st = :closing, cl = :purge, g = :raised, ve = :next",
                when,
                CloseRefused::Actor,
            )
            .owning_none(user, accounts, CloseRefused::Owner)
            .spend(user, spent, CloseRefused::Code)
            .remove(TableName::Sessions, &keys::reset(user))
            .remove(TableName::Sessions, &keys::email_change(user))
            .remove(TableName::Sessions, &keys::session(user, right.session()))
            .notify(notice)
            .noted(event, user, &Event::LoginClosing, now)
            .person_changes(user)
            .commit()
            .await
    }
}
