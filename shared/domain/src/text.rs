//! What every text goes through before it is judged: one normal form, no edges, a length.

use unicode_normalization::UnicodeNormalization;

use crate::Invalid;

/// Brings a line of text into its one form — NFC (Unicode Annex 15), white space collapsed and trimmed — and refuses
/// what is empty, too long, or holds control and invisible direction characters (they could forge a mail header or
/// turn a name around on the page).
pub(crate) fn line(text: &str, max: usize, otherwise: Invalid) -> Result<String, Invalid> {
    // Bounded before the work: NFC of a megabyte is not free.
    if text.len() > max * 16 {
        return Err(Invalid::TooLong { max });
    }
    if text.trim().chars().any(is_hidden) {
        return Err(otherwise);
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.nfc());
    }
    if line.is_empty() {
        return Err(Invalid::Required);
    }
    if line.chars().count() > max {
        return Err(Invalid::TooLong { max });
    }
    Ok(line)
}

/// Control characters, line and paragraph separators, bidirectional controls, byte order mark, private use, tags.
pub(crate) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffd}' | '\u{e000}'..='\u{f8ff}'
            | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

/// A newtype over checked text: `parse`, `as_str`, `Display`, and serde through the same `parse`.
macro_rules! text_type {
    ($(#[$meta:meta])* $name:ident, $parse:expr) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Reads a person's text.
            ///
            /// # Errors
            /// [`Invalid`](crate::Invalid) says what is wrong with it.
            pub fn parse(text: &str) -> Result<Self, $crate::Invalid> {
                let parse: fn(&str) -> Result<String, $crate::Invalid> = $parse;
                parse(text).map(Self)
            }

            /// The text in its one form.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::Invalid;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
pub(crate) use text_type;
