//! What happens to releases and their files.

use serde::{Deserialize, Serialize};

use crate::{
    FileId, LicenseId,
    number::ProductCode,
    release::{ReleaseState, Version},
};

/// A file of a release that was handed out to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Download {
    /// By which license.
    pub license: LicenseId,
    /// Of which product.
    pub product: ProductCode,
    /// Which release.
    pub release: Version,
    /// Which of its files.
    pub file: FileId,
}

/// A release that was added, changed, published or withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseChange {
    /// Of which product.
    pub product: ProductCode,
    /// Which.
    pub release: Version,
    /// Where it stands now.
    pub state: ReleaseState,
}
