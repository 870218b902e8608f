//! A stand-in for S3 on one machine: it takes the same pre-signed addresses, checks their signatures as S3 does, refuses
//! what S3 refuses, and keeps the files in a folder. Nothing leaves the machine.
//!
//! It speaks three operations, `PutObject`, `GetObject` and `HeadObject`, since Portico uses no others.

mod folder;
mod get;
mod put;
mod range;
mod refusal;
mod signature;

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use aws::{Access, Secret};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use domain::release::Sha256;
use files::{FilesAccess, Place};
use web::Clock;

use folder::Folder;
use refusal::Refusal;

/// What addresses of the stand-in begin with, on the portal's own listener.
pub const PATH: &str = "/storage";

/// The one bucket.
pub const BUCKET: &str = "portico-files";
const REGION: &str = "eu-central-1";

/// Whose signatures count.
#[derive(Clone)]
pub struct Signer {
    /// The public half.
    pub access_key_id: String,
    /// The secret half.
    pub secret: String,
}

impl Signer {
    /// Drawn at each start: nobody else on the machine can sign an address.
    #[must_use]
    pub fn drawn() -> Self {
        let secret = credentials::sha256_hex(&credentials::random::<32>());
        Self { access_key_id: "portico".to_owned(), secret }
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signer")
    }
}

/// The stand-in; clones share their files.
#[derive(Clone, Debug)]
pub struct Storage(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    folder: Folder,
    clock: Clock,
    signer: Signer,
}

impl Storage {
    /// Opens the stand-in on a folder; without one, on a temporary folder that goes with it.
    ///
    /// # Errors
    /// If the folder cannot be made.
    pub fn open(folder: Option<PathBuf>, clock: Clock, signer: Signer) -> io::Result<Self> {
        let folder = match folder {
            Some(path) => Folder::kept(path)?,
            None => Folder::temporary()?,
        };
        Ok(Self(Arc::new(Inner { folder, clock, signer })))
    }

    /// How the portal reaches it, whose pages and addresses begin with `origin`.
    #[must_use]
    pub fn access(&self, origin: &str) -> FilesAccess {
        let access = Access {
            region: REGION.to_owned(),
            access_key_id: self.0.signer.access_key_id.clone(),
            secret_access_key: Secret::new(&self.0.signer.secret),
            session_token: None,
            endpoint: Some(format!("{origin}{PATH}")),
            extra_ca_pem: None,
        };
        FilesAccess { bucket: BUCKET.to_owned(), access }
    }

    /// Where it answers.
    pub fn routes(&self) -> Router {
        Router::new().route(&format!("{PATH}/{{*address}}"), any(answer)).with_state(self.clone())
    }

    /// Puts a file there without an address, for the sample vendor.
    ///
    /// # Errors
    /// If it cannot be written.
    pub async fn keep(&self, place: &Place, bytes: &[u8]) -> io::Result<Sha256> {
        let mut draft = self.0.folder.draft().await?;
        draft.write(bytes).await?;
        let sha256 = draft.sha256();
        draft.keep_as(&place.to_string()).await?;
        Ok(sha256)
    }
}

async fn answer(State(storage): State<Storage>, request: Request) -> Response {
    storage.serve(request).await.unwrap_or_else(IntoResponse::into_response)
}

impl Storage {
    async fn serve(&self, request: Request) -> Result<Response, Refusal> {
        let signed = signature::verify(&request, &self.0.signer, self.0.clock.now())?;
        let key = self.key(&request)?;
        if request.method() == Method::PUT {
            return put::put(&self.0.folder, &key, request).await;
        }
        let (asked, _) = request.into_parts();
        match asked.method {
            Method::GET | Method::HEAD => {
                get::get(&self.0.folder, &key, (&asked.method, &asked.headers), &signed).await
            }
            _ => Err(Refusal::MethodNotAllowed),
        }
    }

    /// The key that the path names, in the one bucket.
    fn key(&self, request: &Request) -> Result<String, Refusal> {
        let path = request.uri().path();
        let named = path.strip_prefix(PATH).and_then(|rest| rest.strip_prefix('/')).unwrap_or_default();
        let (bucket, key) = named.split_once('/').unwrap_or((named, ""));
        match (bucket == BUCKET, key.len()) {
            (false, _) => Err(Refusal::NoSuchBucket),
            (true, 0) => Err(Refusal::MethodNotAllowed),
            // As S3 counts.
            (true, 1025..) => Err(Refusal::KeyTooLong),
            (true, _) => Ok(key.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests;
