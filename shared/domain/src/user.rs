//! Users: humans who sign in. A person may belong to several accounts.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    AccountId, EmailAddress, Language, StaffRole, UserId, name::PersonName, nickname::Nickname, profile::Profile,
};

/// Where a user stands with the portal as a whole; where they stand with an account is the membership's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserStatus {
    /// Known from the vendor's records, has never signed in and has no password of their own (R104).
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
    /// Whether a letter to the address has shown that it is theirs. One that a team wrote down is not claimed and counts as
    /// proof of nothing until then.
    pub email_proven: bool,
    /// The account whose team made this login and handed over its first password.
    pub home: Option<AccountId>,
    /// The language of pages and mails.
    pub language: Language,
    /// Where they stand.
    pub status: UserStatus,
    /// Raised to end every session of this person: each session keeps the value it began with.
    pub generation: u32,
    /// What else they say of themselves.
    pub profile: Profile,
    /// What the forum calls them; given when they come in.
    pub nickname: Option<Nickname>,
    /// Whether signing in takes a second factor.
    pub second_factor: bool,
    /// When they last signed in.
    pub signed_in_at: Option<Timestamp>,
    /// What they are at the vendor's console, if they are staff. Taking it away raises the generation.
    pub staff: Option<StaffRole>,
    /// Counts what they change of themselves, so that two changes at once do not mix.
    pub version: u32,
}

impl User {
    /// Somebody new, of whom no more is known than what signing up or an invitation asks for.
    #[must_use]
    pub fn new(
        id: UserId,
        names: (PersonName, PersonName),
        email: EmailAddress,
        language: Language,
        status: UserStatus,
    ) -> Self {
        let (first_name, last_name) = names;
        Self {
            id,
            first_name,
            last_name,
            email,
            email_proven: true,
            home: None,
            language,
            status,
            generation: 0,
            profile: Profile::default(),
            nickname: None,
            second_factor: false,
            signed_in_at: None,
            staff: None,
            version: 0,
        }
    }

    /// Whether their sessions begin in no account, though there be one: staff come to work at the console.
    #[must_use]
    pub const fn begins_at_console(&self) -> bool {
        self.staff.is_some()
    }

    /// First and last name, as the person is greeted and listed.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}
