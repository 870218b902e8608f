//! A stand-in for the Lambda service: starts a function binary, gives it events over the Lambda
//! Runtime API as the service does, and takes its answers.

mod event;
mod runtime_api;

use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hyper::body::Bytes;
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;

pub use event::{Answer, answer, event};
pub use runtime_api::Times;

use crate::wire::lock;
use runtime_api::RuntimeApi;

/// How long an invocation may take, as in the template: a function that takes longer has hung.
const PATIENCE: Duration = Duration::from_secs(29);

/// A running function. Dropped, its process is killed.
pub struct Function {
    api: RuntimeApi,
    child: Child,
    output: Arc<Mutex<String>>,
    readers: Vec<JoinHandle<()>>,
}

/// What became of an invocation.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    /// The function answered.
    Answered(Value),
    /// It reported that it failed, which API Gateway turns into a 502 (500 to the person).
    Failed(Value),
    /// Its process ended instead.
    Exited(String),
    /// It took too long.
    TimedOut,
}

impl Outcome {
    /// The answer, of an invocation that went well.
    ///
    /// # Panics
    /// If it did not.
    #[must_use]
    pub fn answered(self) -> Value {
        match self {
            Self::Answered(value) => value,
            other => panic!("the function did not answer: {other:?}"),
        }
    }
}

impl Function {
    /// Starts the binary with what the Lambda service sets, and with `settings`.
    pub async fn start(binary: &Path, settings: &[(String, String)]) -> Self {
        Self::start_as(Command::new(binary), binary, settings).await
    }

    /// The same by another command, such as a measuring tool that runs the binary.
    pub async fn start_as(mut command: Command, binary: &Path, settings: &[(String, String)]) -> Self {
        let api = RuntimeApi::start().await;
        let name = binary.file_name().and_then(|name| name.to_str()).unwrap_or("function");
        let mut child = command
            .env_clear()
            .envs(settings.iter().map(|(name, value)| (name.as_str(), value.as_str())))
            .env("AWS_LAMBDA_RUNTIME_API", api.address.to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", name)
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
            .env("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/test")
            .env("AWS_LAMBDA_LOG_STREAM_NAME", "test")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|cause| panic!("{} does not start: {cause}", binary.display()));
        let output = Arc::default();
        let readers = vec![
            collect(child.stdout.take().expect("piped"), Arc::clone(&output)),
            collect(child.stderr.take().expect("piped"), Arc::clone(&output)),
        ];
        Self { api, child, output, readers }
    }

    /// Gives it one event and waits for what becomes of it.
    pub async fn invoke(&mut self, event: &Value) -> Outcome {
        self.invoke_raw(Bytes::from(event.to_string())).await
    }

    /// The same with any bytes for an event.
    pub async fn invoke_raw(&mut self, event: Bytes) -> Outcome {
        let answer = self.api.invoke(event);
        tokio::select! {
            outcome = answer => outcome,
            status = self.child.wait() => {
                let status = format!("{status:?}");
                Outcome::Exited(format!("{status}\n{}", self.last_words().await))
            }
            () = tokio::time::sleep(PATIENCE) => Outcome::TimedOut,
        }
    }

    /// One HTTP request, as API Gateway hands it over and takes the answer back; then lets it do what follows.
    pub async fn call(&mut self, request: &http::Request<Bytes>) -> Answer {
        let answered = self.invoke(&event(request)).await.answered();
        self.ready().await;
        answer(&answered)
    }

    /// When it last answered, and when it last asked for an event.
    #[must_use]
    pub fn times(&self) -> Times {
        self.api.times()
    }

    /// Waits until it asks for an event it was not given: the end of its start, or of what follows its last answer.
    ///
    /// # Panics
    /// If it ends before.
    pub async fn ready(&mut self) {
        tokio::select! {
            () = self.api.asked() => {}
            status = self.child.wait() => {
                let status = format!("{status:?}");
                panic!("the function ended before it was ready: {status}\n{}", self.last_words().await)
            }
        }
    }

    /// All it has written so far, to both streams.
    #[must_use]
    pub fn output(&self) -> String {
        lock(&self.output).clone()
    }

    /// The process's id, while it runs.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Waits for its end and returns all it has written.
    pub async fn ended(mut self) -> String {
        drop(self.child.wait().await);
        self.last_words().await
    }

    /// All it has written, when it can write no more.
    async fn last_words(&mut self) -> String {
        for reader in self.readers.drain(..) {
            drop(reader.await);
        }
        self.output()
    }
}

fn collect(mut stream: impl AsyncRead + Unpin + Send + 'static, output: Arc<Mutex<String>>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut buffer = vec![0; 4096];
        while let Ok(read @ 1..) = stream.read(&mut buffer).await {
            lock(&output).push_str(&String::from_utf8_lossy(&buffer[..read]));
        }
    })
}
