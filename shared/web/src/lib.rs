//! HTTP: the app and its configuration, callers, errors, and the way in, for Lambda and for one machine alike.
//!
//! Invariants: the only crate that knows status codes and headers; `error` is the only table from failure to status.
//! Nothing is routed or authorised by anything but the request's own path and its cookie.

mod activation;
mod app;
mod body;
mod caller;
mod clock;
mod config;
mod cookie;
mod csv;
mod cursor;
mod describe;
mod edge;
mod error;
mod fields;
mod files;
mod gate;
mod keys;
mod known;
mod lambda;
mod log;
mod nickname;
mod notice;
mod problem;
mod proof;
mod query;
mod session;

pub use ::files::{Download, Upload};
pub use activation::usable_code;
pub use app::App;
pub use body::Body;
pub use caller::{Caller, ClientDevice, ClientNetwork, Holder};
pub use clock::Clock;
pub use config::{Config, ConfigIncomplete, MailConfig};
pub use cookie::{DEVICE_COOKIE, SESSION_COOKIE};
pub use csv::{Csv, page_of_file};
pub use describe::{merge_documents, taking_a_customer};
pub use edge::{ClientAddress, portal};
pub use error::ApiError;
pub use fields::Fields;
pub use gate::{Device, Gate};
pub use keys::Start;
pub use known::{known_words, words_about};
pub use lambda::{NotStarted, run_lambda, start};
pub use log::{install as install_log, log_failure};
pub use nickname::first_nickname;
pub use notice::parse_link;
pub use problem::{FieldProblem, Problem};
pub use proof::{CodeGate, Counted, Proven, Typed};
pub use query::Query;
pub use session::{Started, cleared, new_session, started, started_from};

#[doc(hidden)]
pub mod macros {
    //! What the code that [`routes!`](crate::routes) writes refers to.
    pub use axum;
    pub use pastey::paste;
    pub use utoipa;

    pub use crate::describe::{document, filter};
}
