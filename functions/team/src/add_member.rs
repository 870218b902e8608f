//! `POST /api/team/members`: adding somebody with an initial password, handed over by other means than mail (R303).

use axum::{Json, extract::State};
use domain::{
    Account, EmailAddress, Language, Membership, Permissions, Role, Timestamp, User, UserId, UserStatus,
    name::{JobTitle, PersonName, Phone},
    profile::Profile,
    sign_in_name::UserName,
    vendor::Vendor,
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use store::{AddRefused, NewMember};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

use crate::{
    initial_password::{self, Given},
    wanted::{optional, permissions, role},
};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedMember {
    /// Where mail goes. It proves nothing until the person has proven it.
    #[schema(example = "jane@acme.example")]
    email: String,
    first_name: String,
    last_name: String,
    /// What they sign in with: with or without the account's number before it.
    #[schema(example = "jane")]
    user_name: String,
    #[serde(default)]
    job_title: Option<String>,
    #[serde(default)]
    phone: Option<String>,
    /// `manager` or `member`.
    #[schema(example = "member")]
    role: String,
    /// `view_orders`, `manage_licenses`; managers have both anyway.
    permissions: Vec<String>,
    /// `en`, `fr` or `de`.
    #[schema(example = "en")]
    language: String,
    /// At least 15 characters; without it one is drawn by chance.
    #[serde(default)]
    #[schema(format = Password)]
    password: Option<String>,
}

/// Somebody who was added.
#[derive(Serialize, ToSchema)]
pub(crate) struct AddedMember {
    #[schema(example = "usr_01jd0x5m2nfe4r8v0t6w9y2zab")]
    user: String,
    /// What they sign in with.
    #[schema(example = "C10423/jane")]
    user_name: String,
    /// The password that was drawn, shown this once; null if it was typed.
    password: Option<String>,
    /// Until when the password is good. The person changes it at the first sign-in.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// Adds somebody with a login of the account's own: they sign in with the user name and the initial password, which is good
/// for 72 hours and signs in once, together with one of their own.
///
/// No mail goes out. Whether the address has a login makes no difference here or to anything that is answered: this login
/// is another, which does not have the address before its person has proven it. Somebody who has one already is invited
/// instead. A contact of that address becomes a member.
#[utoipa::path(
    post,
    path = "/api/team/members",
    tag = "team",
    request_body = WantedMember,
    responses(
        (status = 201, description = "Added; a password that was drawn is told this once", body = AddedMember),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, they do not look after the team, or do not belong to the account and it is about a manager", body = Problem),
        (status = 409, description = "Something else changed meanwhile", body = Problem),
        (status = 422, description = "Fields that cannot be taken, a user name that somebody has, or an address that is invited", body = Problem),
        (status = 429, description = "Too many passwords in an hour", body = Problem),
    ),
)]
pub(crate) async fn add_member(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<WantedMember>,
) -> Result<(StatusCode, Json<AddedMember>), ApiError> {
    let (actor, counted) = tokio::join!(caller.actor(), initial_password::count(&app, caller.user()));
    let actor = actor?;
    let right = actor.may_manage_members()?;
    counted?;
    let account = actor.account().ok_or(ApiError::Conflict)?;
    let wanted = parse(&body, account, &app.vendor().await?)?;
    actor.may_give(wanted.role)?;
    let password = wanted.password.hashed(&app).await?;
    let now = app.now();
    let names = (wanted.first_name, wanted.last_name);
    let id = UserId::new(now, credentials::random());
    let user = User {
        email_proven: false,
        home: Some(account.id),
        profile: wanted.profile,
        ..User::new(id, names, wanted.email, wanted.language, UserStatus::Invited)
    };
    let new = NewMember {
        account,
        user: &user,
        user_name: &wanted.user_name,
        membership: &Membership::joined(wanted.role, wanted.permissions, now),
        password_hash: &password.hash,
        until: password.until,
    };
    app.store().add_member(&right, &new, app.event_id(), now).await.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            AddRefused::Changed => ApiError::Conflict,
            AddRefused::UserName => ApiError::field("/user_name", "user_name_taken"),
            AddRefused::Invited => ApiError::field("/email", "already_invited"),
        })
    })?;
    let added = AddedMember {
        user: id.to_string(),
        user_name: wanted.user_name.to_string(),
        password: password.to_show(),
        expires_at: password.until,
    };
    Ok((StatusCode::CREATED, Json(added)))
}

struct Wanted {
    email: EmailAddress,
    first_name: PersonName,
    last_name: PersonName,
    user_name: UserName,
    profile: Profile,
    role: Role,
    permissions: Permissions,
    language: Language,
    password: Given,
}

fn parse(body: &WantedMember, account: &Account, vendor: &Vendor) -> Result<Wanted, ApiError> {
    let mut fields = Fields::new();
    let email = fields.take("/email", EmailAddress::parse(&body.email));
    let first_name = fields.take("/first_name", PersonName::parse(&body.first_name));
    let last_name = fields.take("/last_name", PersonName::parse(&body.last_name));
    let user_name = fields.take("/user_name", UserName::within(&account.number, &body.user_name));
    let job_title = fields.take("/job_title", optional(body.job_title.as_deref(), JobTitle::parse));
    let phone = fields.take("/phone", optional(body.phone.as_deref(), Phone::parse));
    let role = fields.take("/role", role(&body.role));
    let permissions = fields.take("/permissions", permissions(role, &body.permissions));
    let language = fields.take("/language", Language::parse(&body.language));
    let mut known = web::words_about([&body.first_name, &body.last_name], &body.email, vendor);
    known.extend([body.user_name.as_str(), account.name.as_str(), account.number.as_str()]);
    let password = Given::of(&mut fields, body.password.as_deref(), &known);
    let taken = (|| {
        Some(Wanted {
            email: email?,
            first_name: first_name?,
            last_name: last_name?,
            user_name: user_name?,
            profile: Profile { job_title: job_title?, phone: phone?, ..Profile::default() },
            role: role?,
            permissions: permissions?,
            language: language?,
            password: password?,
        })
    })();
    fields.finish(taken)
}
