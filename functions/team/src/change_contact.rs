//! `PUT /api/team/contacts/{id}`: changing what is noted of a contact (R307).

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::member::Contact;
use web::{ApiError, App, Body, Caller, Problem};

use crate::{
    contact::{self, Ground, WantedContact, refused},
    person_item::PersonItem,
};

/// Changes what is noted of somebody. Under another address they are another contact, with another id; whoever is invited
/// keeps the address that the invitation is for.
#[utoipa::path(
    put,
    path = "/api/team/contacts/{id}",
    tag = "team",
    params(("id" = String, Path, description = "The contact")),
    request_body = WantedContact,
    responses(
        (status = 200, description = "As it is noted now", body = PersonItem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or they do not look after the team", body = Problem),
        (status = 404, description = "The account has no such contact", body = Problem),
        (status = 409, description = "The contact was changed since it was read", body = Problem),
        (status = 422, description = "Fields that cannot be taken, or an address that the account knows already", body = Problem),
    ),
)]
pub(crate) async fn change_contact(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    Body(body): Body<WantedContact>,
) -> Result<Json<PersonItem>, ApiError> {
    let ground = Ground::read(&app, &caller, contact::id(id), Some(&body.email)).await?;
    let right = ground.actor.may_manage_members()?;
    let before = ground.contact.as_ref().ok_or(ApiError::NotFound)?;
    let wanted = body.parse(right.account())?;
    if wanted.version != before.version {
        return Err(ApiError::Conflict);
    }
    if wanted.id != before.id {
        if before.invited.is_some() {
            return Err(ApiError::field("/email", "already_invited"));
        }
        ground.not_in_team()?;
    }
    let after = Contact { invited: before.invited, version: before.version + 1, ..wanted };
    let changed = app.store().change_contact(&right, (before, &after), app.event_id(), app.now()).await;
    changed.map_err(|conflict| ApiError::refused(conflict, refused))?;
    Ok(Json(after.into()))
}
