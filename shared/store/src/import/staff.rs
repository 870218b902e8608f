//! The vendor's own people. The first of them has nobody above who could invite them: the command line does.

use domain::{StaffRole, Timestamp, User, UserId, sign_in_name::SignInName};
use serde::Serialize;

use super::{Import, ImportError, Taken};
use crate::{
    TableName, keys,
    registrations::NameRow,
    rows,
    transaction::{Transaction, When},
};

/// A password that is to be changed at the first sign-in.
#[derive(Serialize)]
struct InitialPasswordRow<'a> {
    /// the hash
    h: &'a str,
    /// until when it is good, in milliseconds
    i: i64,
}

impl Import<'_> {
    /// Makes a login for one of the vendor's people, with an initial password good until then.
    ///
    /// # Errors
    /// [`Taken::Login`] if the address has a login.
    pub async fn add_staff(&self, user: &User, hash: &str, until: Timestamp) -> Result<(), ImportError> {
        let name = keys::sign_in_name(&SignInName::Email(user.email.clone()));
        let password = InitialPasswordRow { h: hash, i: until.as_millisecond() };
        let added = Transaction::new(self.store)
            .create(TableName::Credentials, rows::to_item(&name, &NameRow::of(user.id)), Taken::Login)
            .create(TableName::Accounts, rows::to_item(&keys::user(user.id), &rows::UserRow::from(user)), Taken::Login)
            .write(TableName::Credentials, rows::to_item(&keys::password(user.id), &password));
        Ok(added.commit().await?)
    }

    /// Gives somebody with a login a role at the console, or takes it away; their sessions end.
    ///
    /// # Errors
    /// [`Taken::Login`] if nobody has that id.
    pub async fn set_staff(&self, user: UserId, role: Option<StaffRole>) -> Result<(), ImportError> {
        let key = keys::user(user);
        let when = When::present().number(":one", 1);
        let changed = Transaction::new(self.store);
        let changed = match role {
            Some(role) => {
                let when = when.with(":sa", rows::value(&role)?);
                changed.update(TableName::Accounts, &key, "ADD g :one SET sa = :sa", when, Taken::Login)
            }
            None => changed.update(TableName::Accounts, &key, "ADD g :one REMOVE sa", when, Taken::Login),
        };
        Ok(changed.commit().await?)
    }
}
