//! Users: humans who sign in. A person may belong to several accounts.

use serde::{Deserialize, Serialize};

use crate::{EmailAddress, Language, UserId, name::PersonName};

/// Where a user stands with the portal as a whole; where they stand with an account is the membership's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserStatus {
    /// Known from the vendor's records, has never signed in and has no password (R104).
    Invited,
    /// Has proven the address and set a password.
    Active,
    /// Asked to be forgotten; signs in no more (R207).
    Closing,
}

/// A human who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// First name.
    pub first_name: PersonName,
    /// Last name.
    pub last_name: PersonName,
    /// The address mail goes to, as the person wrote it.
    pub email: EmailAddress,
    /// The language of pages and mails.
    pub language: Language,
    /// Where they stand.
    pub status: UserStatus,
    /// Raised to end every session of this person: each session keeps the value it began with.
    pub generation: u32,
}

impl User {
    /// First and last name, as the person is greeted and listed.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}
