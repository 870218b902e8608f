//! The one HTTP client for all services.
//!
//! Put together here, of the parts that `aws-smithy-http-client` is made of: that one brings HTTP/2, proxies, the system's
//! roots and a second client without TLS, 0.4 MB of a function as it is deployed.

use std::{sync::Arc, time::Duration};

use aws_smithy_runtime_api::client::connection::{CaptureSmithyConnection, ConnectionMetadata};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::connect::{CaptureConnection, HttpConnector as Tcp, capture_connection};
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use rustls::{ClientConfig, RootCertStore, crypto::ring};

/// The roots of every AWS endpoint, from Amazon Trust Services (<https://www.amazontrust.com/repository/>): no other
/// authority can vouch for one. Reading the system's roots costs ten times the rest of a function's start, and they trust
/// too many; as DER, since to decode five PEM texts is a twentieth of a start.
const AMAZON_ROOTS: [&[u8]; 5] = [
    include_bytes!("roots/amazon-root-ca-1.der"),
    include_bytes!("roots/amazon-root-ca-2.der"),
    include_bytes!("roots/amazon-root-ca-3.der"),
    include_bytes!("roots/amazon-root-ca-4.der"),
    include_bytes!("roots/starfield-services-root-g2.der"),
];
/// How long a connection may take to be there; an attempt has an end of its own.
const PATIENCE: Duration = Duration::from_secs(2);

/// The text given as a certificate authority is none.
#[derive(Debug, thiserror::Error)]
#[error("the extra certificate authority is not a PEM certificate: {0}")]
pub struct BadAuthority(String);

/// HTTP/1.1 over TLS that trusts Amazon's roots and one authority more, if there is one; in the clear where an address
/// says `http://`. A clone shares its connections.
#[derive(Debug, Clone)]
pub struct Https(Client<HttpsConnector<Tcp>, SdkBody>);

impl Https {
    /// A client without connections.
    ///
    /// # Errors
    /// If `extra_ca_pem` holds something that is not a certificate.
    pub fn new(extra_ca_pem: Option<&str>) -> Result<Self, BadAuthority> {
        let trusted = trusted(extra_ca_pem)?;
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| BadAuthority(error.to_string()))?;
        let mut tls = tls.with_root_certificates(trusted).with_no_client_auth();
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        let mut tcp = Tcp::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(PATIENCE));
        let mut client = Client::builder(TokioExecutor::new());
        Ok(Self(client.pool_timer(TokioTimer::new()).build((tcp, tls).into())))
    }
}

impl HttpClient for Https {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Https {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut request = match request.try_into_http1x() {
            Ok(request) => request,
            Err(error) => return HttpConnectorFuture::ready(Err(ConnectorError::user(error.into()))),
        };
        let used = capture_connection(&mut request);
        if let Some(capture) = request.extensions().get::<CaptureSmithyConnection>() {
            capture.set_connection_retriever(move || given_up(&used));
        }
        let answer = self.0.request(request);
        HttpConnectorFuture::new(async move {
            let answer = answer.await.map_err(broken)?.map(SdkBody::from_body_1_x);
            HttpResponse::try_from(answer).map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}

/// Whatever becomes of a connection, the next may do better: the SDK tries again, as often as it was told.
fn broken(error: Error) -> ConnectorError {
    ConnectorError::io(error.into())
}

/// How the SDK gives up a connection that a trouble came over.
fn given_up(used: &CaptureConnection) -> Option<ConnectionMetadata> {
    used.connection_metadata().as_ref()?;
    let used = used.clone();
    let poison = move || {
        if let Some(connection) = used.connection_metadata().as_ref() {
            connection.poison();
        }
    };
    Some(ConnectionMetadata::builder().proxied(false).poison_fn(poison).build())
}

/// Amazon's roots and, if there is one, another authority.
fn trusted(extra_ca_pem: Option<&str>) -> Result<RootCertStore, BadAuthority> {
    let bad = |error: &dyn std::fmt::Display| BadAuthority(error.to_string());
    let mut store = RootCertStore::empty();
    for root in AMAZON_ROOTS {
        store.add(CertificateDer::from_slice(root)).map_err(|error| bad(&error))?;
    }
    if let Some(pem) = extra_ca_pem {
        let known = store.len();
        for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
            store.add(certificate.map_err(|error| bad(&error))?).map_err(|error| bad(&error))?;
        }
        if store.len() == known {
            return Err(BadAuthority("no certificate in it".into()));
        }
    }
    Ok(store)
}

#[cfg(test)]
mod tests {
    use super::{Https, trusted};

    #[test]
    fn the_five_roots_of_amazon_are_trusted() {
        let store = trusted(None).expect("five certificates");
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
    fn a_client_is_made_without_another_authority() {
        assert!(Https::new(None).is_ok());
    }
}
