//! Where a service is and who calls it.

use std::fmt;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_types::SdkConfig;
use aws_types::region::Region;
use zeroize::Zeroizing;

use crate::http_client::{BadAuthority, Https};

/// Everything a client of one AWS service needs to know about its surroundings.
#[derive(Clone, Debug)]
pub struct Access {
    /// The region, such as `eu-central-1`.
    pub region: String,
    /// The public half of the credentials.
    pub access_key_id: String,
    /// The secret half of the credentials.
    pub secret_access_key: Secret,
    /// Present when the credentials are temporary, as they always are in a Lambda function.
    pub session_token: Option<Secret>,
    /// Another address than AWS's own; `http://` speaks without TLS (one machine, tests).
    pub endpoint: Option<String>,
    /// Authorities trusted beside Amazon's, as PEM: for an endpoint behind a private one.
    pub extra_ca_pem: Option<String>,
}

impl Access {
    /// The part of a client's configuration that is the same for every service.
    ///
    /// Time-outs and retries are the service crate's business: it knows what may be repeated.
    ///
    /// # Errors
    /// If `extra_ca_pem` holds something that is not a certificate.
    pub fn sdk_config(&self) -> Result<SdkConfig, BadAuthority> {
        let mut config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(self.region.clone()))
            // For bodies of megabytes; ours are kilobytes, and each attempt has an end of its own.
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .credentials_provider(SharedCredentialsProvider::new(self.credentials()))
            .http_client(Https::new(self.extra_ca_pem.as_deref())?);
        config.set_endpoint_url(self.endpoint.clone());
        Ok(config.build())
    }

    /// Who calls, for what is signed by hand.
    #[must_use]
    pub fn credentials(&self) -> Credentials {
        Credentials::new(
            &self.access_key_id,
            self.secret_access_key.reveal(),
            self.session_token.as_ref().map(|token| token.reveal().to_owned()),
            None,
            "environment",
        )
    }
}

/// A text that is never printed and is wiped from memory after use.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text into custody.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::{Access, Secret};

    fn access() -> Access {
        Access {
            region: "eu-central-1".into(),
            access_key_id: "AKIDEXAMPLE".into(),
            secret_access_key: Secret::new("very-secret-key"),
            session_token: Some(Secret::new("very-secret-token")),
            endpoint: Some("http://127.0.0.1:4000".into()),
            extra_ca_pem: None,
        }
    }

    #[test]
    fn nothing_secret_is_printed() {
        let access = access();
        let config = access.sdk_config().expect("a configuration");
        for printed in [format!("{access:?}"), format!("{access:#?}"), format!("{config:?}")] {
            assert!(!printed.contains("very-secret"), "{printed}");
        }
    }

    #[test]
    fn the_configuration_says_where_and_who() {
        let config = access().sdk_config().expect("a configuration");
        assert_eq!(config.endpoint_url(), Some("http://127.0.0.1:4000"));
        assert_eq!(config.region().map(AsRef::as_ref), Some("eu-central-1"));
        assert!(config.credentials_provider().is_some() && config.http_client().is_some());
    }

    #[test]
    fn what_is_no_certificate_is_refused_at_the_start() {
        for pem in ["", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
            let wrong = Access { endpoint: None, extra_ca_pem: Some(pem.into()), ..access() };
            assert!(wrong.sdk_config().is_err(), "{pem:?} was taken for a certificate");
        }
    }
}
