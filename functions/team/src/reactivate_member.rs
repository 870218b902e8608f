//! `DELETE /api/team/members/{user}/deactivation`: switching a member on again (R306).

use axum::extract::{Path, State, rejection::PathRejection};
use domain::{letter::TeamLetter, log::MemberChange, member::MemberAct};
use http::StatusCode;
use store::MemberTold;
use web::{ApiError, App, Caller, Problem};

use crate::changing::{Changing, refused};

/// Switches a member on again; they sign in anew. They get a mail. Done again, it changes nothing.
#[utoipa::path(
    delete,
    path = "/api/team/members/{user}/deactivation",
    tag = "team",
    params(("user" = String, Path, description = "The member")),
    responses(
        (status = 204, description = "Switched on"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, they do not look after the team, it is the owner, or they do not belong to the account and it is about a manager", body = Problem),
        (status = 404, description = "The account has no such member", body = Problem),
        (status = 409, description = "Somebody who is taken out, or the member was changed meanwhile", body = Problem),
    ),
)]
pub(crate) async fn reactivate_member(
    State(app): State<App>,
    caller: Caller,
    user: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let changing = Changing::of(app, &caller, user).await?;
    if !changing.fits(MemberAct::Reactivate)? {
        return Ok(StatusCode::NO_CONTENT);
    }
    let letter = changing.letter(|account_name, by| TeamLetter::Reactivated { account_name, by })?;
    let changes = changing.logged(&[MemberChange::Reactivated]);
    let (store, told) =
        (changing.app.store(), MemberTold { letter: Some(&letter), changes: &changes, now: changing.app.now() });
    store.switch_member(&changing.right, &changing.found, true, &told).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}
