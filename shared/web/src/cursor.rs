//! Cursors: positions in a list, sealed, and bound to who asked and for what.

use credentials::SealKey;
use domain::{Names, page::Position};

use crate::ApiError;

fn context(names: &Names, query: &str) -> String {
    let account = names.place().map(|account| account.to_string()).unwrap_or_default();
    format!("cursor\n{}\n{account}\n{query}", names.user)
}

pub(crate) fn seal(key: &SealKey, names: &Names, query: &str, position: &Position) -> String {
    key.seal(&context(names, query), position.0.join("\n").as_bytes())
}

pub(crate) fn open(key: &SealKey, names: &Names, query: &str, text: &str) -> Result<Position, ApiError> {
    if text.len() > 1_024 {
        return Err(ApiError::InvalidCursor);
    }
    let content = key.open(&context(names, query), text).map_err(|_| ApiError::InvalidCursor)?;
    let content = String::from_utf8(content).map_err(|_| ApiError::InvalidCursor)?;
    Ok(Position(content.split('\n').map(str::to_owned).collect()))
}
