//! Files of releases: what a browser does with the addresses it gets, and releases to try with.

use axum::body::Body;
use http::Request;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::{Caller, Reply, TestPortal};

impl TestPortal {
    /// Calls an address of the storage, as a browser that was handed it does.
    ///
    /// # Panics
    /// If it is none.
    pub async fn fetch(&self, method: &str, url: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let rest = url.strip_prefix("http://").expect("an address");
        let (host, path) = rest.split_at(rest.find('/').expect("a path"));
        let mut request = Request::builder().method(method).uri(path).header("host", host);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_vec())).expect("a request");
        let answer = self.storage.routes().oneshot(request).await.unwrap_or_else(|never| match never {});
        let (head, body) = answer.into_parts();
        Reply::new(head.status, head.headers, body.collect().await.expect("a whole body").to_bytes())
    }

    /// Uploads a file of a product as the console does, and gives back what a release names it by.
    pub async fn upload(&self, staff: &Caller, product: &str, name: &str, bytes: &[u8]) -> Value {
        let wanted = json!({
            "name": name, "platform": "any", "arch": "", "bytes": bytes.len(), "sha256": credentials::sha256_hex(bytes),
        });
        let begun = staff.post(&format!("/api/staff/products/{product}/uploads"), wanted).await.expect(200);
        let target = &begun.json["upload"];
        let length = bytes.len().to_string();
        let mut headers = vec![("content-length", length.as_str())];
        let said = target["headers"].as_object().into_iter().flatten();
        headers.extend(said.filter_map(|(name, value)| Some((name.as_str(), value.as_str()?))));
        self.fetch("PUT", begun.text("/upload/url"), &headers, bytes).await.expect(200);
        begun.json["file"].clone()
    }

    /// Publishes a release of a product with one file of these bytes, and gives back the file.
    pub async fn publish(
        &self,
        staff: &Caller,
        product: &str,
        (version, released_on): (&str, &str),
        bytes: &[u8],
    ) -> Value {
        let file = self.upload(staff, product, &format!("{product}-{version}.zip"), bytes).await;
        let release = json!({
            "released_on": released_on, "notes": "What is new", "files": [file], "published": true, "revision": null,
        });
        let path = format!("/api/staff/products/{product}/releases/{version}");
        staff.put(&path, release).await.expect(200).json["files"][0].clone()
    }
}
