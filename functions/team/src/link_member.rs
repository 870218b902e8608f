//! `PUT /api/team/members/{user}/link`: putting a member back who was taken out (R308).

use axum::extract::{Path, State, rejection::PathRejection};
use domain::{letter::TeamLetter, log::MemberChange, member::MemberAct};
use http::StatusCode;
use store::MemberTold;
use web::{ApiError, App, Caller, Problem};

use crate::changing::{Changing, refused};

/// Puts a member back into the account: they are what they were, and sign in anew. They get a mail. Done again, it changes
/// nothing.
#[utoipa::path(
    put,
    path = "/api/team/members/{user}/link",
    tag = "team",
    params(("user" = String, Path, description = "The member")),
    responses(
        (status = 204, description = "Linked"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, they do not look after the team, it is the owner, or they do not belong to the account and it is about a manager", body = Problem),
        (status = 404, description = "The account has no such member", body = Problem),
        (status = 409, description = "Somebody who closes their login, or the member was changed meanwhile", body = Problem),
    ),
)]
pub(crate) async fn link_member(
    State(app): State<App>,
    caller: Caller,
    user: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let changing = Changing::of(app, &caller, user).await?;
    if !changing.fits(MemberAct::Link)? {
        return Ok(StatusCode::NO_CONTENT);
    }
    let letter = changing.letter(|account_name, by| TeamLetter::Linked { account_name, by })?;
    let changes = changing.logged(&[MemberChange::Linked]);
    let (store, told) =
        (changing.app.store(), MemberTold { letter: Some(&letter), changes: &changes, now: changing.app.now() });
    store.link_member(&changing.right, changing.account()?, &changing.found, &told).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}
