//! Asking to join an account by a number one knows (R102): a customer number or the serial number of a license. Knowing
//! one proves nothing, so somebody decides.

use serde::{Deserialize, Serialize};

use crate::{
    EmailAddress, Invalid,
    number::{CustomerNumber, SerialNumber},
};

/// How long a request to join is shown to whoever made it, in days: as long as one that names nothing is, which nobody
/// ever decides.
pub const SHOWN_DAYS: i64 = 30;
/// How long somebody who was refused cannot ask the same account again, in days (our decision).
pub const REFUSED_DAYS: i64 = 30;
/// The most numbers of one account that a person's request names: a license for each desk, and more tells nobody more.
pub const MOST_REFERENCES: usize = 10;

/// Mail services where anybody can have an address: that two people have one there says nothing about a company. The
/// largest of Europe and North America; a vendor whose customers use others leaves the rule off.
const PUBLIC_MAIL: [&str; 24] = [
    "aol.com",
    "free.fr",
    "freenet.de",
    "gmail.com",
    "gmx.at",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "hotmail.fr",
    "icloud.com",
    "laposte.net",
    "live.com",
    "mail.com",
    "me.com",
    "msn.com",
    "orange.fr",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "t-online.de",
    "web.de",
    "yahoo.com",
    "zoho.com",
];

/// The number somebody names to join an account.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Reference {
    /// The account's own.
    CustomerNumber(CustomerNumber),
    /// That of one of its licenses.
    SerialNumber(SerialNumber),
}

impl Reference {
    /// Reads what a person typed, in any case, with any dashes and spaces; in a customer number `O` is read as `0`, `I`
    /// and `L` as `1`, and a serial number is found by [`SerialNumber::claim`].
    ///
    /// # Errors
    /// [`Invalid::Reference`] if it can be neither.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if text.trim().is_empty() {
            return Err(Invalid::Required);
        }
        let serial = SerialNumber::parse(text).map_err(|_| Invalid::Reference)?;
        let look = |c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let plain: String = serial.as_str().chars().filter(|c| *c != '-').map(look).collect();
        Ok(CustomerNumber::parse(&plain).map_or(Self::SerialNumber(serial), Self::CustomerNumber))
    }

    /// The form under which it is found, the same for all ways to write it.
    #[must_use]
    pub fn claim(&self) -> String {
        match self {
            Self::CustomerNumber(number) => number.to_string(),
            Self::SerialNumber(serial) => serial.claim(),
        }
    }
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::CustomerNumber(number) => number.fmt(f),
            Self::SerialNumber(serial) => serial.fmt(f),
        }
    }
}

impl TryFrom<String> for Reference {
    type Error = Invalid;
    fn try_from(text: String) -> Result<Self, Invalid> {
        Self::parse(&text)
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> Self {
        reference.to_string()
    }
}

/// Whether two addresses are of one company: of one domain, where not everybody can have an address.
#[must_use]
pub fn same_company(one: &EmailAddress, other: &EmailAddress) -> bool {
    one.domain() == other.domain() && !PUBLIC_MAIL.contains(&one.domain())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R102
    #[test]
    fn a_number_is_read_as_people_type_it() -> Result<(), Invalid> {
        for text in ["C10423", " c10423 ", "C-10423", "cl0423", "C1O 423", "ci–o423"] {
            assert_eq!(Reference::parse(text)?, Reference::CustomerNumber(CustomerNumber::parse("C10423")?), "{text}");
        }
        for text in ["NLD-7Q4M-X2KP-09TV", "nld 7q4m x2kp O9tv", "N1D7Q4MX2KP09TV"] {
            assert_eq!(Reference::parse(text)?.claim(), "N1D7Q4MX2KP09TV", "{text}");
        }
        Ok(())
    }

    #[test]
    fn what_can_be_neither_is_refused() {
        assert_eq!(Reference::parse("  "), Err(Invalid::Required));
        for text in ["10423", "--", "anna@acme.test", "C10423/anna", "С10423", &"A".repeat(41)] {
            assert_eq!(Reference::parse(text), Err(Invalid::Reference), "{text}");
        }
    }

    /// R102
    #[test]
    fn colleagues_have_a_domain_of_their_own() -> Result<(), Invalid> {
        let same =
            |one, other| Ok::<_, Invalid>(same_company(&EmailAddress::parse(one)?, &EmailAddress::parse(other)?));
        assert!(same("mia@acme.test", "ada@ACME.test")?);
        for (one, other) in [
            ("mia@acme.test", "otto@birch.test"),
            ("mia@sub.acme.test", "ada@acme.test"),
            ("mia@notacme.test", "ada@acme.test"),
            ("mia@gmail.com", "ada@gmail.com"),
        ] {
            assert!(!same(one, other)?, "{one} {other}");
        }
        assert!(PUBLIC_MAIL.is_sorted());
        Ok(())
    }
}
