//! The configuration, read once, whole, at the start. Nothing below reads the environment.

use aws::{Access, Secret};
use files::FilesAccess;
use thiserror::Error;

/// What a function needs to know of its deployment.
#[derive(Debug, Clone)]
pub struct Config {
    /// `PORTICO_ORIGIN`: where people find the portal, such as `https://portal.acme.example`, without a slash at the
    /// end. Links in mails, tokens and the check of where a request comes from are made from it, never from a header.
    pub origin: String,
    /// `PORTICO_TABLES`: what the names of the tables begin with, such as `portico-`.
    pub tables: String,
    /// `PORTICO_ORIGIN_SECRET`: what the distribution adds to each request, so that nobody goes around it; two values
    /// separated by a comma while one replaces the other. Empty on one machine.
    pub origin_secrets: Vec<String>,
    /// How the database is reached: `AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` as
    /// Lambda sets them, and `PORTICO_DATABASE_URL` for another endpoint.
    pub database: Access,
    /// Where the vendor's files are; `licenses` and `staff` alone.
    pub files: Option<FilesAccess>,
    /// How mail is sent; `dispatch` alone.
    pub mail: Option<MailConfig>,
}

/// What `dispatch` needs besides.
#[derive(Debug, Clone)]
pub struct MailConfig {
    /// `PORTICO_MAIL_FROM`: the sender of all letters.
    pub from: String,
    /// `PORTICO_MAIL_CONFIGURATION_SET`: through which bounces and complaints are reported.
    pub configuration_set: Option<String>,
    /// How the mail service is reached; `PORTICO_MAIL_URL` for another endpoint.
    pub access: Access,
}

/// What is missing, all of it at once.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("not set: {}", .0.join(", "))]
pub struct ConfigIncomplete(pub Vec<&'static str>);

impl Config {
    /// Reads the environment of a Lambda function.
    ///
    /// # Errors
    /// [`ConfigIncomplete`] names every variable that is missing.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn from_env() -> Result<Self, ConfigIncomplete> {
        Self::read(|name| std::env::var(name).ok())
    }

    /// Reads variables from wherever they are.
    ///
    /// # Errors
    /// [`ConfigIncomplete`] names every variable that is missing.
    pub fn read(variable: impl Fn(&'static str) -> Option<String>) -> Result<Self, ConfigIncomplete> {
        let mut missing = Vec::new();
        let mut needed = |name: &'static str| {
            variable(name).filter(|value| !value.is_empty()).unwrap_or_else(|| {
                missing.push(name);
                String::new()
            })
        };
        let access = Access {
            region: needed("AWS_REGION"),
            access_key_id: needed("AWS_ACCESS_KEY_ID"),
            secret_access_key: Secret::new(needed("AWS_SECRET_ACCESS_KEY")),
            session_token: variable("AWS_SESSION_TOKEN").map(Secret::new),
            endpoint: variable("PORTICO_DATABASE_URL"),
            extra_ca_pem: variable("PORTICO_EXTRA_CA"),
        };
        // `PORTICO_FILES_BUCKET`: the bucket; `PORTICO_FILES_URL` for another endpoint.
        let files = variable("PORTICO_FILES_BUCKET").map(|bucket| FilesAccess {
            bucket,
            access: Access { endpoint: variable("PORTICO_FILES_URL"), ..access.clone() },
        });
        let mail = variable("PORTICO_MAIL_FROM").map(|from| MailConfig {
            from,
            configuration_set: variable("PORTICO_MAIL_CONFIGURATION_SET"),
            access: Access { endpoint: variable("PORTICO_MAIL_URL"), ..access.clone() },
        });
        let config = Self {
            origin: needed("PORTICO_ORIGIN").trim_end_matches('/').to_owned(),
            tables: needed("PORTICO_TABLES"),
            origin_secrets: split(&variable("PORTICO_ORIGIN_SECRET").unwrap_or_default()),
            database: access,
            files,
            mail,
        };
        if missing.is_empty() { Ok(config) } else { Err(ConfigIncomplete(missing)) }
    }
}

fn split(secrets: &str) -> Vec<String> {
    secrets.split(',').map(str::trim).filter(|secret| !secret.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_missing_is_named_at_once() {
        let missing = Config::read(|name| (name == "AWS_REGION").then(|| "eu-central-1".to_owned())).err();
        let names = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "PORTICO_ORIGIN", "PORTICO_TABLES"];
        assert_eq!(missing, Some(ConfigIncomplete(names.to_vec())));
    }
}
