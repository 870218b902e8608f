//! What a person types to sign in (R106): an e-mail address, a user name of an account, or a customer number.

use crate::{EmailAddress, Invalid, look, number::CustomerNumber, text};

text::text_type! {
    /// A user name in an account's own namespace, shown and typed with the account's number: `C10423/anna`. The part
    /// behind the slash is 2 to 32 characters: `a`–`z`, `A`–`Z`, `0`–`9`, `.`, `_`, `-`, with a letter or digit at either
    /// end. Two companies may both have an anna, and none can be mistaken for an e-mail login. The plain letters are a
    /// choice: what two people tell apart everywhere, no script hides from the other.
    UserName, |text| {
        let text = text.trim();
        if text.is_empty() {
            return Err(Invalid::Required);
        }
        let (number, name) = text.split_once('/').ok_or(Invalid::UserName)?;
        let number = CustomerNumber::parse(number).map_err(|_| Invalid::UserName)?;
        let name = text::line(name, 32, Invalid::UserName)?;
        let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
        let framed = !name.starts_with(['.', '_', '-']) && !name.ends_with(['.', '_', '-']);
        if plain && framed && name.len() >= 2 { Ok(format!("{number}/{name}")) } else { Err(Invalid::UserName) }
    }
}

impl UserName {
    /// A name in the namespace of that account.
    ///
    /// # Errors
    /// [`Invalid`] says what is wrong with the part that is the person's.
    pub fn within(number: &CustomerNumber, name: &str) -> Result<Self, Invalid> {
        let name = name.trim();
        // As lists show it, people may copy it.
        let name = match name.split_once('/') {
            Some((before, name)) if before.eq_ignore_ascii_case(number.as_str()) => name,
            Some(_) => return Err(Invalid::UserName),
            None => name,
        };
        if name.is_empty() { Err(Invalid::Required) } else { Self::parse(&format!("{number}/{name}")) }
    }

    /// The account's number, and the part that is the person's.
    #[must_use]
    pub fn parts(&self) -> (&str, &str) {
        self.0.split_once('/').unwrap_or(("", &self.0))
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
            // All that look alike are one: whichever is typed, it is the same person who signs in.
            Self::UserName(name) => {
                let (number, name) = name.parts();
                format!("{number}/{}", look::skeleton(name))
            }
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

    #[test]
    fn user_names_that_look_alike_are_one() -> Result<(), Invalid> {
        let claim = |name| UserName::parse(name).map(|name| SignInName::UserName(name).claim());
        for (one, other) in
            [("C10423/jill", "C10423/ji1l"), ("C10423/rob", "C10423/r0b"), ("C10423/anna.b", "C10423/annab")]
        {
            assert_eq!(claim(one)?, claim(other)?, "{one}");
        }
        assert_ne!(claim("C10423/anna")?, claim("C10500/anna")?);
        for name in ["C10423/аnna", "C10423/ánna", "C10423/.anna", "C10423/anna-"] {
            assert_eq!(claim(name), Err(Invalid::UserName), "{name}");
        }
        Ok(())
    }

    #[test]
    fn a_name_is_taken_with_and_without_its_number() -> Result<(), Invalid> {
        let number = CustomerNumber::parse("C10423")?;
        for text in ["anna", "C10423/anna", " c10423/anna "] {
            assert_eq!(UserName::within(&number, text)?.as_str(), "C10423/anna");
        }
        assert_eq!(UserName::within(&number, "C1/anna"), Err(Invalid::UserName));
        assert_eq!(UserName::within(&number, "C10423/"), Err(Invalid::Required));
        Ok(())
    }
}
