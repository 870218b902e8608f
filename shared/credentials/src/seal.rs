//! Seals: what leaves the portal and must come back unchanged, bound to whom and what it was made for (cursors), and
//! names that must not be readable at rest (throttles).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::hmac;

/// 128 bits of the HMAC are kept: RFC 2104 §5 asks for at least half.
const TAG: usize = 16;

/// The key of seals.
pub struct SealKey(hmac::Key);

/// A sealed text that was changed, is somebody else's, or was made for another query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a seal that does not fit")]
pub struct Unsealed;

impl SealKey {
    /// Takes the stored key.
    #[must_use]
    pub fn stored(bytes: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }

    /// Seals bytes for a context: the caller and the query.
    #[must_use]
    pub fn seal(&self, context: &str, content: &[u8]) -> String {
        let mut sealed = self.tag(context, content)[..TAG].to_vec();
        sealed.extend_from_slice(content);
        URL_SAFE_NO_PAD.encode(sealed)
    }

    /// Opens what [`SealKey::seal`] made for the same context.
    ///
    /// # Errors
    /// [`Unsealed`] for anything else.
    pub fn open(&self, context: &str, sealed: &str) -> Result<Vec<u8>, Unsealed> {
        use subtle::ConstantTimeEq as _;
        let bytes = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| Unsealed)?;
        let (tag, content) = bytes.split_at_checked(TAG).ok_or(Unsealed)?;
        if bool::from(self.tag(context, content)[..TAG].ct_eq(tag)) { Ok(content.to_vec()) } else { Err(Unsealed) }
    }

    /// A name for a row about something that must not be readable there, such as an unknown sign-in name.
    #[must_use]
    pub fn pseudonym(&self, what: &str) -> String {
        URL_SAFE_NO_PAD.encode(&self.tag("pseudonym", what.as_bytes())[..TAG])
    }

    fn tag(&self, context: &str, content: &[u8]) -> [u8; 32] {
        let mut hmac = hmac::Context::with_key(&self.0);
        // The length keeps context and content apart.
        hmac.update(&(context.len() as u64).to_be_bytes());
        hmac.update(context.as_bytes());
        hmac.update(content);
        let mut tag = [0; 32];
        tag.copy_from_slice(hmac.sign().as_ref());
        tag
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_opens_for_its_context_alone() {
        let key = SealKey::stored(&[3; 32]);
        let sealed = key.seal("usr_a licenses", b"row 50");
        assert_eq!(key.open("usr_a licenses", &sealed).as_deref(), Ok(&b"row 50"[..]));
        assert_eq!(key.open("usr_b licenses", &sealed), Err(Unsealed));
        assert_eq!(SealKey::stored(&[4; 32]).open("usr_a licenses", &sealed), Err(Unsealed));
        for place in 0..sealed.len() {
            let mut broken = sealed.clone().into_bytes();
            broken[place] = if broken[place] == b'A' { b'B' } else { b'A' };
            assert_eq!(key.open("usr_a licenses", &String::from_utf8_lossy(&broken)), Err(Unsealed), "byte {place}");
        }
    }
}
