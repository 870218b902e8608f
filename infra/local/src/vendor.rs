//! The vendor as pages and mails name it, until its own staff say otherwise.

use anyhow::Result;
use domain::{EmailAddress, vendor::Vendor};

/// The version of the terms that the pages link to at sign-up.
const TERMS_VERSION: &str = "2026-05";

/// The sample vendor.
pub fn northlight() -> Result<Vendor> {
    made("Northlight CAD", "#1d5a8a", "northlight-cad.example")
}

/// A vendor of whom nothing is known yet.
pub fn nameless() -> Result<Vendor> {
    made("Your company", "#2f5d50", "vendor.example")
}

/// The sender of the vendor's letters.
#[must_use]
pub fn sender(vendor: &Vendor) -> String {
    format!("portal@{}", vendor.support_email.domain())
}

fn made(name: &str, brand: &str, domain: &str) -> Result<Vendor> {
    Ok(Vendor {
        name: name.to_owned(),
        brand: brand.to_owned(),
        // A made-up vendor has no home page to return to after signing out; this is the nearest door.
        home_url: "/sign-in?because=signed_out".to_owned(),
        support_email: EmailAddress::parse(&format!("support@{domain}"))?,
        terms_url: format!("https://www.{domain}/terms"),
        privacy_url: format!("https://www.{domain}/privacy"),
        terms_version: TERMS_VERSION.to_owned(),
        claims_by_domain: false,
        serial_replacements_a_year: 2,
    })
}
