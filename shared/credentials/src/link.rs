//! One-time links and activation codes: each is made from the letter that carries it, so no plaintext is ever stored, and
//! a letter sent twice carries the same.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{LetterId, code::ActivationCode, letter::LinkPurpose};
use ring::hmac;
use zeroize::Zeroizing;

/// The key that link tokens are made with. Rotating it ends every unused link.
pub struct LinkKey(hmac::Key);

/// A token that opens one link once: 256 bits. Only its hash is stored; only the mail shows it.
pub struct LinkToken(Zeroizing<String>);

impl LinkKey {
    /// Takes the stored key.
    #[must_use]
    pub fn stored(bytes: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }

    /// The token of that letter for that purpose.
    #[must_use]
    pub fn token(&self, letter: LetterId, purpose: LinkPurpose) -> LinkToken {
        let tag = hmac::sign(&self.0, format!("{}:{letter}", purpose.name()).as_bytes());
        LinkToken(Zeroizing::new(URL_SAFE_NO_PAD.encode(tag.as_ref())))
    }

    /// The activation code of that letter (R105): 100 bits, of the first 20 bytes five each.
    #[must_use]
    pub fn activation_code(&self, letter: LetterId) -> ActivationCode {
        // No purpose of a link has this name.
        let tag = hmac::sign(&self.0, format!("activation-code:{letter}").as_bytes());
        let mut bytes = [0; 20];
        bytes.copy_from_slice(&tag.as_ref()[..20]);
        ActivationCode::new(bytes)
    }
}

impl LinkToken {
    /// Takes a token as a page sent it: exactly 43 characters of base64url, or nothing. A truncated, padded or
    /// re-cased token is another token (CVE-2026-27840).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        (bytes.len() == 32 && text.len() == 43).then(|| Self(Zeroizing::new(text.to_owned())))
    }

    /// For the link in the mail.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored.
    #[must_use]
    pub fn hash(&self) -> String {
        crate::sha256_hex(self.0.as_bytes())
    }

    /// Whether this token has that hash, in a time that does not tell how far they agree.
    #[must_use]
    pub fn has_hash(&self, hash: &str) -> bool {
        crate::same(&self.hash(), hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;

    #[test]
    fn a_token_reads_back_whole_or_not_at_all() {
        let key = LinkKey::stored(&[7; 32]);
        let token = key.token(LetterId::new(Timestamp::UNIX_EPOCH, [1; 10]), LinkPurpose::ConfirmAddress);
        let text = token.reveal().to_owned();
        assert!(LinkToken::parse(&text).is_some_and(|it| it.has_hash(&token.hash())));
        for (broken, why) in [
            (text[..42].to_owned(), "a prefix"),
            (format!("{text}A"), "a suffix"),
            (format!("{text}="), "padding"),
            (text.replace(|c: char| c.is_ascii_lowercase(), "A"), "another case"),
            (format!(" {text}"), "a space"),
        ] {
            assert!(!LinkToken::parse(&broken).is_some_and(|it| it.has_hash(&token.hash())), "{why}");
        }
    }

    /// R105
    #[test]
    fn a_letter_has_one_activation_code_and_no_other_has_it() {
        let code = |key: u8, n: u8| {
            LinkKey::stored(&[key; 32]).activation_code(LetterId::new(Timestamp::UNIX_EPOCH, [n; 10])).reveal()
        };
        assert_eq!(code(7, 1), code(7, 1));
        assert_eq!(ActivationCode::parse(&code(7, 1)).map(|read| read.reveal()), Ok(code(7, 1)));
        assert_ne!(code(7, 1), code(7, 2));
        assert_ne!(code(7, 1), code(8, 1));
        assert!(LinkPurpose::ALL.iter().all(|purpose| purpose.name() != "activation-code"));
    }

    #[test]
    fn another_letter_or_key_makes_another_token() {
        let letters = [1, 2].map(|n| LetterId::new(Timestamp::UNIX_EPOCH, [n; 10]));
        let token = |key: u8, letter| LinkKey::stored(&[key; 32]).token(letter, LinkPurpose::ConfirmAddress).hash();
        assert_eq!(token(7, letters[0]), token(7, letters[0]));
        assert_ne!(token(7, letters[0]), token(7, letters[1]));
        assert_ne!(token(7, letters[0]), token(8, letters[0]));
    }
}
