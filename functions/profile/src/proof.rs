//! The body of acts that take nothing but a proof of who one is.

use serde::Deserialize;
use utoipa::ToSchema;
use web::Typed;

/// Who one is, proven again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WithCode {
    #[schema(format = Password)]
    password: String,
    /// Six digits of the app, or a recovery code; needed where a second factor is on.
    #[serde(default)]
    #[schema(example = "287082")]
    code: String,
}

impl WithCode {
    pub fn typed(&self) -> Typed<'_> {
        Typed { password: &self.password, code: &self.code }
    }
}
