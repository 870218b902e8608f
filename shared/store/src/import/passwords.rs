//! Passwords for the sample vendor's people, so that one can sign in as each. Imported people have none.

use domain::{UserId, UserStatus};

use super::{Import, ImportError, Taken, members::value};
use crate::{
    TableName, keys,
    registrations::PasswordRow,
    rows,
    transaction::{Transaction, When},
};

impl Import<'_> {
    /// Lets a person sign in with the password of that hash, as if they had accepted an invitation.
    ///
    /// # Errors
    /// [`Taken::Account`] if there is no such person.
    pub async fn set_password(&self, user: UserId, hash: &str) -> Result<(), ImportError> {
        let active = When::present().with(":st", value(&UserStatus::Active)?);
        Transaction::new(self.store)
            .update(TableName::Accounts, &keys::user(user), "SET st = :st", active, Taken::Account)
            .write(TableName::Credentials, rows::to_item(&keys::password(user), &PasswordRow { h: hash }))
            .commit()
            .await?;
        Ok(())
    }
}
