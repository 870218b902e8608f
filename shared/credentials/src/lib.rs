//! Everything that touches secrets: password hashes, session tokens, link tokens, second factors, seals. Small enough to review whole.
//!
//! Secrets here cannot be printed or serialised; at rest there are only hashes.

mod device;
mod guessable;
mod initial_password;
mod license_file;
mod link;
mod password;
mod provider;
mod seal;
mod second_factor;
mod session;

pub use device::KnownDevice;
pub use initial_password::InitialPassword;
pub use license_file::{LicenseClaims, PublicKey};
pub use link::{LinkKey, LinkToken};
pub use password::{HashRefused, Password, PasswordHash, PasswordRefused};
pub use seal::{SealKey, Unsealed};
pub use second_factor::{FactorSecret, NotASecret, QrDrawing, RecoveryCode, Step, qr};
pub use session::{SessionId, SessionToken, SigningKey, TokenRefused, VerifyingKeys};

use ring::{digest, rand};

/// Random bytes from the operating system.
///
/// # Panics
/// If the operating system has none to give; nothing safe can be done then.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(
        clippy::expect_used,
        reason = "without random bytes no secret is safe: stopping is the only right answer"
    )]
    rand::SecureRandom::fill(&rand::SystemRandom::new(), &mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// Whether two hashes are the same, in a time that does not tell how far they agree.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    subtle::ConstantTimeEq::ct_eq(one.as_bytes(), other.as_bytes()).into()
}

/// The SHA-256 of some bytes in hexadecimal: how secrets of 100 bits and more are named at rest.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    digest::digest(&digest::SHA256, bytes).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}
