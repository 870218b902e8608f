//! Asking whether something is there, of a service whose whole client the portal does not carry.

use aws_smithy_runtime_api::client::{http::HttpConnector as _, orchestrator::HttpRequest, result::ConnectorError};
use thiserror::Error;

use crate::{Access, BadAuthority, Https};

/// Sends HEAD requests to addresses that carry their signature in themselves.
#[derive(Debug)]
pub struct Probe(Https);

/// Nothing can be said of what was asked for.
#[derive(Debug, Error)]
pub enum NoAnswer {
    /// The service was not reached.
    #[error("the service was not reached")]
    Unreachable(#[source] ConnectorError),
    /// It has a trouble of its own.
    #[error("the service answered {0}")]
    Failed(u16),
    /// The address is none.
    #[error("not an address")]
    Address,
}

impl Probe {
    /// A probe that reaches services as `access` says. Making one reads the pinned roots: make it once.
    ///
    /// # Errors
    /// If the access names a certificate authority that is none.
    pub fn new(access: &Access) -> Result<Self, BadAuthority> {
        Https::new(access.extra_ca_pem.as_deref()).map(Self)
    }

    /// How long what lies there is, in bytes; none: nothing lies there, or nothing that may be seen.
    ///
    /// # Errors
    /// [`NoAnswer`] if that cannot be said now.
    pub async fn length(&self, address: &str) -> Result<Option<u64>, NoAnswer> {
        let mut request = HttpRequest::empty();
        request.set_method("HEAD").map_err(|_| NoAnswer::Address)?;
        request.set_uri(address).map_err(|_| NoAnswer::Address)?;
        let answer = self.0.call(request).await.map_err(NoAnswer::Unreachable)?;
        match answer.status().as_u16() {
            200 => Ok(answer.headers().get("content-length").and_then(|length| length.parse().ok())),
            // Who may not list a bucket is not told what is not in it.
            403 | 404 => Ok(None),
            other => Err(NoAnswer::Failed(other)),
        }
    }
}
