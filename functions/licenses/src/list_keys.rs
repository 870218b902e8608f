//! `GET /api/licenses/keys`: what verifies license files (R406).

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use http::header;
use serde::Serialize;
use utoipa::ToSchema;
use web::{ApiError, App};

/// How long the answer may be kept: files are verified by the key their header names, so a new one is only looked for
/// when a file names it.
const KEPT: &str = "public, max-age=3600";

/// A set of JSON Web Keys (RFC 7517).
#[derive(Serialize, ToSchema)]
pub(crate) struct LicenseKeys {
    keys: Vec<LicenseKey>,
}

/// An Ed25519 key (RFC 8037).
#[derive(Serialize, ToSchema)]
struct LicenseKey {
    /// `OKP`.
    kty: &'static str,
    /// `Ed25519`.
    crv: &'static str,
    /// `EdDSA`.
    alg: &'static str,
    /// `sig`.
    r#use: &'static str,
    /// What a file's header names it by.
    kid: String,
    /// The key, in base64url.
    x: String,
}

/// Publishes the keys that verify license files: to everybody.
#[utoipa::path(
    get,
    path = "/api/licenses/keys",
    tag = "licenses",
    responses((status = 200, description = "The keys", body = LicenseKeys, content_type = "application/jwk-set+json")),
)]
pub(crate) async fn list_keys(State(app): State<App>) -> Result<Response, ApiError> {
    let key = app.license_key().await?.public_key().map_err(ApiError::broken)?;
    let key = LicenseKey { kty: "OKP", crv: "Ed25519", alg: "EdDSA", r#use: "sig", kid: key.kid, x: key.x };
    let headers = [(header::CONTENT_TYPE, "application/jwk-set+json"), (header::CACHE_CONTROL, KEPT)];
    Ok((headers, Json(LicenseKeys { keys: vec![key] })).into_response())
}
