//! The folder of the files. A file appears in it whole or not at all.

use std::io;
use std::path::{Path, PathBuf};

use domain::release::Sha256;
use ring::digest;
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt as _;

/// Where files are kept.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    goes_with_us: bool,
}

impl Folder {
    /// A folder that stays.
    pub fn kept(path: PathBuf) -> io::Result<Self> {
        std::fs::create_dir_all(&path)?;
        Ok(Self { path, goes_with_us: false })
    }

    /// A folder that goes with this value.
    pub fn temporary() -> io::Result<Self> {
        let name = format!("portico-{}", credentials::sha256_hex(&credentials::random::<16>()));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path)?;
        Ok(Self { path, goes_with_us: true })
    }

    /// Begins a file.
    pub async fn draft(&self) -> io::Result<Draft> {
        let name = format!("draft-{}", credentials::sha256_hex(&credentials::random::<16>()));
        let path = self.path.join(name);
        let file = File::create_new(&path).await?;
        Ok(Draft {
            file,
            path: Some(path),
            length: 0,
            sum: digest::Context::new(&digest::SHA256),
            folder: self.path.clone(),
        })
    }

    /// Opens the file of a key.
    pub async fn open(&self, key: &str) -> io::Result<File> {
        File::open(place(&self.path, key)).await
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.goes_with_us {
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

/// By the checksum of the key: no key leads out of the folder, and none is too long for a disk.
fn place(folder: &Path, key: &str) -> PathBuf {
    folder.join(credentials::sha256_hex(key.as_bytes()))
}

/// A file on its way; dropped before it is kept, it is gone.
pub(super) struct Draft {
    file: File,
    path: Option<PathBuf>,
    length: u64,
    sum: digest::Context,
    folder: PathBuf,
}

impl Draft {
    /// Adds bytes.
    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.length += bytes.len() as u64;
        self.sum.update(bytes);
        self.file.write_all(bytes).await
    }

    /// How many bytes there are.
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// The checksum of what was written so far.
    pub fn sha256(&self) -> Sha256 {
        let mut sum = [0; 32];
        sum.copy_from_slice(self.sum.clone().finish().as_ref());
        Sha256(sum)
    }

    /// Puts it in its place.
    pub async fn keep_as(mut self, key: &str) -> io::Result<()> {
        self.file.sync_all().await?;
        if let Some(path) = self.path.take() {
            fs::rename(path, place(&self.folder, key)).await?;
        }
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Some(path) = self.path.take() {
            let _ = std::fs::remove_file(path);
        }
    }
}
