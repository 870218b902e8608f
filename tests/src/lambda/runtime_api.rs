//! The Lambda Runtime API, version 2018-06-01: `next`, `response`, `error`, `init/error`.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::serve::ListenerExt as _;
use http::StatusCode;
use hyper::body::Bytes;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot, watch};
use web::Clock;

use super::{Outcome, PATIENCE};
use crate::wire::lock;

pub(super) struct RuntimeApi {
    pub(super) address: SocketAddr,
    events: mpsc::UnboundedSender<(String, Bytes)>,
    shared: Arc<Shared>,
    server: tokio::task::JoinHandle<()>,
}

struct Shared {
    events: tokio::sync::Mutex<mpsc::UnboundedReceiver<(String, Bytes)>>,
    waiting: Mutex<HashMap<String, oneshot::Sender<Outcome>>>,
    /// How often it has asked for an event.
    asked: watch::Sender<u64>,
    count: AtomicU64,
    times: Mutex<Times>,
}

/// When the function last said something.
#[derive(Clone, Copy, Debug, Default)]
pub struct Times {
    /// That it has answered.
    pub answered: Option<Instant>,
    /// That it is ready for the next event.
    pub asked: Option<Instant>,
}

impl RuntimeApi {
    pub(super) async fn start() -> Self {
        let (events, receiver) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared {
            events: tokio::sync::Mutex::new(receiver),
            waiting: Mutex::default(),
            asked: watch::Sender::default(),
            count: AtomicU64::default(),
            times: Mutex::default(),
        });
        let routes = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(response))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
            .route("/2018-06-01/runtime/init/error", post(|| async { StatusCode::ACCEPTED }))
            .layer(DefaultBodyLimit::disable())
            .with_state(Arc::clone(&shared));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound port");
        // Without it a head and a body in two writes cost 40 ms.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let server = tokio::spawn(async move { axum::serve(listener, routes).await.expect("the runtime API serves") });
        Self { address, events, shared, server }
    }

    /// Queues an event; the future is what becomes of it.
    pub(super) fn invoke(&self, event: Bytes) -> impl Future<Output = Outcome> + use<> {
        let id = format!("8476a536-e9f4-11e8-9739-{:012x}", self.shared.count.fetch_add(1, Ordering::Relaxed));
        let (sender, outcome) = oneshot::channel();
        lock(&self.shared.waiting).insert(id.clone(), sender);
        self.events.send((id, event)).expect("the queue outlives its sender");
        async move { outcome.await.unwrap_or_else(|_| Outcome::Exited("the runtime API stopped".to_owned())) }
    }

    /// Waits until the function asks for an event that it was not given.
    pub(super) async fn asked(&self) {
        let given = self.shared.count.load(Ordering::Relaxed);
        let mut asked = self.shared.asked.subscribe();
        drop(asked.wait_for(|asked| *asked > given).await);
    }

    pub(super) fn times(&self) -> Times {
        *lock(&self.shared.times)
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn next(State(shared): State<Arc<Shared>>) -> impl IntoResponse {
    lock(&shared.times).asked = Some(Instant::now());
    shared.asked.send_modify(|asked| *asked += 1);
    let Some((id, event)) = shared.events.lock().await.recv().await else {
        return StatusCode::GONE.into_response();
    };
    let deadline = Clock::system().now().as_millisecond() + PATIENCE.as_millis() as i64;
    let headers = [
        ("lambda-runtime-aws-request-id", id),
        ("lambda-runtime-deadline-ms", deadline.to_string()),
        ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:eu-central-1:123456789012:function:test".to_owned()),
        ("lambda-runtime-trace-id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700".to_owned()),
        ("content-type", "application/json".to_owned()),
    ];
    (headers, event).into_response()
}

async fn response(State(shared): State<Arc<Shared>>, Path(id): Path<String>, body: Bytes) -> StatusCode {
    lock(&shared.times).answered = Some(Instant::now());
    settle(&shared, &id, Outcome::Answered(json(&body)))
}

async fn error(State(shared): State<Arc<Shared>>, Path(id): Path<String>, body: Bytes) -> StatusCode {
    settle(&shared, &id, Outcome::Failed(json(&body)))
}

fn settle(shared: &Shared, id: &str, outcome: Outcome) -> StatusCode {
    match lock(&shared.waiting).remove(id) {
        Some(waiting) => {
            drop(waiting.send(outcome));
            StatusCode::ACCEPTED
        }
        None => StatusCode::NOT_FOUND,
    }
}

fn json(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(body).into_owned()))
}
