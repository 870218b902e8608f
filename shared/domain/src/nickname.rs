//! Forum nicknames: what others read instead of a name (R205).

use crate::{Invalid, look, text};

/// The fewest and most characters (R205).
const LENGTH: std::ops::RangeInclusive<usize> = 8..=16;
/// What a nickname given by us is made of: no vowels, so that no word comes out, and nothing that looks like another.
const LETTERS: &[u8; 16] = b"bcdfghjkmnpqrtwx";

text::text_type! {
    /// A forum nickname: 8 to 16 of `a`–`z`, `A`–`Z`, `0`–`9` and `-`, beginning and ending with a letter or digit. The
    /// plain letters are a choice: what two people tell apart everywhere, no script hides from the other.
    Nickname, |text| {
        let name = text.trim();
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let edges = [name.bytes().next(), name.bytes().last()];
        let framed = edges.iter().all(|edge| edge.is_some_and(|byte| byte.is_ascii_alphanumeric()));
        if name.is_empty() { Err(Invalid::Required) }
        else if plain && framed && LENGTH.contains(&name.len()) && !name.contains("--") { Ok(name.to_owned()) }
        else { Err(Invalid::Nickname { min: *LENGTH.start(), max: *LENGTH.end() }) }
    }
}

impl Nickname {
    /// The nickname a person begins with, from 40 random bits: it tells nothing of them.
    #[must_use]
    pub fn assigned(random: [u8; 5]) -> Self {
        let mut name = "user-".to_owned();
        for byte in random {
            name.push(char::from(LETTERS[usize::from(byte >> 4)]));
            name.push(char::from(LETTERS[usize::from(byte & 15)]));
        }
        Self(name)
    }

    /// What is claimed with it: the same for every nickname that looks alike, so that nobody can pass for another.
    #[must_use]
    pub fn claim(&self) -> String {
        look::skeleton(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_claims_the_same() -> Result<(), Invalid> {
        for (one, other) in [
            ("annabelle", "AnnaBelle"),
            ("annabelle", "annabe11e"),
            ("annabelle", "anna-belle"),
            ("robinson", "r0b1ns0n"),
            ("barnmaster", "bammaster"),
            ("wolfgang", "vvolfgang"),
            ("claudette", "cIaudette"),
            ("claudette", "daudette"),
        ] {
            assert_eq!(Nickname::parse(one)?.claim(), Nickname::parse(other)?.claim(), "{one} {other}");
        }
        assert_ne!(Nickname::parse("annabelle")?.claim(), Nickname::parse("annabella")?.claim());
        Ok(())
    }

    #[test]
    fn what_is_no_nickname_is_refused() {
        for text in ["seven77", "seventeen-letters", "-eightch", "eightch-", "anna belle", "аnnabelle", "anna--belle"]
        {
            assert_eq!(Nickname::parse(text), Err(Invalid::Nickname { min: 8, max: 16 }), "{text}");
        }
        assert_eq!(Nickname::parse("  "), Err(Invalid::Required));
    }

    #[test]
    fn an_assigned_nickname_is_one() {
        for random in [[0; 5], [255; 5], [1, 35, 69, 103, 137]] {
            let name = Nickname::assigned(random);
            assert_eq!(Nickname::parse(name.as_str()), Ok(name));
        }
    }
}
