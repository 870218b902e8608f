//! `PUT /api/staff/products/{code}/releases/{version}`: adding a release, changing and publishing it (R703).

use std::collections::BTreeSet;

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{
    Date, Invalid,
    access::Denied,
    profile::optional,
    release::{Notes, Release, ReleaseFile, ReleaseState, Version},
};
use serde::Deserialize;
use store::ReleaseRefused;
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem};

use crate::{
    change_product::next,
    release::{NewFile, StaffRelease, release_of},
};

/// All of it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRelease {
    /// The day it came out: maintenance covers it or not by that.
    #[schema(example = "2026-11-22")]
    released_on: String,
    /// What is new, as plain text of 4,000 characters at most; may be empty.
    #[serde(default)]
    notes: String,
    /// At most twelve, all of them uploaded.
    files: Vec<NewFile>,
    /// Whether customers see it.
    published: bool,
    /// The revision this was made from; null for a new release.
    #[serde(default)]
    revision: Option<u32>,
}

/// Adds a release, or changes it; publishes it, or makes a draft of it again.
#[utoipa::path(
    put,
    path = "/api/staff/products/{code}/releases/{version}",
    tag = "staff",
    params(
        ("code" = String, Path, description = "The product's code", example = "NLD"),
        ("version" = String, Path, description = "1 to 40 letters, digits and `. - + _`", example = "2026.1"),
    ),
    request_body = NewRelease,
    responses(
        (status = 200, description = "As it stands now", body = StaffRelease),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "No such product, or not for this caller", body = Problem),
        (status = 409, description = "It is there already, or was changed meanwhile", body = Problem),
        (status = 422, description = "Fields that cannot be taken, or a file that was not uploaded", body = Problem),
        (status = 503, description = "The storage does not say whether the files are there", body = Problem),
    ),
)]
pub(crate) async fn change_release(
    State(app): State<App>,
    caller: Caller,
    path: Result<Path<(String, String)>, PathRejection>,
    Body(body): Body<NewRelease>,
) -> Result<Json<StaffRelease>, ApiError> {
    let right = caller.actor().await?.may_manage_products()?;
    let (product, version) = release_of(path)?;
    let release = parse(version, &body)?;
    let missing = app.missing_files(&product, &release.files).await?;
    if !missing.is_empty() {
        let mut fields = Fields::new();
        missing.iter().for_each(|place| fields.refuse(&format!("/files/{place}"), "not_uploaded", Vec::new()));
        return fields.finish(None);
    }
    let put = app.store().put_release(&right, &product, &release, body.revision, app.event_id(), app.now()).await;
    put.map_err(refused)?;
    Ok(Json(release.into()))
}

/// What a refusal of the store means.
pub(crate) fn refused(conflict: store::Conflict<ReleaseRefused>) -> ApiError {
    ApiError::refused(conflict, |arm| match arm {
        ReleaseRefused::Missing => Denied::Hidden.into(),
        ReleaseRefused::Actor | ReleaseRefused::Changed => ApiError::Conflict,
    })
}

fn parse(version: Version, body: &NewRelease) -> Result<Release, ApiError> {
    let mut fields = Fields::new();
    let day = body.released_on.trim();
    let released_on = match day {
        "" => Err(Invalid::Required),
        day => day.parse::<Date>().map_err(|_| Invalid::Date),
    };
    let released_on = fields.take("/released_on", released_on);
    let notes = fields.take("/notes", optional(&body.notes, Notes::parse));
    let files = parse_files(&mut fields, &body.files);
    let state = if body.published { ReleaseState::Published } else { ReleaseState::Draft };
    let taken = (|| {
        Some(Release {
            version,
            released_on: released_on?,
            notes: notes?,
            files: files?,
            state,
            revision: next(body.revision),
        })
    })();
    fields.finish(taken)
}

fn parse_files(fields: &mut Fields, files: &[NewFile]) -> Option<Vec<ReleaseFile>> {
    if files.len() > Release::MOST_FILES {
        fields.refuse("/files", "too_many_files", vec![("max", Release::MOST_FILES.to_string())]);
        return None;
    }
    let parsed: Vec<_> =
        files.iter().enumerate().map(|(place, file)| file.parse(fields, &format!("/files/{place}"))).collect();
    let (mut ids, mut names) = (BTreeSet::new(), BTreeSet::new());
    for (place, file) in parsed.iter().enumerate() {
        let Some(file) = file else { continue };
        // Nobody can tell two of one name apart, nor get the second of two alike.
        if !ids.insert(file.id()) || !names.insert(file.name.as_str().to_lowercase()) {
            fields.refuse(&format!("/files/{place}/name"), Invalid::Twice.code(), Vec::new());
        }
    }
    parsed.into_iter().collect()
}
