//! Writing to the vendor.

use domain::{Language, letter::Recipient, name::PersonName};
use web::{ApiError, App};

/// The vendor's support, which is written to in English. Nobody is greeted; a vendor whose name is no person's is none the
/// less written to.
pub(crate) async fn support(app: &App) -> Result<Recipient, ApiError> {
    let vendor = app.vendor().await?;
    let name = PersonName::parse(&vendor.name).or_else(|_| PersonName::parse(vendor.support_email.domain()));
    Ok(Recipient::Address {
        name: name.map_err(ApiError::broken)?,
        email: vendor.support_email,
        language: Language::default(),
    })
}
