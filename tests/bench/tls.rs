//! TLS in front of the database, so that what is measured includes the handshake that every cold start pays on AWS.
//!
//! The client pays for what the server chooses, so this one chooses as AWS's endpoints do: an RSA-2048 certificate below
//! an RSA-2048 intermediate ("Amazon RSA 2048 M01" and its like) below Amazon Root CA 1, four certificates sent because
//! two old roots sign the new one, and AES-128 with SHA-256 first. To verify a P-256 signature costs nearly twice an
//! RSA-2048 one under callgrind, which knows no ADX. The chain is made for the run; functions are told to trust its root.

use std::net::SocketAddr;
use std::process::Command;
use std::sync::Arc;

use rcgen::{BasicConstraints, Certificate, CertificateParams, DnType, IsCa, Issuer, KeyPair, PKCS_RSA_SHA256};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{CipherSuite, ServerConfig};

/// A listener that speaks TLS and passes the plain bytes on.
pub(crate) struct Terminator {
    address: SocketAddr,
    /// What a function has to trust, as PEM.
    pub(crate) authority: String,
}

impl Terminator {
    /// Starts one in front of `plain`.
    pub(crate) async fn start(plain: SocketAddr) -> Self {
        let chain = Chain::made();
        let mut provider = ring::default_provider();
        provider.cipher_suites.sort_by_key(|suite| suite.suite() != CipherSuite::TLS13_AES_128_GCM_SHA256);
        let certificates = chain.sent.iter().map(|certificate| certificate.der().clone()).collect();
        let mut config = ServerConfig::builder_with_provider(Arc::new(provider))
            .with_safe_default_protocol_versions()
            .expect("protocol versions")
            .with_no_client_auth()
            .with_single_cert(certificates, PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(chain.key.serialize_der())))
            .expect("a TLS configuration");
        config.ignore_client_order = true;
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound port");
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(pass_on(acceptor.clone(), stream, plain));
            }
        });
        Self { address, authority: chain.root.pem() }
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

/// Certificates as AWS's endpoints show them.
struct Chain {
    /// The endpoint's key.
    key: KeyPair,
    /// The endpoint's certificate, its issuer's, and the root's as two older authorities sign it.
    sent: [Certificate; 4],
    /// What is trusted: the root, signed by itself.
    root: Certificate,
}

impl Chain {
    fn made() -> Self {
        let [oldest, old, root, below, key] = [(); 5].map(|()| rsa_key());
        let names = ["Oldest", "Old", "Root", "Below"].map(authority);
        let [_, as_old, as_root, as_below] = &names;
        let sign = |subject: &CertificateParams, of: &KeyPair, issuer: &CertificateParams, by: &KeyPair| {
            subject.signed_by(of, &Issuer::from_params(issuer, by)).expect("a certificate")
        };
        let endpoint = CertificateParams::new(["127.0.0.1".to_owned()]).expect("a name");
        let sent = [
            sign(&endpoint, &key, as_below, &below),
            sign(as_below, &below, as_root, &root),
            sign(as_root, &root, as_old, &old),
            sign(as_old, &old, &names[0], &oldest),
        ];
        let root = as_root.self_signed(&root).expect("a certificate");
        Self { key, sent, root }
    }
}

fn authority(name: &str) -> CertificateParams {
    let mut authority = CertificateParams::default();
    authority.distinguished_name.push(DnType::CommonName, name);
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority
}

/// The library that signs makes no RSA keys.
fn rsa_key() -> KeyPair {
    let made = Command::new("openssl")
        .args(["genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"])
        .output()
        .expect("openssl");
    let pem = String::from_utf8(made.stdout).expect("PEM");
    KeyPair::from_pem_and_sign_algo(&pem, &PKCS_RSA_SHA256).expect("an RSA key")
}
