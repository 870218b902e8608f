//! What a session cookie is made of.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{AccountId, Timestamp, UserId, session::SessionHash};
use zeroize::Zeroizing;

/// The secret id of a session: 256 random bits, in the cookie only.
pub struct SessionId(pub(super) Zeroizing<String>);

impl SessionId {
    /// A new one.
    #[must_use]
    pub fn new() -> Self {
        Self(Zeroizing::new(URL_SAFE_NO_PAD.encode(crate::random::<32>())))
    }

    /// The name of its row.
    #[must_use]
    pub fn hash(&self) -> SessionHash {
        SessionHash(crate::sha256_hex(self.0.as_bytes()))
    }
}

impl Default for SessionId {
    fn default() -> Self {
        Self::new()
    }
}

/// What a session cookie holds.
pub struct SessionToken {
    /// The session's secret id.
    pub id: SessionId,
    /// The person.
    pub user: UserId,
    /// The account the session works in.
    pub account: Option<AccountId>,
    /// Where the person belongs, if they are a guest there.
    pub home: Option<AccountId>,
    /// Where to start reading licenses.
    pub saw_all_licenses: bool,
    /// The session's absolute end.
    pub expires_at: Timestamp,
}
