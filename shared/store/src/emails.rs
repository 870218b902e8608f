//! Changing the address one signs in with (R204): asked for, proven by a link to the new address, told to the old one.

use domain::{
    EmailAddress, EventId, Timestamp, User, UserId, letter::Letter, log::Event, rights::ChangeEmail,
    sign_in_name::SignInName,
};
use serde::{Deserialize, Serialize};

use crate::{
    AccountChoice, Conflict, Notice, Spent, Store, StoreError, TableName, Throttle, keys, letters, rows,
    transaction::{Transaction, When},
};

/// How long a request is kept after its link has expired, in seconds: long enough to say so.
const KEPT: i64 = 48 * 3_600;

/// An address to be proven.
pub struct NewEmail<'a> {
    /// The address.
    pub email: &'a EmailAddress,
    /// The letter to it: with the link, or, if the address has a login, the one that says so.
    pub letter: &'a Letter,
    /// The hash of the link's token.
    pub token_hash: &'a str,
    /// Until when the link is good.
    pub link_expires_at: Timestamp,
    /// The code to use up.
    pub spent: &'a Spent,
    /// To the address in use.
    pub notice: &'a Notice,
    /// Counts letters to the new address.
    pub letters: &'a Throttle,
}

/// An address that waits to be proven.
pub struct PendingEmail {
    /// The address.
    pub email: EmailAddress,
    /// The hash of the link's token.
    pub token_hash: String,
    /// Until when the link is good.
    pub link_expires_at: Timestamp,
}

/// What confirming an address needs to know.
#[derive(Default)]
pub struct EmailChange {
    /// What waits.
    pub pending: Option<PendingEmail>,
    /// The person.
    pub user: Option<User>,
    /// Where they belong.
    pub accounts: Vec<AccountChoice>,
}

/// Why an address was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmailRefused {
    /// The person changed meanwhile.
    Actor,
    /// The code was used meanwhile.
    Code,
    /// The person owns an account.
    Owner,
    /// The link was used or superseded.
    Link,
    /// The address has got a login.
    Taken,
    /// Too many letters to that address.
    Throttle,
}

#[derive(Serialize, Deserialize)]
struct EmailRow {
    /// the address
    m: EmailAddress,
    /// hash of the token in the link
    t: String,
    /// the link's end, in milliseconds
    x: i64,
    /// when the database may delete it, in seconds
    ttl: i64,
}

impl Store {
    /// Keeps an address that a person wants to sign in with, and writes to it and to the one in use. A newer request
    /// ends the older.
    ///
    /// # Errors
    /// [`EmailRefused`] says which condition did not hold.
    pub async fn ask_for_email(
        &self,
        right: &ChangeEmail,
        new: &NewEmail<'_>,
        accounts: &[AccountChoice],
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<EmailRefused>> {
        let (authority, user) = (right.authority(), right.authority().user);
        let row = EmailRow {
            m: new.email.clone(),
            t: new.token_hash.to_owned(),
            x: new.link_expires_at.as_millisecond(),
            ttl: new.link_expires_at.as_second() + KEPT,
        };
        Transaction::new(self)
            .by(authority, EmailRefused::Actor)
            .spend(user, new.spent, EmailRefused::Code)
            .owning_none(user, accounts, EmailRefused::Owner)
            .count(new.letters, now, EmailRefused::Throttle)
            .write(TableName::Sessions, rows::to_item(&keys::email_change(user), &row))
            .write(TableName::Journal, letters::row(new.letter))
            .notify(new.notice)
            .noted(event, user, &Event::EmailChangeAsked, now)
            .commit()
            .await
    }

    /// What confirming an address needs to know, all at once.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_email_change(&self, user: UserId) -> Result<EmailChange, StoreError> {
        let (pending, person, accounts) = tokio::join!(
            self.get(TableName::Sessions, keys::email_change(user)),
            self.get(TableName::Accounts, keys::user(user)),
            self.accounts_of(user),
        );
        let pending = pending?.map(rows::from_item::<EmailRow>).transpose()?;
        let pending = pending
            .map(|row| rows::at(row.x).map(|at| PendingEmail { email: row.m, token_hash: row.t, link_expires_at: at }));
        let user = person?.map(rows::from_item::<rows::UserRow>).transpose()?.map(User::from);
        Ok(EmailChange { pending: pending.transpose()?, user, accounts: accounts? })
    }

    /// Makes a proven address the one a person signs in with; the condition on the link's token makes it work once. All
    /// sessions end. The address before stays theirs, and signs nobody in, as long as the change can be taken back; one that
    /// was not proven was never theirs.
    ///
    /// # Errors
    /// [`EmailRefused`] says which condition did not hold.
    pub async fn change_email(
        &self,
        user: &User,
        proven: &PendingEmail,
        accounts: &[AccountChoice],
        told: (&Notice, &Letter),
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<EmailRefused>> {
        let link = When::holds("t = :t").text(":t", proven.token_hash.clone());
        let (before, after) = (name_of(&user.email), name_of(&proven.email));
        let person =
            When::unchanged(user).number(":raised", i64::from(user.generation) + 1).text(":m", proven.email.as_str());
        let mut transaction = Transaction::new(self)
            .delete(TableName::Sessions, &keys::email_change(user.id), link, EmailRefused::Link)
            .take_name(&after, user.id, now, EmailRefused::Taken)
            .update(
                TableName::Accounts,
                &keys::user(user.id),
                "SET m = :m, g = :raised, ve = :next REMOVE eu",
                person,
                EmailRefused::Actor,
            )
            .owning_none(user.id, accounts, EmailRefused::Owner);
        // An address that differs only in its writing claims the same name.
        if before != after && user.email_proven {
            transaction = transaction.give_up_name(&before, user.id, now);
        }
        let (notice, to_new) = told;
        transaction
            .remove(TableName::Sessions, &keys::reset(user.id))
            .notify(notice)
            .write(TableName::Journal, letters::row(to_new))
            .noted(event, user.id, &Event::EmailChanged, now)
            .person_changes(user.id)
            .commit()
            .await
    }
}

pub(crate) fn name_of(email: &EmailAddress) -> keys::Key {
    keys::sign_in_name(&SignInName::Email(email.clone()))
}
