//! What a notice says has changed.

use serde::{Deserialize, Serialize};

/// A part of a profile, as a notice names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangedField {
    /// The form of address.
    Title,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// The person's work.
    JobTitle,
    /// Telephone number.
    Phone,
    /// Street and number.
    Street,
    /// Postal code.
    PostalCode,
    /// City.
    City,
    /// Country, as its code.
    Country,
    /// Language of pages and mails, as its tag.
    Language,
    /// Nickname.
    Nickname,
}

impl ChangedField {
    /// Every field, in the order a notice lists them.
    pub const ALL: [Self; 11] = [
        Self::Title,
        Self::FirstName,
        Self::LastName,
        Self::JobTitle,
        Self::Phone,
        Self::Street,
        Self::PostalCode,
        Self::City,
        Self::Country,
        Self::Language,
        Self::Nickname,
    ];

    /// Its name on the wire and of its text.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::JobTitle => "job_title",
            Self::Phone => "phone",
            Self::Street => "street",
            Self::PostalCode => "postal_code",
            Self::City => "city",
            Self::Country => "country",
            Self::Language => "language",
            Self::Nickname => "nickname",
        }
    }
}

/// One field, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What changed.
    pub field: ChangedField,
    /// As it was; empty if there was nothing.
    pub before: String,
    /// As it is; empty if there is nothing now.
    pub after: String,
}

/// How a password came to be another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordChange {
    /// By somebody who was signed in and knew the one before.
    Changed,
    /// By a link of a mail, the one before being forgotten.
    Reset,
    /// There was none before.
    First,
}

impl PasswordChange {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Changed, Self::Reset, Self::First];

    /// Its name, of its text.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Reset => "reset",
            Self::First => "first",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_one_on_the_wire() {
        for field in ChangedField::ALL {
            assert_eq!(serde_json::to_value(field).ok(), Some(field.name().into()));
        }
        for how in PasswordChange::ALL {
            assert_eq!(serde_json::to_value(how).ok(), Some(how.name().into()));
        }
    }
}
