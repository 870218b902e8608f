//! `POST /api/licenses/{id}/downloads`: getting a file of a release (R404).

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{Actor, FileId, Timestamp, access::Denied, number::ProductCode, release::Version};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use store::{DownloadRefused, NewDownload, Throttle};
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

use crate::list_releases::{license_of, zone};

/// Downloads of one person in an hour: far more than anybody installs, far less than a leaked session would take.
const DOWNLOADS: u32 = 60;

/// Which file.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedFile {
    /// The release's version.
    #[schema(example = "2026.1")]
    release: String,
    /// The file's id.
    #[schema(example = "fil_01jd0x5m2nfe4r8v0t6w9y2zab")]
    file: String,
    /// The license's product. Left out, the answer is the same and takes longer.
    #[serde(default)]
    #[schema(example = "NLD")]
    product: Option<String>,
}

/// Where the file is, for a few minutes.
#[derive(Serialize, ToSchema)]
pub(crate) struct AllowedDownload {
    /// Good for whoever holds it: not to be passed on. A download that broke off goes on from there (`Range`).
    url: String,
    /// Until when it can begin.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    /// What it is saved as.
    name: String,
    bytes: u64,
    /// In 64 hexadecimal digits, to compare with what arrived.
    sha256: String,
}

/// Allows the download of a file that the license covers, and notes it in the account's log.
#[utoipa::path(
    post,
    path = "/api/licenses/{id}/downloads",
    tag = "licenses",
    params(("id" = String, Path, description = "The license's id")),
    request_body = WantedFile,
    responses(
        (status = 201, description = "Where the file is", body = AllowedDownload),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "The license does not cover that release (`because`: `maintenance`, `contract` or `cancelled`; `ended_on`), or not where the person stands", body = Problem),
        (status = 404, description = "No license of theirs, no such release, no such file", body = Problem),
        (status = 409, description = "Something else changed meanwhile", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
        (status = 429, description = "More than 60 in an hour", body = Problem),
    ),
)]
pub(crate) async fn download_release(
    State(app): State<App>,
    caller: Caller,
    path: Result<Path<String>, PathRejection>,
    Body(body): Body<WantedFile>,
) -> Result<(StatusCode, Json<AllowedDownload>), ApiError> {
    let (id, wanted) = (license_of(path).ok(), parse(&body));
    let start = |right| {
        let (store, wanted) = (app.store().clone(), wanted.as_ref().ok().cloned());
        async move {
            match (id, wanted) {
                (Some(id), Some((version, _, product))) => {
                    store.find_release(&right, id, product.as_ref(), &version).await
                }
                _ => Ok((None, None)),
            }
        }
    };
    let (actor, _, (license, release)) = caller.read(start, Actor::may_list_licenses).await?;
    let right = actor.may_download_release()?;
    let (_, file, _) = wanted?;
    let (license, release) = license.zip(release).ok_or(Denied::Hidden)?;
    let file = release.file(file).ok_or(Denied::Hidden)?;
    license.covers(release.released_on, app.now(), &zone(&actor)).map_err(ApiError::NotCovered)?;
    let download = app.download(&license.product_code, file)?;
    let user = actor.user().id.to_string();
    let throttle = Throttle { kind: "download-user", whom: user, most: DOWNLOADS, window: 3_600 };
    let new = NewDownload { license: &license, release: &release, file: file.id() };
    let recorded = app.store().record_download(&right, &new, &throttle, app.event_id(), app.now()).await;
    recorded.map_err(|conflict| {
        ApiError::refused(conflict, |arm| match arm {
            DownloadRefused::Actor | DownloadRefused::Release => ApiError::Conflict,
            DownloadRefused::License => Denied::Hidden.into(),
            DownloadRefused::Throttle => ApiError::TooManyTries(throttle.used_up(app.now())),
        })
    })?;
    let allowed = AllowedDownload {
        url: download.url,
        expires_at: download.expires_at,
        name: file.name.to_string(),
        bytes: file.bytes,
        sha256: file.sha256.to_string(),
    };
    Ok((StatusCode::CREATED, Json(allowed)))
}

fn parse(body: &WantedFile) -> Result<(Version, FileId, Option<ProductCode>), ApiError> {
    let mut fields = Fields::new();
    let version = fields.take("/release", Version::parse(&body.release));
    let file = fields.take("/file", FileId::parse(&body.file));
    let product = fields.take("/product", body.product.as_deref().map(ProductCode::parse).transpose());
    let taken = version.zip(file).zip(product).map(|((version, file), product)| (version, file, product));
    fields.finish(taken)
}
