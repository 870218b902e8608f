//! Changing a password that is known (R203).

use domain::{EventId, Timestamp, letter::PasswordChange, log::Event, rights::ChangePassword};

use crate::{
    Conflict, Notice, Spent, Store, TableName, keys,
    transaction::{Transaction, When},
};

/// Why a password was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordUnchanged {
    /// The person, their session or their password changed meanwhile.
    Actor,
    /// The code was used meanwhile.
    Code,
}

/// A password to put in place of another.
pub struct NewPassword<'a> {
    /// The hash of the one before: still there, or nothing is changed.
    pub before: &'a str,
    /// The hash of the new one.
    pub after: &'a str,
    /// The code to use up.
    pub spent: &'a Spent,
}

impl Store {
    /// Changes a password. Every other session of the person ends, and so does whatever was asked for by mail before.
    ///
    /// # Errors
    /// [`PasswordUnchanged`] says which condition did not hold.
    pub async fn change_password(
        &self,
        right: &ChangePassword,
        new: &NewPassword<'_>,
        notice: &Notice,
        event: EventId,
        now: Timestamp,
    ) -> Result<(), Conflict<PasswordUnchanged>> {
        let (authority, user) = (right.authority(), right.authority().user);
        let as_before = When::holds("h = :before").text(":before", new.before).text(":after", new.after);
        Transaction::new(self)
            .by_changing(authority, "SET g = :raised", When::raising(authority), PasswordUnchanged::Actor)
            .carry(authority, right.session(), PasswordUnchanged::Actor)
            .update(
                TableName::Credentials,
                &keys::password(user),
                "SET h = :after REMOVE i",
                as_before,
                PasswordUnchanged::Actor,
            )
            .spend(user, new.spent, PasswordUnchanged::Code)
            .remove(TableName::Sessions, &keys::reset(user))
            .remove(TableName::Sessions, &keys::email_change(user))
            .notify(notice)
            .noted(event, user, &Event::PasswordSet { how: PasswordChange::Changed }, now)
            .commit()
            .await
    }
}
