//! `POST /api/team/invitations`: inviting somebody by mail (R303, R304).

use axum::{Json, extract::State};
use domain::{
    Actor, EmailAddress, Language, Timestamp,
    invitation::{Invited, TeamInvitation},
    name::{JobTitle, PersonName, Phone},
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

use crate::{
    inviting,
    wanted::{optional, permissions, role},
};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewInvitation {
    /// Where the mail goes. Whoever accepts has this address.
    #[schema(example = "jane@acme.example")]
    email: String,
    first_name: String,
    last_name: String,
    #[serde(default)]
    job_title: Option<String>,
    #[serde(default)]
    phone: Option<String>,
    /// `manager` or `member`.
    #[schema(example = "member")]
    role: String,
    /// `view_orders`, `manage_licenses`; managers have both anyway.
    #[serde(default)]
    permissions: Vec<String>,
    /// The language of the mail: `en`, `fr` or `de`.
    #[schema(example = "en")]
    language: String,
}

/// An invitation on its way.
#[derive(Serialize, ToSchema)]
pub(crate) struct InvitationSent {
    #[schema(example = "inv_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    email: String,
    /// Until when it is good.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

impl From<&TeamInvitation> for InvitationSent {
    fn from(invitation: &TeamInvitation) -> Self {
        Self {
            id: invitation.id.to_string(),
            email: invitation.invited.email.to_string(),
            expires_at: invitation.expires_at,
        }
    }
}

/// Invites somebody: a mail takes them to a page where they accept, within 72 hours.
///
/// The answer, and what is stored, is the same whether or not the address has a login.
#[utoipa::path(
    post,
    path = "/api/team/invitations",
    tag = "team",
    request_body = NewInvitation,
    responses(
        (status = 201, description = "A mail is on its way", body = InvitationSent),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, they do not look after the team, or do not belong to the account and it is about a manager", body = Problem),
        (status = 409, description = "Something else changed meanwhile", body = Problem),
        (status = 422, description = "Fields that cannot be taken, or an address that belongs to the team or is invited", body = Problem),
        (status = 429, description = "Too many invitations, or too many to that address", body = Problem),
    ),
)]
pub(crate) async fn invite_person(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<NewInvitation>,
) -> Result<(StatusCode, Json<InvitationSent>), ApiError> {
    let invited = match parse(&body) {
        Ok(invited) => invited,
        Err(wrong) => {
            // Whether they may at all is told first.
            caller.actor().await?.may_manage_members()?;
            return Err(wrong);
        }
    };
    let query = |right| {
        let (store, email) = (app.store().clone(), invited.email.clone());
        async move { store.known_under(&right, &email).await }
    };
    let (read, link_key) = tokio::join!(caller.read(query, Actor::may_list_members), app.link_key());
    let (actor, _, (member, contact)) = read?;
    link_key?;
    let right = actor.may_manage_members()?;
    let account = actor.account().ok_or(ApiError::Conflict)?;
    let invitation = inviting::invite(&app, (&actor, account), &right, (member, contact), invited).await?;
    Ok((StatusCode::CREATED, Json(InvitationSent::from(&invitation))))
}

fn parse(body: &NewInvitation) -> Result<Invited, ApiError> {
    let mut fields = Fields::new();
    let email = fields.take("/email", EmailAddress::parse(&body.email));
    let first_name = fields.take("/first_name", PersonName::parse(&body.first_name));
    let last_name = fields.take("/last_name", PersonName::parse(&body.last_name));
    let job_title = fields.take("/job_title", optional(body.job_title.as_deref(), JobTitle::parse));
    let phone = fields.take("/phone", optional(body.phone.as_deref(), Phone::parse));
    let role = fields.take("/role", role(&body.role));
    let permissions = fields.take("/permissions", permissions(role, &body.permissions));
    let language = fields.take("/language", Language::parse(&body.language));
    let taken = (|| {
        Some(Invited {
            email: email?,
            first_name: first_name?,
            last_name: last_name?,
            job_title: job_title?,
            phone: phone?,
            role: role?,
            permissions: permissions?,
            language: language?,
            guest: None,
        })
    })();
    fields.finish(taken)
}
