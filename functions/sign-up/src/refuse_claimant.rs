//! `DELETE /api/sign-up/claimants/{user}`: somebody who asked does not belong to the account (R103).

use axum::extract::{Path, State, rejection::PathRejection};
use domain::letter::{Message, Recipient};
use http::StatusCode;
use store::{ClaimDecider, ClaimDecision};
use web::{ApiError, App, Caller, Problem};

use crate::deciding;

/// Refuses somebody who asked to join the account. They are told politely, and cannot ask it again for 30 days.
#[utoipa::path(
    delete,
    path = "/api/sign-up/claimants/{user}",
    tag = "sign-up",
    params(("user" = String, Path, description = "As the list of claimants names them")),
    responses(
        (status = 204, description = "Refused"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
        (status = 404, description = "Nobody who asks this account", body = Problem),
        (status = 409, description = "Something else changed meanwhile", body = Problem),
    ),
)]
pub(crate) async fn refuse_claimant(
    State(app): State<App>,
    caller: Caller,
    user: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let (actor, claim, _) = deciding::read(&app, &caller, user).await?;
    let right = actor.may_decide_claims()?;
    let letter = claim.reference().map(|reference| {
        app.letter(Recipient::User(claim.user), Message::ClaimRefused { reference: reference.clone() })
    });
    let letters: Vec<_> = letter.into_iter().collect();
    let decision = ClaimDecision {
        by: ClaimDecider::Team(&right),
        claim: &claim,
        reason: None,
        letters: &letters,
        event: app.event_id(),
    };
    let refused = app.store().refuse_claim(&decision, app.now()).await;
    refused.map_err(|conflict| ApiError::refused(conflict, deciding::refused))?;
    Ok(StatusCode::NO_CONTENT)
}
