//! Passwords that one person makes for another (R303): shown once, handed over, and changed at the first sign-in.

use zeroize::Zeroizing;

use crate::Password;

/// What such a password is made of: the 31 digits and small letters of which none is taken for another on paper, and one
/// of them twice, so that five random bits name each.
const ALPHABET: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz2";
/// How many of them: 79 bits, and more than the 15 characters asked for.
const LENGTH: usize = 16;
/// How many stand together, so that they are read aloud and typed without losing one's place.
const GROUP: usize = 4;

/// A password drawn by chance, before it is handed over.
pub struct InitialPassword(Zeroizing<String>);

impl InitialPassword {
    /// Draws one.
    #[must_use]
    pub fn generated() -> Self {
        let mut text = Zeroizing::new(String::with_capacity(LENGTH + LENGTH / GROUP));
        let random = Zeroizing::new(crate::random::<LENGTH>());
        for (place, byte) in random.iter().enumerate() {
            if place > 0 && place % GROUP == 0 {
                text.push('-');
            }
            text.push(char::from(ALPHABET[usize::from(byte & 31)]));
        }
        Self(text)
    }

    /// For whoever hands it over, once.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// To be hashed.
    #[must_use]
    pub fn password(&self) -> Password {
        Password::made(self.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_could_have_been_chosen_and_is_read_without_doubt() {
        for _ in 0..100 {
            let drawn = InitialPassword::generated();
            let text = drawn.reveal();
            assert!(Password::chosen(text, &["Anna", "Portico"]).is_ok(), "{text}");
            assert!(Password::typed(text).is_ok_and(|typed| typed.is(&drawn.password())), "{text}");
            assert!(text.split('-').all(|group| group.len() == GROUP) && text.len() == 19, "{text}");
            assert!(!text.contains(['0', 'o', '1', 'l', 'i', 'O', 'I']), "{text}");
        }
    }
}
