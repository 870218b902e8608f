//! Somebody in front of the portal: a browser with its cookies.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Mutex;

use axum::Router;
use axum::body::Body;
use http::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use http::{HeaderMap, Request, request};
use http_body_util::BodyExt as _;
use hyper::body::Bytes;
use serde_json::Value;
use tower::ServiceExt as _;
use web::{App, ClientAddress};

use super::Reply;
use crate::wire::{Followed, lock};

/// Where every call comes from: an address reserved for documentation, the one Lambda events carry too.
const SOURCE: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));

/// What a person can change of their profile.
const PROFILE: [&str; 10] =
    ["title", "first_name", "last_name", "job_title", "phone", "street", "postal_code", "city", "country", "language"];

/// Somebody who calls the portal through its front door. Cookies are kept and sent as a browser does. What follows an
/// answer is done before the next call, as on one machine, but after the answer, as in Lambda.
pub struct Caller {
    door: Router,
    app: App,
    followed: Followed,
    cookies: Mutex<BTreeMap<String, String>>,
    /// The customer that pages of a partner's person name.
    customer: Option<String>,
}

impl Caller {
    pub(crate) fn new(door: Router, app: App, followed: Followed) -> Self {
        Self { door, app, followed, cookies: Mutex::default(), customer: None }
    }

    /// Another browser tab of the same person: the same cookies, from now on apart.
    #[must_use]
    pub fn again(&self) -> Self {
        let cookies = Mutex::new(lock(&self.cookies).clone());
        let (door, app, followed) = (self.door.clone(), self.app.clone(), self.followed.clone());
        Self { door, app, followed, cookies, customer: self.customer.clone() }
    }

    /// The same person on a page about a customer of theirs.
    #[must_use]
    pub fn on_customer(&self, id: &str) -> Self {
        Self { customer: Some(id.to_owned()), ..self.again() }
    }

    /// Reads.
    pub async fn get(&self, path: &str) -> Reply {
        self.send(self.request("GET", path), Bytes::new()).await
    }

    /// Sends JSON by POST.
    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send_json("POST", path, &body).await
    }

    /// Sends JSON by PUT.
    pub async fn put(&self, path: &str, body: Value) -> Reply {
        self.send_json("PUT", path, &body).await
    }

    /// Deletes.
    pub async fn delete(&self, path: &str) -> Reply {
        self.send(self.request("DELETE", path), Bytes::new()).await
    }

    /// Sends JSON by any method.
    pub async fn send_json(&self, method: &str, path: &str, body: &Value) -> Reply {
        self.send(self.request(method, path).header(CONTENT_TYPE, "application/json"), Bytes::from(body.to_string()))
            .await
    }

    /// What the page "my profile" sends when one field is changed: all others as they stand.
    ///
    /// # Panics
    /// If the caller has no profile.
    pub async fn profile_with(&self, field: &str, value: &str) -> Value {
        let mine = self.get("/api/profile").await.expect(200);
        let as_it_stands = |name: &&str| ((*name).to_owned(), mine.json[*name].clone());
        let mut body: Value = PROFILE.iter().map(as_it_stands).collect();
        body[field] = value.into();
        body
    }

    /// The request as a page of the portal makes it, to be changed before it is sent.
    #[must_use]
    pub fn request(&self, method: &str, path: &str) -> request::Builder {
        let request = Request::builder().method(method).uri(path).header("sec-fetch-site", "same-origin");
        let request = match &self.customer {
            Some(id) => request.header("x-portico-customer", id),
            None => request,
        };
        let cookies: Vec<_> = lock(&self.cookies).iter().map(|(name, value)| format!("{name}={value}")).collect();
        if cookies.is_empty() { request } else { request.header(COOKIE, cookies.join("; ")) }
    }

    /// Sends any request, keeps the cookies of the answer, and lets what follows it be done.
    ///
    /// # Panics
    /// If the request is none.
    pub async fn send(&self, request: request::Builder, body: Bytes) -> Reply {
        let request = request.extension(ClientAddress(SOURCE)).body(Body::from(body)).expect("a request");
        let answer = self.door.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        let (head, body) = answer.into_parts();
        let body = body.collect().await.expect("a whole body").to_bytes();
        self.keep(&head.headers);
        self.followed.by(self.app.store().do_what_follows()).await;
        Reply::new(head.status, head.headers, body)
    }

    /// Keeps the cookies of an answer that came another way.
    ///
    /// # Panics
    /// If they are none.
    pub fn keep(&self, headers: &HeaderMap) {
        let mut cookies = lock(&self.cookies);
        for cookie in headers.get_all(SET_COOKIE) {
            let cookie = cookie.to_str().expect("a cookie is text");
            let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').expect("a cookie has a name");
            if attributes.to_ascii_lowercase().contains("max-age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// The value of a cookie.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<String> {
        lock(&self.cookies).get(name).cloned()
    }

    /// Puts a cookie there, as somebody who forges one does.
    pub fn set_cookie(&self, name: &str, value: &str) {
        lock(&self.cookies).insert(name.to_owned(), value.to_owned());
    }
}
