//! `POST /api/team/guests`: inviting somebody of the account's partner for a while (R510).

use axum::{Json, extract::State};
use domain::{Actor, EmailAddress, Language, guest::GuestDays, invitation::Invited, name::PersonName};
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

use crate::{
    invite_person::InvitationSent,
    inviting,
    wanted::{optional, permissions, role},
};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewGuest {
    /// Where the mail goes. Whoever accepts signs in with this address at the account's partner.
    #[schema(example = "pete@orion.example")]
    email: String,
    /// What they are called here until they accept; without it, the beginning of the address.
    #[serde(default)]
    first_name: Option<String>,
    /// The same; without it, the end of the address.
    #[serde(default)]
    last_name: Option<String>,
    /// `manager` or `member`.
    #[schema(example = "member")]
    role: String,
    /// `view_orders`, `manage_licenses`; managers have both anyway.
    #[serde(default)]
    permissions: Vec<String>,
    /// For how many days from the day they accept: 1 to 366; without it, 90.
    #[serde(default)]
    #[schema(value_type = Option<u16>, example = 90)]
    days: Option<i64>,
    /// The language of the mail: `en`, `fr` or `de`.
    #[schema(example = "en")]
    language: String,
}

/// Invites somebody of the account's partner as a guest: a mail takes them to a page where they accept, within 72 hours.
///
/// The answer, and what is stored, is the same whether or not the address is of the partner: that is asked when somebody
/// accepts.
#[utoipa::path(
    post,
    path = "/api/team/guests",
    tag = "team",
    request_body = NewGuest,
    responses(
        (status = 201, description = "A mail is on its way", body = InvitationSent),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, they do not look after the team, or they are a guest or the partner", body = Problem),
        (status = 409, description = "The account has no partner, or something else changed meanwhile", body = Problem),
        (status = 422, description = "Fields that cannot be taken, or an address that belongs to the team or is invited", body = Problem),
        (status = 429, description = "Too many invitations, or too many to that address", body = Problem),
    ),
)]
pub(crate) async fn invite_guest(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<NewGuest>,
) -> Result<(StatusCode, Json<InvitationSent>), ApiError> {
    let invited = match parse(&body) {
        Ok(invited) => invited,
        Err(wrong) => {
            // Whether they may at all is told first.
            caller.actor().await?.may_manage_guests()?;
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
    actor.may_manage_guests()?;
    let right = actor.may_manage_members()?;
    let account = actor.account().ok_or(ApiError::Conflict)?;
    if account.partnership.is_none() {
        return Err(ApiError::NoPartner);
    }
    let invitation = inviting::invite(&app, (&actor, account), &right, (member, contact), invited).await?;
    Ok((StatusCode::CREATED, Json(InvitationSent::from(&invitation))))
}

fn parse(body: &NewGuest) -> Result<Invited, ApiError> {
    let mut fields = Fields::new();
    let email = fields.take("/email", EmailAddress::parse(&body.email));
    let first_name = fields.take("/first_name", optional(body.first_name.as_deref(), PersonName::parse));
    let last_name = fields.take("/last_name", optional(body.last_name.as_deref(), PersonName::parse));
    let role = fields.take("/role", role(&body.role));
    let permissions = fields.take("/permissions", permissions(role, &body.permissions));
    let days = fields.take("/days", body.days.map_or(Ok(GuestDays::DEFAULT), GuestDays::parse));
    let language = fields.take("/language", Language::parse(&body.language));
    let taken = (|| {
        let email = email?;
        // Nothing is known of whoever has the address but the address.
        let (begins, ends) = email.as_str().split_once('@').unwrap_or((email.as_str(), email.as_str()));
        Some(Invited {
            first_name: first_name?.or_else(|| PersonName::parse(begins).ok())?,
            last_name: last_name?.or_else(|| PersonName::parse(ends).ok())?,
            job_title: None,
            phone: None,
            role: role?,
            permissions: permissions?,
            language: language?,
            guest: Some(days?),
            email,
        })
    })();
    fields.finish(taken)
}
