//! The languages of pages and mails.

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// A language the portal speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
    /// German.
    De,
}

impl Language {
    /// Every language, in the order pages offer them.
    pub const ALL: [Self; 3] = [Self::En, Self::Fr, Self::De];

    /// Reads a language tag of ours.
    ///
    /// # Errors
    /// [`Invalid::Language`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        match text {
            "en" => Ok(Self::En),
            "fr" => Ok(Self::Fr),
            "de" => Ok(Self::De),
            "" => Err(Invalid::Required),
            _ => Err(Invalid::Language),
        }
    }

    /// The tag as BCP 47 writes it.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::De => "de",
        }
    }
}
