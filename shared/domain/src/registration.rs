//! Sign-ups whose address is not proven yet (R101). They occupy nothing: no login, no address, no number.

use jiff::Timestamp;

use crate::{EmailAddress, Language, RegistrationId, name::PersonName};

/// What a person entered to sign up, kept until the address is proven or a day has passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// Its id, part of the link.
    pub id: RegistrationId,
    /// The address to be proven.
    pub email: EmailAddress,
    /// First name.
    pub first_name: PersonName,
    /// Last name.
    pub last_name: PersonName,
    /// The language of pages and mails.
    pub language: Language,
    /// The version of terms and privacy notice they accepted.
    pub terms_version: String,
    /// When they accepted them.
    pub signed_up_at: Timestamp,
}
