//! Activation codes: what a license contact types to claim an order (R105).

use std::fmt;

use crate::Invalid;

/// Crockford's base 32: no I, L, O, U, so that a code can be read aloud and typed from paper.
pub(crate) const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 100 random bits, shown as `XXXXX-XXXXX-XXXXX-XXXXX`. A secret until used: it prints as stars, and only
/// [`ActivationCode::reveal`] shows it (in the mail, and to staff once).
#[derive(Clone, PartialEq, Eq)]
pub struct ActivationCode([u8; 20]);

impl ActivationCode {
    /// A new code from 20 random bytes, of which five bits each are used.
    #[must_use]
    pub fn new(random: [u8; 20]) -> Self {
        Self(random.map(|byte| ALPHABET[usize::from(byte & 31)]))
    }

    /// Reads a code as typed: any case, any spaces and dashes, `O` for `0`, `I` or `L` for `1`.
    ///
    /// # Errors
    /// [`Invalid::ActivationCode`] if that does not leave 20 characters of the alphabet.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if text.trim().is_empty() {
            return Err(Invalid::Required);
        }
        if text.len() > 200 {
            return Err(Invalid::ActivationCode);
        }
        let mut code = Vec::with_capacity(20);
        for character in text.chars() {
            match character.to_ascii_uppercase() {
                'O' => code.push(b'0'),
                'I' | 'L' => code.push(b'1'),
                '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => {}
                c if c.is_whitespace() => {}
                c if u8::try_from(c).is_ok_and(|byte| ALPHABET.contains(&byte)) => code.push(c as u8),
                _ => return Err(Invalid::ActivationCode),
            }
        }
        code.try_into().map(Self).map_err(|_| Invalid::ActivationCode)
    }

    /// The code in groups of five, for a person to type.
    #[must_use]
    pub fn reveal(&self) -> String {
        let groups: Vec<_> =
            self.0.chunks(5).map(|group| group.iter().map(|b| char::from(*b)).collect::<String>()).collect();
        groups.join("-")
    }

    /// The characters without dashes, for hashing.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 20] {
        &self.0
    }
}

impl fmt::Debug for ActivationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ActivationCode(*****)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = ActivationCode::new([1; 20]);
        assert_eq!(code.reveal(), "11111-11111-11111-11111");
        for text in ["11111-11111-11111-11111", "iIlL1 11111 11111 11111", " 11111–11111–11111–11111 "] {
            assert_eq!(ActivationCode::parse(text), Ok(code.clone()), "{text}");
        }
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for text in ["1111", "U1111-11111-11111-11111", "11111-11111-11111-111111", "é1111-11111-11111-11111"] {
            assert_eq!(ActivationCode::parse(text), Err(Invalid::ActivationCode), "{text}");
        }
        assert_eq!(ActivationCode::parse(" "), Err(Invalid::Required));
    }

    #[test]
    fn a_code_does_not_print() {
        assert!(!format!("{:?}", ActivationCode::new([2; 20])).contains('2'));
    }
}
