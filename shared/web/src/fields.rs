//! Collects what is wrong with a request's fields, so that a person reads all of it at once.

use std::collections::BTreeMap;

use credentials::{Password, PasswordRefused};
use domain::Invalid;

use crate::{ApiError, problem::FieldProblem};

/// The errors so far.
#[derive(Debug, Default)]
pub struct Fields(Vec<FieldProblem>);

impl Fields {
    /// None so far.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a field, or notes why not.
    pub fn take<T>(&mut self, pointer: &str, parsed: Result<T, Invalid>) -> Option<T> {
        parsed.map_err(|invalid| self.refuse(pointer, invalid.code(), invalid.params())).ok()
    }

    /// Takes a password, or notes why not.
    pub fn take_password(&mut self, pointer: &str, parsed: Result<Password, PasswordRefused>) -> Option<Password> {
        parsed.map_err(|refused| self.refuse(pointer, refused.code(), refused.params())).ok()
    }

    /// Notes that a field was refused.
    pub fn refuse(&mut self, pointer: &str, code: &str, params: Vec<(&'static str, String)>) {
        let params: BTreeMap<_, _> = params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        self.0.push(FieldProblem { pointer: pointer.to_owned(), code: code.to_owned(), params });
    }

    /// Everything is taken, or everything wrong is told.
    ///
    /// # Errors
    /// [`ApiError::Fields`] with all of it.
    pub fn finish<T>(self, taken: Option<T>) -> Result<T, ApiError> {
        match taken {
            Some(taken) if self.0.is_empty() => Ok(taken),
            _ => Err(ApiError::Fields(self.0)),
        }
    }
}
