//! An authenticator app: it reads the address behind a QR code and makes the codes of RFC 6238, in its own way.

use domain::Timestamp;
use ring::hmac;
use serde_json::json;

use super::{Caller, GOOD, TestPortal};

/// Half a minute, as every app counts.
const STEP: i64 = 30;

/// An app with one secret in it.
pub struct Authenticator(Vec<u8>);

/// A second factor that was set up.
pub struct Factor {
    /// The app.
    pub app: Authenticator,
    /// The recovery codes, as they were shown.
    pub recovery: Vec<String>,
}

impl Authenticator {
    /// Scans the QR code of an address such as `otpauth://totp/…?secret=JBSWY3DP…&…`.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn scan(uri: &str) -> Self {
        let query =
            uri.strip_prefix("otpauth://totp/").and_then(|rest| rest.split_once('?')).expect("an otpauth address").1;
        let secret = query.split('&').find_map(|pair| pair.strip_prefix("secret=")).expect("a secret");
        Self(base32(secret))
    }

    /// The code shown now.
    #[must_use]
    pub fn code(&self, now: Timestamp) -> String {
        self.code_beside(now, 0)
    }

    /// The code so many steps later, or before.
    #[must_use]
    pub fn code_beside(&self, now: Timestamp, steps: i64) -> String {
        let step = now.as_second().div_euclid(STEP) + steps;
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0), &step.to_be_bytes());
        let at = usize::from(tag.as_ref()[19] & 15);
        let four: [u8; 4] = tag.as_ref()[at..at + 4].try_into().unwrap_or_default();
        format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000)
    }

    /// Six digits that are no code of these minutes.
    #[must_use]
    pub fn wrong_code(&self, now: Timestamp) -> String {
        let good: Vec<_> = (-2..=2).map(|steps| self.code_beside(now, steps)).collect();
        (0..).map(|n| format!("{n:06}")).find(|code| !good.contains(code)).unwrap_or_default()
    }
}

fn base32(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0_u32);
    for letter in text.bytes() {
        let value = ALPHABET.iter().position(|known| *known == letter).expect("a letter of base 32");
        (bits, held) = ((bits << 5) | u32::try_from(value).unwrap_or_default(), held + 5);
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 255).unwrap_or_default());
        }
    }
    bytes
}

impl TestPortal {
    /// Sets a second factor up for somebody who has none; their other sessions end.
    pub async fn set_up_factor(&self, caller: &Caller) -> Factor {
        let begun = caller.post("/api/profile/second-factor", json!({ "password": GOOD })).await.expect(201);
        let app = Authenticator::scan(begun.text("/uri"));
        let on =
            caller.put("/api/profile/second-factor", json!({ "code": app.code(self.clock.now()) })).await.expect(200);
        let codes = on.json["recovery_codes"].as_array().into_iter().flatten();
        Factor { app, recovery: codes.filter_map(|code| code.as_str().map(str::to_owned)).collect() }
    }

    /// The code the app shows once the last one is used: that of the next half minute.
    #[must_use]
    pub fn next_code(&self, factor: &Factor) -> String {
        self.clock.advance_secs(30);
        factor.app.code(self.clock.now())
    }
}
