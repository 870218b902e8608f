//! A release and its files, as the console shows and sends them.

use axum::extract::{Path, rejection::PathRejection};
use domain::{
    Date, Invalid,
    access::Denied,
    number::ProductCode,
    profile::optional,
    release::{Arch, FileName, Platform, Release, ReleaseFile, ReleaseState, Sha256, Version},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::Fields;

/// A release.
#[derive(Serialize, ToSchema)]
pub(crate) struct StaffRelease {
    #[schema(example = "2026.1")]
    version: String,
    #[schema(value_type = String, format = Date)]
    released_on: Date,
    /// What is new, as plain text; may be empty.
    notes: String,
    /// `draft`, `published` or `withdrawn`.
    #[schema(value_type = String, example = "published")]
    state: ReleaseState,
    files: Vec<StaffFile>,
    /// A change names the revision it was made from.
    revision: u32,
}

/// A file of a release.
#[derive(Serialize, ToSchema)]
pub(crate) struct StaffFile {
    #[schema(example = "fil_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    /// `windows`, `macos`, `linux` or `any`.
    #[schema(value_type = String, example = "windows")]
    platform: Platform,
    #[schema(example = "x64")]
    arch: Option<String>,
    name: String,
    bytes: u64,
    /// In 64 hexadecimal digits.
    sha256: String,
}

/// A file, as one has it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewFile {
    /// As the upload named it; may be left out.
    #[serde(default)]
    id: Option<String>,
    /// What it is saved as, 1 to 120 characters.
    #[schema(example = "draft-2026.1-x64.msi")]
    name: String,
    /// `windows`, `macos`, `linux` or `any`.
    #[schema(example = "windows")]
    platform: String,
    /// The processor, such as `x64` or `arm64`; null or empty where it does not matter.
    #[serde(default)]
    arch: Option<String>,
    /// Its length, at most 5 GiB.
    bytes: u64,
    /// The SHA-256 of its bytes, in 64 hexadecimal digits.
    sha256: String,
}

impl From<Release> for StaffRelease {
    fn from(release: Release) -> Self {
        Self {
            version: release.version.to_string(),
            released_on: release.released_on,
            notes: release.notes.map(String::from).unwrap_or_default(),
            state: release.state,
            files: release.files.into_iter().map(StaffFile::from).collect(),
            revision: release.revision,
        }
    }
}

impl From<ReleaseFile> for StaffFile {
    fn from(file: ReleaseFile) -> Self {
        Self {
            id: file.id().to_string(),
            platform: file.platform,
            arch: file.arch.map(String::from),
            name: file.name.to_string(),
            bytes: file.bytes,
            sha256: file.sha256.to_string(),
        }
    }
}

impl NewFile {
    /// Takes the file, whose fields stand behind `pointer`.
    pub fn parse(&self, fields: &mut Fields, pointer: &str) -> Option<ReleaseFile> {
        let at = |name: &str| format!("{pointer}/{name}");
        let name = fields.take(&at("name"), FileName::parse(&self.name));
        let platform = fields.take(&at("platform"), Platform::parse(&self.platform));
        let arch = fields.take(&at("arch"), optional(self.arch.as_deref().unwrap_or_default(), Arch::parse));
        let bytes = fields.take(&at("bytes"), ReleaseFile::parse_bytes(self.bytes));
        let sha256 = fields.take(&at("sha256"), Sha256::parse(&self.sha256));
        let file = ReleaseFile { platform: platform?, arch: arch?, name: name?, bytes: bytes?, sha256: sha256? };
        let same = self.id.as_ref().is_none_or(|id| *id == file.id().to_string());
        fields.take(&at("id"), if same { Ok(file) } else { Err(Invalid::Id) })
    }
}

/// The release a path names; what cannot be one does not exist.
pub(crate) fn release_of(
    path: Result<Path<(String, String)>, PathRejection>,
) -> Result<(ProductCode, Version), Denied> {
    let Path((product, version)) = path.map_err(|_| Denied::Hidden)?;
    ProductCode::parse(&product).ok().zip(Version::parse(&version).ok()).ok_or(Denied::Hidden)
}
