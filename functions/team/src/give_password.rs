//! `POST /api/team/members/{user}/password`: another initial password for somebody who has not come in yet (R303).

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{Actor, Timestamp, UserId, UserStatus};
use serde::{Deserialize, Serialize};
use store::{AnotherPassword, PasswordNotGiven};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

use crate::initial_password::{self, Given};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedPassword {
    /// At least 15 characters; without it one is drawn by chance.
    #[serde(default)]
    #[schema(format = Password)]
    password: Option<String>,
}

/// Another initial password.
#[derive(Serialize, ToSchema)]
pub(crate) struct GivenPassword {
    /// What they sign in with.
    #[schema(example = "C10423/jane")]
    user_name: Option<String>,
    /// The password that was drawn, shown this once; null if it was typed.
    password: Option<String>,
    /// Until when it is good. The person changes it at the first sign-in.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// Gives somebody another initial password in place of the one before: because it was lost, or its 72 hours are over. Only
/// to whom this account has made a login, and only until they have signed in: from then on the password is theirs.
#[utoipa::path(
    post,
    path = "/api/team/members/{user}/password",
    tag = "team",
    params(("user" = String, Path, description = "The member")),
    request_body = WantedPassword,
    responses(
        (status = 200, description = "Given; a password that was drawn is told this once", body = GivenPassword),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, they do not look after the team, or do not belong to the account and it is about a manager", body = Problem),
        (status = 404, description = "The account has no such member", body = Problem),
        (status = 409, description = "The password is the member's own by now, or something else changed meanwhile", body = Problem),
        (status = 422, description = "A password that cannot be taken", body = Problem),
        (status = 429, description = "Too many passwords in an hour", body = Problem),
    ),
)]
pub(crate) async fn give_password(
    State(app): State<App>,
    caller: Caller,
    user: Result<Path<String>, PathRejection>,
    Body(body): Body<WantedPassword>,
) -> Result<Json<GivenPassword>, ApiError> {
    let user = user.ok().and_then(|Path(user)| UserId::parse(&user).ok());
    let query = |right| {
        let store = app.store().clone();
        async move {
            match user {
                Some(user) => store.find_member_and_person(&right, user).await,
                None => Ok(None),
            }
        }
    };
    let (read, counted) =
        tokio::join!(caller.read(query, Actor::may_list_members), initial_password::count(&app, caller.user()),);
    let (actor, _, found) = read?;
    let right = actor.may_manage_members()?;
    counted?;
    let (member, person) = found.ok_or(ApiError::NotFound)?;
    // Whoever has the password is who comes in.
    actor.may_give(member.membership.role)?;
    if person.home != Some(right.account()) || person.status != UserStatus::Invited {
        return Err(ApiError::PasswordTheirs);
    }
    let vendor = app.vendor().await?;
    let mut known = web::known_words(&person, &vendor);
    known.extend(member.user_name.as_ref().map(|name| name.parts().1));
    let mut fields = Fields::new();
    let given = Given::of(&mut fields, body.password.as_deref(), &known);
    let password = fields.finish(given)?.hashed(&app).await?;
    let new =
        AnotherPassword { user: member.user, version: member.version, hash: &password.hash, until: password.until };
    app.store().give_password(&right, &new, app.event_id(), app.now()).await.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            PasswordNotGiven::Changed => ApiError::Conflict,
            PasswordNotGiven::Theirs => ApiError::PasswordTheirs,
        })
    })?;
    Ok(Json(GivenPassword {
        user_name: member.user_name.map(|name| name.to_string()),
        password: password.to_show(),
        expires_at: password.until,
    }))
}
