//! The proxy itself: one upstream connection for each connection it accepts, so that what the
//! portal keeps alive stays alive and what breaks, breaks alone.

use std::sync::Arc;
use std::time::Instant;

use http::request::Parts;
use http::{HeaderMap, Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::SendRequest;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;

use super::{Call, Fault, State};

type Broken = std::io::Error;
type Upstream = Mutex<Option<SendRequest<Full<Bytes>>>>;

/// Accepts connections until aborted.
pub(super) async fn serve(listener: std::net::TcpListener, state: Arc<State>) {
    listener.set_nonblocking(true).expect("a listener that does not block");
    let listener = TcpListener::from_std(listener).expect("the listener");
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(connection(stream, Arc::clone(&state)));
    }
}

/// One connection; an `Err` from `answer` closes it without an answer.
async fn connection(stream: TcpStream, state: Arc<State>) {
    stream.set_nodelay(true).ok();
    let upstream: Arc<Upstream> = Arc::default();
    let service = hyper::service::service_fn(move |request| {
        let (state, upstream) = (Arc::clone(&state), Arc::clone(&upstream));
        async move { answer(request, &state, &upstream).await }
    });
    // A client that goes away, or a connection we break on purpose, is no failure of the proxy.
    drop(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await);
}

/// Reads, breaks or forwards, and writes down one call.
async fn answer(
    request: Request<Incoming>,
    state: &State,
    upstream: &Upstream,
) -> Result<Response<Full<Bytes>>, Broken> {
    let (parts, body) = request.into_parts();
    let started = Instant::now();
    let body = body.collect().await.map_err(Broken::other)?.to_bytes();
    let mut asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    let mut call = Call { started, follows: state.follows(), ..Call::asked(operation(&parts), &asked) };
    let fault = state.fault_for(&call);

    if let Some(Fault::Delay(time)) = fault {
        tokio::time::sleep(time).await;
    }
    if fault == Some(Fault::Dropped) {
        return Err(lost(state, call, "Dropped"));
    }
    if let Some((status, answer)) = fault.and_then(|fault| fault.answer(&asked)) {
        call.answered(&answer);
        finish(state, call);
        return Ok(reply(status, &HeaderMap::new(), Bytes::from(answer.to_string())));
    }
    if fault == Some(Fault::ShortPage) {
        asked["Limit"] = json!(1);
    }
    if call.counts() {
        asked["ReturnConsumedCapacity"] = json!("INDEXES");
    }

    let (status, headers, answer) = forward(&parts, asked.to_string(), state, upstream).await?;
    call.answered(&serde_json::from_slice(&answer).unwrap_or_default());
    if fault == Some(Fault::LostReply) {
        return Err(lost(state, call, "LostReply"));
    }
    tokio::time::sleep(state.hold()).await;
    finish(state, call);
    Ok(reply(status, &headers, answer))
}

/// `GetItem` of `DynamoDB_20120810.GetItem`.
fn operation(parts: &Parts) -> &str {
    let target = parts.headers.get("x-amz-target").and_then(|value| value.to_str().ok());
    target.and_then(|target| target.rsplit('.').next()).unwrap_or_default()
}

fn finish(state: &State, call: Call) {
    state.note(Call { ended: Instant::now(), ..call });
}

/// Notes a call whose answer never goes out; the connection breaks by the error returned.
fn lost(state: &State, call: Call, why: &'static str) -> Broken {
    finish(state, Call { error: why.to_owned(), ..call });
    Broken::other(why)
}

/// Sends the request on, over this connection's own upstream connection.
async fn forward(
    parts: &Parts,
    body: String,
    state: &State,
    upstream: &Upstream,
) -> Result<(u16, HeaderMap, Bytes), Broken> {
    let mut upstream = upstream.lock().await;
    let mut sender = match upstream.take() {
        Some(sender) if sender.is_ready() => sender,
        _ => connect(state).await?,
    };
    let mut request = Request::post("/").body(Full::new(Bytes::from(body))).map_err(Broken::other)?;
    for (name, value) in &parts.headers {
        if name != http::header::CONTENT_LENGTH {
            request.headers_mut().append(name, value.clone());
        }
    }
    let (head, body) = sender.send_request(request).await.map_err(Broken::other)?.into_parts();
    let body = body.collect().await.map_err(Broken::other)?.to_bytes();
    *upstream = Some(sender);
    Ok((head.status.as_u16(), head.headers, body))
}

async fn connect(state: &State) -> Result<SendRequest<Full<Bytes>>, Broken> {
    let stream = TcpStream::connect(state.upstream).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(Broken::other)?;
    tokio::spawn(connection);
    Ok(sender)
}

fn reply(status: u16, headers: &HeaderMap, body: Bytes) -> Response<Full<Bytes>> {
    let mut reply = Response::new(Full::new(body));
    *reply.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
    *reply.headers_mut() = headers.clone();
    reply
        .headers_mut()
        .insert(http::header::CONTENT_TYPE, http::HeaderValue::from_static("application/x-amz-json-1.0"));
    reply
}
