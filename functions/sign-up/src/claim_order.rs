//! `POST /api/sign-up/claims`: claiming an order by its activation code (R102).

use axum::{Json, extract::State};
use credentials::sha256_hex;
use domain::{MembershipStatus, access::Denied, code::ActivationCode};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use store::{CodeRefused, Conflict, Throttle};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Problem};

use crate::joining;

/// Codes one person may try in an hour (B7 of our security decisions).
const PER_HOUR: u32 = 5;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewClaim {
    /// 20 characters in any case, with any dashes; `O` is read as `0`, `I` and `L` as `1`.
    #[schema(example = "7Q4MX-2KP09-TVNW3-AB1CD")]
    activation_code: String,
}

/// A claim that was verified: a code proves itself.
#[derive(Serialize, ToSchema)]
pub(crate) struct Claimed {
    account: ClaimedAccount,
    /// `verified`.
    status: &'static str,
}

#[derive(Serialize, ToSchema)]
struct ClaimedAccount {
    id: String,
    name: String,
    number: String,
}

/// Claims an order: the person belongs to its account at once, and may view its orders.
///
/// The session goes on where it is; choose the account to work in it.
#[utoipa::path(
    post,
    path = "/api/sign-up/claims",
    tag = "sign-up",
    request_body = NewClaim,
    responses(
        (status = 201, description = "The person belongs to the account", body = Claimed),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or switched off in that account", body = Problem),
        (status = 409, description = "In that account already, or taken out of it by its managers; the code stays good", body = Problem),
        (status = 422, description = "Not a code that can be used", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn claim_order(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<NewClaim>,
) -> Result<(StatusCode, Json<Claimed>), ApiError> {
    let code = match ActivationCode::parse(&body.activation_code) {
        Ok(code) => sha256_hex(code.bytes()),
        Err(invalid) => {
            // Whether they may at all is told first.
            caller.actor().await?.may_claim_order()?;
            return Err(ApiError::field("/activation_code", invalid.code()));
        }
    };
    let throttle = Throttle { kind: "claim-user", whom: caller.user().to_string(), most: PER_HOUR, window: 3_600 };
    let (actor, found) = tokio::join!(caller.actor(), app.store().find_code(&code));
    let actor = actor?;
    let right = actor.may_claim_order()?;
    let code = match web::usable_code(found?, "/activation_code") {
        Ok(code) => code,
        Err(unusable) => {
            // Counted before it is told, so that guesses at the same time cannot race past the throttle.
            app.count(&throttle, app.now()).await?;
            return Err(unusable);
        }
    };

    let mut code = code;
    let claimed = loop {
        let joining = joining::by(&app, actor.user(), &code);
        match app.store().claim_order(&right, &code, actor.user(), &joining, &throttle, app.now()).await {
            Err(Conflict::Refused(CodeRefused::Account)) => match app.store().code_of_renamed(&code).await? {
                Some(renamed) => code = renamed,
                None => break Err(Conflict::Refused(CodeRefused::Account)),
            },
            claimed => break claimed,
        }
    };
    if let Err(Conflict::Refused(CodeRefused::AlreadyMember)) = claimed {
        // A code is for whoever is new: whom the account's managers switched off or took out, they alone let in again.
        match app.store().standing_at(&right, &code).await? {
            Some(MembershipStatus::Deactivated) => return Err(Denied::MembershipDeactivated.into()),
            Some(MembershipStatus::Unlinked) => return Err(ApiError::TakenOut),
            Some(MembershipStatus::Active) | None => {}
        }
    }
    claimed.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            CodeRefused::Actor => ApiError::Conflict,
            CodeRefused::Code => ApiError::field("/activation_code", "activation_code_used"),
            CodeRefused::AlreadyMember => ApiError::AlreadyMember,
            CodeRefused::Account => ApiError::field("/activation_code", "activation_code_unavailable"),
            CodeRefused::Throttle => ApiError::TooManyTries(throttle.used_up(app.now())),
        })
    })?;
    let (id, name, number) =
        (code.account.to_string(), code.account_name.to_string(), code.customer_number.to_string());
    Ok((StatusCode::CREATED, Json(Claimed { account: ClaimedAccount { id, name, number }, status: "verified" })))
}
