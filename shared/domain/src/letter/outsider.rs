//! Who acts in an account and does not belong to it, as letters name them.

use serde::{Deserialize, Serialize};

use crate::{Actor, name::AccountName};

/// One of an account's partner, who looks after it or is its guest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outsider {
    /// First and last name.
    pub person_name: String,
    /// The partner's name.
    pub home_name: AccountName,
}

impl Outsider {
    /// Somebody who acts now; none if they belong to the account.
    #[must_use]
    pub fn of(actor: &Actor) -> Option<Self> {
        actor.home().map(|home| Self { person_name: actor.user().full_name(), home_name: home.name.clone() })
    }
}

impl Actor {
    /// How letters and lists of an account name whoever acts in it: with the account they come from, if that is another.
    #[must_use]
    pub fn name_and_home(&self) -> String {
        let name = self.user().full_name();
        match self.home() {
            None => name,
            Some(home) => format!("{name} ({})", home.name),
        }
    }
}
