//! What the portal is about, in the words of its users: accounts, people, memberships, licenses, and who may do what.
//!
//! Invariants: no I/O, no clock, no randomness, no async. Time, random bits and stored things come in as arguments;
//! decisions come out. A value of a type in here is a right value: text becomes a type once, by `parse`, at the door.
//! Every match on a state names each state, so that a new one cannot slip through an old rule.

#![deny(clippy::wildcard_enum_match_arm)]

pub mod access;
pub mod account;
pub mod actor;
pub mod claim;
pub mod code;
pub mod coverage;
pub mod csv;
pub mod desk;
pub mod device;
pub mod email;
pub mod features;
pub mod fold;
pub mod guest;
pub mod id;
pub mod invalid;
pub mod invitation;
pub mod language;
pub mod letter;
pub mod license;
pub mod log;
mod look;
pub mod member;
pub mod membership;
pub mod name;
pub mod nickname;
pub mod number;
pub mod on_behalf;
pub mod order;
pub mod page;
pub mod partnership;
pub mod product;
pub mod profile;
pub mod registration;
pub mod release;
pub mod renewal;
pub mod request;
pub mod review;
pub mod rights;
pub mod search;
pub mod session;
pub mod sign_in_name;
pub mod staff;
pub mod summary;
mod text;
pub mod user;
pub mod vendor;

pub use account::{Account, AccountKind, AccountState, AccountStatus, Suspender};
pub use actor::{Actor, Names, Refused};
pub use device::{Browser, Device, System};
pub use email::EmailAddress;
pub use features::Features;
pub use id::{
    AccountId, ContactId, EventId, FileId, InvitationId, LetterId, LicenseId, OrderId, RegistrationId, RequestId,
    UserId,
};
pub use invalid::Invalid;
pub use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
pub use language::Language;
pub use membership::{Membership, MembershipStatus, Permission, Permissions, Role};
pub use request::{RequestKind, TakenBack};
pub use staff::StaffRole;
pub use user::{User, UserStatus};
pub use vendor::Vendor;
