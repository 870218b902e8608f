//! What the operations on one's second factor share: codes as they are shown, letters, and refusals.

use credentials::RecoveryCode;
use domain::{Actor, letter::Message, profile::Reversal};
use serde::Serialize;
use store::{Conflict, FactorRefused, Notice};
use utoipa::ToSchema;
use web::{ApiError, App};

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
