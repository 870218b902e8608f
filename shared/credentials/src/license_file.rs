//! License files (R406): a license as the vendor's software reads it offline, signed with a key of their own. What is in
//! one, and how to verify it, is documented beside the function `licenses`, with examples that the tests run.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    Account, Date, TimeZone, Timestamp,
    license::{License, LicenseType},
};
use serde::Serialize;

use crate::{SigningKey, TokenRefused};

/// What the header of a license file says it is, so that no other token of ours is taken for one.
const LICENSE_TYPE: &str = "portico-license+jwt";

/// What a license file says: the payload of a JWS (RFC 7515) in the words of RFC 7519.
#[derive(Debug, Serialize)]
pub struct LicenseClaims {
    iss: String,
    sub: String,
    jti: String,
    iat: i64,
    nbf: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    exp: Option<i64>,
    serial_number: String,
    product: ProductClaim,
    #[serde(rename = "type")]
    license_type: LicenseType,
    seats: u32,
    starts_on: Date,
    ends_on: Option<Date>,
    maintenance_ends_on: Option<Date>,
    customer: CustomerClaim,
}

#[derive(Debug, Serialize)]
struct ProductClaim {
    code: String,
    name: String,
}

#[derive(Debug, Serialize)]
struct CustomerClaim {
    number: String,
    name: String,
}

impl LicenseClaims {
    /// What the portal at that origin says of an account's license now. Its days begin and end where the account is.
    #[must_use]
    pub fn of(origin: &str, license: &License, account: &Account, now: Timestamp) -> Self {
        let zone = account.zone.zone();
        Self {
            iss: origin.to_owned(),
            sub: license.id.to_string(),
            jti: URL_SAFE_NO_PAD.encode(crate::random::<16>()),
            iat: now.as_second(),
            nbf: beginning(license.starts_on, &zone),
            exp: license.ends_on.map(|end| beginning(end.tomorrow().unwrap_or(end), &zone)),
            serial_number: license.serial_number.to_string(),
            product: ProductClaim { code: license.product_code.to_string(), name: license.product_name.to_string() },
            license_type: license.license_type,
            seats: license.seats.total(),
            starts_on: license.starts_on,
            ends_on: license.ends_on,
            maintenance_ends_on: license.maintenance_ends_on,
            customer: CustomerClaim { number: account.number.to_string(), name: account.name.to_string() },
        }
    }
}

/// The first moment of a day there, in seconds since 1970.
fn beginning(day: Date, zone: &TimeZone) -> i64 {
    day.to_zoned(zone.clone()).map(|start| start.timestamp().as_second()).unwrap_or_default()
}

/// The public half of a key as a JSON Web Key (RFC 7517, RFC 8037).
#[derive(Debug, Serialize)]
pub struct PublicKey {
    /// Which it is: a file's header names it.
    pub kid: String,
    /// The key, in base64url.
    pub x: String,
}

impl SigningKey {
    /// Signs a license file: a JWS in compact form.
    ///
    /// # Errors
    /// [`TokenRefused::Invalid`] if the key is no key.
    pub fn sign_license(&self, claims: &LicenseClaims) -> Result<String, TokenRefused> {
        self.sign(LICENSE_TYPE, claims)
    }

    /// What verifies what this key signs.
    ///
    /// # Errors
    /// [`TokenRefused::Invalid`] if what is stored is no pair.
    pub fn public_key(&self) -> Result<PublicKey, TokenRefused> {
        Ok(PublicKey { kid: self.kid().to_owned(), x: URL_SAFE_NO_PAD.encode(self.public()?) })
    }
}
