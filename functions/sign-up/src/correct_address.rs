//! `PUT /api/sign-up/registrations/address`: correcting a mistyped address, or having the mail sent again (R101).

use axum::{Json, extract::State};
use domain::EmailAddress;
use http::StatusCode;
use serde::Deserialize;
use store::CorrectedAddress;
use utoipa::ToSchema;
use web::{ApiError, App, Body, ClientNetwork, Fields, Problem};

use crate::{
    letter::{self, Handle},
    register::Registered,
};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAddress {
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
    request_body = NewAddress,
    responses(
        (status = 202, description = "A mail is on its way", body = Registered),
        (status = 410, description = "The sign-up is confirmed or gone", body = Problem),
        (status = 422, description = "Not an address", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn correct_address(
    State(app): State<App>,
    network: ClientNetwork,
    Body(body): Body<NewAddress>,
) -> Result<(StatusCode, Json<Registered>), ApiError> {
    let mut fields = Fields::new();
    let email = fields.take("/email", EmailAddress::parse(&body.email));
    let email = fields.finish(email)?;
    let handle = Handle::parse(&body.registration).ok_or(ApiError::LinkExpired)?;

    let now = app.now();
    let per_network = letter::per_network(&app, &network).await?;
    let per_address = letter::per_address(&app, &email).await?;
    let (counted, has_login, found) = tokio::join!(
        app.count(&per_network, now),
        app.store().has_login(&email, app.now()),
        app.store().find_registration(handle.id),
    );
    counted?;
    let found = found?.filter(|found| handle.has_hash(&found.handle_hash)).ok_or(ApiError::LinkExpired)?.registration;
    let linked =
        letter::write(&app, handle.id, &email, &found.first_name, found.language, has_login?.is_some()).await?;
    let corrected = CorrectedAddress {
        handle_hash: &handle.hash(),
        email: &email,
        letter: &linked.letter,
        token_hash: &linked.token_hash,
        link_expires_at: linked.expires_at,
    };
    let written = app.store().correct_address(handle.id, &corrected, &per_address, now).await;
    written.map_err(|conflict| letter::refused(conflict, &per_address, now))?;
    Ok((StatusCode::ACCEPTED, Json(Registered { registration: handle.reveal() })))
}
