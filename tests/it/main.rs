//! Portico's integration tests: one binary, so that they link once.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test that meets the unexpected fails, and its name says what it tests"
)]

mod access;
mod bad_input;
mod bad_requests;
mod dispatch;
mod faults;
mod house;
mod import;
mod incidents;
mod initial_password;
mod lambda;
mod leaving;
mod letters;
mod licenses;
mod my_login;
mod my_sessions;
mod openapi;
mod profile;
mod races;
mod reset;
mod revocation;
mod roles;
mod second_factor;
mod session;
mod sign_up;
mod template;
mod texts;
mod thieves;
mod tokens;
mod units;
mod wire;
