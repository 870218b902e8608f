//! A product as the console shows it.

use axum::extract::{Path, rejection::PathRejection};
use domain::{access::Denied, number::ProductCode, product::Product};
use serde::Serialize;
use utoipa::ToSchema;

/// A product.
#[derive(Serialize, ToSchema)]
pub(crate) struct StaffProduct {
    #[schema(example = "NLD")]
    code: String,
    name: String,
    /// The license terms to read before a download; null for none.
    terms_url: Option<String>,
    /// How many days it may be tried; null: it cannot be.
    trial_days: Option<u16>,
    /// How many seats a trial has.
    trial_seats: u16,
    /// Not sold any more.
    withdrawn: bool,
    /// A change names the revision it was made from.
    revision: u32,
}

impl From<Product> for StaffProduct {
    fn from(product: Product) -> Self {
        Self {
            code: product.code.to_string(),
            name: product.name.to_string(),
            terms_url: product.terms_url.map(String::from),
            trial_days: product.trial_days,
            trial_seats: product.trial_seats,
            withdrawn: product.withdrawn,
            revision: product.revision,
        }
    }
}

/// The product a path names; what is no code is a product that does not exist.
pub(crate) fn code(code: Result<Path<String>, PathRejection>) -> Result<ProductCode, Denied> {
    code.ok().and_then(|Path(code)| ProductCode::parse(&code).ok()).ok_or(Denied::Hidden)
}
