//! The folder `site/`, read whole: pages, sheets, modules, texts and drawings as text.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use domain::Language;

use super::SiteError;
use super::texts::Texts;

/// What the site is made from.
#[derive(Debug, Clone)]
pub struct Source {
    files: BTreeMap<String, String>,
    texts: [Texts; 3],
}

/// The project's own `site/`, where it was built; the deployment and tests may name another.
#[must_use]
pub fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../site")
}

impl Source {
    /// Reads a folder laid out like `site/`.
    ///
    /// # Errors
    /// [`SiteError`] if a file cannot be read, or the catalogues differ in their keys, placeholders or links.
    pub fn read(folder: &Path) -> Result<Self, SiteError> {
        let mut files = BTreeMap::new();
        read_into(&mut files, folder, "")?;
        Self::new(files)
    }

    /// A source held in memory, by path below `site/`.
    ///
    /// # Errors
    /// As [`Source::read`].
    pub fn new(files: BTreeMap<String, String>) -> Result<Self, SiteError> {
        let mut texts = Vec::new();
        for language in Language::ALL {
            let name = format!("text/{}.json", language.tag());
            let json = files.get(&name).ok_or_else(|| SiteError::wrong(&name, "is missing"))?;
            texts.push(Texts::parse(&name, json)?);
        }
        let [en, fr, de] =
            <[Texts; 3]>::try_from(texts).map_err(|_| SiteError::wrong("text", "needs three languages"))?;
        fr.like(&en)?;
        de.like(&en)?;
        Ok(Self { files, texts: [en, fr, de] })
    }

    /// The catalogue of a language.
    pub(super) const fn texts(&self, language: Language) -> &Texts {
        &self.texts[language as usize]
    }

    /// The text of a file.
    pub(super) fn file(&self, name: &str) -> Result<&str, SiteError> {
        self.files.get(name).map(String::as_str).ok_or_else(|| SiteError::wrong(name, "does not exist"))
    }

    /// The names of pages: `sign-in` for `pages/sign-in.html`; what begins with `_` is part of others.
    pub(super) fn page_names(&self) -> impl Iterator<Item = &str> {
        self.files
            .keys()
            .filter_map(|name| name.strip_prefix("pages/")?.strip_suffix(".html"))
            .filter(|name| !name.starts_with('_'))
    }

    /// The sheets that pages name: `css/app.css`, not what they import.
    pub(super) fn sheet_names(&self) -> impl Iterator<Item = &str> {
        let is_sheet = |name: &&str| name.strip_prefix("css/").is_some_and(|it| !it.contains('/'));
        self.files.keys().map(String::as_str).filter(is_sheet)
    }

    /// Every module with its text.
    pub(super) fn modules(&self) -> impl Iterator<Item = (&str, &str)> {
        let is_module = |name: &str| name.starts_with("js/") && name.ends_with(".js");
        self.files.iter().map(|(name, text)| (name.as_str(), text.as_str())).filter(move |(name, _)| is_module(name))
    }
}

fn read_into(files: &mut BTreeMap<String, String>, folder: &Path, prefix: &str) -> Result<(), SiteError> {
    let unreadable = |cause| SiteError::Unreadable { file: folder.display().to_string(), cause };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            read_into(files, &path, &format!("{name}/"))?;
        } else if [".html", ".css", ".js", ".json", ".svg"].iter().any(|end| name.ends_with(end)) {
            let text = fs::read_to_string(&path)
                .map_err(|cause| SiteError::Unreadable { file: path.display().to_string(), cause })?;
            files.insert(name, text);
        }
    }
    Ok(())
}
