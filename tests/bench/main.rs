//! What a deployed function weighs and spends: `tests/bench/run` builds each as it is deployed, prints its size, stripped
//! and zipped, and its instructions to the end of its start, for the first answer over TLS and for a warm one, and holds
//! them against `ceilings.toml`. Names of functions measure those alone. With `--update` it sets the ceilings of what it
//! measured: that and a tenth. With `--sign-in` it measures a sign-in instead (`tests/bench/sign-in`).

#![allow(clippy::print_stdout, reason = "printing is its purpose")]

mod ceilings;
mod instructions;
mod sign_in;
mod tls;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tests::lambda::event;
use tests::portal::{Caller, TestPortal};
use tests::source::{cargo, root};

use ceilings::{Ceilings, Measured};
use tls::Terminator;

/// `dispatch` first, while there are no letters: others sign in, and `reset` writes them.
const FUNCTIONS: [&str; 10] =
    ["dispatch", "sign-up", "session", "licenses", "profile", "staff", "team", "partner", "reset", "housekeeping"];

#[tokio::main]
async fn main() {
    let (options, wanted): (Vec<_>, Vec<_>) = std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let update = options.iter().any(|option| option == "--update");
    let portal = TestPortal::today().await;
    let terminator = Terminator::start(portal.wire.address()).await;
    let mut settings = portal.settings();
    settings.retain(|(name, _)| name != "PORTICO_DATABASE_URL");
    settings.push(("PORTICO_DATABASE_URL".to_owned(), terminator.endpoint()));
    settings.push(("PORTICO_EXTRA_CA".to_owned(), terminator.authority.clone()));
    if options.iter().any(|option| option == "--sign-in") {
        if !sign_in::measure(&build("session"), &portal, &settings).await {
            std::process::exit(1);
        }
        return;
    }
    let mut all = Vec::new();
    println!("{:<10} {:>10} {:>10} {:>10} {:>10} {:>10}", "function", "stripped", "zipped", "start", "first", "warm");
    for function in FUNCTIONS.into_iter().filter(|name| wanted.is_empty() || wanted.iter().any(|one| one == name)) {
        let binary = build(function);
        let (event, status) = first_event(function, &portal).await;
        let spent = instructions::measure(&binary, &settings, &event, status).await;
        let measured = Measured {
            stripped: std::fs::metadata(&binary).expect("a binary").len(),
            zipped: zipped(&binary),
            start: spent.start,
            first: spent.first,
            warm: spent.warm,
        };
        println!("{}", measured.line(function));
        all.push((function, measured));
    }
    if update {
        Ceilings::read().above(&all).write();
        println!("\nThe ceilings are set anew: see tests/bench/ceilings.toml.");
    }
    let broken = Ceilings::read().broken_by(&all);
    for line in &broken {
        println!("{line}");
    }
    println!("\n{} within their ceilings, {} above", all.len() * 5 - broken.len(), broken.len());
    if !broken.is_empty() {
        std::process::exit(1);
    }
}

/// Builds a function by itself, as it is deployed.
fn build(function: &str) -> PathBuf {
    drop(cargo(&["build", "--release", "--quiet", "-p", function]));
    root().join("target/release").join(function)
}

/// The size Lambda takes it in: what deflate leaves, and some hundred bytes of names.
fn zipped(binary: &Path) -> u64 {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&std::fs::read(binary).expect("a binary")).expect("memory");
    encoder.finish().expect("memory").len() as u64 + 250
}

/// An event whose answer needs the database, and the status of that answer; none where it is not HTTP.
async fn first_event(function: &str, portal: &TestPortal) -> (Value, Option<u16>) {
    match function {
        "session" => (got(&portal.owner().await, "/api/session"), Some(200)),
        "profile" => (got(&portal.owner().await, "/api/profile"), Some(200)),
        "licenses" => (got(&portal.owner().await, "/api/licenses"), Some(200)),
        "team" => (got(&portal.owner().await, "/api/team/people"), Some(200)),
        "partner" => (got(&portal.partner_owner().await, "/api/partner/customers"), Some(200)),
        "staff" => (got(&portal.support().await, "/api/staff/requests"), Some(200)),
        "reset" => {
            let nobody = json!({ "name": "nobody@elsewhere.test" });
            (posted(&portal.stranger(), "/api/reset/requests", &nobody), Some(204))
        }
        "sign-up" => {
            let unknown = json!({ "activation_code": "ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ" });
            (posted(&portal.owner().await, "/api/sign-up/claims", &unknown), Some(422))
        }
        // The schedule's event: look for what is due.
        _ => (json!({}), None),
    }
}

fn got(caller: &Caller, path: &str) -> Value {
    event(&caller.request("GET", path).body(String::new().into()).expect("a request"))
}

fn posted(caller: &Caller, path: &str, body: &Value) -> Value {
    let request = caller.request("POST", path).header("content-type", "application/json");
    event(&request.body(body.to_string().into()).expect("a request"))
}
