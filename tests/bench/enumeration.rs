//! What an attacker who asks for names can measure (R106, R108): `tests/bench/enumeration` compares known names with
//! unknown ones, in pairs that take turns, so that whatever else the machine does falls on both. Bytes, calls and units
//! must be the same, the medians of processor time within 2 % (a network hides much more than that).
//!
//! Processor time is that of the portal's own threads, the one that answers and those that hash, as the scheduler counts
//! it in nanoseconds; the stand-in for the database has threads of its own.

#![allow(clippy::print_stdout, reason = "printing is its purpose")]

use std::time::Duration;

use serde_json::{Value, json};
use tests::portal::{Caller, Reply, TestPortal};
use tests::wire::Calls;

const PAIRS: usize = 500;
/// How far the sums may lie apart, in percent.
const APART: f64 = 2.0;
/// Names somebody has, and others as long that nobody has.
const NAMES: [(&str, &str); 3] =
    [("ada@acme.test", "eda@acme.test"), ("C10423", "C10424"), ("mia@acme.test", "mio@acme.test")];
/// Threads of the database's stand-in.
const NOT_OURS: [&str; 2] = ["wire", "database"];

/// What was asked and what could be told of the answers.
struct Compared {
    what: &'static str,
    /// Nanoseconds for each known and each unknown name.
    spent: [Vec<u64>; 2],
    /// Pairs whose answers, or whose calls, differ.
    different: [usize; 2],
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut broken = false;
    println!(
        "{:<10} {:>10} {:>10} {:>10} {:>10} {:>8}",
        "", "known µs", "unknown µs", "answers ≠", "calls ≠", "apart %"
    );
    for (what, path) in [("reset", "/api/reset/requests"), ("sign-in", "/api/session")] {
        broken |= compare(what, path).await.print();
    }
    if broken {
        std::process::exit(1);
    }
}

async fn compare(what: &'static str, path: &str) -> Compared {
    let portal = TestPortal::new().await;
    // Somebody known has sessions.
    drop((portal.owner().await, portal.member().await));
    let mut compared = Compared { what, spent: [Vec::new(), Vec::new()], different: [0, 0] };
    for pair in 0..PAIRS + 10 {
        // Out of the windows in which tries are counted; then the keys are read again, by somebody else's request.
        portal.clock.advance_secs(15 * 60);
        drop(portal.stranger().post(path, body(path, "nobody@elsewhere.test")).await);
        let (known, unknown) = NAMES[pair % NAMES.len()];
        let mut names = [(0, known), (1, unknown)];
        if pair % 2 == 1 {
            names.reverse();
        }
        let mut told: [Option<(Reply, Calls, u64)>; 2] = [None, None];
        for (place, name) in names {
            told[place] = Some(measured(&portal, path, name).await);
        }
        let [Some(known), Some(unknown)] = told else { continue };
        // The first warm caches up.
        if pair >= 10 {
            compared.add(&known, &unknown);
        }
    }
    compared
}

fn body(path: &str, name: &str) -> Value {
    match path {
        "/api/session" => json!({ "name": name, "password": "not the right password" }),
        _ => json!({ "name": name }),
    }
}

async fn measured(portal: &TestPortal, path: &str, name: &str) -> (Reply, Calls, u64) {
    let caller: Caller = portal.stranger();
    let body = body(path, name);
    let (hashing, answering) = (others(), first());
    let (reply, calls) = portal.wire.record(caller.post(path, body)).await;
    let answering = first() - answering;
    (reply, calls, answering + others() - hashing)
}

impl Compared {
    fn add(&mut self, known: &(Reply, Calls, u64), unknown: &(Reply, Calls, u64)) {
        self.spent[0].push(known.2);
        self.spent[1].push(unknown.2);
        self.different[0] += usize::from(answer(&known.0) != answer(&unknown.0));
        self.different[1] += usize::from(cost(&known.1) != cost(&unknown.1));
    }

    /// Prints its line; whether anything tells.
    fn print(&self) -> bool {
        let [known, unknown] = [0, 1].map(|place| median(self.spent[place].clone()));
        let apart = (known / unknown - 1.0) * 100.0;
        let [answers, calls] = self.different;
        println!("{:<10} {known:>10.0} {unknown:>10.0} {answers:>10} {calls:>10} {apart:>+8.2}", self.what);
        answers > 0 || calls > 0 || apart.abs() > APART
    }
}

/// The one in the middle, in microseconds: what else the machine does lengthens some, and moves a mean.
fn median(mut nanoseconds: Vec<u64>) -> f64 {
    nanoseconds.sort_unstable();
    nanoseconds[nanoseconds.len() / 2] as f64 / 1_000.0
}

/// All that is told, but for the request's own id.
fn answer(reply: &Reply) -> (u16, Vec<u8>, Vec<String>) {
    let headers = reply.headers.iter().filter(|(name, _)| *name != "x-request-id");
    (reply.status, reply.bytes.to_vec(), headers.map(|header| format!("{header:?}")).collect())
}

/// What the calls did and cost, those of one round in any order.
fn cost(calls: &Calls) -> Vec<String> {
    let each = calls.0.iter().map(|call| {
        format!("{} {:?} {} {} {}", call.operation, call.actions, call.keys, call.read_units, call.write_units)
    });
    let mut each: Vec<_> = each.collect();
    each.sort();
    each
}

/// Nanoseconds of the first thread, which answers. A thread that has just slept is counted to the last.
fn first() -> u64 {
    std::thread::sleep(Duration::from_micros(1));
    nanoseconds("/proc/self/schedstat")
}

/// Nanoseconds of the other threads that are the portal's.
fn others() -> u64 {
    let own = std::process::id().to_string();
    let threads = std::fs::read_dir("/proc/self/task").expect("Linux").filter_map(Result::ok);
    let threads = threads.map(|thread| thread.path().display().to_string()).filter(|path| !path.ends_with(&own));
    let ours = |path: &String| {
        let name = std::fs::read_to_string(format!("{path}/comm")).unwrap_or_default();
        !NOT_OURS.contains(&name.trim())
    };
    threads.filter(ours).map(|path| nanoseconds(&format!("{path}/schedstat"))).sum()
}

/// How long a thread has been running, as its `schedstat` says; nothing if it ended.
fn nanoseconds(path: &str) -> u64 {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or_default()
}
