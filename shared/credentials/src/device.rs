//! Device cookies: somebody signed in with a name from this browser before.
//!
//! Sealed, not signed as sessions are: nobody but `session` reads one, and to sign and verify it would cost a sign-in a fifth
//! of all it does beside the hash. The key is made of the one that signs sessions, so that nobody else has it: what a device
//! grants is a throttle of its own, so that strangers cannot lock a person out, and no letter about a new device.

use domain::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{SealKey, Unsealed};

/// The longest device cookie that is looked at, in bytes; ours have some 150.
const LONGEST: usize = 512;

/// What a device cookie holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownDevice {
    /// The device, at random.
    #[serde(rename = "d")]
    pub device: String,
    /// The pseudonym of the name signed in with.
    #[serde(rename = "n")]
    pub name: String,
    /// Until when it is remembered, in seconds since 1970.
    #[serde(rename = "e")]
    pub until: i64,
}

impl KnownDevice {
    /// The cookie, for the portal at that origin.
    #[must_use]
    pub fn seal(&self, key: &SealKey, origin: &str) -> String {
        // A struct of texts and a number has no way not to be JSON.
        key.seal(&context(origin), &serde_json::to_vec(self).unwrap_or_default())
    }

    /// Which device a cookie names.
    ///
    /// # Errors
    /// [`Unsealed`] if the cookie is none of this portal's, or past its end.
    pub fn open(key: &SealKey, origin: &str, cookie: &str, now: Timestamp) -> Result<Self, Unsealed> {
        let cookie = Some(cookie).filter(|cookie| cookie.len() <= LONGEST).ok_or(Unsealed)?;
        let content = key.open(&context(origin), cookie)?;
        let known: Self = serde_json::from_slice(&content).map_err(|_| Unsealed)?;
        if known.until > now.as_second() { Ok(known) } else { Err(Unsealed) }
    }
}

/// Keeps it apart from cursors, which the same key seals.
fn context(origin: &str) -> String {
    format!("device {origin}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "https://portal.acme.test";

    #[test]
    fn a_device_is_known_until_its_end_and_at_its_origin_alone() {
        let key = SealKey::stored(&[3; 32]);
        let known = KnownDevice { device: "d".into(), name: "n".into(), until: 1_000 };
        let cookie = known.seal(&key, ORIGIN);
        let at = |second| Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH);
        assert_eq!(KnownDevice::open(&key, ORIGIN, &cookie, at(999)), Ok(known));
        assert_eq!(KnownDevice::open(&key, ORIGIN, &cookie, at(1_000)), Err(Unsealed), "past its end");
        assert_eq!(KnownDevice::open(&key, "https://other.test", &cookie, at(999)), Err(Unsealed), "another origin");
        let other = SealKey::stored(&[4; 32]);
        assert_eq!(KnownDevice::open(&other, ORIGIN, &cookie, at(999)), Err(Unsealed), "another portal");
        let cursor = key.seal("usr_a licenses", br#"{"d":"d","n":"n","e":1000}"#);
        assert_eq!(KnownDevice::open(&key, ORIGIN, &cursor, at(999)), Err(Unsealed), "a cursor");
        for place in 0..cookie.len() {
            let mut broken = cookie.clone().into_bytes();
            broken[place] = if broken[place] == b'A' { b'Q' } else { b'A' };
            let broken = String::from_utf8_lossy(&broken).into_owned();
            assert_eq!(KnownDevice::open(&key, ORIGIN, &broken, at(999)), Err(Unsealed), "byte {place}");
        }
    }
}
