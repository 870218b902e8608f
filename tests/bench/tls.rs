//! TLS in front of the database, so that what is measured includes the handshake that every cold
//! start pays on AWS. The certificate is made for the run; functions are told to trust it.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// A listener that speaks TLS and passes the plain bytes on.
pub(crate) struct Terminator {
    address: SocketAddr,
    /// What a function has to trust, as PEM.
    pub(crate) authority: String,
}

impl Terminator {
    /// Starts one in front of `plain`.
    pub(crate) async fn start(plain: SocketAddr) -> Self {
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("protocol versions")
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .expect("a TLS configuration");
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound port");
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(pass_on(acceptor.clone(), stream, plain));
            }
        });
        Self { address, authority: made.cert.pem() }
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("https://{}", self.address)
    }
}

async fn pass_on(acceptor: TlsAcceptor, outside: TcpStream, plain: SocketAddr) -> std::io::Result<()> {
    outside.set_nodelay(true)?;
    let mut outside = acceptor.accept(outside).await?;
    let mut inside = TcpStream::connect(plain).await?;
    inside.set_nodelay(true)?;
    // A function that ends closes without ceremony.
    drop(tokio::io::copy_bidirectional(&mut outside, &mut inside).await);
    Ok(())
}
