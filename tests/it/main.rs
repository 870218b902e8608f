//! Portico's integration tests: one binary, so that they link once.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test that meets the unexpected fails, and its name says what it tests")]

mod house;
mod template;
mod texts;
mod wire;
