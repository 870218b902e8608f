//! `PUT /api/sign-up/registrations/address`: correcting a mistyped address, or having the mail sent again (R101).

use axum::{Json, extract::State};
use domain::EmailAddress;
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use web::{ApiError, App, Body, ClientNetwork, Fields, Problem};

use crate::{
    letter::{self, Handle},
    register::Registered,
};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CorrectedAddress {
    /// What signing up answered.
    registration: String,
    /// The address to send to: another, or the same once more.
    email: String,
}

/// Corrects the address of a sign-up, or sends its mail again.
///
/// The link sent before stops working.
#[utoipa::path(
    put,
    path = "/api/sign-up/registrations/address",
    tag = "sign-up",
    request_body = CorrectedAddress,
    responses(
        (status = 202, description = "A mail is on its way", body = Registered),
        (status = 410, description = "The sign-up is confirmed or gone", body = Problem),
        (status = 422, description = "Not an address", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn correct_address(
    State(app): State<App>,
    _network: ClientNetwork,
    Body(body): Body<CorrectedAddress>,
) -> Result<(StatusCode, Json<Registered>), ApiError> {
    let mut fields = Fields::new();
    let email = fields.take("/email", EmailAddress::parse(&body.email));
    let email = fields.finish(email)?;
    let handle = Handle::parse(&body.registration).ok_or(ApiError::LinkExpired)?;

    let per_address = letter::per_address(&app, &email).await?;
    let (counted, has_login, found) = tokio::join!(
        app.count(&per_address, app.now()),
        app.store().has_login(&email),
        app.store().find_registration(handle.id),
    );
    counted?;
    let found = found?.ok_or(ApiError::LinkExpired)?.registration;
    let linked = letter::write(&app, handle.id, &email, &found.first_name, found.language, has_login?).await?;
    let (id, hash) = (handle.id, handle.hash());
    let store = app.store();
    if !store.correct_address(id, &hash, &linked.letter, &email, &linked.token_hash, linked.expires_at).await? {
        return Err(ApiError::LinkExpired);
    }
    Ok((StatusCode::ACCEPTED, Json(Registered { registration: handle.reveal() })))
}
