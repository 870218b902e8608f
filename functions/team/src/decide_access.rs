//! `POST /api/team/access-requests/{user}/decision`: giving a member what they asked for, or not (R301).

use axum::extract::{Path, State, rejection::PathRejection};
use domain::{
    Actor, Invalid,
    access::Denied,
    letter::{Message, Recipient, TeamLetter},
    member::Unfit,
    name::Reason,
};
use http::StatusCode;
use serde::Deserialize;
use store::{AccessTold, AccessUndecided};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

use crate::member_page::user_id;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccessDecision {
    /// `grant` or `refuse`.
    #[schema(example = "grant")]
    decision: String,
    /// Why; a refusal needs it, and the person reads it. Empty with a grant.
    #[serde(default)]
    reason: String,
}

/// What becomes of it.
enum Decided {
    Grant,
    Refuse(Reason),
}

/// Gives a member what they asked for, from their next request on, or refuses it. They are told by mail.
#[utoipa::path(
    post,
    path = "/api/team/access-requests/{user}/decision",
    tag = "team",
    params(("user" = String, Path, description = "As the list names who asks")),
    request_body = AccessDecision,
    responses(
        (status = 204, description = "Decided"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, they do not look after the team, or do not belong to the account and it is about a manager", body = Problem),
        (status = 404, description = "Nobody who asks in this account", body = Problem),
        (status = 409, description = "The person does not work there now, or something else changed meanwhile", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn decide_access(
    State(app): State<App>,
    caller: Caller,
    user: Result<Path<String>, PathRejection>,
    Body(body): Body<AccessDecision>,
) -> Result<StatusCode, ApiError> {
    let decided = parse(&body)?;
    let user = user_id(user);
    let start = |right| {
        let store = app.store().clone();
        async move {
            match user {
                Some(user) => store.find_access_request(&right, user).await,
                None => Ok(None),
            }
        }
    };
    let (actor, _, found) = caller.read(start, Actor::may_list_members).await?;
    let right = actor.may_manage_members()?;
    let found = found.ok_or(Denied::Hidden)?;
    // A partner's person who belongs to the customer too: nobody gives themselves a right they have not.
    if found.request.user == actor.user().id && !found.is_had() {
        return Err(ApiError::Unfit(Unfit::Yourself));
    }
    // What a guest is given is for those who belong to the account to give (R510).
    if found.is_guest() {
        actor.may_manage_guests()?;
    }
    let account_name = actor.account().ok_or(Denied::NoAccount)?.name.clone();
    let wants = found.request.wants;
    let letter = match &decided {
        Decided::Grant if !found.is_at_work() => return Err(ApiError::NotAMember),
        Decided::Grant => {
            if !found.is_had() {
                actor.may_give(found.role_then())?;
            }
            TeamLetter::AccessGranted { account_name, wants }
        }
        Decided::Refuse(reason) => TeamLetter::AccessRefused { account_name, wants, reason: reason.clone() },
    };
    let letter = app.letter(Recipient::User(found.request.user), Message::Team(letter));
    let told = AccessTold { letter: &letter, event: app.event_id() };
    let done = match decided {
        Decided::Grant => app.store().grant_access(&right, &found, &told, app.now()).await,
        Decided::Refuse(_) => app.store().refuse_access(&right, &found, &told, app.now()).await,
    };
    done.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            AccessUndecided::Gone => Denied::Hidden.into(),
            AccessUndecided::Actor | AccessUndecided::Changed => ApiError::Conflict,
        })
    })?;
    Ok(StatusCode::NO_CONTENT)
}

fn parse(body: &AccessDecision) -> Result<Decided, ApiError> {
    let mut fields = Fields::new();
    let decided = match body.decision.trim() {
        "grant" => Some(Decided::Grant),
        "refuse" => fields.take("/reason", Reason::parse(&body.reason)).map(Decided::Refuse),
        "" => fields.take("/decision", Err(Invalid::Required)),
        _ => fields.take("/decision", Err(Invalid::Choice { allowed: "grant, refuse" })),
    };
    fields.finish(decided)
}
