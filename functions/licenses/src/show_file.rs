//! `GET /api/licenses/{id}/file`: a license as the vendor's software verifies it offline (R406). The form is documented
//! in `LICENSE-FILE.md` beside this crate.

use axum::{
    extract::{Path, State, rejection::PathRejection},
    response::{IntoResponse, Response},
};
use credentials::LicenseClaims;
use domain::{Actor, access::Denied};
use http::header;
use web::{ApiError, App, Caller, Problem};

use crate::license_item::license_id;

/// Signs a license file: to whoever sees the license, as long as it is in force.
///
/// A JWS in compact form (RFC 7515), signed with Ed25519 (RFC 8037); the keys are at `/api/licenses/keys`.
#[utoipa::path(
    get,
    path = "/api/licenses/{id}/file",
    tag = "licenses",
    params(("id" = String, Path, description = "The license")),
    responses(
        (status = 200, description = "The file", body = String, content_type = "application/jose"),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
        (status = 404, description = "No license that the person sees", body = Problem),
        (status = 409, description = "The license has ended or was cancelled", body = Problem),
    ),
)]
pub(crate) async fn show_file(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, ApiError> {
    let id = license_id(id);
    let start = |right| {
        let store = app.store().clone();
        async move {
            match id {
                Some(id) => store.show_license(&right, id).await,
                None => Ok(None),
            }
        }
    };
    let (read, key) = tokio::join!(caller.read(start, Actor::may_list_licenses), app.license_key());
    let (actor, _, shown) = read?;
    let license = shown.ok_or(Denied::Hidden)?.license;
    let account = actor.account().ok_or(Denied::NoAccount)?;
    let now = app.now();
    if license.state(now, &account.zone.zone()).is_over() {
        return Err(ApiError::LicenseOver);
    }
    let claims = LicenseClaims::of(&app.config().origin, &license, account, now);
    let signed = key?.sign_license(&claims).map_err(ApiError::broken)?;
    // A serial number is letters, digits and dashes: nothing that could end the name.
    let disposition = format!("attachment; filename=\"{}.license\"", license.serial_number);
    let headers = [(header::CONTENT_TYPE, "application/jose".to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, signed).into_response())
}
