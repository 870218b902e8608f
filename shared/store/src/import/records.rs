//! What an import brings: the vendor's records in the words of the domain, checked, and ready to be written.

use domain::{
    AccountKind, AccountStatus, Date, EmailAddress, Language, Permissions, Role,
    code::ActivationCode,
    license::LicenseType,
    name::{AccountName, Country, JobTitle, PersonName, Phone, ProductName, ZoneName},
    number::{CustomerNumber, OrderNumber, ProductCode, SerialNumber},
    order::PurchaseOrder,
    partnership::CustomerAccess,
    product::Product,
};
use serde::{Deserialize, Serialize};

/// What a row of a file said, in short. Kept with what was written, so that the next import knows without reading
/// anything else whether the row says something new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// From the SHA-256 of a row in hexadecimal; its first 72 bits are enough to tell two versions of a row apart.
    #[must_use]
    pub fn of_digest(hex: &str) -> Self {
        Self(hex.chars().take(18).collect())
    }
}

/// A product.
#[derive(Debug, Clone)]
pub struct ProductRecord {
    /// Its code.
    pub code: ProductCode,
    /// What it is called.
    pub name: ProductName,
    /// How many days it may be tried (R407); none: as the portal has it.
    pub trial_days: Option<u16>,
}

impl ProductRecord {
    /// Whether the portal says the same of that product already.
    #[must_use]
    pub fn is_said_of(&self, product: &Product) -> bool {
        self.name == product.name && self.trial_days.is_none_or(|days| product.trial_days == Some(days))
    }
}

/// A customer's or partner's account, without its people.
#[derive(Debug, Clone)]
pub struct AccountRecord {
    /// The number customers know themselves by.
    pub number: CustomerNumber,
    /// Its name.
    pub name: AccountName,
    /// Customer or partner.
    pub kind: AccountKind,
    /// Whether it may be used.
    pub status: AccountStatus,
    /// Where its contract days end.
    pub zone: ZoneName,
    /// The language of mails to it as a whole.
    pub language: Language,
    /// Where it is, if known.
    pub country: Option<Country>,
    /// The row it came from.
    pub fingerprint: Fingerprint,
}

/// A person in an account.
#[derive(Debug, Clone)]
pub struct PersonRecord {
    /// Where mail reaches them; also what they sign in with.
    pub email: EmailAddress,
    /// First name.
    pub first_name: PersonName,
    /// Last name.
    pub last_name: PersonName,
    /// Their work in this account.
    pub job_title: Option<JobTitle>,
    /// Their telephone in this account.
    pub phone: Option<Phone>,
    /// The language of pages and mails.
    pub language: Language,
    /// What they are in the account.
    pub role: Role,
    /// What they may do beyond that.
    pub permissions: Permissions,
    /// The row it came from.
    pub fingerprint: Fingerprint,
}

/// An order without its lines.
#[derive(Debug, Clone)]
pub struct OrderRecord {
    /// The vendor's number.
    pub number: OrderNumber,
    /// Whose order it is.
    pub customer: CustomerNumber,
    /// The day of the order.
    pub date: Date,
    /// The customer's own number for it.
    pub purchase_order: Option<PurchaseOrder>,
    /// The code that claims it, if one was handed out.
    pub activation_code: Option<ActivationCode>,
    /// The row it came from.
    pub fingerprint: Fingerprint,
}

/// A line of an order, and the license it grants.
#[derive(Debug, Clone)]
pub struct LicenseRecord {
    /// The line of the order, from 1.
    pub line: u16,
    /// The product.
    pub product: ProductCode,
    /// What the software asks for.
    pub serial_number: SerialNumber,
    /// How it was granted.
    pub license_type: LicenseType,
    /// Seats bought.
    pub seats: u32,
    /// First day.
    pub starts_on: Date,
    /// Last day of the contract, if it has one.
    pub ends_on: Option<Date>,
    /// Last day on which new releases are covered.
    pub maintenance_ends_on: Option<Date>,
    /// People of the account who have a seat.
    pub assigned_to: Vec<EmailAddress>,
    /// The row it came from.
    pub fingerprint: Fingerprint,
}

/// That a partner looks after a customer.
#[derive(Debug, Clone)]
pub struct PartnershipRecord {
    /// The partner's account.
    pub partner: CustomerNumber,
    /// The customer's account.
    pub customer: CustomerNumber,
    /// Whether the partner's people get in by themselves.
    pub access: CustomerAccess,
    /// The row it came from.
    pub fingerprint: Fingerprint,
}
