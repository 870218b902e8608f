//! Releases of a product, and the files of each (R404, R703).

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{FileId, Invalid, text};

text::text_type! {
    /// A version as the vendor counts: 1 to 40 letters, digits and `. - + _`, beginning with a letter or digit, such as
    /// `2026.1` or `14.0.2-rc1`.
    Version, |text| {
        let version = text.trim();
        if version.is_empty() {
            return Err(Invalid::Required);
        }
        let plain = version.bytes().all(|b| b.is_ascii_alphanumeric() || b".-+_".contains(&b));
        let begins = version.starts_with(|c: char| c.is_ascii_alphanumeric());
        if plain && begins && version.len() <= 40 { Ok(version.to_owned()) } else { Err(Invalid::Version) }
    }
}

text::text_type! {
    /// A file's name as it is saved, 1 to 120 characters in any script: no folders, nothing that hides.
    FileName, |text| {
        let name = text::line(text, 120, Invalid::FileName)?;
        let bad = name.starts_with('.') || name.contains(['/', '\\', ':', '*', '?', '<', '>', '|']);
        if bad { Err(Invalid::FileName) } else { Ok(name) }
    }
}

text::text_type! {
    /// The processor a file is for, as the vendor says it, such as `arm64`: 1 to 20 letters, digits, `-` and `_`.
    Arch, |text| {
        let arch = text.trim().to_ascii_lowercase();
        let plain = arch.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        match arch.len() {
            0 => Err(Invalid::Required),
            1..=20 if plain => Ok(arch),
            _ => Err(Invalid::Choice { allowed: "x64, arm64, universal" }),
        }
    }
}

text::text_type! {
    /// What is new, as plain text of 4,000 characters at most; lines stay lines.
    Notes, |text| {
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        let notes = lines.join("\n").trim().to_owned();
        if notes.is_empty() {
            return Err(Invalid::Required);
        }
        if notes.chars().any(|c| c != '\n' && c != '\t' && text::is_hidden(c)) {
            return Err(Invalid::Name);
        }
        if notes.chars().count() > Notes::MOST { Err(Invalid::TooLong { max: Notes::MOST }) } else { Ok(notes) }
    }
}

impl Notes {
    /// The most characters.
    pub const MOST: usize = 4_000;
}

/// The SHA-256 of a file's bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sha256(pub [u8; 32]);

impl Sha256 {
    /// Reads 64 hexadecimal digits in any case.
    ///
    /// # Errors
    /// [`Invalid::Checksum`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Invalid::Required);
        }
        let digits = text.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()));
        let digits: Vec<u8> = digits.collect::<Option<_>>().ok_or(Invalid::Checksum)?;
        let bytes: Vec<u8> =
            digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect();
        if digits.len() != 64 {
            return Err(Invalid::Checksum);
        }
        bytes.try_into().map(Self).map_err(|_| Invalid::Checksum)
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sha256({self})")
    }
}

impl TryFrom<String> for Sha256 {
    type Error = Invalid;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Sha256> for String {
    fn from(checksum: Sha256) -> Self {
        checksum.to_string()
    }
}

/// What a file runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    /// Windows.
    Windows,
    /// macOS.
    Macos,
    /// Linux.
    Linux,
    /// Whatever there is: a manual, an archive of parts.
    Any,
}

impl Platform {
    /// Reads its word.
    ///
    /// # Errors
    /// [`Invalid::Choice`] for any other word.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        match text.trim() {
            "windows" => Ok(Self::Windows),
            "macos" => Ok(Self::Macos),
            "linux" => Ok(Self::Linux),
            "any" => Ok(Self::Any),
            "" => Err(Invalid::Required),
            _ => Err(Invalid::Choice { allowed: "windows, macos, linux, any" }),
        }
    }
}

/// A file of a release. Where it lies follows from its checksum: the same bytes are the same file, and other bytes never
/// take its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseFile {
    /// What it runs on.
    pub platform: Platform,
    /// On which processor, if that matters.
    pub arch: Option<Arch>,
    /// What it is saved as.
    pub name: FileName,
    /// How long it is.
    pub bytes: u64,
    /// What its bytes are.
    pub sha256: Sha256,
}

impl ReleaseFile {
    /// The longest file, in bytes: what S3 takes in one upload (5 GiB).
    pub const MOST_BYTES: u64 = 5 << 30;

    /// Its id.
    #[must_use]
    pub fn id(&self) -> FileId {
        FileId::of(&self.sha256)
    }

    /// Reads a length.
    ///
    /// # Errors
    /// [`Invalid::Bytes`] for nothing and for more than [`ReleaseFile::MOST_BYTES`].
    pub const fn parse_bytes(bytes: u64) -> Result<u64, Invalid> {
        if bytes == 0 || bytes > Self::MOST_BYTES { Err(Invalid::Bytes) } else { Ok(bytes) }
    }
}

/// Where a release stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseState {
    /// Being prepared: no customer sees it.
    Draft,
    /// There for whoever is entitled.
    Published,
    /// Taken back: no customer sees it any more.
    Withdrawn,
}

impl ReleaseState {
    /// Its word, on the wire and in rows.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A release of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its version, once in its product.
    pub version: Version,
    /// The day it came out: maintenance covers it or not by that (R404).
    pub released_on: Date,
    /// What is new.
    pub notes: Option<Notes>,
    /// Its files.
    pub files: Vec<ReleaseFile>,
    /// Where it stands.
    pub state: ReleaseState,
    /// How often it was changed: a change names the revision it was made from.
    pub revision: u32,
}

impl Release {
    /// The most files of a release.
    pub const MOST_FILES: usize = 12;

    /// The file of that id.
    #[must_use]
    pub fn file(&self, id: FileId) -> Option<&ReleaseFile> {
        self.files.iter().find(|file| file.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_what_vendors_count_by() {
        for good in ["1", "2026.1", "14.0.2-rc1", "v3_1+build.7", &"9".repeat(40)] {
            assert_eq!(Version::parse(good).map(String::from), Ok(good.to_owned()));
        }
        for bad in ["..", "../1", "1 2", "1/2", "1#2", "é", "-1", &"9".repeat(41)] {
            assert_eq!(Version::parse(bad), Err(Invalid::Version), "{bad}");
        }
    }

    /// R404
    #[test]
    fn a_files_name_leads_nowhere_else() {
        for good in ["draft-2026.1-x64.msi", "Zeichnen “2026” 😀.zip", "it's \"the\" file.dmg", "製図.tar.gz"] {
            assert_eq!(FileName::parse(good).map(String::from), Ok(good.to_owned()));
        }
        for bad in ["../etc/passwd", "a\\b", ".bashrc", "a\r\nSet-Cookie: b", "a\u{202e}gpj.exe", "c:x", "a\0b", "a/b"]
        {
            assert_eq!(FileName::parse(bad), Err(Invalid::FileName), "{bad:?}");
        }
        assert_eq!(FileName::parse(" "), Err(Invalid::Required));
    }

    #[test]
    fn notes_keep_their_lines_and_hide_nothing() {
        assert_eq!(Notes::parse("One\r\n\r\n  - two  \n").map(String::from), Ok("One\n\n  - two".to_owned()));
        assert_eq!(Notes::parse("a\u{202e}b"), Err(Invalid::Name));
        assert_eq!(Notes::parse(&"x".repeat(4_001)), Err(Invalid::TooLong { max: 4_000 }));
    }

    #[test]
    fn a_checksum_reads_back() {
        let text = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Sha256::parse(&text.to_uppercase()).map(|sum| sum.to_string()), Ok(text.to_owned()));
        for bad in ["e3", &text[..63], &format!("{text}0"), &text.replace('e', "g")] {
            assert_eq!(Sha256::parse(bad), Err(Invalid::Checksum), "{bad}");
        }
    }
}
