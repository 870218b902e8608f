//! `PUT /api/team/members/{user}`: what the account notes of a member, and what they may do in it (R305).

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{
    Role,
    letter::{Letter, TeamLetter},
    log::MemberChange,
    member::{Member, MemberAct},
    name::{JobTitle, PersonName, Phone},
    sign_in_name::UserName,
};
use serde::Deserialize;
use store::{MemberDetails, MemberTold};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

use crate::{
    changing::{Changing, refused},
    person_item::PersonItem,
    wanted,
};

/// All of it; what is null or empty is taken away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedMember {
    /// As the account notes it; what the person calls themselves stays theirs.
    first_name: String,
    last_name: String,
    #[serde(default)]
    job_title: Option<String>,
    #[serde(default)]
    phone: Option<String>,
    /// With or without the account's number before it.
    #[serde(default)]
    #[schema(example = "anna")]
    user_name: Option<String>,
    /// `manager` or `member`.
    #[schema(example = "member")]
    role: String,
    /// `view_orders`, `manage_licenses`. Managers have all of them.
    permissions: Vec<String>,
    /// As it was read.
    version: u32,
}

/// Changes a member. Their address, password and profile are their own and stay as they are; of a change of role or
/// permissions they are told by mail.
#[utoipa::path(
    put,
    path = "/api/team/members/{user}",
    tag = "team",
    params(("user" = String, Path, description = "The member")),
    request_body = WantedMember,
    responses(
        (status = 200, description = "As they stand now", body = PersonItem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, they do not look after the team, it is the owner, or they do not belong to the account and it is about a manager", body = Problem),
        (status = 404, description = "The account has no such member", body = Problem),
        (status = 409, description = "One's own role, the role of somebody who is taken out, or the member was changed meanwhile", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn update_member(
    State(app): State<App>,
    caller: Caller,
    user: Result<Path<String>, PathRejection>,
    Body(body): Body<WantedMember>,
) -> Result<Json<PersonItem>, ApiError> {
    let changing = Changing::of(app, &caller, user).await?;
    changing.fits(MemberAct::Edit)?;
    let details = parse(&body, &changing)?;
    let was = &changing.found.member;
    if body.version != was.version {
        return Err(ApiError::Conflict);
    }
    let mut changes = Vec::new();
    if !notes_the_same(was, &details) {
        changes.push(MemberChange::Edited);
    }
    let letter = role_letter(&changing, &details)?;
    if letter.is_some() {
        changes.push(MemberChange::RoleSet);
    }
    if changes.is_empty() {
        return Ok(Json(changing.found.member.into()));
    }
    let changes = changing.logged(&changes);
    let told = MemberTold { letter: letter.as_ref(), changes: &changes, now: changing.app.now() };
    let store = changing.app.store();
    let now = store.update_member(&changing.right, &changing.found, details, &told).await.map_err(refused)?;
    Ok(Json(now.into()))
}

/// Whether what the account notes of a member stays as it is.
fn notes_the_same(was: &Member, is: &MemberDetails) -> bool {
    (&was.first_name, &was.last_name) == (&is.first_name, &is.last_name)
        && (&was.job_title, &was.phone, &was.user_name) == (&is.job_title, &is.phone, &is.user_name)
}

/// The letter about another role or other permissions, if they are others and may be.
fn role_letter(changing: &Changing, is: &MemberDetails) -> Result<Option<Letter>, ApiError> {
    let was = &changing.found.member.membership;
    // Managers have every permission, noted or not.
    if was.role == is.role && (is.role == Role::Manager || was.permissions == is.permissions) {
        return Ok(None);
    }
    changing.fits(MemberAct::SetRole)?;
    if was.role != is.role {
        changing.actor.may_give(is.role)?;
    }
    changing.letter(|account_name, _| TeamLetter::RoleChanged { account_name, role: is.role }).map(Some)
}

fn parse(body: &WantedMember, changing: &Changing) -> Result<MemberDetails, ApiError> {
    let number = &changing.account()?.number;
    let mut fields = Fields::new();
    let first_name = fields.take("/first_name", PersonName::parse(&body.first_name));
    let last_name = fields.take("/last_name", PersonName::parse(&body.last_name));
    let job_title = fields.take("/job_title", wanted::optional(body.job_title.as_deref(), JobTitle::parse));
    let phone = fields.take("/phone", wanted::optional(body.phone.as_deref(), Phone::parse));
    let user_name = match body.user_name.as_deref().unwrap_or_default().trim() {
        // With an address that is not proven, it is all they sign in with.
        "" if changing.found.is_at_home() && !changing.found.person.email_proven => {
            fields.refuse("/user_name", "required", Vec::new());
            None
        }
        "" => Some(None),
        // A guest signs in as they do at home: a name taken here would stay theirs.
        _ if changing.found.member.membership.guest.is_some() => {
            fields.refuse("/user_name", "guest_no_user_name", Vec::new());
            None
        }
        name => fields.take("/user_name", UserName::within(number, name)).map(Some),
    };
    let role = fields.take("/role", wanted::role(&body.role));
    let permissions = fields.take("/permissions", wanted::permissions(role, &body.permissions));
    let taken = (|| {
        Some(MemberDetails {
            first_name: first_name?,
            last_name: last_name?,
            job_title: job_title?,
            phone: phone?,
            user_name: user_name?,
            role: role?,
            permissions: permissions?,
        })
    })();
    fields.finish(taken)
}
