//! Printing the OpenAPI document.

use std::io::{Write, stdout};
use std::process::ExitCode;

use anyhow::Result;

use crate::routes;

pub(super) fn openapi() -> Result<ExitCode> {
    stdout().write_all(routes::document()?.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
