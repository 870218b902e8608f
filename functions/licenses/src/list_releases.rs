//! `GET /api/licenses/{id}/releases`: what a license opens (R404).

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{
    Actor, Date, LicenseId, TimeZone,
    access::Denied,
    license::License,
    number::ProductCode,
    page::PageSize,
    release::{Platform, Release, ReleaseFile},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::{ApiError, App, Caller, Problem, Query};

/// Releases of a page: each may have twelve files and a page of notes.
const ROWS: u16 = 20;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReleaseQuery {
    /// The license's product, as the list of licenses names it.
    #[param(example = "NLD")]
    product: String,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// A page of the releases of a license's product, the newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Releases {
    items: Vec<ReleaseItem>,
    /// The cursor of the next page; null on the last.
    next: Option<String>,
    product: ReleasedProduct,
    /// The last day whose releases the license covers; null: all there will be.
    #[schema(value_type = Option<String>, format = Date)]
    covered_until: Option<Date>,
}

#[derive(Serialize, ToSchema)]
struct ReleasedProduct {
    #[schema(example = "NLD")]
    code: String,
    name: String,
}

#[derive(Serialize, ToSchema)]
struct ReleaseItem {
    #[schema(example = "2026.1")]
    version: String,
    #[schema(value_type = String, format = Date)]
    released_on: Date,
    /// What is new, as plain text; may be empty.
    notes: String,
    /// The license terms to read before a download; null where the vendor set none.
    terms_url: Option<String>,
    /// Whether its files can be had by this license.
    covered: bool,
    files: Vec<FileItem>,
}

#[derive(Serialize, ToSchema)]
struct FileItem {
    #[schema(example = "fil_01jd0x5m2nfe4r8v0t6w9y2zab")]
    id: String,
    /// `windows`, `macos`, `linux` or `any`.
    #[schema(value_type = String, example = "windows")]
    platform: Platform,
    /// The processor; null where it does not matter.
    #[schema(example = "x64")]
    arch: Option<String>,
    name: String,
    bytes: u64,
    /// In 64 hexadecimal digits.
    sha256: String,
}

/// Lists the releases of a license's product, and which of them it covers.
///
/// Who may not view orders sees them by the licenses assigned to them.
#[utoipa::path(
    get,
    path = "/api/licenses/{id}/releases",
    tag = "licenses",
    params(("id" = String, Path, description = "The license's id"), ReleaseQuery),
    responses(
        (status = 200, description = "A page of releases", body = Releases),
        (status = 400, description = "A query or cursor that cannot be taken", body = Problem),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 403, description = "Not where the person stands", body = Problem),
        (status = 404, description = "No license of theirs, or none of that product", body = Problem),
    ),
)]
pub(crate) async fn list_releases(
    State(app): State<App>,
    caller: Caller,
    path: Result<Path<String>, PathRejection>,
    Query(query): Query<ReleaseQuery>,
) -> Result<Json<Releases>, ApiError> {
    let id = license_of(path).ok();
    // What is no code is no license's product.
    let wanted = id.zip(ProductCode::parse(&query.product).ok());
    let asked = format!("releases by {}", id.map(|id| id.to_string()).unwrap_or_default());
    let from = caller.open_cursor(&asked, query.cursor.as_deref()).await?;
    let size = PageSize::new(ROWS).unwrap_or_default();
    let start = |right| {
        let (store, wanted, from) = (app.store().clone(), wanted.clone(), from.clone());
        async move {
            match wanted {
                Some((id, product)) => store.list_licensed_releases(&right, id, &product, size, from.as_ref()).await,
                None => Ok(None),
            }
        }
    };
    let (actor, _, found) = caller.read(start, Actor::may_list_licenses).await?;
    let found = found.ok_or(Denied::Hidden)?;
    let (license, zone) = (found.license, zone(&actor));
    let terms_url = found.terms_url.map(String::from);
    let item = |release: Release| {
        let covered = license.covers(release.released_on, app.now(), &zone).is_ok();
        ReleaseItem {
            version: release.version.to_string(),
            released_on: release.released_on,
            notes: release.notes.map(String::from).unwrap_or_default(),
            terms_url: terms_url.clone(),
            covered,
            files: release.files.into_iter().map(FileItem::from).collect(),
        }
    };
    Ok(Json(Releases {
        items: found.releases.items.into_iter().map(item).collect(),
        next: caller.seal_cursor(&asked, found.releases.next).await?,
        product: ReleasedProduct::of(&license),
        covered_until: license.covered_until(),
    }))
}

impl ReleasedProduct {
    fn of(license: &License) -> Self {
        Self { code: license.product_code.to_string(), name: license.product_name.to_string() }
    }
}

impl From<ReleaseFile> for FileItem {
    fn from(file: ReleaseFile) -> Self {
        Self {
            id: file.id().to_string(),
            platform: file.platform,
            arch: file.arch.map(String::from),
            name: file.name.to_string(),
            bytes: file.bytes,
            sha256: file.sha256.to_string(),
        }
    }
}

/// The license a path names; what is no id is a license that does not exist.
pub(crate) fn license_of(path: Result<Path<String>, PathRejection>) -> Result<LicenseId, Denied> {
    path.ok().and_then(|Path(id)| LicenseId::parse(&id).ok()).ok_or(Denied::Hidden)
}

/// Where the account's days end.
pub(crate) fn zone(actor: &Actor) -> TimeZone {
    actor.account().map_or(TimeZone::UTC, |account| account.zone.zone())
}
