//! What came back, read the way a page reads it.

use std::io::Read as _;
use std::sync::LazyLock;

use flate2::read::GzDecoder;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, StatusCode};
use hyper::body::Bytes;
use serde_json::Value;

use crate::source::read;

/// An answer of the portal.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The problem's code; empty when it went well.
    pub code: String,
    /// The body; null if it is not JSON.
    pub json: Value,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came, decompressed.
    pub bytes: Bytes,
}

impl Reply {
    pub(crate) fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        let bytes = if headers.get(CONTENT_ENCODING).is_some_and(|encoding| encoding == "gzip") {
            let mut plain = Vec::new();
            GzDecoder::new(body.as_ref()).read_to_end(&mut plain).expect("the body is gzip, as its header says");
            plain.into()
        } else {
            body
        };
        let json: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        let problem = headers.get(CONTENT_TYPE).is_some_and(|kind| kind == "application/problem+json");
        let code = if problem {
            json["code"].as_str().unwrap_or("(a problem without a code)").to_owned()
        } else {
            String::new()
        };
        has_words(&json);
        Self { status: status.as_u16(), code, json, headers, bytes }
    }

    /// Status and code, as the access matrix writes them: `200`, `403 account_suspended`.
    #[must_use]
    pub fn says(&self) -> String {
        if self.code.is_empty() { self.status.to_string() } else { format!("{} {}", self.status, self.code) }
    }

    /// The code of the error at a field, such as `/email`; empty if there is none.
    #[must_use]
    pub fn at(&self, pointer: &str) -> &str {
        let errors = self.json["errors"].as_array();
        let error = errors.into_iter().flatten().find(|error| error["pointer"] == pointer);
        error.and_then(|error| error["code"].as_str()).unwrap_or_default()
    }

    /// A header's text.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The text at a JSON pointer.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn text(&self, pointer: &str) -> &str {
        let found = self.json.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("{pointer} in {}", String::from_utf8_lossy(&self.bytes)))
    }

    /// Itself, if it has that status.
    ///
    /// # Panics
    /// If not.
    #[allow(clippy::must_use_candidate, clippy::return_self_not_must_use, reason = "asserting is use enough")]
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }
}

/// Every code a test ever meets has its words in the catalogue.
fn has_words(answer: &Value) {
    static TEXTS: LazyLock<Value> =
        LazyLock::new(|| serde_json::from_str(&read("site/text/en.json")).expect("a catalogue"));
    for error in answer["errors"].as_array().into_iter().flatten() {
        let code = error["code"].as_str().unwrap_or_default();
        assert!(TEXTS.get(format!("field.{code}")).is_some(), "the catalogue has no words for field.{code}");
    }
}
