//! The vendor: the company that runs this deployment, as pages and mails name it.

use serde::{Deserialize, Serialize};

use crate::{EmailAddress, features::TeamArea};

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
    /// Whether somebody joins an account at once who names the serial number of one of its licenses and has an address
    /// of its owner's domain (R102); otherwise somebody decides.
    #[serde(default)]
    pub claims_by_domain: bool,
    /// How often a year each serial number may be replaced by one of its account's managers (R408).
    #[serde(default = "twice")]
    pub serial_replacements_a_year: u16,
}

/// What the vendor's own staff say of the portal as a whole, at the console. Apart from [`Vendor`], which each deployment
/// writes anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Which accounts look after their people themselves, where nothing is said of the one.
    #[serde(rename = "ta", default)]
    pub team_area: TeamArea,
    /// Whether owners decide themselves how their partner's people get in (R509); otherwise they ask the vendor.
    #[serde(rename = "od", default = "yes")]
    pub owner_decides_access: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { team_area: TeamArea::default(), owner_decides_access: yes() }
    }
}

/// A vendor who says nothing lets the customer decide: it is the customer's account.
const fn yes() -> bool {
    true
}

/// What a vendor who says nothing means: once for a leak, and once more.
const fn twice() -> u16 {
    2
}
