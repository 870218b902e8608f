//! The site: pages per language made from `site/`, for this machine and for the deployment alike.
//!
//! What a page may hold, besides HTML:
//!
//! | in a page | becomes |
//! |---|---|
//! | `{{page layout=door css=door title=signin.title}}` | its first line: layout `_door.html`, sheet `css/door.css`, the key of its title, and `class=` |
//! | `{{t signin.new_here link=sign-up}}` | words of the catalogue; `[…]` in them is a link to a page or to `vendor.terms_url`, `vendor.privacy_url`, `vendor.support`; `{vendor}` and `{support}` are filled |
//! | `{{to licenses}}`, `{{nav licenses}}` | the address of a page in this language; `nav` adds `href` and marks the current page |
//! | `{{icon key}}` | a drawing of `icons.svg` |
//! | `{{include head}}` | the file `_head.html` |
//! | `{{vendor.name}}` and the vendor's other fields | what the vendor set |
//!
//! and in layouts `{{content}}`, `{{title}}`, `{{lang}}`, `{{root}}`, `{{page}}`, `{{script}}`, `{{class}}`, `{{favicon}}`,
//! `{{languages}}`, `{{styles}}`, `{{scripts}}`, `{{sprite}}`, `{{texts}}`. Anything else, a text that is missing in a
//! language, or a link to a page that does not exist, is an error that names the file.
//!
//! Style sheets are joined where they `@import`; modules stay single files, all named in the page that needs them
//! (`modulepreload`), so that no request is found by another. All of them lie under `/assets/<version>/`, where the
//! version is the hash of their bytes: they may be kept for ever, pages may not. A page carries the words its modules
//! name, and of the refusals those that it can meet.

mod colour;
mod css;
mod file;
mod headers;
mod js;
mod page;
mod path;
mod refusals;
mod serve;
mod source;
mod template;
#[cfg(test)]
mod tests;
mod texts;

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use domain::{Language, Vendor};

pub use file::File;
pub use headers::{ASSET_HEADERS, CONTENT_SECURITY_POLICY, SECURITY_HEADERS};
pub use path::{file_of, not_found_of, root_of};
pub use serve::routes;
pub use source::{Source, source_folder};

/// Why the site could not be made: which file, and what is wrong there.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// Something in `site/` is wrong.
    #[error("site/{file}: {what}")]
    Wrong {
        /// The file, below `site/`.
        file: String,
        /// What is wrong with it.
        what: String,
    },
    /// A file or folder could not be read.
    #[error("{file}: {cause}")]
    Unreadable {
        /// The file or folder.
        file: String,
        /// Why not.
        cause: io::Error,
    },
}

impl SiteError {
    fn wrong(file: &str, what: impl Into<String>) -> Self {
        Self::Wrong { file: file.to_owned(), what: what.into() }
    }
}

/// Every file of the site, by its path from the root without the leading slash: `fr/sign-in.html`.
#[derive(Debug, Clone)]
pub struct Site {
    files: BTreeMap<String, File>,
}

impl Site {
    /// Makes the site of a vendor.
    ///
    /// # Errors
    /// [`SiteError`] names the first file that is wrong.
    pub fn render(source: &Source, vendor: &Vendor) -> Result<Self, SiteError> {
        let (assets, version) = assets(source, vendor)?;
        let mut files = BTreeMap::new();
        for language in Language::ALL {
            for name in source.page_names() {
                let html = page::render(source, vendor, &assets, &version, language, name)?;
                files.insert(path::file_of_page(language, name), File::page(html));
            }
        }
        for (name, bytes) in assets {
            files.insert(format!("assets/{version}/{name}"), File::asset(&name, bytes));
        }
        Ok(Self { files })
    }

    /// The file at a path from the root, without the leading slash.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.get(path)
    }

    /// Every path with its file.
    pub fn files(&self) -> impl Iterator<Item = (&str, &File)> {
        self.files.iter().map(|(path, file)| (path.as_str(), file))
    }

    /// Writes the site into a folder, as it is uploaded. What lay there under other names stays: pages that are open
    /// in somebody's browser still ask for assets of the version before.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn write_to(&self, folder: &Path) -> io::Result<()> {
        for (path, file) in &self.files {
            let target = folder.join(path);
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(target, file.plain())?;
        }
        Ok(())
    }
}

/// Sheets and modules, by name, and the version that is the hash of them all.
fn assets(source: &Source, vendor: &Vendor) -> Result<(BTreeMap<String, Vec<u8>>, String), SiteError> {
    let mut assets = BTreeMap::new();
    for sheet in source.sheet_names() {
        assets.insert(sheet.to_owned(), css::join(source, sheet, &vendor.brand)?.into_bytes());
    }
    for (name, text) in source.modules() {
        assets.insert(name.to_owned(), js::without_comments(text).into_bytes());
    }
    let mut hash = ring::digest::Context::new(&ring::digest::SHA256);
    for (name, bytes) in &assets {
        hash.update(name.as_bytes());
        hash.update(&[0]);
        hash.update(bytes);
        hash.update(&[0]);
    }
    let version = hash.finish().as_ref().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    Ok((assets, version))
}
