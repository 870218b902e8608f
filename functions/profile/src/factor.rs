//! What the operations on one's second factor share: proving who one is, codes as they are shown, and refusals.

use credentials::RecoveryCode;
use domain::{Actor, letter::Message, profile::Reversal};
use serde::{Deserialize, Serialize};
use store::{Conflict, FactorRefused, Notice};
use utoipa::ToSchema;
use web::{ApiError, App, Typed};

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

/// Codes for the day the phone is lost: shown this once.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecoveryCodes {
    /// Ten, each good once.
    #[schema(example = json!(["7Q4M-X2KP-09TV-NW3A"]))]
    recovery_codes: Vec<String>,
}

impl RecoveryCodes {
    /// A new set, and the hashes to store.
    pub fn make() -> (Self, Vec<String>) {
        let codes = RecoveryCode::set();
        let hashes = codes.iter().map(RecoveryCode::hash).collect();
        (Self { recovery_codes: codes.iter().map(RecoveryCode::reveal).collect() }, hashes)
    }
}

/// The letter about a change of the second factor. Taking back the first one turns it off, whoever set it up; one that was
/// there before stays, since a mailbox alone must not open a login that needs more.
pub(crate) async fn notice(app: &App, actor: &Actor, message: Message) -> Result<Notice, ApiError> {
    let user = actor.user();
    let reversal = if user.second_factor { Reversal::FactorChange } else { Reversal::SecondFactor };
    app.notice(user, message, reversal).await
}

pub(crate) fn refused(conflict: Conflict<FactorRefused>) -> ApiError {
    ApiError::refused(conflict, |arm| match arm {
        FactorRefused::Actor | FactorRefused::Missing => ApiError::Conflict,
        FactorRefused::Code => ApiError::field("/code", "code_wrong"),
        FactorRefused::Enrolment => ApiError::LinkExpired,
        FactorRefused::Required => ApiError::SecondFactorRequired,
    })
}
