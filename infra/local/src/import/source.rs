//! Where the CSV files come from: a folder, or the sample vendor inside the program.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::customers::CUSTOMERS;
use super::licenses::LICENSES;
use super::orders::ORDERS;
use super::partners::PARTNERS;
use super::people::PEOPLE;
use super::products::PRODUCTS;

/// Every file an import knows.
const FILES: [&str; 6] = [PRODUCTS.file, CUSTOMERS.file, PEOPLE.file, ORDERS.file, LICENSES.file, PARTNERS.file];

/// A set of CSV files.
#[derive(Debug)]
pub enum Source {
    /// Files in a folder; each may be missing, one at least must be there.
    Folder(PathBuf),
    /// Texts by the name of their file.
    Texts(Vec<(&'static str, String)>),
}

impl Source {
    /// The files of a folder.
    pub fn folder(path: &Path) -> Result<Self> {
        let entries =
            std::fs::read_dir(path).with_context(|| format!("the folder {} cannot be read", path.display()))?;
        let mut known = 0;
        for entry in entries {
            let name = entry?.file_name();
            let name = name.to_string_lossy();
            if FILES.contains(&name.as_ref()) {
                known += 1;
            } else if name.to_ascii_lowercase().ends_with(".csv") {
                // A file that is misspelt would else be left out without a word.
                bail!("{name} is none of the files an import reads ({})", FILES.join(", "));
            }
        }
        if known == 0 {
            bail!("the folder {} holds none of {}", path.display(), FILES.join(", "));
        }
        Ok(Self::Folder(path.to_owned()))
    }

    /// Opens one file, if it is there.
    pub(super) fn open(&self, file: &'static str) -> Result<Option<Box<dyn Read + '_>>> {
        match self {
            Self::Folder(folder) => match File::open(folder.join(file)) {
                Ok(opened) => Ok(Some(Box::new(opened))),
                Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
                Err(cause) => Err(cause).with_context(|| format!("{file} cannot be read")),
            },
            Self::Texts(texts) => {
                let found = texts.iter().find(|(name, _)| *name == file);
                Ok(found.map(|(_, text)| Box::new(text.as_bytes()) as Box<dyn Read>))
            }
        }
    }
}
