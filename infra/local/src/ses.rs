//! A stand-in for Amazon SES on one machine: the real SDK talks to it, it refuses what SES refuses, and it keeps the
//! mails instead of sending them. Nothing leaves the machine.
//!
//! It speaks one operation, `SendEmail` of the v2 API with simple content, since Portico uses no other.

mod check;
mod event;
mod fault;
mod mailroom;
mod wire;

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::json;
use tokio::sync::watch;

pub use fault::{Fault, Refusal};
pub use mailroom::{Fate, Header, Received};

use mailroom::Mailroom;
use wire::SendEmail;

/// SES takes 40 MB; ours are a few kilobytes, so that a runaway is noticed here.
const LARGEST: usize = 1 << 20;

/// What the stand-in knows before the first mail.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// Verified identities: addresses, or domains with all their addresses.
    pub identities: Vec<String>,
    /// Where mails are kept, so that they survive a restart; in memory only when absent.
    pub folder: Option<PathBuf>,
}

/// The stand-in; clones share their mails.
#[derive(Clone)]
pub struct Ses {
    inner: Arc<Inner>,
}

struct Inner {
    identities: Vec<String>,
    mailroom: Mutex<Mailroom>,
    faults: Mutex<VecDeque<Fault>>,
    events: Mutex<Vec<serde_json::Value>>,
    arrivals: watch::Sender<u64>,
}

impl Ses {
    /// Opens the stand-in, with the mails of last time.
    ///
    /// # Errors
    /// If the folder cannot be made or read.
    pub fn open(setup: Setup) -> io::Result<Self> {
        let mailroom = match setup.folder {
            Some(folder) => Mailroom::in_folder(folder)?,
            None => Mailroom::in_memory(),
        };
        let identities = setup.identities.iter().map(|identity| identity.to_lowercase()).collect();
        let inner = Inner {
            identities,
            mailroom: Mutex::new(mailroom),
            faults: Mutex::default(),
            events: Mutex::default(),
            arrivals: watch::Sender::default(),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The routes the SDK calls.
    pub fn routes(&self) -> Router {
        Router::new().route("/v2/email/outbound-emails", post(send_email)).with_state(self.clone())
    }

    /// All mails, newest first.
    #[must_use]
    pub fn mails(&self) -> Vec<Arc<Received>> {
        lock(&self.inner.mailroom).newest_first()
    }

    /// The mails to one address, newest first; addresses are compared without case.
    #[must_use]
    pub fn mails_to(&self, address: &str) -> Vec<Arc<Received>> {
        let address = address.to_lowercase();
        let mut mails = self.mails();
        mails.retain(|mail| mail.to.iter().any(|to| to.to_lowercase() == address));
        mails
    }

    /// The mail of that name.
    #[must_use]
    pub fn mail(&self, id: &str) -> Option<Arc<Received>> {
        self.mails().into_iter().find(|mail| mail.id == id)
    }

    /// Forgets all mails, in the folder too.
    ///
    /// # Errors
    /// If a file cannot be removed.
    pub fn clear(&self) -> io::Result<()> {
        lock(&self.inner.mailroom).clear()
    }

    /// What the next calls meet, one fault each, after those already waiting.
    pub fn inject(&self, faults: impl IntoIterator<Item = Fault>) {
        lock(&self.inner.faults).extend(faults);
    }

    /// What there is to tell of mails that did not simply arrive, since it was asked for last: each an event as the function
    /// gets it that the topic calls.
    #[must_use]
    pub fn events(&self) -> Vec<serde_json::Value> {
        std::mem::take(&mut lock(&self.inner.events))
    }

    /// How many mails have come since the start; changes wake whoever waits.
    #[must_use]
    pub fn arrivals(&self) -> watch::Receiver<u64> {
        self.inner.arrivals.subscribe()
    }

    fn take(&self, headers: &HeaderMap, body: &[u8]) -> Result<String, Refusal> {
        let signed = headers.get("authorization").is_some_and(|it| it.as_bytes().starts_with(b"AWS4-HMAC-SHA256 "));
        if !signed {
            return Err(Refusal::NotSigned);
        }
        let request: SendEmail =
            serde_json::from_slice(body).map_err(|error| Refusal::BadRequest(error.to_string()))?;
        let mail = check::received(request, &self.inner.identities)?;
        let told = event::about(&mail);
        let id = lock(&self.inner.mailroom).keep(mail).map_err(|error| Refusal::ServiceFailed(error.to_string()))?;
        lock(&self.inner.events).extend(told);
        self.inner.arrivals.send_modify(|count| *count += 1);
        Ok(id)
    }
}

async fn send_email(State(ses): State<Ses>, headers: HeaderMap, body: Body) -> Response {
    let Ok(body) = to_bytes(body, LARGEST).await else {
        return Refusal::BadRequest("Message length is more than the stand-in takes.".into()).into_response();
    };
    let fault = lock(&ses.inner.faults).pop_front();
    match fault {
        None => answer(ses.take(&headers, &body)),
        Some(Fault::Refuse(refusal)) => refusal.into_response(),
        Some(Fault::DropBefore) => fault::hang_up(),
        // What is wrong with the mail would be refused before the line is cut.
        Some(Fault::DropAfter) => {
            ses.take(&headers, &body).map_or_else(IntoResponse::into_response, |_| fault::hang_up())
        }
    }
}

fn answer(taken: Result<String, Refusal>) -> Response {
    taken.map(|id| axum::Json(json!({ "MessageId": id }))).into_response()
}

/// No code panics while it holds one of these, and a list of mails is whole after each step.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
