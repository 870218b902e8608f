//! A person, as staff see them.

use domain::{Timestamp, User, UserStatus};
use serde::Serialize;
use utoipa::ToSchema;

/// A person with a login, or with one prepared for them.
#[derive(Serialize, ToSchema)]
pub(crate) struct StaffPerson {
    #[schema(example = "usr_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    first_name: String,
    last_name: String,
    email: String,
    /// `en`, `fr` or `de`.
    language: &'static str,
    /// `invited` (known from the vendor's records, has never signed in), `active` or `closing`.
    #[schema(value_type = String, example = "active")]
    status: UserStatus,
    /// When they last signed in; null if never.
    #[schema(value_type = Option<String>, format = DateTime)]
    signed_in_at: Option<Timestamp>,
}

impl From<&User> for StaffPerson {
    fn from(user: &User) -> Self {
        Self {
            id: user.id.to_string(),
            first_name: user.first_name.to_string(),
            last_name: user.last_name.to_string(),
            email: user.email.to_string(),
            language: user.language.tag(),
            status: user.status,
            signed_in_at: user.signed_in_at,
        }
    }
}
