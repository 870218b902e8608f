//! `POST /api/staff/requests/{id}/decision`: approving or refusing what was asked of the vendor (R313, R705).

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
    response::{IntoResponse, Response},
};
use domain::{
    desk::{Approval, Decision, StaffPerson},
    name::Reason,
    profile::optional,
    request::RequestKind,
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use store::DecideRefused;
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

use crate::{deciding::Deciding, show_request};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionMade {
    /// `approve` or `refuse`.
    #[schema(example = "refuse")]
    decision: String,
    /// Why; a refusal needs it, and the person reads it. With an approval it is for the log alone.
    #[serde(default)]
    reason: String,
}

/// What an approval that alone does nothing answers.
#[derive(Serialize, ToSchema)]
pub(crate) struct Waiting {
    /// True: it waits for that of a second person.
    waiting_for_second: bool,
}

/// Decides on something that was asked of the vendor.
///
/// Whoever asked is told. Another license contact takes two approvals: the first by anybody at the desk, the second by
/// another person who is an admin.
#[utoipa::path(
    post,
    path = "/api/staff/requests/{id}/decision",
    tag = "staff",
    params(("id" = String, Path, description = "As the list names it")),
    request_body = DecisionMade,
    responses(
        (status = 202, description = "Approved; it waits for a second person", body = Waiting),
        (status = 204, description = "Decided"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "The second approval is an admin's", body = Problem),
        (status = 404, description = "Decided, never asked, or not for this caller", body = Problem),
        (status = 409, description = "Decided by somebody else, not theirs to decide, or not possible any more", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn decide_request(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Body(body): Body<DecisionMade>,
) -> Result<Response, ApiError> {
    let (actor, request) = show_request::find(&app, &caller, id).await?;
    let right = actor.may_work_desk()?;
    let (decision, reason) = parse(&body, request.wish.kind())?;
    let (matter, address) = (request.matter(), &actor.user().email);
    let deciding = Deciding { app: &app, right: &right, request: &request, reason };
    let done = match decision {
        Decision::Refuse => {
            matter.refused_by(&right, address)?;
            deciding.refuse().await?
        }
        Decision::Approve => match matter.approved_by(&right, address)? {
            Approval::Waits => {
                let person = StaffPerson::of(actor.user());
                let noted = app.store().approve_first(&right, &person, &request, app.event_id(), app.now()).await;
                noted.map_err(|conflict| ApiError::refused(conflict, meaning))?;
                return Ok((StatusCode::ACCEPTED, Json(Waiting { waiting_for_second: true })).into_response());
            }
            Approval::Counts => deciding.approve().await?,
        },
    };
    done.map_err(|conflict| ApiError::refused(conflict, meaning))?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn parse(body: &DecisionMade, kind: RequestKind) -> Result<(Decision, Option<Reason>), ApiError> {
    let mut fields = Fields::new();
    let mut decision = fields.take("/decision", Decision::parse(&body.decision));
    // Nobody asked for anything: it is looked at, and that is all.
    if kind == RequestKind::TakenBack && decision == Some(Decision::Refuse) {
        fields.refuse("/decision", "choice_invalid", vec![("allowed", "approve".to_owned())]);
        decision = None;
    }
    let reason = match decision {
        Some(Decision::Refuse) => fields.take("/reason", Reason::parse(&body.reason).map(Some)),
        Some(Decision::Approve) | None => fields.take("/reason", optional(&body.reason, Reason::parse)),
    };
    fields.finish(decision.zip(reason))
}

fn meaning(arm: DecideRefused) -> ApiError {
    match arm {
        DecideRefused::Decided => ApiError::Decided,
        DecideRefused::Taken => ApiError::AddressHasLogin,
        DecideRefused::Actor | DecideRefused::Changed | DecideRefused::Listed => ApiError::Conflict,
    }
}
