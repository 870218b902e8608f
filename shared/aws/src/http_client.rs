//! The one HTTP client for all services.

use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{HttpClient, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

/// Reading the system's roots costs ten times the rest of a function's start, and they trust too many.
const AMAZON_ROOTS: &str = include_str!("amazon-roots.pem");

/// The text given as a certificate authority is none.
#[derive(Debug, thiserror::Error)]
#[error("the extra certificate authority is not a PEM certificate: {0}")]
pub struct BadAuthority(String);

/// A client for `endpoint` (AWS's own when `None`): in the clear for `http://`, else over TLS that
/// trusts Amazon's roots and `extra_ca_pem` only.
///
/// # Errors
/// If `extra_ca_pem` holds something that is not a certificate.
pub fn http_client(endpoint: Option<&str>, extra_ca_pem: Option<&str>) -> Result<SharedHttpClient, BadAuthority> {
    if is_plain(endpoint) {
        return Ok(Builder::new().build_http());
    }
    let https = Builder::new().tls_provider(with_ring()).tls_context(tls(extra_ca_pem)?).build_https();
    Ok(SharedHttpClient::new(MadeOnce(https)))
}

/// Whether an endpoint is spoken to in the clear.
pub(crate) fn is_plain(endpoint: Option<&str>) -> bool {
    endpoint.is_some_and(|address| address.starts_with("http://"))
}

pub(crate) const fn with_ring() -> Provider {
    Provider::Rustls(CryptoMode::Ring)
}

/// TLS that trusts Amazon's roots and `extra_ca_pem` only.
pub(crate) fn tls(extra_ca_pem: Option<&str>) -> Result<TlsContext, BadAuthority> {
    let mut trust = TrustStore::empty().with_native_roots(false).with_pem_certificate(AMAZON_ROOTS);
    if let Some(pem) = extra_ca_pem {
        // The client would only notice, and panic, at the first request.
        roots(pem)?;
        trust.add_pem_certificate(pem);
    }
    TlsContext::builder().with_trust_store(trust).build().map_err(|error| BadAuthority(error.to_string()))
}

/// The library's client without its rehearsal: when a service's client is made, `validate_base_client_config` makes a
/// whole connector, roots and all, and throws it away, to read the system's roots early. Here they are compiled in.
#[derive(Debug)]
struct MadeOnce(SharedHttpClient);

impl HttpClient for MadeOnce {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        self.0.http_connector(settings, components)
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        self.0.connector_metadata()
    }
}

fn roots(pem: &str) -> Result<RootCertStore, BadAuthority> {
    let mut store = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
        let certificate = certificate.map_err(|error| BadAuthority(error.to_string()))?;
        store.add(certificate).map_err(|error| BadAuthority(error.to_string()))?;
    }
    if store.is_empty() {
        return Err(BadAuthority("no certificate in it".into()));
    }
    Ok(store)
}

#[cfg(test)]
mod tests {
    use super::{AMAZON_ROOTS, http_client, roots};

    #[test]
    fn the_bundle_holds_the_five_roots_of_amazon() {
        let store = roots(AMAZON_ROOTS).expect("five certificates");
        let names: Vec<String> =
            store.roots.iter().map(|root| String::from_utf8_lossy(root.subject.as_ref()).into_owned()).collect();
        assert_eq!(names.len(), 5);
        for name in [
            "Amazon Root CA 1",
            "Amazon Root CA 2",
            "Amazon Root CA 3",
            "Amazon Root CA 4",
            "Starfield Services Root Certificate Authority - G2",
        ] {
            assert!(names.iter().any(|subject| subject.contains(name)), "{name} is missing");
        }
    }

    #[test]
    fn a_client_is_made_with_and_without_tls() {
        assert!(http_client(None, None).is_ok());
        assert!(http_client(Some("http://127.0.0.1:4000"), None).is_ok());
        assert!(http_client(Some("https://dynamodb.example"), Some(AMAZON_ROOTS)).is_ok());
    }
}
