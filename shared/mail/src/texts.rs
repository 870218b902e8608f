//! The texts of the letters, as the build took them from the catalogues.

use domain::Language;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// A value for a placeholder: `("vendor", "Northlight CAD")` fills `{vendor}`.
pub(crate) type Fill<'a> = (&'static str, &'a str);

/// The text under `mail.<key>`, with its placeholders filled; `None` if there is no such text.
///
/// A placeholder without a value stays as it is; a test renders every letter and looks for braces.
pub(crate) fn text(language: Language, key: &str, fills: &[Fill<'_>]) -> Option<String> {
    let texts = TEXTS[language as usize];
    let place = texts.binary_search_by_key(&key, |(key, _)| key).ok()?;
    Some(fill(texts[place].1, fills))
}

/// Every key there is.
#[cfg(test)]
pub(crate) fn keys() -> impl Iterator<Item = &'static str> {
    TEXTS[0].iter().map(|(key, _)| *key)
}

/// The catalogues lack the text under that key.
#[derive(Debug)]
pub(crate) struct NoText(pub(crate) String);

/// The text under `mail.<key>`, with its placeholders filled.
pub(crate) fn need(language: Language, key: &str, fills: &[Fill<'_>]) -> Result<String, NoText> {
    text(language, key, fills).ok_or_else(|| NoText(key.to_owned()))
}

/// Fills in one pass, so that a brace in a value is never taken for a placeholder.
fn fill(text: &str, fills: &[Fill<'_>]) -> String {
    let mut filled = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let value = after
            .split_once('}')
            .and_then(|(name, tail)| fills.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, tail)));
        let (value, tail) = value.unwrap_or(("{", after));
        filled.push_str(value);
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogues_stand_in_the_order_of_the_languages() {
        let greetings = Language::ALL.map(|language| text(language, "greeting", &[("name", "Ada")]));
        assert_eq!(greetings.map(Option::unwrap_or_default), ["Hello Ada,", "Bonjour Ada,", "Guten Tag Ada,"]);
    }

    #[test]
    fn a_value_is_never_read_as_a_text() {
        let fills = [("person", "{account}"), ("account", "Acme")];
        assert_eq!(fill("{person} joined {account}, {{odd} {", &fills), "{account} joined Acme, {{odd} {");
    }

    #[test]
    fn every_language_has_the_same_keys() {
        let keys = TEXTS.map(|texts| texts.iter().map(|(key, _)| *key).collect::<Vec<_>>());
        assert!(keys.iter().all(|other| *other == keys[0]));
    }
}
