//! What staff type to find an account (R702).

use crate::{
    EmailAddress, Invalid,
    fold::fold,
    number::{CustomerNumber, SerialNumber},
};

/// More than any name, number or address has.
const MOST: usize = 254;

/// What an account is looked for by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountSearch {
    /// Somebody's address: the accounts they belong to.
    Email(EmailAddress),
    /// What may be the beginning of a name, or a number: many names have the form of a serial number.
    Text {
        /// The beginning of a name, folded; empty for every name.
        prefix: String,
        /// A customer number, if it has that form.
        number: Option<CustomerNumber>,
        /// A serial number, if it has that form.
        serial: Option<SerialNumber>,
    },
}

impl AccountSearch {
    /// Reads what was typed.
    ///
    /// # Errors
    /// [`Invalid::TooLong`] for more than any name has.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if text.chars().count() > MOST {
            return Err(Invalid::TooLong { max: MOST });
        }
        if let Ok(email) = EmailAddress::parse(text) {
            return Ok(Self::Email(email));
        }
        Ok(Self::Text {
            prefix: fold(text),
            number: CustomerNumber::parse(text).ok(),
            serial: SerialNumber::parse(text).ok(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_looked_for_by_all_it_may_be() {
        let of = |text: &str| match AccountSearch::parse(text) {
            Ok(AccountSearch::Text { prefix, number, serial }) => (prefix, number.is_some(), serial.is_some()),
            other => panic!("{other:?}"),
        };
        assert_eq!(of(" \u{c9}lan"), ("elan".into(), false, false));
        assert_eq!(of("c10423"), ("c10423".into(), true, true));
        assert_eq!(of("Birch Studio"), ("birch studio".into(), false, true), "a name can look like a serial number");
        assert_eq!(of(""), (String::new(), false, false));
        assert!(matches!(AccountSearch::parse("Ada@acme.test"), Ok(AccountSearch::Email(_))));
        assert_eq!(AccountSearch::parse(&"x".repeat(255)), Err(Invalid::TooLong { max: 254 }));
    }
}
