//! `DELETE /api/team/contacts/{id}`: forgetting a contact (R307).

use axum::extract::{Path, State, rejection::PathRejection};
use http::StatusCode;
use web::{ApiError, App, Caller, Problem};

use crate::contact::{self, Ground, refused};

/// Forgets a contact. Whoever is invited is kept until the invitation is taken back.
#[utoipa::path(
    delete,
    path = "/api/team/contacts/{id}",
    tag = "team",
    params(("id" = String, Path, description = "The contact")),
    responses(
        (status = 204, description = "Forgotten"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands, or they do not look after the team", body = Problem),
        (status = 404, description = "The account has no such contact", body = Problem),
        (status = 409, description = "They are invited, or something else changed meanwhile", body = Problem),
    ),
)]
pub(crate) async fn remove_contact(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let ground = Ground::read(&app, &caller, contact::id(id), None).await?;
    let right = ground.actor.may_manage_members()?;
    let contact = ground.contact.ok_or(ApiError::NotFound)?;
    if contact.invited.is_some() {
        return Err(ApiError::ContactInvited);
    }
    let removed = app.store().remove_contact(&right, &contact, app.event_id(), app.now()).await;
    removed.map_err(|conflict| ApiError::refused(conflict, refused))?;
    Ok(StatusCode::NO_CONTENT)
}
