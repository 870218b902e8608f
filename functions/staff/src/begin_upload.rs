//! `POST /api/staff/products/{code}/uploads`: where to send a file of a release (R703).

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use domain::{Actor, Timestamp, access::Denied};
use serde::Serialize;
use utoipa::ToSchema;
use web::{ApiError, App, Body, Caller, Fields, Problem, Upload};

use crate::{
    product::code,
    release::{NewFile, StaffFile},
};

/// An upload that can begin.
#[derive(Serialize, ToSchema)]
pub(crate) struct BegunUpload {
    /// To be named in the release.
    file: StaffFile,
    upload: UploadTarget,
}

/// Where to send the bytes: these and no others are taken there.
#[derive(Serialize, ToSchema)]
struct UploadTarget {
    url: String,
    #[schema(example = "PUT")]
    method: &'static str,
    /// To be sent beside those a browser sends by itself.
    headers: BTreeMap<&'static str, String>,
    /// Until when it can begin.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// Begins the upload of a file.
///
/// The bytes go to the storage and not through the portal. They are taken only if their length and their SHA-256 are
/// those named here. Nothing is stored by this call; a file that no release names is of no use to anybody.
#[utoipa::path(
    post,
    path = "/api/staff/products/{code}/uploads",
    tag = "staff",
    params(("code" = String, Path, description = "The product's code", example = "NLD")),
    request_body = NewFile,
    responses(
        (status = 200, description = "Where to send it", body = BegunUpload),
        (status = 401, description = "Nobody is signed in", body = Problem),
        (status = 404, description = "No such product, or not for this caller", body = Problem),
        (status = 422, description = "Fields that cannot be taken", body = Problem),
    ),
)]
pub(crate) async fn begin_upload(
    State(app): State<App>,
    caller: Caller,
    path: Result<Path<String>, PathRejection>,
    Body(body): Body<NewFile>,
) -> Result<Json<BegunUpload>, ApiError> {
    let code = code(path).ok();
    let start = |right| {
        let (store, code) = (app.store().clone(), code.clone());
        async move {
            match code {
                Some(code) => store.product(&right, &code).await,
                None => Ok(None),
            }
        }
    };
    let (actor, _, product) = caller.read(start, Actor::may_list_products).await?;
    actor.may_manage_products()?;
    let product = product.ok_or(Denied::Hidden)?;
    let mut fields = Fields::new();
    let file = body.parse(&mut fields, "");
    let file = fields.finish(file)?;
    let upload = app.upload(&product.code, &file)?;
    Ok(Json(BegunUpload { file: file.into(), upload: upload.into() }))
}

impl From<Upload> for UploadTarget {
    fn from(upload: Upload) -> Self {
        Self {
            url: upload.url,
            method: upload.method,
            headers: upload.headers.into_iter().collect(),
            expires_at: upload.expires_at,
        }
    }
}
