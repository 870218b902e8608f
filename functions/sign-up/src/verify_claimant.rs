//! `PUT /api/sign-up/claimants/{user}`: somebody who asked belongs to the account (R102).

use axum::extract::{Path, State, rejection::PathRejection};
use domain::{Membership, Permission, Permissions, Role};
use http::StatusCode;
use serde::Deserialize;
use store::{ClaimDecider, ClaimDecision, Conflict, DecisionRefused, Verified};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Problem};

use crate::deciding;

/// What they become: a member.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Verification {
    /// Whether they see orders and all licenses of the account, not only those assigned to them.
    #[serde(default)]
    view_orders: bool,
}

/// Makes somebody who asked a member of the account.
#[utoipa::path(
    put,
    path = "/api/sign-up/claimants/{user}",
    tag = "sign-up",
    params(("user" = String, Path, description = "As the list of claimants names them")),
    request_body = Verification,
    responses(
        (status = 204, description = "They belong to the account"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
        (status = 404, description = "Nobody who asks this account", body = Problem),
        (status = 409, description = "They have another address by now, or something else changed meanwhile", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn verify_claimant(
    State(app): State<App>,
    caller: Caller,
    user: Result<Path<String>, PathRejection>,
    Body(body): Body<Verification>,
) -> Result<StatusCode, ApiError> {
    let (actor, claim, person) = deciding::read(&app, &caller, user).await?;
    let right = actor.may_decide_claims()?;
    let account = actor.account().ok_or(ApiError::Conflict)?;
    let permission = body.view_orders.then_some(Permission::ViewOrders);
    let permissions = permission.into_iter().collect::<Permissions>();
    let membership = Membership::joined(Role::Member, permissions, app.now());
    let letters = deciding::letters(&app, account, claim.user, &claim.name, &claim.email);
    // An owner who decides knows.
    let told = if account.owner == actor.user().id { &letters[..1] } else { &letters[..] };
    let decision = ClaimDecision {
        by: ClaimDecider::Team(&right),
        claim: &claim,
        reason: None,
        letters: told,
        event: app.event_id(),
    };
    let (store, now) = (app.store(), app.now());
    // Whoever decides belongs to the account, even if they asked to before.
    let verified = if claim.user == actor.user().id {
        Err(Conflict::Refused(DecisionRefused::AlreadyMember))
    } else {
        let verified = Verified { account, user: &person, membership: &membership };
        match store.verify_claim(&decision, &verified, now).await {
            // Perhaps taken out by this team, which lets them in again.
            Err(Conflict::Refused(DecisionRefused::AlreadyMember)) => {
                store.put_claimant_back(&decision, &verified, now).await
            }
            other => other,
        }
    };
    let decided = match verified {
        Err(Conflict::Refused(DecisionRefused::AlreadyMember)) => {
            store.settle_claim(&ClaimDecision { letters: &[], ..decision }, now).await
        }
        other => other,
    };
    decided.map_err(|conflict| ApiError::refused(conflict, deciding::refused))?;
    Ok(StatusCode::NO_CONTENT)
}
