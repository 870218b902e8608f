//! The second factor: time-based one-time passwords (RFC 6238) of an authenticator app, and recovery codes for the day
//! the phone is lost (R110).

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use qrcode::{Color, EcLevel, QrCode, types::QrError};
use ring::digest::{SHA256, digest};
use thiserror::Error;
use totp_rs::{Algorithm, Builder, Totp};
use zeroize::Zeroizing;

/// Bytes of a secret: as many as the hash is long (RFC 4226 §4, R6).
const SECRET: usize = 20;
/// Recovery codes at a time.
const CODES: usize = 10;
/// Crockford's base 32: read aloud and typed from paper.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Base 32 of RFC 4648 §6, as authenticator apps take it.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What the authenticator app and we share. Does not print; stored in a table that only the login's own functions read.
#[derive(Clone)]
pub struct FactorSecret(Zeroizing<[u8; SECRET]>);

/// A stored secret is not one of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a secret of ours")]
pub struct NotASecret;

/// The step of time whose code it was: once used, neither it nor an older one is taken again (RFC 6238 §5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step(pub i64);

impl FactorSecret {
    /// A new one.
    #[must_use]
    pub fn new() -> Self {
        Self(Zeroizing::new(crate::random()))
    }

    /// Takes the stored secret.
    ///
    /// # Errors
    /// [`NotASecret`] if it has another length.
    pub fn stored(bytes: &[u8]) -> Result<Self, NotASecret> {
        bytes.try_into().map(|bytes| Self(Zeroizing::new(bytes))).map_err(|_| NotASecret)
    }

    /// For its row, and nowhere else.
    #[must_use]
    pub fn to_store(&self) -> &[u8] {
        &self.0[..]
    }

    /// The step whose code this is, if it is one of now, of half a minute ago or of half a minute ahead: clocks differ
    /// (RFC 6238 §5.2 advises one step).
    #[must_use]
    pub fn check(&self, code: &str, now: domain::Timestamp) -> Option<Step> {
        let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let step = self.totp().check(&digits, u64::try_from(now.as_second()).ok()?)?;
        i64::try_from(step).ok().map(Step)
    }

    /// The secret for somebody who cannot scan: base 32 in groups of four.
    #[must_use]
    pub fn reveal(&self) -> String {
        let text = base32(&self.0[..]);
        text.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
    }

    /// What an authenticator app reads: `otpauth://totp/…`, with the names it shows (Key Uri Format, Google
    /// Authenticator wiki).
    #[must_use]
    pub fn uri(&self, issuer: &str, account: &str) -> String {
        let escape = |text: &str| utf8_percent_encode(&text.replace(':', " "), NON_ALPHANUMERIC).to_string();
        let (issuer, account, secret) = (escape(issuer), escape(account), base32(&self.0[..]));
        format!("otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30")
    }

    fn totp(&self) -> Totp {
        // Every app takes SHA-1, six digits and half a minute; some take nothing else, and say nothing of it.
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_skew(1)
            .with_step_duration(30)
            .with_secret(self.0.to_vec())
            .build_noncompliant()
    }
}

impl Default for FactorSecret {
    fn default() -> Self {
        Self::new()
    }
}

/// A QR code to draw: modules per side, and the dark ones as the path of an SVG, a unit square each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrDrawing {
    /// Modules per side.
    pub size: usize,
    /// The `d` of a path.
    pub path: String,
}

/// Draws a text as a QR code (ISO/IEC 18004) that survives a seventh of it being unreadable.
///
/// # Errors
/// If the text is too long for a QR code (some 2,300 bytes).
pub fn qr(text: &str) -> Result<QrDrawing, QrError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
    let size = code.width();
    let mut path = String::new();
    for (row, colors) in code.to_colors().chunks(size).enumerate() {
        let mut column = 0;
        while column < size {
            let run = colors[column..].iter().take_while(|color| **color == Color::Dark).count();
            if run > 0 {
                path.push_str(&format!("M{column} {row}h{run}v1h-{run}z"));
            }
            column += run.max(1);
        }
    }
    Ok(QrDrawing { size, path })
}

/// A code that opens once in place of the app's: 80 random bits. Only its hash is stored.
pub struct RecoveryCode(Zeroizing<String>);

impl RecoveryCode {
    /// A new set of ten.
    #[must_use]
    pub fn set() -> Vec<Self> {
        let code = || {
            let random: [u8; 16] = crate::random();
            random.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect::<String>()
        };
        (0..CODES).map(|_| Self(Zeroizing::new(code()))).collect()
    }

    /// Reads a code as typed: any case, spaces and dashes, `O` for `0`, `I` or `L` for `1`. `None`: not a code.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 100 {
            return None;
        }
        let mut code = String::with_capacity(16);
        for character in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            code.push(match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            });
        }
        (code.len() == 16 && code.bytes().all(|byte| ALPHABET.contains(&byte))).then(|| Self(Zeroizing::new(code)))
    }

    /// The code in groups of four, for the person.
    #[must_use]
    pub fn reveal(&self) -> String {
        self.0.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
    }

    /// What is stored: 80 bits are beyond guessing, so the hash need not be slow.
    #[must_use]
    pub fn hash(&self) -> String {
        digest(&SHA256, self.0.as_bytes()).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn base32(bytes: &[u8]) -> String {
    let (mut text, mut bits, mut held) = (String::with_capacity(bytes.len() * 8 / 5 + 1), 0_u32, 0_u32);
    for byte in bytes {
        (bits, held) = ((bits << 8) | u32::from(*byte), held + 8);
        while held >= 5 {
            held -= 5;
            text.push(char::from(BASE32[(bits >> held & 31) as usize]));
        }
        bits &= (1 << held) - 1;
    }
    if held > 0 {
        text.push(char::from(BASE32[(bits << (5 - held) & 31) as usize]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap_or_default()
    }

    /// RFC 6238 appendix B, the last six of eight digits.
    #[test]
    fn codes_are_those_of_the_standard() -> Result<(), NotASecret> {
        let secret = FactorSecret::stored(b"12345678901234567890")?;
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(secret.check(code, at(second)), Some(Step(second / 30)), "{second}");
        }
        Ok(())
    }

    #[test]
    fn a_code_is_good_for_a_step_on_either_side() -> Result<(), NotASecret> {
        let secret = FactorSecret::stored(b"12345678901234567890")?;
        for (second, good) in [(29, true), (30, true), (89, true), (90, false)] {
            assert_eq!(secret.check("287082", at(second)).is_some(), good, "{second}");
        }
        assert_eq!(secret.check(" 287 082 ", at(59)), Some(Step(1)), "as apps show it");
        for wrong in ["28708", "2870822", "28708a", "", "٢٨٧٠٨٢"] {
            assert_eq!(secret.check(wrong, at(59)), None, "{wrong}");
        }
        Ok(())
    }

    #[test]
    fn an_app_reads_the_secret() -> Result<(), NotASecret> {
        let secret = FactorSecret::stored(b"12345678901234567890")?;
        assert_eq!(secret.reveal(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            secret.uri("Northlight CAD: Portal", "anna+x@acme.example"),
            "otpauth://totp/Northlight%20CAD%20%20Portal:anna%2Bx%40acme%2Eexample?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=Northlight%20CAD%20%20Portal&algorithm=SHA1&digits=6&period=30"
        );
        Ok(())
    }

    #[test]
    fn a_recovery_code_reads_as_typed() {
        let codes = RecoveryCode::set();
        assert_eq!(codes.len(), 10);
        for code in &codes {
            let shown = code.reveal();
            assert_eq!(shown.len(), 19, "{shown}");
            for typed in [shown.to_lowercase(), shown.replace('-', " "), shown.replace('0', "o").replace('1', "l")] {
                assert_eq!(RecoveryCode::parse(&typed).map(|it| it.hash()), Some(code.hash()), "{typed}");
            }
        }
        assert!(RecoveryCode::parse("123456").is_none(), "a code of the app");
        assert!(RecoveryCode::parse("UUUU-UUUU-UUUU-UUUU").is_none());
    }

    #[test]
    fn a_drawing_is_square_and_dark_in_its_corner() -> Result<(), QrError> {
        let drawing = qr("otpauth://totp/x")?;
        assert_eq!((drawing.size - 21) % 4, 0);
        assert!(drawing.path.starts_with("M0 0h7v1h-7z"), "{}", drawing.path);
        Ok(())
    }
}
