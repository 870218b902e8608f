//! Activation codes, as every page that takes one is answered.

use store::CodeFound;

use crate::ApiError;

/// The code, if it is there and good.
///
/// # Errors
/// The field's `activation_code_unknown` or `activation_code_used`.
pub fn usable_code(code: Option<CodeFound>, pointer: &str) -> Result<CodeFound, ApiError> {
    match code {
        None => Err(ApiError::field(pointer, "activation_code_unknown")),
        Some(code) if !code.usable => Err(ApiError::field(pointer, "activation_code_used")),
        Some(code) => Ok(code),
    }
}
