//! `POST /api/profile/second-factor`: a secret for the authenticator app (R110).

use axum::{Json, extract::State};
use credentials::{FactorSecret, QrDrawing};
use http::StatusCode;
use serde::Serialize;
use store::Enrolment;
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Problem};

use crate::{factor, proof::WithCode};

/// What the authenticator app takes, in three forms; shown this once.
#[derive(Serialize, ToSchema)]
pub(crate) struct NewFactor {
    /// For typing: base 32 in groups of four.
    #[schema(example = "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP")]
    secret: String,
    /// For an app on the same device.
    #[schema(
        example = "otpauth://totp/Northlight%20CAD:anna%40acme%2Eexample?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    )]
    uri: String,
    qr: Qr,
}

/// The same as a QR code to draw.
#[derive(Serialize, ToSchema)]
struct Qr {
    /// Modules per side; leave four free around them.
    size: usize,
    /// The `d` of a path that fills the dark modules, a unit square each.
    path: String,
}

/// Begins to set up a second factor, in place of one that is on.
///
/// Nothing changes until the app's first code comes, within ten minutes.
#[utoipa::path(
    post,
    path = "/api/profile/second-factor",
    tag = "profile",
    request_body = WithCode,
    responses(
        (status = 201, description = "A secret for the app", body = NewFactor),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 409, description = "Something else changed meanwhile", body = Problem),
        (status = 422, description = "Password or code are needed, or wrong", body = Problem),
        (status = 429, description = "Tried too often", body = Problem),
    ),
)]
pub(crate) async fn begin_second_factor(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<WithCode>,
) -> Result<(StatusCode, Json<NewFactor>), ApiError> {
    let (actor, stored, counted) =
        tokio::join!(caller.actor(), app.store().stored_proof(caller.user()), body.typed().counted(&app, &caller),);
    let (actor, stored) = (actor?, stored?);
    let right = actor.may_manage_second_factor()?;
    let proven = counted?.prove(&stored, actor.user()).await?;
    let secret = FactorSecret::new();
    let uri = secret.uri(&app.vendor().await?.name, actor.user().email.as_str());
    let QrDrawing { size, path } = credentials::qr(&uri).map_err(ApiError::broken)?;
    let enrolment = Enrolment::new(secret.to_store().to_vec(), app.now());
    let begun = app.store().begin_second_factor(&right, &enrolment, &proven.spent).await;
    begun.map_err(factor::refused)?;
    Ok((StatusCode::CREATED, Json(NewFactor { secret: secret.reveal(), uri, qr: Qr { size, path } })))
}
