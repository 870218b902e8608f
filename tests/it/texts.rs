//! Words: the three catalogues say the same things, every text that is named exists, none is
//! left over, and every code the server can answer has its sentence.

use std::collections::{BTreeMap, BTreeSet};

use tests::source::{files, read};

const LANGUAGES: [&str; 3] = ["en", "fr", "de"];

/// Texts whose key is put together at run time, from codes and names that other tests cover.
const PUT_TOGETHER: &[&str] = &[
    "problem.",
    "field.",
    "mail.",
    "kind.",
    "role.",
    "type.",
    "activity.",
    "accept.role.",
    "capacity.",
    "bulk.field.",
    "invitations.state.",
];

/// Plural forms, by Intl.PluralRules.
const PLURALS: [&str; 3] = ["_one", "_many", "_other"];

fn catalogue(language: &str) -> BTreeMap<String, String> {
    let texts: serde_json::Value = serde_json::from_str(&read(&format!("site/text/{language}.json"))).unwrap();
    let texts = texts.as_object().unwrap().iter();
    texts
        .map(|(key, text)| (key.clone(), text.as_str().unwrap_or_else(|| panic!("{key} is no text")).to_owned()))
        .collect()
}

/// The names in `{braces}`, and how many places are marked for a link.
fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

/// A key without its plural ending: French may need a form that English does not have.
fn base(key: &str) -> &str {
    PLURALS.iter().find_map(|ending| key.strip_suffix(ending)).unwrap_or(key)
}

/// R901
#[test]
fn the_three_languages_say_the_same_things() {
    let english = catalogue("en");
    for language in LANGUAGES {
        let other = catalogue(language);
        let keys =
            |texts: &BTreeMap<String, String>| texts.keys().map(|key| base(key).to_owned()).collect::<BTreeSet<_>>();
        let missing: Vec<_> = keys(&english).symmetric_difference(&keys(&other)).cloned().collect();
        assert!(missing.is_empty(), "not in both en and {language}: {missing:?}");
        for (key, text) in &other {
            assert!(!text.trim().is_empty(), "{language} {key} is empty");
            let wanted = english.get(key).or_else(|| english.get(&format!("{}_other", base(key)))).unwrap();
            // A singular may leave out the number.
            if !key.ends_with("_one") {
                assert_eq!(placeholders(text), placeholders(wanted), "{language} {key}");
            }
            assert_eq!(text.matches('[').count(), wanted.matches('[').count(), "{language} {key} has other links");
        }
    }
}

/// Every text in quotes in scripts, templates and Rust that looks like a key.
fn named() -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    let sources = files(&["site/js"], ".js").into_iter().chain(files(&["infra/local/src"], ".rs"));
    for name in sources {
        for text in read(&name).split(['"', '`', '\'']) {
            if looks_like_a_key(text) {
                named.insert(text.to_owned());
            }
        }
    }
    for name in files(&["site/pages", "infra/local/src"], ".html") {
        let page = read(&name);
        named.extend(
            page.split([' ', '=', '}', '{', '"', '\n', '>', '<'])
                .filter(|word| looks_like_a_key(word))
                .map(str::to_owned),
        );
    }
    named
}

fn looks_like_a_key(text: &str) -> bool {
    text.contains('.')
        && text.split('.').all(|part| part.starts_with(|c: char| c.is_ascii_lowercase()))
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '.')
}

#[test]
fn every_text_that_is_named_exists() {
    let texts = catalogue("en");
    let areas: BTreeSet<_> =
        texts.keys().filter_map(|key| key.split_once('.')).map(|(area, _)| area.to_owned()).collect();
    let exists = |key: &str| texts.contains_key(key) || texts.contains_key(&format!("{key}_other"));
    let endings = [".csv", ".js", ".json", ".html", ".css", ".test", ".rs", ".svg", ".db"];
    let missing: Vec<_> = named()
        .into_iter()
        .filter(|key| key.split_once('.').is_some_and(|(area, _)| areas.contains(area)))
        .filter(|key| !endings.iter().any(|ending| key.ends_with(ending)) && !exists(key))
        .collect();
    assert!(missing.is_empty(), "named, but in no catalogue: {missing:?}");
}

#[test]
fn every_word_of_the_api_that_a_page_shows_has_its_text() {
    let texts = catalogue("en");
    let words = [
        ("kind", &["customer", "partner"][..]),
        ("role", &["owner", "manager", "member"]),
        ("type", &["perpetual", "subscription", "trial", "demo"]),
    ];
    for (area, words) in words {
        let shown: BTreeSet<_> = texts.keys().filter_map(|key| key.strip_prefix(&format!("{area}."))).collect();
        assert_eq!(shown, words.iter().copied().collect(), "{area}");
    }
}

/// Each refusal has its words, and no words wait for a refusal that never comes. That each field's code has
/// words is asserted wherever a test meets one (`Reply`).
#[test]
fn every_code_the_api_answers_has_its_words() {
    let table = read("shared/web/src/error/table.rs");
    let invitation = read("shared/domain/src/invitation.rs");
    // What stands before are states, which no refusal says.
    let refusals = invitation.split_once("impl NotAccepted").map_or("", |(_, refusals)| refusals);
    let denied = read("shared/domain/src/access/denied.rs") + refusals;
    let quoted = |source: &str, before: &str| -> BTreeSet<String> {
        let lines = source.lines().filter(|line| line.contains(before) && line.contains("=>"));
        lines.filter_map(|line| line.rsplit('"').nth(1)).map(str::to_owned).collect()
    };
    let mut codes = quoted(&table, "StatusCode::");
    codes.extend(quoted(&denied, "Self::"));
    codes.remove("hidden");
    let words: BTreeSet<_> =
        catalogue("en").into_keys().filter_map(|key| key.strip_prefix("problem.").map(str::to_owned)).collect();
    let without: Vec<_> = codes.difference(&words).collect();
    assert!(codes.len() > 20 && without.is_empty(), "no words for {without:?}");
    // The page's own: the server never says these.
    let own = ["offline", "upload_failed"];
    let idle: Vec<_> = words.difference(&codes).filter(|word| !own.contains(&word.as_str())).collect();
    assert!(idle.is_empty(), "no refusal says {idle:?}");
}

#[test]
fn no_text_is_left_over() {
    let named = named();
    let left: Vec<_> = catalogue("en")
        .into_keys()
        .filter(|key| !PUT_TOGETHER.iter().any(|area| key.starts_with(area)))
        .filter(|key| !named.contains(key) && !named.contains(base(key)))
        .collect();
    assert!(left.is_empty(), "in the catalogues, but named nowhere: {left:?}");
}
