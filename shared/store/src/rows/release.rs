//! The row of a release.

use domain::{
    Date,
    release::{Arch, FileName, Notes, Platform, Release, ReleaseFile, ReleaseState, Sha256, Version},
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(crate) struct FileRow {
    /// name
    pub n: FileName,
    /// platform
    pub p: Platform,
    /// processor
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub a: Option<Arch>,
    /// bytes
    pub b: u64,
    /// checksum
    pub h: Sha256,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct ReleaseRow {
    /// day
    pub d: Date,
    /// day and version: sorts all of them by day, for the console
    pub s: String,
    /// the same while it is published: sorts those that customers see
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub e: Option<String>,
    /// notes
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no: Option<Notes>,
    /// files
    pub f: Vec<FileRow>,
    /// state
    pub st: ReleaseState,
    /// revision
    pub ve: u32,
}

/// What sorts releases by day, and those of one day by version.
pub(crate) fn by_day(released_on: Date, version: &Version) -> String {
    format!("{released_on}#{version}")
}

impl From<&Release> for ReleaseRow {
    fn from(release: &Release) -> Self {
        let s = by_day(release.released_on, &release.version);
        let file = |file: &ReleaseFile| FileRow {
            n: file.name.clone(),
            p: file.platform,
            a: file.arch.clone(),
            b: file.bytes,
            h: file.sha256,
        };
        Self {
            d: release.released_on,
            e: (release.state == ReleaseState::Published).then(|| s.clone()),
            s,
            no: release.notes.clone(),
            f: release.files.iter().map(file).collect(),
            st: release.state,
            ve: release.revision,
        }
    }
}

impl ReleaseRow {
    pub fn into_release(self, version: Version) -> Release {
        let file =
            |row: FileRow| ReleaseFile { platform: row.p, arch: row.a, name: row.n, bytes: row.b, sha256: row.h };
        Release {
            version,
            released_on: self.d,
            notes: self.no,
            files: self.f.into_iter().map(file).collect(),
            state: self.st,
            revision: self.ve,
        }
    }
}
