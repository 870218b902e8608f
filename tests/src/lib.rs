//! The instruments of Portico's tests. The tests themselves are in `it/`.

#![allow(clippy::wildcard_enum_match_arm, reason = "a test names what it expects; anything else fails it")]

pub mod customer_queries;
pub mod lambda;
pub mod portal;
pub mod source;
pub mod wire;

/// Whether the committed tables are to be written anew, by `PORTICO_UPDATE=1`.
#[must_use]
#[allow(clippy::disallowed_methods, reason = "a switch of the test run, not a setting of the portal")]
pub fn update_wanted() -> bool {
    std::env::var_os("PORTICO_UPDATE").is_some_and(|value| value == "1")
}
