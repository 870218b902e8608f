//! A file as it is served: its bytes, plain and compressed, its tag and how long it may be kept.

use std::io::Write as _;
use std::sync::{Arc, OnceLock};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use flate2::Compression;
use flate2::write::GzEncoder;
use ring::digest::{SHA256, digest};

/// Forms a file can be sent in, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
    Plain,
}

/// One file of the site. Compressed forms are made when they are first asked for.
#[derive(Debug, Clone)]
pub struct File {
    content_type: &'static str,
    forever: bool,
    tag: String,
    plain: Arc<[u8]>,
    gzip: Arc<OnceLock<Vec<u8>>>,
    brotli: Arc<OnceLock<Vec<u8>>>,
}

impl File {
    /// A page: asked for again each time.
    pub(super) fn page(html: String) -> Self {
        Self::new("text/html; charset=utf-8", false, html.into_bytes())
    }

    /// A sheet or module under a version of its own: kept for ever.
    pub(super) fn asset(name: &str, bytes: Vec<u8>) -> Self {
        let css = name.ends_with(".css");
        Self::new(if css { "text/css; charset=utf-8" } else { "text/javascript; charset=utf-8" }, true, bytes)
    }

    fn new(content_type: &'static str, forever: bool, bytes: Vec<u8>) -> Self {
        let tag = URL_SAFE_NO_PAD.encode(&digest(&SHA256, &bytes).as_ref()[..12]);
        Self { content_type, forever, tag, plain: bytes.into(), gzip: Arc::default(), brotli: Arc::default() }
    }

    /// Its media type.
    #[must_use]
    pub const fn content_type(&self) -> &'static str {
        self.content_type
    }

    /// Whether it is a page that a person sees.
    #[must_use]
    pub fn is_page(&self) -> bool {
        !self.forever
    }

    /// How long browsers may keep it.
    #[must_use]
    pub const fn cache_control(&self) -> &'static str {
        if self.forever { "public, max-age=31536000, immutable" } else { "no-cache" }
    }

    /// Its bytes.
    #[must_use]
    pub fn plain(&self) -> &[u8] {
        &self.plain
    }

    /// Its strong tag in one form.
    pub(super) fn etag(&self, encoding: Encoding) -> String {
        let form = match encoding {
            Encoding::Brotli => "-br",
            Encoding::Gzip => "-gz",
            Encoding::Plain => "",
        };
        format!("\"{}{form}\"", self.tag)
    }

    /// Its bytes in one form.
    pub(super) fn bytes(&self, encoding: Encoding) -> &[u8] {
        match encoding {
            Encoding::Brotli => self.brotli.get_or_init(|| brotli(&self.plain)),
            Encoding::Gzip => self.gzip.get_or_init(|| gzip(&self.plain)),
            Encoding::Plain => &self.plain,
        }
    }
}

/// What a page writes into `integrity`.
pub(super) fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(digest(&SHA256, bytes)))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail.
    encoder.write_all(bytes).and_then(|()| encoder.finish()).unwrap_or_default()
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, size_hint: bytes.len(), ..Default::default() };
    // Writing to memory does not fail.
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params).map(|_| out).unwrap_or_default()
}
