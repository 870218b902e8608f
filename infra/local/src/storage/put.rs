//! `PutObject`: an upload, taken only if it is what was signed.

use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::release::{ReleaseFile, Sha256};
use futures_util::StreamExt as _;

use super::folder::Folder;
use super::get::etag;
use super::refusal::Refusal;

/// Takes the bytes as they come, and keeps them if length and checksum are right.
pub(super) async fn put(folder: &Folder, key: &str, request: Request) -> Result<Response, Refusal> {
    let (head, body) = request.into_parts();
    let text = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok());
    let length: u64 = text("content-length").and_then(|text| text.parse().ok()).ok_or(Refusal::MissingLength)?;
    if length > ReleaseFile::MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    let promised = text("x-amz-checksum-sha256").map(checksum).transpose()?;
    let mut draft = folder.draft().await.map_err(|_| Refusal::Internal)?;
    let mut body = body.into_data_stream();
    while let Some(bytes) = body.next().await {
        draft.write(&bytes.map_err(|_| Refusal::Incomplete)?).await.map_err(|_| Refusal::Internal)?;
        if draft.length() > length {
            return Err(Refusal::Incomplete);
        }
    }
    if draft.length() != length {
        return Err(Refusal::Incomplete);
    }
    if promised.is_some_and(|promised| promised != draft.sha256()) {
        return Err(Refusal::BadDigest);
    }
    draft.keep_as(key).await.map_err(|_| Refusal::Internal)?;
    Ok((StatusCode::OK, [(header::ETAG, etag(key))]).into_response())
}

fn checksum(text: &str) -> Result<Sha256, Refusal> {
    let bytes = STANDARD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.map(Sha256).ok_or(Refusal::BadChecksum)
}
