//! The letters somebody got, read as a person reads them.

use std::sync::Arc;

use local::ses::Received;

use super::ORIGIN;

/// The letters to one address, the newest first.
pub struct Letters(pub(super) Vec<Arc<Received>>);

impl Letters {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The texts of all of them, each as one line.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.0.iter().filter_map(|mail| mail.text.as_deref().map(line)).collect()
    }

    /// The text of the newest.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn last(&self) -> &str {
        self.0.first().and_then(|mail| mail.text.as_deref()).expect("a letter with text")
    }

    /// The first link to the portal in the newest.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn last_link(&self) -> String {
        let text = self.last();
        let at = text.find(ORIGIN).unwrap_or_else(|| panic!("no link to the portal in: {text}"));
        text[at..].split_whitespace().next().unwrap_or_default().to_owned()
    }

    /// What the link in the newest carries behind `#token=`.
    ///
    /// # Panics
    /// If it carries nothing.
    #[must_use]
    pub fn last_token(&self) -> String {
        let link = self.last_link();
        link.split_once("#token=").map(|(_, token)| token.to_owned()).unwrap_or_else(|| panic!("no token in {link}"))
    }
}
