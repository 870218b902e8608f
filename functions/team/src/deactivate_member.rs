//! `PUT /api/team/members/{user}/deactivation`: switching a member off (R306).

use axum::extract::{Path, State, rejection::PathRejection};
use domain::{letter::TeamLetter, log::MemberChange, member::MemberAct};
use http::StatusCode;
use store::MemberTold;
use web::{ApiError, App, Caller, Problem};

use crate::changing::{Changing, refused};

/// Switches a member off: from their next request on, nothing of the account is reachable for them, and signing in to it
/// tells them whom to ask. Their login, other accounts of theirs and their seats stay. They get a mail. Done again, it changes
/// nothing.
#[utoipa::path(
    put,
    path = "/api/team/members/{user}/deactivation",
    tag = "team",
    params(("user" = String, Path, description = "The member")),
    responses(
        (status = 204, description = "Switched off"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, they do not look after the team, it is the owner, or they do not belong to the account and it is about a manager", body = Problem),
        (status = 404, description = "The account has no such member", body = Problem),
        (status = 409, description = "Oneself, somebody who has not come in yet or is taken out, or the member was changed meanwhile", body = Problem),
    ),
)]
pub(crate) async fn deactivate_member(
    State(app): State<App>,
    caller: Caller,
    user: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let changing = Changing::of(app, &caller, user).await?;
    if !changing.fits(MemberAct::Deactivate)? {
        return Ok(StatusCode::NO_CONTENT);
    }
    let letter = changing.letter(|account_name, by| TeamLetter::Deactivated { account_name, by })?;
    let changes = changing.logged(&[MemberChange::Deactivated]);
    let (store, told) =
        (changing.app.store(), MemberTold { letter: Some(&letter), changes: &changes, now: changing.app.now() });
    store.switch_member(&changing.right, &changing.found, false, &told).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}
