//! `POST /api/team/contacts`: noting somebody who does not belong to the account (R307).

use axum::{Json, extract::State};
use domain::member::Contact;
use http::StatusCode;
use web::{ApiError, App, Body, Caller, Problem};

use crate::{
    contact::{Ground, WantedContact, refused},
    person_item::PersonItem,
};

/// Notes somebody, without inviting them: nobody is told. One contact for each address.
#[utoipa::path(
    post,
    path = "/api/team/contacts",
    tag = "team",
    request_body = WantedContact,
    responses(
        (status = 201, description = "Noted", body = PersonItem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or they do not look after the team", body = Problem),
        (status = 409, description = "Something else changed meanwhile", body = Problem),
        (status = 422, description = "Fields that cannot be taken, or an address that the account knows already", body = Problem),
    ),
)]
pub(crate) async fn add_contact(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<WantedContact>,
) -> Result<(StatusCode, Json<PersonItem>), ApiError> {
    let ground = Ground::read(&app, &caller, None, Some(&body.email)).await?;
    let right = ground.actor.may_manage_members()?;
    let contact = Contact { version: 0, ..body.parse(right.account())? };
    ground.not_in_team()?;
    let added = app.store().add_contact(&right, &contact, app.event_id(), app.now()).await;
    added.map_err(|conflict| ApiError::refused(conflict, refused))?;
    Ok((StatusCode::CREATED, Json(contact.into())))
}
