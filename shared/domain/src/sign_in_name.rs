//! What a person types to sign in (R106): an e-mail address, a user name of an account, or a customer number.

use crate::{EmailAddress, Invalid, number::CustomerNumber, text};

text::text_type! {
    /// A user name in an account's own namespace, shown and typed with the account's number: `C10423/anna`. The part
    /// behind the slash is 2 to 32 characters: letters, digits, `.`, `_`, `-`. Two companies may both have an anna, and
    /// none can be mistaken for an e-mail login.
    UserName, |text| {
        let text = text.trim();
        if text.is_empty() {
            return Err(Invalid::Required);
        }
        let (number, name) = text.split_once('/').ok_or(Invalid::UserName)?;
        let number = CustomerNumber::parse(number).map_err(|_| Invalid::UserName)?;
        let name = text::line(name, 32, Invalid::UserName)?;
        let plain = name.chars().all(|c| c.is_alphanumeric() || "._-".contains(c));
        if plain && name.chars().count() >= 2 { Ok(format!("{number}/{name}")) } else { Err(Invalid::UserName) }
    }
}

/// A name to sign in with. Parsing never tells whether it exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInName {
    /// The address a person signed up with.
    Email(EmailAddress),
    /// A user name within an account.
    UserName(UserName),
    /// An alias of the login of that account's owner.
    CustomerNumber(CustomerNumber),
    /// What has the form of none of these: nobody has it, and a try with it is counted like one with any other.
    Formless(String),
}

impl SignInName {
    /// Tells the three kinds apart by form alone: `@` is in every address and nowhere else, `/` in every user name.
    ///
    /// # Errors
    /// [`Invalid::Required`] for nothing.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        let named = if text.is_empty() {
            return Err(Invalid::Required);
        } else if text.contains('@') {
            EmailAddress::parse(text).map(Self::Email)
        } else if text.contains('/') {
            UserName::parse(text).map(Self::UserName)
        } else {
            CustomerNumber::parse(text).map(Self::CustomerNumber)
        };
        // No address is longer, so none is mistaken for another.
        Ok(named.unwrap_or_else(|_| Self::Formless(text.chars().take(254).collect::<String>().to_lowercase())))
    }

    /// The form under which the name is claimed: once in the whole portal.
    #[must_use]
    pub fn claim(&self) -> String {
        match self {
            Self::Email(address) => address.claim(),
            Self::UserName(name) => name.as_str().to_lowercase(),
            Self::CustomerNumber(number) => number.as_str().to_owned(),
            // No other claim begins so.
            Self::Formless(text) => format!("?{text}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_kinds_cannot_be_mistaken_for_each_other() {
        assert!(matches!(SignInName::parse("anna@acme.test"), Ok(SignInName::Email(_))));
        assert!(matches!(SignInName::parse("c10423/Anna"), Ok(SignInName::UserName(_))));
        assert!(matches!(SignInName::parse("c10423"), Ok(SignInName::CustomerNumber(_))));
        for text in ["anna", "C10423/", "/anna", "C10423/a b", "C10423/anna/x", "12345"] {
            assert!(matches!(SignInName::parse(text), Ok(SignInName::Formless(_))), "{text}");
        }
    }

    #[test]
    fn case_does_not_tell_two_names_apart() {
        let claims = ["c10423/ANNA", "C10423/anna"].map(|text| SignInName::parse(text).map(|it| it.claim()));
        assert_eq!(claims[0], claims[1]);
    }
}
