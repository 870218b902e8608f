//! The folder that holds everything one Portico keeps between two starts: rows, mails, secrets. One process at a
//! time, and never a folder that a newer Portico has written.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use serde::{Deserialize, Serialize};

/// The form of the folder that this Portico writes. Raise it when an older one could no longer read the folder.
const FORM: u32 = 1;

/// Whose customers the folder holds; settled when it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vendor {
    /// The sample vendor, whose rows are not all there yet; loading them again goes on where it stopped.
    SampleLoading,
    /// The sample vendor, complete.
    Sample,
    /// The vendor's own rows, or none.
    Own,
}

/// What `portico.json` says.
#[derive(Debug, Serialize, Deserialize)]
struct Label {
    form: u32,
    vendor: Vendor,
}

/// An opened data folder. The lock ends with this value, also when the process is killed.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    vendor: Vendor,
    _lock: File,
}

impl DataFolder {
    /// Opens the folder, or makes it for the given vendor.
    pub fn open(path: &Path, new_for: Vendor) -> Result<Self> {
        make(path).with_context(|| format!("the data folder {} cannot be made", path.display()))?;
        let lock = lock(path)?;
        let vendor = match read_label(path)? {
            Some(vendor) => vendor,
            None => {
                write_label(path, new_for)?;
                new_for
            }
        };
        Ok(Self { path: path.to_owned(), vendor, _lock: lock })
    }

    /// Opens the folder if a Portico has written it before; makes nothing.
    pub fn open_existing(path: &Path) -> Result<Option<Self>> {
        if !label_path(path).exists() {
            return Ok(None);
        }
        Self::open(path, Vendor::Own).map(Some)
    }

    /// Whose customers are in it.
    pub fn vendor(&self) -> Vendor {
        self.vendor
    }

    /// Notes that the sample vendor is complete.
    pub fn sample_is_loaded(&mut self) -> Result<()> {
        write_label(&self.path, Vendor::Sample)?;
        self.vendor = Vendor::Sample;
        Ok(())
    }

    /// Where the folder is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file of the embedded database.
    pub fn database(&self) -> PathBuf {
        self.path.join("rows.sqlite")
    }

    /// The folder of the vendor's files.
    pub fn files(&self) -> PathBuf {
        self.path.join("files")
    }

    /// The folder of the mailbox.
    pub fn mails(&self) -> PathBuf {
        self.path.join("mails")
    }
}

/// Password hashes and signing keys lie in it: it is its owner's alone.
fn make(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn label_path(folder: &Path) -> PathBuf {
    folder.join("portico.json")
}

fn lock(folder: &Path) -> Result<File> {
    let path = folder.join("lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|cause| unwritable(folder, &cause))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            bail!(
                "the data folder {} is in use by another Portico (stop it, or choose another with --data)",
                folder.display()
            )
        }
        Err(TryLockError::Error(cause)) => Err(unwritable(folder, &cause)),
    }
}

fn read_label(folder: &Path) -> Result<Option<Vendor>> {
    let path = label_path(folder);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(cause).with_context(|| format!("{} cannot be read", path.display())),
    };
    // The form first: what else a newer file holds is not known here.
    #[derive(Deserialize)]
    struct Form {
        form: u32,
    }
    let damaged = || format!("{} is damaged", path.display());
    let Form { form } = serde_json::from_str(&text).with_context(damaged)?;
    if form > FORM {
        bail!(
            "the data folder {} was written by a newer Portico (form {form}; this one reads up to {FORM})",
            folder.display()
        );
    }
    let label: Label = serde_json::from_str(&text).with_context(damaged)?;
    Ok(Some(label.vendor))
}

/// Written beside and renamed, so that a crash leaves the old label or the new one.
fn write_label(folder: &Path, vendor: Vendor) -> Result<()> {
    let text = serde_json::to_string(&Label { form: FORM, vendor })?;
    let draft = folder.join("portico.json.new");
    let write = || -> std::io::Result<()> {
        let mut file = File::create(&draft)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&draft, label_path(folder))
    };
    write().map_err(|cause| unwritable(folder, &cause))
}

fn unwritable(folder: &Path, cause: &std::io::Error) -> anyhow::Error {
    anyhow!("the data folder {} cannot be written: {cause}", folder.display())
}
