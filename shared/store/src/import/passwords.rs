//! Passwords for the sample vendor's people, so that one can sign in as each. Imported people have none.

use domain::{UserId, UserStatus, nickname::Nickname};

use super::{Import, ImportError, MOST_ARMS, Taken};
use crate::{
    Job, TableName, keys,
    registrations::{NameRow, PasswordRow},
    rows,
    transaction::{Transaction, When},
};

impl Import<'_> {
    /// Lets people sign in with the password of that hash, as if each had accepted an invitation.
    ///
    /// # Errors
    /// [`Taken::Account`] if one of them is not there.
    pub async fn set_passwords(&self, users: &[UserId], hash: &str) -> Result<(), ImportError> {
        for some in users.chunks(MOST_ARMS / 4) {
            let mut transaction = Transaction::new(self.store);
            for user in some {
                // Drawn from the id, so that setting passwords twice draws it once.
                let nickname = Nickname::assigned(user.tail());
                let active =
                    When::present().with(":st", rows::value(&UserStatus::Active)?).with(":nk", rows::value(&nickname)?);
                let password = rows::to_item(&keys::password(*user), &PasswordRow { h: hash });
                let claim = rows::to_item(&keys::nickname(&nickname), &NameRow::of(*user));
                transaction = transaction
                    .update(TableName::Accounts, &keys::user(*user), "SET st = :st, nk = :nk", active, Taken::Account)
                    .claim(TableName::Credentials, claim, *user, Taken::Login)
                    .write(TableName::Credentials, password)
                    .file_job(Job::RefreshPerson { user: *user });
            }
            transaction.commit().await?;
            for user in some {
                self.store.run_job(Job::RefreshPerson { user: *user }).await?;
            }
        }
        Ok(())
    }
}
