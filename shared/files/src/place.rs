//! Where files lie in the bucket.

use std::fmt;

use domain::{number::ProductCode, release::Sha256};

/// A file's key in the bucket: only letters, digits and `/`, whatever the file is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place(String);

impl Place {
    /// The file of a release, by what its bytes are: the same file twice is one, and no file replaces another.
    #[must_use]
    pub fn of_release(product: &ProductCode, sha256: &Sha256) -> Self {
        Self(format!("releases/{product}/{sha256}"))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
