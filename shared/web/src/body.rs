//! Bodies: JSON of at most 256 KB, of exactly the fields that are asked for.

use axum::extract::{FromRequest, Request};
use http::header;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde::de::DeserializeOwned;

use crate::{ApiError, App};

/// The largest body, in bytes.
const MOST: usize = 256 * 1024;

/// A JSON body. Wire types deny unknown fields; duplicate ones are refused too (incident 2).
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &App) -> Result<Self, ApiError> {
        let media_type =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !media_type.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
            return Err(ApiError::UnsupportedMediaType);
        }
        let bytes = match Limited::new(request.into_body(), MOST).collect().await {
            Ok(body) => body.to_bytes(),
            Err(error) if error.is::<LengthLimitError>() => return Err(ApiError::BodyTooLarge),
            Err(_) => return Err(ApiError::MalformedJson),
        };
        parse(&bytes).map(Self)
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    // Serde would take an array for a struct, by position.
    if bytes.trim_ascii_start().first().is_some_and(|first| matches!(first, b'[')) {
        return Err(ApiError::field("", "wrong_type"));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let parsed = serde_path_to_error::deserialize(&mut json).map_err(|error| refusal(&error))?;
    json.end().map_err(|_| ApiError::MalformedJson)?;
    Ok(parsed)
}

fn refusal(error: &serde_path_to_error::Error<serde_json::Error>) -> ApiError {
    let inner = error.inner();
    if !inner.is_data() {
        return ApiError::MalformedJson;
    }
    let pointer: String = error
        .path()
        .iter()
        .filter_map(|segment| match segment {
            serde_path_to_error::Segment::Map { key } => {
                Some(format!("/{}", key.replace('~', "~0").replace('/', "~1")))
            }
            serde_path_to_error::Segment::Seq { index } => Some(format!("/{index}")),
            serde_path_to_error::Segment::Enum { .. } | serde_path_to_error::Segment::Unknown => None,
        })
        .collect();
    // Serde says what it is only in words; these have been the same since its first release.
    let words = inner.to_string();
    let named = words.split('`').nth(1).unwrap_or_default();
    if words.starts_with("missing field") {
        ApiError::field(&format!("{pointer}/{named}"), "required")
    } else if words.starts_with("unknown field") {
        let pointer = if pointer.is_empty() { format!("/{named}") } else { pointer };
        ApiError::field(&pointer, "unknown_field")
    } else if words.starts_with("duplicate field") {
        ApiError::MalformedJson
    } else {
        ApiError::field(&pointer, "wrong_type")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Wire {
        #[expect(dead_code, reason = "only parsed")]
        email: String,
    }

    #[test]
    fn what_is_wrong_with_a_body_is_told_by_field() {
        for (body, code, field) in [
            (&b"{\"email\":\"a\"}"[..], "ok", ""),
            (b"{", "malformed_json", ""),
            (b"", "malformed_json", ""),
            (b"\xff", "malformed_json", ""),
            (b"{\"email\":\"a\"} x", "malformed_json", ""),
            (b"{\"email\":\"a\",\"email\":\"b\"}", "malformed_json", ""),
            (b"{\"email\":[\"a\",\"b\"]}", "invalid_fields", "/email wrong_type"),
            (b"{\"email\":null}", "invalid_fields", "/email wrong_type"),
            (b"[]", "invalid_fields", " wrong_type"),
            (b" [\"a\"]", "invalid_fields", " wrong_type"),
            (b"\"text\"", "invalid_fields", " wrong_type"),
            (b"{}", "invalid_fields", "/email required"),
            (b"{\"email\":\"a\",\"role\":\"owner\"}", "invalid_fields", "/role unknown_field"),
        ] {
            let (told, at) = match parse::<Wire>(body) {
                Ok(_) => ("ok", String::new()),
                Err(ApiError::Fields(fields)) => {
                    ("invalid_fields", format!("{} {}", fields[0].pointer, fields[0].code))
                }
                Err(error) => (error.kind().1, String::new()),
            };
            let text = String::from_utf8_lossy(body);
            assert_eq!(told, code, "{text}");
            assert_eq!(at, field, "{text}");
        }
    }
}
