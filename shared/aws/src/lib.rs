//! How Portico reaches AWS: which endpoint, as whom, over which TLS.
//!
//! One place for it, because the lean way is easy to lose: rustls over ring, five pinned roots
//! instead of the system's hundred and fifty, credentials handed in instead of looked for.
//! [`Access`] is read from the environment by whoever starts the program; the crates that own a
//! service (`store`, `mail`) make their client from [`Access::sdk_config`].

mod access;
mod http_client;
mod probe;
mod terse;

pub use access::{Access, Secret};
pub use http_client::{BadAuthority, Https};
pub use probe::{NoAnswer, Probe};
pub use terse::Terse;
