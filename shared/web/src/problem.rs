//! What a refusal looks like on the wire: RFC 9457 with a stable code.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

/// Why a request was refused (RFC 9457). The `code` is stable; people read its words in the catalogue of the page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Problem {
    /// The page that explains the code.
    #[serde(rename = "type")]
    #[schema(example = "/problems/invalid_fields")]
    pub problem_type: String,
    /// The HTTP status.
    #[schema(example = 422)]
    pub status: u16,
    /// The stable code.
    #[schema(example = "invalid_fields")]
    pub code: String,
    /// What the words need, by placeholder.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
    /// What is wrong with single fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldProblem {
    /// The field, as a JSON pointer (RFC 6901).
    #[schema(example = "/email")]
    pub pointer: String,
    /// The stable code.
    #[schema(example = "email_invalid")]
    pub code: String,
    /// What the words need, by placeholder.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
}
