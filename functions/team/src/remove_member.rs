//! `DELETE /api/team/members/{user}`: removing a member (R305).

use axum::extract::{Path, State, rejection::PathRejection};
use domain::{
    letter::{GuestLetter, TeamLetter},
    log::MemberChange,
    member::MemberAct,
};
use http::StatusCode;
use store::MemberTold;
use web::{ApiError, App, Caller, Problem};

use crate::changing::{Changing, refused};

/// Removes a member for good: their seats are free for others, and their user name is nobody's. A login that this account
/// made and that is used in no other closes with it; any other stays. They get a mail.
#[utoipa::path(
    delete,
    path = "/api/team/members/{user}",
    tag = "team",
    params(("user" = String, Path, description = "The member")),
    responses(
        (status = 204, description = "Removed"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, they do not look after the team, it is the owner, or they do not belong to the account and it is about a manager", body = Problem),
        (status = 404, description = "The account has no such member", body = Problem),
        (status = 409, description = "Oneself, or the member was changed meanwhile", body = Problem),
    ),
)]
pub(crate) async fn remove_member(
    State(app): State<App>,
    caller: Caller,
    user: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let changing = Changing::of(app, &caller, user).await?;
    changing.fits(MemberAct::Remove)?;
    let login_closed = changing.found.closes_with_it();
    let as_guest = changing.found.member.membership.guest.is_some();
    let letter = changing.letter(|account_name, by| match as_guest {
        true => TeamLetter::Guest(GuestLetter::Revoked { account_name }),
        false => TeamLetter::Removed { account_name, login_closed, by },
    })?;
    let changes = changing.logged(&[MemberChange::Removed]);
    let (store, told) =
        (changing.app.store(), MemberTold { letter: Some(&letter), changes: &changes, now: changing.app.now() });
    store.remove_member(&changing.right, &changing.found, &told).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}
