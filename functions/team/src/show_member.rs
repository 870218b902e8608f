//! `GET /api/team/members/{user}`: a member, and what the viewer may do with them (R311).

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{member::MemberAct, name::PersonName};
use serde::Serialize;
use utoipa::ToSchema;
use web::{ApiError, App, Caller, Problem};

use crate::{changing::Changing, person_item::PersonItem};

/// A member, as their page shows them.
#[derive(Serialize, ToSchema)]
pub(crate) struct MemberDetail {
    #[serde(flatten)]
    member: PersonItem,
    /// What they call themselves, where the account notes another name; else null.
    own_name: Option<OwnName>,
    /// Whether it is the viewer.
    you: bool,
    /// Whether removing them closes their login too: this account made it, and they use it in no other.
    login_closes_with_it: bool,
    /// What the viewer may do with them: `edit`, `set_role`, `deactivate`, `reactivate`, `unlink`, `link`, `remove`,
    /// `invite`, `give_password`.
    #[schema(value_type = Vec<String>, example = json!(["edit", "set_role", "deactivate", "unlink", "remove"]))]
    may: Vec<MemberAct>,
}

#[derive(Serialize, ToSchema)]
struct OwnName {
    first_name: String,
    last_name: String,
}

/// Shows a member of the account.
#[utoipa::path(
    get,
    path = "/api/team/members/{user}",
    tag = "team",
    params(("user" = String, Path, description = "The member")),
    responses(
        (status = 200, description = "The member", body = MemberDetail),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or they do not look after the team", body = Problem),
        (status = 404, description = "The account has no such member", body = Problem),
    ),
)]
pub(crate) async fn show_member(
    State(app): State<App>,
    caller: Caller,
    user: Result<Path<String>, PathRejection>,
) -> Result<Json<MemberDetail>, ApiError> {
    let changing = Changing::of(app, &caller, user).await?;
    let may = MemberAct::ALL.into_iter().filter(|act| matches!(changing.fits(*act), Ok(true))).collect();
    let Changing { actor, found, .. } = changing;
    let by = actor.user().id;
    let named =
        |first: &PersonName, last: &PersonName| OwnName { first_name: first.to_string(), last_name: last.to_string() };
    let own_name = found.own_name().map(|(first, last)| named(first, last));
    Ok(Json(MemberDetail {
        own_name,
        you: found.member.user == by,
        login_closes_with_it: found.closes_with_it(),
        may,
        member: found.member.into(),
    }))
}
