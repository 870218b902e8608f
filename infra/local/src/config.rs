//! How the functions are configured on one machine: the same configuration as on AWS, with three other endpoints.

use aws::{Access, Secret};
use web::{Config, MailConfig};

use crate::storage::Storage;

/// What the names of the tables begin with on one machine.
pub const TABLES: &str = "portico-";

/// The configuration of a portal that people find at `origin`.
#[must_use]
pub fn config(origin: &str, database: &str, storage: &Storage) -> Config {
    Config {
        origin: origin.to_owned(),
        tables: TABLES.to_owned(),
        origin_secrets: Vec::new(),
        database: access(database),
        files: Some(storage.access(origin)),
        mail: None,
    }
}

/// What `dispatch` needs besides: the sender, and the stand-in for SES.
#[must_use]
pub fn mail(ses: &str, sender: String) -> MailConfig {
    MailConfig { from: sender, configuration_set: None, access: access(ses) }
}

/// How a service on this machine is reached. The SDK signs each call; nobody looks at whose signature it is.
#[must_use]
pub fn access(endpoint: &str) -> Access {
    Access {
        region: "eu-central-1".to_owned(),
        access_key_id: "portico".to_owned(),
        secret_access_key: Secret::new("portico"),
        session_token: None,
        endpoint: Some(endpoint.to_owned()),
        extra_ca_pem: None,
    }
}
