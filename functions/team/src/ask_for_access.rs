//! `POST /api/team/access-requests`: asking the account's managers for more than one may (R301).

use axum::extract::State;
use domain::{
    Actor,
    letter::{Letter, Message, Recipient, TeamLetter},
    member::Wants,
    name::Reason,
    profile::optional,
};
use http::StatusCode;
use serde::Deserialize;
use store::{NotAsked, WhomToAsk};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedAccess {
    /// `orders` (to see them, and all licenses), `licenses` (to assign seats) or `team` (to look after people).
    #[schema(example = "orders")]
    wants: String,
    /// Why; may be empty.
    #[serde(default)]
    note: String,
}

/// Asks the owner and the managers of the account for more: one thing at a time. They read it by mail, at most once a day
/// of each person.
#[utoipa::path(
    post,
    path = "/api/team/access-requests",
    tag = "team",
    request_body = WantedAccess,
    responses(
        (status = 201, description = "Asked"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or nobody there looks after the team", body = Problem),
        (status = 409, description = "What they asked for before waits, or something else changed meanwhile", body = Problem),
        (status = 422, description = "Fields that cannot be taken, or what they may do already", body = Problem),
    ),
)]
pub(crate) async fn ask_for_access(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<WantedAccess>,
) -> Result<StatusCode, ApiError> {
    let mut fields = Fields::new();
    let wants = fields.take("/wants", Wants::parse(&body.wants));
    let note = fields.take("/note", optional(&body.note, Reason::parse));
    let (wants, note) = fields.finish(wants.zip(note))?;
    let (user, now) = (caller.user(), app.now());
    let start = |right| {
        let store = app.store().clone();
        async move { store.whom_to_ask(&right, user, now).await }
    };
    let (actor, _, whom) = caller.read(start, Actor::may_show_managers).await?;
    let right = actor.may_ask_for_access()?;
    if actor.membership().is_some_and(|membership| wants.is_had(membership)) {
        return Err(ApiError::field("/wants", "wants_had"));
    }
    let letters = letters(&app, &actor, &whom, wants);
    let asked = app.store().ask_for_access(&right, actor.user(), (wants, note), &letters, app.event_id(), now).await;
    asked.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            NotAsked::Waiting => ApiError::AlreadyAsked,
            NotAsked::Actor => ApiError::Conflict,
        })
    })?;
    Ok(StatusCode::CREATED)
}

/// To each of them; to the owner, whoever that is, where none has come in yet.
fn letters(app: &App, actor: &Actor, whom: &WhomToAsk, wants: Wants) -> Vec<Letter> {
    let Some(account) = actor.account().filter(|_| !whom.told_today) else { return Vec::new() };
    let asked = TeamLetter::AccessAsked {
        account_name: account.name.clone(),
        person_name: actor.user().full_name(),
        person_email: actor.user().email.clone(),
        wants,
    };
    let managers = whom.managers.iter().map(|member| Recipient::User(member.user));
    let owner = whom.managers.is_empty().then_some(Recipient::OwnerOf(account.id));
    managers.chain(owner).map(|one| app.letter(one, Message::Team(asked.clone()))).collect()
}
