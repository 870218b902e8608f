//! Passwords: what is accepted, and the argon2id hash.

use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version, password_hash::phc};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::guessable;

/// Fewest characters where the password is the only factor (NIST SP 800-63B-4 §3.1.1.2).
const LEAST: usize = 15;
/// Most characters and bytes: far above the 64 that must be allowed, far below what would tire the hash.
const MOST: usize = 256;
const MOST_BYTES: usize = 1024;

/// OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, 2 passes, 1 lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// A password as typed, in NFC; gone from memory when dropped.
pub struct Password(Zeroizing<String>);

/// Why a new password is not good enough.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PasswordRefused {
    /// Nothing there.
    #[error("a password is required")]
    Required,
    /// Fewer characters than asked for.
    #[error("shorter than {LEAST} characters")]
    TooShort,
    /// More than anyone types.
    #[error("longer than {MOST} characters")]
    TooLong,
    /// Among the first an attacker tries.
    #[error("among the first an attacker tries")]
    Common,
    /// Little more than the person's or the vendor's own name.
    #[error("little more than {0}")]
    Contains(String),
}

impl PasswordRefused {
    /// The stable code; the catalogue's `field.<code>`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooShort => "password_too_short",
            Self::TooLong => "password_too_long",
            Self::Common => "password_common",
            Self::Contains(_) => "password_contains",
        }
    }

    /// The placeholders of the sentence.
    #[must_use]
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooShort => vec![("min", LEAST.to_string())],
            Self::TooLong => vec![("max", MOST.to_string())],
            Self::Contains(word) => vec![("what", word.clone())],
            Self::Required | Self::Common => Vec::new(),
        }
    }
}

impl Password {
    /// Takes a password to be verified: no trim, no change of case, no truncation; NFC only, so that `é` typed on two
    /// keyboards is one `é`.
    ///
    /// # Errors
    /// [`PasswordRefused::TooLong`] before any work is done on it; [`PasswordRefused::Required`] if empty.
    pub fn typed(text: &str) -> Result<Self, PasswordRefused> {
        if text.is_empty() {
            return Err(PasswordRefused::Required);
        }
        if text.len() > MOST_BYTES {
            return Err(PasswordRefused::TooLong);
        }
        let normal: String = text.nfc().collect();
        if normal.chars().count() > MOST || normal.len() > MOST_BYTES {
            return Err(PasswordRefused::TooLong);
        }
        Ok(Self(Zeroizing::new(normal)))
    }

    /// Takes a new password: long enough, not among the first an attacker tries, and not made of what everyone knows
    /// of this person. `known` holds such words: names, address, company, product, vendor.
    ///
    /// # Errors
    /// [`PasswordRefused`] says what is wrong with it.
    pub fn chosen(text: &str, known: &[&str]) -> Result<Self, PasswordRefused> {
        let password = Self::typed(text)?;
        if password.0.chars().count() < LEAST {
            return Err(PasswordRefused::TooShort);
        }
        let lower = password.0.to_lowercase();
        for word in known.iter().map(|word| word.to_lowercase()).filter(|word| word.chars().count() >= 4) {
            if lower.replace(&word, "").chars().count() < 8 && lower.contains(&word) {
                return Err(PasswordRefused::Contains(word));
            }
        }
        // 33 bits, some 10^10 tries: years for somebody who has the hashes, for ever at the door.
        if guessable::bits(&password.0, known) < 33.0 {
            return Err(PasswordRefused::Common);
        }
        Ok(password)
    }

    /// A password of our own making.
    pub(crate) const fn made(text: Zeroizing<String>) -> Self {
        Self(text)
    }

    /// Whether it is the same as another that was typed.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        crate::same(&self.0, &other.0)
    }

    /// Hashes it, with a salt of its own. Takes tens of milliseconds of processor time and 19 MiB: call it where that
    /// blocks nobody.
    ///
    /// # Errors
    /// [`HashRefused`] if the hash cannot be computed (no memory).
    pub fn hash(&self) -> Result<PasswordHash, HashRefused> {
        let hash: phc::PasswordHash = argon2id()?.hash_password(self.0.as_bytes()).map_err(|_| HashRefused)?;
        Ok(PasswordHash(hash.to_string()))
    }

    /// Whether this is the password of that hash; takes as long as [`Password::hash`]. For somebody unknown there is
    /// [`PasswordHash::of_nobody`], so that time does not tell who is known.
    ///
    /// # Errors
    /// [`HashRefused`] if the stored hash is not one of ours or asks for more than we ever set: what is stored is not
    /// trusted to spend memory.
    pub fn matches(&self, hash: &PasswordHash) -> Result<bool, HashRefused> {
        let stored = phc::PasswordHash::new(&hash.0).map_err(|_| HashRefused)?;
        let params = Params::try_from(&stored).map_err(|_| HashRefused)?;
        if params.m_cost() > 4 * MEMORY_KIB || params.t_cost() > 8 || params.p_cost() > 4 {
            return Err(HashRefused);
        }
        Ok(argon2id()?.verify_password(self.0.as_bytes(), &stored).is_ok())
    }
}

fn argon2id() -> Result<Argon2<'static>, HashRefused> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|_| HashRefused)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The hash of a password, a PHC string. Does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

/// A hash could not be computed or is not one we would have made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a password hash that cannot be computed")]
pub struct HashRefused;

impl PasswordHash {
    /// Takes a stored hash.
    #[must_use]
    pub const fn stored(phc: String) -> Self {
        Self(phc)
    }

    /// For the row of its owner, and nowhere else.
    #[must_use]
    pub fn to_store(&self) -> &str {
        &self.0
    }

    /// A hash, with today's parameters, that no password has.
    #[must_use]
    pub fn of_nobody() -> Self {
        Self(
            "$argon2id$v=19$m=19456,t=2,p=1$cG9ydGljby1ub2JvZHktaXM$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                .to_owned(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "seven brass lanterns";

    #[test]
    fn the_parameters_are_those_owasp_asks_for() -> Result<(), HashRefused> {
        let hash = Password::typed(GOOD).map_err(|_| HashRefused)?.hash()?;
        assert!(hash.to_store().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.to_store());
        Ok(())
    }

    #[test]
    fn a_password_matches_its_hash_alone() -> Result<(), HashRefused> {
        let typed = |text| Password::typed(text).map_err(|_| HashRefused);
        let hash = typed("caf\u{e9} au lait, merci")?.hash()?;
        assert!(typed("cafe\u{301} au lait, merci")?.matches(&hash)?, "NFC and NFD are one password");
        for other in ["caf\u{e9} au lait, merci ", "Caf\u{e9} au lait, merci", "caf\u{e9} au lait, merc"] {
            assert!(!typed(other)?.matches(&hash)?, "{other}");
        }
        assert!(!typed(GOOD)?.matches(&PasswordHash::of_nobody())?);
        Ok(())
    }

    #[test]
    fn one_password_typed_on_two_keyboards_is_one() -> Result<(), PasswordRefused> {
        let composed = Password::typed("caf\u{e9} au lait, merci")?;
        assert!(composed.is(&Password::typed("cafe\u{301} au lait, merci")?));
        assert!(!composed.is(&Password::typed("Caf\u{e9} au lait, merci")?));
        Ok(())
    }

    /// Incident 41: a stored hash must not be able to spend our memory.
    #[test]
    fn a_stored_hash_that_asks_for_too_much_is_refused() -> Result<(), PasswordRefused> {
        for params in ["m=8388608,t=2,p=1", "m=19456,t=1000,p=1", "m=19456,t=2,p=64"] {
            let hash = PasswordHash::stored(PasswordHash::of_nobody().to_store().replace("m=19456,t=2,p=1", params));
            assert_eq!(Password::typed(GOOD)?.matches(&hash), Err(HashRefused), "{params}");
        }
        Ok(())
    }

    #[test]
    fn weak_passwords_are_refused_with_their_reason() {
        let known = ["Anna", "Bernard", "anna.bernard", "Northlight CAD", "Portico"];
        let long = "x".repeat(257);
        let cases = [
            ("short", PasswordRefused::TooShort),
            ("", PasswordRefused::Required),
            ("passwordpassword", PasswordRefused::Common),
            ("aaaaaaaaaaaaaaaaaaaa", PasswordRefused::Common),
            ("Northlight CAD 1", PasswordRefused::Contains("northlight cad".into())),
            ("anna.bernard2026", PasswordRefused::Contains("anna.bernard".into())),
            (long.as_str(), PasswordRefused::TooLong),
        ];
        for (text, why) in cases {
            assert_eq!(Password::chosen(text, &known).err(), Some(why), "{text}");
        }
        for good in [GOOD, "Ich trinke gern Tee!", "une très longue phrase", "日本語のパスワードはここにあります"]
        {
            assert!(Password::chosen(good, &known).is_ok(), "{good}");
        }
    }
}
