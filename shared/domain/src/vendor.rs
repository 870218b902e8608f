//! The vendor: the company that runs this deployment, as pages and mails name it.

use serde::{Deserialize, Serialize};

use crate::EmailAddress;

/// What pages and mails say of the vendor (R709 will let staff change it).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vendor {
    /// The company's name.
    pub name: String,
    /// The one accent colour, `#rrggbb`; the site derives the rest and keeps the contrast.
    pub brand: String,
    /// The vendor's home page, where signing out leads.
    pub home_url: String,
    /// Whom a person can write to when the portal says so.
    pub support_email: EmailAddress,
    /// Where the terms are.
    pub terms_url: String,
    /// Where the privacy notice is.
    pub privacy_url: String,
    /// The version of terms and privacy notice that a person accepts at sign-up, such as `2026-05`.
    pub terms_version: String,
}
