//! Writing the vendor's own records: accounts with their people, orders with their licenses (R701).
//!
//! Works without a right, since nobody's session asks: only the vendor's command line calls it. Each customer and each
//! order is one transaction. A team too large for one is written people first, who have no account to see and no way
//! to sign in, and the account last; a line whose seats do not fit gets them afterwards, and counts as written only
//! then. Whatever is interrupted is found again by its ids, which are noted before.

mod customers;
mod error;
mod groups;
mod known;
mod licenses;
mod lookup;
mod members;
mod orders;
mod partnerships;
mod passwords;
mod products;
mod records;
mod releases;
mod seats;
mod staff;

pub use error::{ImportError, Taken};
pub use known::{KnownCustomer, KnownOrder, KnownPartner, KnownPerson, Stage};
pub use members::{Login, Member};
pub use orders::Line;
pub use records::{
    AccountRecord, Fingerprint, LicenseRecord, OrderRecord, PartnershipRecord, PersonRecord, ProductRecord,
};

use crate::Store;

/// What one transaction takes (AWS: 100 actions).
const MOST_ARMS: usize = 100;

/// The most lines of one order: with their serial numbers, and the rows that count them, they fit one transaction even
/// if each line is of another product and ends on another day.
pub const MOST_LINES: usize = 20;

/// The most people of one account in an import: what is known of them fits one row of 400 kB.
pub const MOST_PEOPLE: usize = 3_000;

/// Writes records of the vendor.
#[derive(Debug, Clone, Copy)]
pub struct Import<'a> {
    store: &'a Store,
}

impl Store {
    /// For the vendor's command line: writing its records.
    #[must_use]
    pub const fn import(&self) -> Import<'_> {
        Import { store: self }
    }
}
