//! Takes the `mail.` texts out of the catalogues, so that a function carries the letters and not the whole site; a
//! text that is missing in one language, or names other placeholders there, fails the build (R901).

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

type Texts = BTreeMap<String, String>;

/// In the order of `domain::Language::ALL`.
const LANGUAGES: [&str; 3] = ["en", "fr", "de"];

fn main() -> Result<(), Box<dyn Error>> {
    let folder =
        Path::new(&env::var_os("CARGO_MANIFEST_DIR").ok_or("cargo sets CARGO_MANIFEST_DIR")?).join("../../site/text");
    let mut catalogues = Vec::new();
    for language in LANGUAGES {
        let path = folder.join(format!("{language}.json"));
        println!("cargo::rerun-if-changed={}", path.display());
        let text = fs::read_to_string(&path).map_err(|error| format!("site/text/{language}.json: {error}"))?;
        catalogues.push(letters(&text).map_err(|error| format!("site/text/{language}.json: {error}"))?);
    }
    let [english, others @ ..] = catalogues.as_slice() else { return Err("no catalogues".into()) };
    for (language, texts) in LANGUAGES[1..].iter().zip(others) {
        compare(english, texts).map_err(|error| format!("site/text/{language}.json: {error}"))?;
    }

    let mut code = format!("static TEXTS: [&[(&str, &str)]; {}] = [\n", LANGUAGES.len());
    for texts in &catalogues {
        writeln!(code, "    &[")?;
        for (key, text) in texts {
            writeln!(code, "        ({key:?}, {text:?}),")?;
        }
        writeln!(code, "    ],")?;
    }
    code.push_str("];\n");
    fs::write(Path::new(&env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?).join("texts.rs"), code)?;
    Ok(())
}

/// The texts of one catalogue whose key begins with `mail.`, without that beginning, sorted by key.
fn letters(catalogue: &str) -> Result<Texts, Box<dyn Error>> {
    let catalogue: serde_json::Map<String, serde_json::Value> = serde_json::from_str(catalogue)?;
    let mut texts = Texts::new();
    for (key, text) in catalogue {
        let Some(key) = key.strip_prefix("mail.") else { continue };
        let text = text.as_str().ok_or_else(|| format!("mail.{key} is not a text"))?;
        if text.trim().is_empty() || text.chars().any(char::is_control) {
            return Err(format!("mail.{key} is empty or holds a control character").into());
        }
        texts.insert(key.to_owned(), text.to_owned());
    }
    Ok(texts)
}

fn compare(english: &Texts, other: &Texts) -> Result<(), String> {
    if let Some(key) = other.keys().find(|key| !english.contains_key(*key)) {
        return Err(format!("mail.{key} is not in the English catalogue"));
    }
    for (key, text) in english {
        let translated = other.get(key).ok_or_else(|| format!("mail.{key} is missing"))?;
        if placeholders(text) != placeholders(translated) {
            return Err(format!("mail.{key} names other placeholders than the English text"));
        }
    }
    Ok(())
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect()
}
