//! Uploads and downloads (R404, R703): the portal never carries a file itself. It signs an address of S3 that is good for
//! one file, for minutes, and the browser goes there. On one machine a stand-in takes the same addresses.
//!
//! Invariants: a file lies under its own checksum, so no upload can take another's place; an address for an upload takes
//! exactly the bytes it was asked for; what a browser gets is always saved, never shown.

mod disposition;
mod place;
mod sign;

use std::{sync::OnceLock, time::Duration};

use aws::{Access, BadAuthority, NoAnswer, Probe};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    SignedDuration, Timestamp,
    release::{FileName, Sha256},
};
use thiserror::Error;

pub use place::Place;

use disposition::attachment;
use sign::Request;

/// How long an address for a download is good: enough to click, too short to pass on (R404).
pub const DOWNLOAD: SignedDuration = SignedDuration::from_mins(5);
/// How long an address for an upload is good: it must begin within that time, and may then take longer.
pub const UPLOAD: SignedDuration = SignedDuration::from_mins(15);
/// How long the storage may take to say whether a file is there.
const PATIENCE: Duration = Duration::from_secs(3);

/// Which bucket, and how it is reached.
#[derive(Clone, Debug)]
pub struct FilesAccess {
    /// The bucket's name.
    pub bucket: String,
    /// Region, credentials and, on one machine, the stand-in's address.
    pub access: Access,
}

/// The vendor's files.
#[derive(Debug)]
pub struct Files {
    access: FilesAccess,
    probe: OnceLock<Probe>,
}

/// An upload that was allowed: exactly these bytes, until then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Where to send them.
    pub url: String,
    /// With which method.
    pub method: &'static str,
    /// With which headers beside those a browser sends by itself.
    pub headers: [(&'static str, String); 1],
    /// Until when it can begin.
    pub expires_at: Timestamp,
}

/// A download that was allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// Where the file is.
    pub url: String,
    /// Until when it can begin.
    pub expires_at: Timestamp,
}

/// Why nothing can be said of a file.
#[derive(Debug, Error)]
pub enum FilesError {
    /// The storage did not answer, or not in time.
    #[error("the storage did not answer")]
    Silent(#[source] Option<NoAnswer>),
    /// The configuration cannot be right.
    #[error("the storage cannot be reached: {0}")]
    Authority(#[from] BadAuthority),
    /// An address that cannot be signed.
    #[error("an address cannot be signed")]
    Unsigned(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Files {
    /// The files in a bucket.
    #[must_use]
    pub const fn new(access: FilesAccess) -> Self {
        Self { access, probe: OnceLock::new() }
    }

    /// An address that takes exactly the bytes of that length and checksum. Both are signed, so S3 refuses any others,
    /// and a browser sends the length by itself.
    ///
    /// # Errors
    /// If the configuration makes no address.
    pub fn upload(&self, place: &Place, bytes: u64, sha256: &Sha256, now: Timestamp) -> Result<Upload, FilesError> {
        let (length, checksum) = (bytes.to_string(), STANDARD.encode(sha256.0));
        let headers = [("content-length", length.as_str()), (CHECKSUM, checksum.as_str())];
        let url =
            sign::address(&self.access, &Request { method: "PUT", place, query: &[], headers: &headers }, UPLOAD, now)?;
        Ok(Upload { url, method: "PUT", headers: [(CHECKSUM, checksum)], expires_at: now + UPLOAD })
    }

    /// An address of a file that a browser saves under that name.
    ///
    /// # Errors
    /// If the configuration makes no address.
    pub fn download(&self, place: &Place, name: &FileName, now: Timestamp) -> Result<Download, FilesError> {
        let disposition = attachment(name);
        // Whatever its bytes pretend to be, it is no page of anybody's.
        let query = [
            ("response-content-disposition", disposition.as_str()),
            ("response-content-type", "application/octet-stream"),
        ];
        let request = Request { method: "GET", place, query: &query, headers: &[] };
        let url = sign::address(&self.access, &request, DOWNLOAD, now)?;
        Ok(Download { url, expires_at: now + DOWNLOAD })
    }

    /// Whether the file is there: of that length, for its place and the signature of its upload answer for its bytes.
    ///
    /// # Errors
    /// If the storage does not say.
    pub async fn is_there(&self, place: &Place, bytes: u64, now: Timestamp) -> Result<bool, FilesError> {
        let request = Request { method: "HEAD", place, query: &[], headers: &[] };
        let url = sign::address(&self.access, &request, DOWNLOAD, now)?;
        let asked = tokio::time::timeout(PATIENCE, self.probe()?.length(&url)).await;
        let length = asked.map_err(|_| FilesError::Silent(None))?.map_err(|cause| FilesError::Silent(Some(cause)))?;
        Ok(length == Some(bytes))
    }

    fn probe(&self) -> Result<&Probe, BadAuthority> {
        if let Some(probe) = self.probe.get() {
            return Ok(probe);
        }
        let probe = Probe::new(&self.access.access)?;
        Ok(self.probe.get_or_init(|| probe))
    }
}

/// S3 computes it of what arrives and refuses what differs.
const CHECKSUM: &str = "x-amz-checksum-sha256";
