use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use domain::Timestamp;
use domain::number::ProductCode;
use domain::release::{FileName, Sha256};
use files::{Files, Place};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tower::ServiceExt as _;
use web::Clock;

use super::{Signer, Storage};

const BYTES: &[u8] = b"the first ten bytes, and those behind them";
const START: i64 = 1_795_348_800;

/// A storage with a clock of its own, and the portal's half.
struct Stand {
    storage: Storage,
    files: Files,
    seconds: Arc<AtomicI64>,
}

/// An answer, whole.
struct Answer(StatusCode, HeaderMap, Vec<u8>);

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.1.get(name).map_or("", |value| value.to_str().unwrap_or_default())
    }

    /// The status, and the code of a refusal.
    fn says(&self) -> String {
        let text = String::from_utf8_lossy(&self.2);
        let code = text.split_once("<Code>").and_then(|(_, rest)| rest.split_once('<')).map_or("", |(code, _)| code);
        format!("{} {code}", self.0.as_u16()).trim().to_owned()
    }
}

impl Stand {
    fn new() -> Self {
        let seconds = Arc::new(AtomicI64::new(START));
        let told = seconds.clone();
        let clock = Clock::from_fn(move || {
            Timestamp::from_second(told.load(Ordering::SeqCst)).unwrap_or(Timestamp::UNIX_EPOCH)
        });
        let storage = Storage::open(None, clock, Signer::drawn()).unwrap();
        let files = Files::new(storage.access("http://localhost:8080"));
        Self { storage, files, seconds }
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.seconds.load(Ordering::SeqCst)).unwrap()
    }

    async fn send(&self, method: &str, url: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let path = url.strip_prefix("http://localhost:8080").unwrap();
        let mut request = Request::builder().method(method).uri(path).header("host", "localhost:8080");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_vec())).unwrap();
        let (head, body) = self.storage.routes().oneshot(request).await.unwrap().into_parts();
        Answer(head.status, head.headers, to_bytes(body, usize::MAX).await.unwrap().to_vec())
    }

    /// Uploads under an address that was signed for [`BYTES`].
    async fn upload(&self, url: &str, checksum: &str, body: &[u8]) -> Answer {
        let length = body.len().to_string();
        self.send("PUT", url, &[("content-length", &length), ("x-amz-checksum-sha256", checksum)], body).await
    }

    fn signed_upload(&self) -> files::Upload {
        self.files.upload(&place(), BYTES.len() as u64, &sum(), self.now()).unwrap()
    }

    fn signed_download(&self) -> String {
        self.files.download(&place(), &FileName::parse("draft \"1\".zip").unwrap(), self.now()).unwrap().url
    }

    async fn with_file(self) -> Self {
        assert_eq!(self.storage.keep(&place(), BYTES).await.unwrap(), sum());
        self
    }
}

fn sum() -> Sha256 {
    Sha256::parse(&credentials::sha256_hex(BYTES)).unwrap()
}

fn place() -> Place {
    Place::of_release(&ProductCode::parse("NLD").unwrap(), &sum())
}

/// R404, R703
#[tokio::test]
async fn what_is_uploaded_is_downloaded_byte_for_byte() {
    let stand = Stand::new();
    let upload = stand.signed_upload();
    let [(_, checksum)] = &upload.headers;
    assert_eq!(stand.upload(&upload.url, checksum, BYTES).await.says(), "200");
    let got = stand.send("GET", &stand.signed_download(), &[], b"").await;
    assert_eq!((got.0.as_u16(), got.2.as_slice()), (200, BYTES));
    assert_eq!(got.header("content-type"), "application/octet-stream");
    assert_eq!(
        got.header("content-disposition"),
        "attachment; filename=\"draft _1_.zip\"; filename*=UTF-8''draft%20%221%22.zip"
    );
    assert_eq!((got.header("accept-ranges"), got.header("x-content-type-options")), ("bytes", "nosniff"));
}

/// R703
#[tokio::test]
async fn an_upload_is_exactly_what_was_signed() {
    let stand = Stand::new();
    let upload = stand.signed_upload();
    let [(_, checksum)] = &upload.headers;
    let other = [BYTES, b"!"].concat();
    let mut changed = BYTES.to_vec();
    changed[3] ^= 1;
    let zeros = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    assert_eq!(stand.upload(&upload.url, checksum, &changed).await.says(), "400 BadDigest");
    assert_eq!(stand.upload(&upload.url, checksum, &other).await.says(), "403 SignatureDoesNotMatch");
    assert_eq!(stand.upload(&upload.url, zeros, BYTES).await.says(), "403 SignatureDoesNotMatch");
    let length = BYTES.len().to_string();
    let bare = [("content-length", length.as_str())];
    assert_eq!(stand.send("PUT", &upload.url, &bare, BYTES).await.says(), "403 SignatureDoesNotMatch");
    let more = [("content-length", length.as_str()), ("x-amz-checksum-sha256", checksum), ("x-amz-acl", "public-read")];
    assert_eq!(stand.send("PUT", &upload.url, &more, BYTES).await.says(), "403 AccessDenied");
    assert_eq!(stand.upload(&upload.url, checksum, &BYTES[..8]).await.says(), "403 SignatureDoesNotMatch");
    // The length was said, and the line broke off.
    let broken = [("content-length", length.as_str()), ("x-amz-checksum-sha256", checksum.as_str())];
    assert_eq!(stand.send("PUT", &upload.url, &broken, &BYTES[..8]).await.says(), "400 IncompleteBody");
    assert_eq!(stand.send("GET", &stand.signed_download(), &[], b"").await.says(), "404 NoSuchKey", "nothing was kept");
}

/// R404
#[tokio::test]
async fn a_changed_address_opens_nothing() {
    let stand = Stand::new().with_file().await;
    let url = stand.signed_download();
    let other_key = url.replace("/NLD/", "/NLR/");
    let last = if url.ends_with('0') { "1" } else { "0" };
    let other_signature = format!("{}{last}", &url[..url.len() - 1]);
    let unsigned = url.split("&X-Amz-Signature").next().unwrap().to_owned();
    for (address, says) in [
        (other_key, "403 SignatureDoesNotMatch"),
        (other_signature, "403 SignatureDoesNotMatch"),
        (url.replace("X-Amz-Expires=300", "X-Amz-Expires=3000"), "403 SignatureDoesNotMatch"),
        (url.replace("octet-stream", "html"), "403 SignatureDoesNotMatch"),
        (format!("{url}&response-cache-control=public"), "403 SignatureDoesNotMatch"),
        (format!("{url}&X-Amz-Expires=3000"), "400 AuthorizationQueryParametersError"),
        (url.replace("X-Amz-Expires=300", "X-Amz-Expires=0"), "400 AuthorizationQueryParametersError"),
        (url.replace("Credential=portico", "Credential=somebody"), "403 InvalidAccessKeyId"),
        (url.replace("eu-central-1", "us-east-1"), "400 AuthorizationQueryParametersError"),
        (url.replace("SignedHeaders=host", "SignedHeaders=accept"), "403 AccessDenied"),
        (unsigned, "403 AccessDenied"),
        (url.split('?').next().unwrap().to_owned(), "403 AccessDenied"),
    ] {
        assert_eq!(stand.send("GET", &address, &[], b"").await.says(), says, "{address}");
    }
    // Signed for one method, and good for no other.
    for method in ["PUT", "DELETE", "HEAD"] {
        assert_eq!(stand.send(method, &url, &[("content-length", "0")], b"").await.0, 403, "{method}");
    }
}

/// R404
#[tokio::test]
async fn an_address_is_good_for_its_minutes() {
    let stand = Stand::new().with_file().await;
    let (download, upload) = (stand.signed_download(), stand.signed_upload());
    let [(_, checksum)] = &upload.headers;
    for (seconds, got, put) in [
        (0, "200", "200"),
        (300, "200", "200"),
        (301, "403 AccessDenied", "200"),
        (901, "403 AccessDenied", "403 AccessDenied"),
        (-901, "403 AccessDenied", "403 AccessDenied"),
    ] {
        stand.seconds.store(START + seconds, Ordering::SeqCst);
        assert_eq!(stand.send("GET", &download, &[], b"").await.says(), got, "after {seconds} s");
        assert_eq!(stand.upload(&upload.url, checksum, BYTES).await.says(), put, "after {seconds} s");
    }
}

/// R404
#[tokio::test]
async fn a_download_that_broke_off_goes_on() {
    let stand = Stand::new().with_file().await;
    let url = stand.signed_download();
    let whole = stand.send("GET", &url, &[], b"").await;
    let etag = whole.header("etag").to_owned();
    let rest = stand.send("GET", &url, &[("range", "bytes=10-"), ("if-range", &etag)], b"").await;
    assert_eq!((rest.0.as_u16(), rest.2.as_slice()), (206, &BYTES[10..]));
    assert_eq!(rest.header("content-range"), format!("bytes 10-{}/{}", BYTES.len() - 1, BYTES.len()));
    assert_eq!([&BYTES[..10], &rest.2].concat(), BYTES);
    let other = stand.send("GET", &url, &[("range", "bytes=10-"), ("if-range", "\"other\"")], b"").await;
    assert_eq!((other.0.as_u16(), other.2.as_slice()), (200, BYTES), "of another file a part is of no use");
    let beyond = stand.send("GET", &url, &[("range", "bytes=4096-")], b"").await;
    assert_eq!((beyond.says().as_str(), beyond.header("content-range")), ("416 InvalidRange", "bytes */42"));
}

#[tokio::test]
async fn no_key_leads_out_of_the_folder() {
    let stand = Stand::new().with_file().await;
    let url = stand.signed_download();
    for key in ["../../etc/passwd", "..%2F..%2Fetc%2Fpasswd", "releases/NLD/../../../x", "%00", &"k".repeat(1_025)] {
        let address = url.replace(&place().to_string(), key);
        let answer = stand.send("GET", &address, &[], b"").await;
        assert_eq!(answer.0, 403, "{key}: {}", answer.says());
    }
}

#[test]
fn a_temporary_folder_goes_with_its_storage() {
    let storage = Storage::open(None, Clock::system(), Signer::drawn()).unwrap();
    let printed = format!("{storage:?}");
    let path = printed.split("path: \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(std::path::Path::new(&path).is_dir());
    drop(storage);
    assert!(!std::path::Path::new(&path).exists());
}
