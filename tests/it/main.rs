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
mod lambda;
mod letters;
mod licenses;
mod openapi;
mod races;
mod roles;
mod session;
mod sign_up;
mod template;
mod texts;
mod tokens;
mod units;
mod wire;
