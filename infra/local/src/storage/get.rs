//! `GetObject` and `HeadObject`: a download, whole or in part.

use std::io::SeekFrom;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};

use super::folder::Folder;
use super::range::Part;
use super::refusal::Refusal;
use super::signature::Signed;

/// How much is read at once.
const PIECE: u64 = 64 * 1024;

/// The file, or the part of it that is asked for.
pub(super) async fn get(
    folder: &Folder,
    key: &str,
    (method, asked): (&Method, &HeaderMap),
    signed: &Signed,
) -> Result<Response, Refusal> {
    let mut file = folder.open(key).await.map_err(|_| Refusal::NoSuchKey)?;
    let length = file.metadata().await.map_err(|_| Refusal::Internal)?.len();
    let text = |name: HeaderName| asked.get(name).and_then(|value| value.to_str().ok());
    // Of another file than the one that broke off, a part would be of no use.
    let same = text(header::IF_RANGE).is_none_or(|known| known == etag(key));
    let part = Part::of(text(header::RANGE).filter(|_| same), length)?;
    let (status, first, count) = match part {
        Part::Whole => (StatusCode::OK, 0, length),
        Part::From(first, last) => (StatusCode::PARTIAL_CONTENT, first, last - first + 1),
    };
    let mut headers = HeaderMap::new();
    let mut say = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    say(header::ACCEPT_RANGES, "bytes");
    say(header::ETAG, &etag(key));
    say(header::CONTENT_LENGTH, &count.to_string());
    say(header::CONTENT_TYPE, signed.get("response-content-type").unwrap_or("binary/octet-stream"));
    if let Some(disposition) = signed.get("response-content-disposition") {
        say(header::CONTENT_DISPOSITION, disposition);
    }
    if let Part::From(first, last) = part {
        say(header::CONTENT_RANGE, &format!("bytes {first}-{last}/{length}"));
    }
    // Beside what S3 says: here the files lie on the portal's own origin, and must never run there.
    say(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    say(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox");
    say(header::CACHE_CONTROL, "no-store");
    let body = if method == Method::HEAD {
        Body::empty()
    } else {
        file.seek(SeekFrom::Start(first)).await.map_err(|_| Refusal::Internal)?;
        Body::from_stream(pieces(file, count))
    };
    Ok((status, headers, body).into_response())
}

/// A key's bytes never change, so its name stands for them.
pub(super) fn etag(key: &str) -> String {
    format!("\"{}\"", &credentials::sha256_hex(key.as_bytes())[..32])
}

fn pieces(file: File, count: u64) -> impl stream::Stream<Item = std::io::Result<Bytes>> {
    stream::try_unfold((file, count), |(mut file, left)| async move {
        if left == 0 {
            return Ok(None);
        }
        let mut piece = vec![0; usize::try_from(left.min(PIECE)).unwrap_or_default()];
        file.read_exact(&mut piece).await?;
        let left = left - piece.len() as u64;
        Ok(Some((Bytes::from(piece), (file, left))))
    })
}
