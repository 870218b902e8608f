//! A catalogue: the words of one language, by key.

use std::collections::{BTreeMap, BTreeSet};

use super::SiteError;

/// The words of one language, in whole sentences.
#[derive(Debug, Clone)]
pub(super) struct Texts {
    file: String,
    words: BTreeMap<String, String>,
}

impl Texts {
    /// Reads a flat JSON object of texts.
    pub(super) fn parse(file: &str, json: &str) -> Result<Self, SiteError> {
        let words: BTreeMap<String, String> =
            serde_json::from_str(json).map_err(|cause| SiteError::wrong(file, cause.to_string()))?;
        match words.iter().find(|(_, text)| text.trim().is_empty()) {
            Some((key, _)) => Err(SiteError::wrong(file, format!("the text {key} is empty"))),
            None => Ok(Self { file: file.to_owned(), words }),
        }
    }

    /// Refuses a catalogue that has not the same keys, placeholders and links as another.
    pub(super) fn like(&self, other: &Self) -> Result<(), SiteError> {
        if let Some(key) = other.words.keys().find(|key| !self.words.contains_key(*key)) {
            return Err(SiteError::wrong(&self.file, format!("the text {key} is missing")));
        }
        for (key, text) in &self.words {
            let Some(model) = other.words.get(key) else {
                return Err(SiteError::wrong(&other.file, format!("the text {key} is missing ({} has it)", self.file)));
            };
            if placeholders(text) != placeholders(model) {
                return Err(SiteError::wrong(
                    &self.file,
                    format!("the text {key} has other placeholders than {}", other.file),
                ));
            }
            if text.matches('[').count() != model.matches('[').count() {
                return Err(SiteError::wrong(
                    &self.file,
                    format!("the text {key} has other links than {}", other.file),
                ));
            }
        }
        Ok(())
    }

    /// The words for a key.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.words.get(key).map(String::as_str)
    }

    /// Every key, sorted.
    #[cfg(test)]
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// The key as the catalogue holds it, if it does.
    pub(super) fn key(&self, key: &str) -> Option<&str> {
        self.words.get_key_value(key).map(|(key, _)| key.as_str())
    }

    /// Every key that sorts no earlier, sorted.
    pub(super) fn keys_from(&self, start: &str) -> impl Iterator<Item = &str> {
        self.words.range(start.to_owned()..).map(|(key, _)| key.as_str())
    }

    /// Where the catalogue is.
    pub(super) fn file(&self) -> &str {
        &self.file
    }
}

/// The names in braces.
pub(super) fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue(file: &str, json: &str) -> Texts {
        Texts::parse(file, json).expect("a catalogue")
    }

    #[test]
    fn catalogues_that_differ_are_refused_by_file_and_key() {
        let en = catalogue("text/en.json", r#"{"a":"Hello {name}","b":"[Go]"}"#);
        for (json, what) in [
            (r#"{"a":"Bonjour {name}"}"#, "site/text/fr.json: the text b is missing"),
            (
                r#"{"a":"Bonjour {nom}","b":"[Va]"}"#,
                "site/text/fr.json: the text a has other placeholders than text/en.json",
            ),
            (r#"{"a":"Bonjour {name}","b":"Va"}"#, "site/text/fr.json: the text b has other links than text/en.json"),
            (r#"{"a":"{name}","b":"[]","c":"x"}"#, "site/text/en.json: the text c is missing (text/fr.json has it)"),
        ] {
            let refusal = catalogue("text/fr.json", json).like(&en).expect_err(what);
            assert_eq!(refusal.to_string(), what);
        }
    }

    #[test]
    fn an_empty_text_is_a_missing_text() {
        assert!(Texts::parse("text/fr.json", r#"{"a":" "}"#).is_err());
    }
}
