//! The log: one line of JSON per request, of at most 150 bytes where all is well; ids and codes only.

use std::{
    error::Error,
    fmt::Write as _,
    io::Write as _,
    sync::atomic::{AtomicU64, Ordering},
};

use crate::ApiError;
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

/// Writes `tracing` events of our own crates as lines of JSON on standard output. A small subscriber of our own: the
/// common one brings a regular expression engine, which a function would pay for at every start.
struct Lines(AtomicU64);

/// Makes [`Lines`] the log of this process; further calls change nothing.
pub fn install() {
    // Err only says that there is one already.
    let _ = tracing::subscriber::set_global_default(Lines(AtomicU64::new(1)));
}

/// Writes why an event was not handled, cause included, for functions that answer no request.
pub fn log_failure(failure: &ApiError) {
    let (code, error): (_, &(dyn Error + 'static)) = (failure.kind().1, failure);
    tracing::error!(target: "web", code, error);
}

impl Subscriber for Lines {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // Libraries' events could hold what must not be logged (requests, addresses).
        const OURS: [&str; 6] = ["web", "store", "mail", "dispatch", "credentials", "local"];
        let root = metadata.target().split("::").next().unwrap_or_default();
        *metadata.level() <= Level::INFO && OURS.contains(&root)
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(self.0.fetch_add(1, Ordering::Relaxed))
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = format!("{{\"level\":\"{}\"", event.metadata().level().as_str().to_ascii_lowercase());
        event.record(&mut Json(&mut line));
        line.push_str("}\n");
        let _ = std::io::stdout().lock().write_all(line.as_bytes());
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

struct Json<'a>(&'a mut String);

impl Json<'_> {
    fn text(&mut self, field: &Field, value: &str) {
        let value = serde_json::to_string(value).unwrap_or_default();
        let _ = write!(self.0, ",\"{}\":{value}", field.name());
    }
}

impl Visit for Json<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.text(field, value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        let _ = write!(self.0, ",\"{}\":{value}", field.name());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        let _ = write!(self.0, ",\"{}\":{value}", field.name());
    }

    fn record_error(&mut self, field: &Field, value: &(dyn Error + 'static)) {
        let mut words = value.to_string();
        let mut cause = value.source();
        while let Some(error) = cause {
            let _ = write!(words, ": {error}");
            cause = error.source();
        }
        self.text(field, &words);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.text(field, &format!("{value:?}"));
    }
}
