//! Session tokens: signed JWTs (RFC 7519, EdDSA by RFC 8037) that only *name* a session, a person and an account.
//! Garbage is refused without a read; every right is judged from stored rows.

mod token;

use std::collections::BTreeMap;

use domain::{AccountId, Timestamp, UserId, actor::Names};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use ring::{
    hmac,
    signature::{Ed25519KeyPair, KeyPair as _},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use thiserror::Error;
use zeroize::Zeroizing;

pub use token::{SessionId, SessionToken};

use crate::SealKey;

const SESSION_TYPE: &str = "portico-session+jwt";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SessionClaims {
    iss: String,
    aud: String,
    exp: i64,
    sub: UserId,
    sid: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    acc: Option<AccountId>,
    /// where a guest belongs
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hom: Option<AccountId>,
    all: bool,
}

/// Why a token names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TokenRefused {
    /// Not a token of ours, or past its end.
    #[error("not a token of ours")]
    Invalid,
    /// Signed with a key we do not know (yet).
    #[error("signed with an unknown key")]
    UnknownKey,
}

/// A pair of keys that signs: sessions, which only the function `session` holds, or license files, which only `licenses`
/// does.
pub struct SigningKey {
    kid: String,
    pkcs8: Zeroizing<Vec<u8>>,
}

impl SigningKey {
    /// A new pair.
    ///
    /// # Errors
    /// [`TokenRefused::Invalid`] if the system cannot make one.
    pub fn generate() -> Result<Self, TokenRefused> {
        let pkcs8 =
            Ed25519KeyPair::generate_pkcs8(&ring::rand::SystemRandom::new()).map_err(|_| TokenRefused::Invalid)?;
        Ok(Self {
            kid: crate::sha256_hex(pkcs8.as_ref())[..16].to_owned(),
            pkcs8: Zeroizing::new(pkcs8.as_ref().to_vec()),
        })
    }

    /// Takes the stored pair.
    #[must_use]
    pub fn stored(kid: String, pkcs8: Vec<u8>) -> Self {
        Self { kid, pkcs8: Zeroizing::new(pkcs8) }
    }

    /// Its name in a token's header.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// For its row, and nowhere else.
    #[must_use]
    pub fn to_store(&self) -> &[u8] {
        &self.pkcs8
    }

    /// The key of device cookies, made of this one: who cannot sign a session cannot seal a device either.
    #[must_use]
    pub fn device_key(&self) -> SealKey {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.pkcs8);
        let mut derived = [0; 32];
        derived.copy_from_slice(hmac::sign(&key, b"portico device").as_ref());
        SealKey::stored(&derived)
    }

    /// The half that every function may read.
    ///
    /// # Errors
    /// [`TokenRefused::Invalid`] if what is stored is no pair.
    pub fn public(&self) -> Result<Vec<u8>, TokenRefused> {
        let pair = Ed25519KeyPair::from_pkcs8(&self.pkcs8).map_err(|_| TokenRefused::Invalid)?;
        Ok(pair.public_key().as_ref().to_vec())
    }

    /// Signs a session's token for the portal at that origin.
    ///
    /// # Errors
    /// [`TokenRefused::Invalid`] if the key is no key.
    pub fn sign_session(&self, origin: &str, token: &SessionToken) -> Result<String, TokenRefused> {
        let claims = SessionClaims {
            iss: origin.to_owned(),
            aud: origin.to_owned(),
            exp: token.expires_at.as_second(),
            sub: token.user,
            sid: token.id.0.to_string(),
            acc: token.account,
            hom: token.home,
            all: token.saw_all_licenses,
        };
        self.sign(SESSION_TYPE, &claims)
    }

    pub(crate) fn sign(&self, token_type: &str, claims: &impl Serialize) -> Result<String, TokenRefused> {
        crate::provider::install();
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(token_type.to_owned());
        header.kid = Some(self.kid.clone());
        jsonwebtoken::encode(&header, claims, &EncodingKey::from_ed_der(&self.pkcs8)).map_err(|_| TokenRefused::Invalid)
    }
}

/// The public keys by name: the current and the previous one.
#[derive(Debug, Clone, Default)]
pub struct VerifyingKeys(BTreeMap<String, Vec<u8>>);

impl VerifyingKeys {
    /// Takes the stored keys.
    #[must_use]
    pub const fn stored(keys: BTreeMap<String, Vec<u8>>) -> Self {
        Self(keys)
    }

    /// Whom a session cookie names.
    ///
    /// # Errors
    /// [`TokenRefused`]; for an unknown key the keys may be worth reading again.
    pub fn names(&self, origin: &str, token: &str, now: Timestamp) -> Result<Names, TokenRefused> {
        let claims: SessionClaims = self.verify(SESSION_TYPE, origin, token)?;
        if claims.exp <= now.as_second() {
            return Err(TokenRefused::Invalid);
        }
        let id = SessionId(Zeroizing::new(claims.sid));
        Ok(Names {
            user: claims.sub,
            session: id.hash(),
            account: claims.acc,
            home: claims.hom,
            customer: None,
            saw_all_licenses: claims.all,
        })
    }

    fn verify<T: DeserializeOwned>(&self, token_type: &str, origin: &str, token: &str) -> Result<T, TokenRefused> {
        crate::provider::install();
        // A cookie is at most 4 kB (RFC 6265 §6.1); ours are about 600 bytes.
        if token.len() > 2_048 {
            return Err(TokenRefused::Invalid);
        }
        let header = jsonwebtoken::decode_header(token).map_err(|_| TokenRefused::Invalid)?;
        if header.alg != Algorithm::EdDSA || header.typ.as_deref() != Some(token_type) {
            return Err(TokenRefused::Invalid);
        }
        let key = header.kid.and_then(|kid| self.0.get(&kid)).ok_or(TokenRefused::UnknownKey)?;
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_issuer(&[origin]);
        rules.set_audience(&[origin]);
        rules.set_required_spec_claims(&["exp", "iss", "aud"]);
        // Judged by the portal's own clock, above.
        rules.validate_exp = false;
        let verified = jsonwebtoken::decode::<T>(token, &DecodingKey::from_ed_der(key), &rules);
        verified.map(|token| token.claims).map_err(|_| TokenRefused::Invalid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::session::ABSOLUTE;

    const ORIGIN: &str = "https://portal.acme.test";

    fn signed(now: Timestamp) -> Result<(SigningKey, VerifyingKeys, String), TokenRefused> {
        let key = SigningKey::generate()?;
        let keys = VerifyingKeys::stored(BTreeMap::from([(key.kid().to_owned(), key.public()?)]));
        let expires_at = now.checked_add(ABSOLUTE).map_err(|_| TokenRefused::Invalid)?;
        let token = SessionToken {
            id: SessionId::new(),
            user: UserId::new(now, [1; 10]),
            account: Some(AccountId::new(now, [2; 10])),
            home: Some(AccountId::new(now, [3; 10])),
            saw_all_licenses: true,
            expires_at,
        };
        let text = key.sign_session(ORIGIN, &token)?;
        let names = keys.names(ORIGIN, &text, now)?;
        assert_eq!((names.user, names.account, names.session), (token.user, token.account, token.id.hash()));
        assert_eq!((names.home, names.customer), (token.home, None));
        Ok((key, keys, text))
    }

    #[test]
    fn a_token_names_until_its_end_and_at_its_origin_alone() -> Result<(), TokenRefused> {
        let now: Timestamp = "2026-11-22T08:00:00Z".parse().map_err(|_| TokenRefused::Invalid)?;
        let (_, keys, text) = signed(now)?;
        let end = now.checked_add(ABSOLUTE).map_err(|_| TokenRefused::Invalid)?;
        assert_eq!(keys.names(ORIGIN, &text, end).err(), Some(TokenRefused::Invalid), "past its end");
        assert_eq!(keys.names("https://other.test", &text, now).err(), Some(TokenRefused::Invalid), "another origin");
        assert_eq!(VerifyingKeys::default().names(ORIGIN, &text, now).err(), Some(TokenRefused::UnknownKey));
        Ok(())
    }

    /// Incidents 38 and 39: malformed claims count as wrong, not as absent; a changed token is no token.
    #[test]
    fn a_changed_token_names_nobody() -> Result<(), TokenRefused> {
        let now: Timestamp = "2026-11-22T08:00:00Z".parse().map_err(|_| TokenRefused::Invalid)?;
        let (key, keys, text) = signed(now)?;
        for place in 0..text.len() {
            let mut broken = text.clone().into_bytes();
            broken[place] = if broken[place] == b'A' { b'Q' } else { b'A' };
            assert!(keys.names(ORIGIN, &String::from_utf8_lossy(&broken), now).is_err(), "byte {place}");
        }
        for end in 0..text.len() {
            assert!(keys.names(ORIGIN, &text[..end], now).is_err(), "the first {end} bytes");
        }
        for claims in [
            serde_json::json!({"iss": ORIGIN, "aud": ORIGIN, "exp": "soon", "sub": "usr_x", "sid": "x", "all": true}),
            serde_json::json!({"iss": ORIGIN, "aud": ORIGIN, "sub": UserId::new(now, [1; 10]), "sid": "x", "all": true}),
            serde_json::json!({"iss": ORIGIN, "exp": 9_999_999_999_i64, "sub": UserId::new(now, [1; 10]), "sid": "x", "all": true}),
        ] {
            let forged = key.sign(SESSION_TYPE, &claims)?;
            assert_eq!(keys.names(ORIGIN, &forged, now).err(), Some(TokenRefused::Invalid), "{claims}");
        }
        Ok(())
    }
}
