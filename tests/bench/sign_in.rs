//! What a sign-in costs the function beside the bare argon2id hash, of which it may be a millisecond: `session` as it is
//! deployed, in a process of its own, so that neither the database nor TLS's other end is counted.
//!
//! The hash runs on a thread of its own, and nothing else does: what the first thread spends is all the rest. Processor
//! time is as the scheduler counts it, in nanoseconds. Instructions repeat to a percent, but are counted on a processor
//! without ADX and SHA extensions, and leave out the kernel and the caches that a hash of 19 MiB empties: they say what
//! changed, not how long it takes.
//!
//! Known device, password only, no session left over: the everyday sign-in. Each is followed by a sign-out elsewhere.

use std::path::Path;
use std::process::Stdio;

use serde_json::json;
use tests::lambda::Function;
use tests::portal::{Caller, GOOD, TestPortal};
use tests::source::root;
use tokio::process::Command;

/// Below the tries a network has in a quarter of an hour.
const TIMES: usize = 200;
/// Until caches, connections and the allocator have what they keep.
const UNCOUNTED: usize = 10;
/// The same for instructions, of which each takes fifty times as long.
const UNCOUNTED_INSTRUCTIONS: usize = 2;
const COUNTED: usize = 10;
/// What the rest may take, in microseconds.
const REST: f64 = 1_000.0;

/// Nanoseconds, or instructions, of the first thread and of those that hash.
#[derive(Clone, Copy)]
struct Spent {
    rest: u64,
    hash: u64,
}

/// Prints what a sign-in costs; whether the rest is within its mark.
pub(crate) async fn measure(binary: &Path, portal: &TestPortal, settings: &[(String, String)]) -> bool {
    let browser = portal.sign_in("ada@acme.test").await;
    let time = time(binary, &browser, settings).await;
    let [rest, hash] = [median(time.iter().map(|spent| spent.rest)), median(time.iter().map(|spent| spent.hash))];
    println!("{:<14} {:>12} {:>12} {:>12}", "", "a sign-in", "its hash", "the rest");
    println!("{:<14} {:>12.0} {hash:>12.0} {rest:>12.0}", "µs", hash + rest);

    let few = instructions(binary, &browser, settings, UNCOUNTED_INSTRUCTIONS).await;
    let many = instructions(binary, &browser, settings, UNCOUNTED_INSTRUCTIONS + COUNTED).await;
    let [rest_counted, hash_counted] = [many.rest.saturating_sub(few.rest), many.hash.saturating_sub(few.hash)]
        .map(|count| count as f64 / 1e6 / COUNTED as f64);
    println!(
        "{:<14} {:>12.2} {hash_counted:>12.2} {rest_counted:>12.2}",
        "M instructions",
        hash_counted + rest_counted
    );
    println!(
        "\nthe rest is {:.1} % of the hash's time, {:.1} % of its instructions",
        rest / hash * 100.0,
        rest_counted / hash_counted * 100.0
    );
    println!("{} its mark of {REST:.0} µs", if rest <= REST { "within" } else { "above" });
    rest <= REST
}

async fn time(binary: &Path, browser: &Caller, settings: &[(String, String)]) -> Vec<Spent> {
    let mut function = Function::start(binary, settings).await;
    function.ready().await;
    let id = function.id().expect("it runs");
    let mut all = Vec::new();
    for _ in 0..UNCOUNTED + TIMES {
        let before = running(id);
        sign_in(&mut function, browser).await;
        let after = running(id);
        all.push(Spent { rest: after.rest - before.rest, hash: after.hash.saturating_sub(before.hash) });
        browser.delete("/api/session").await.expect(204);
    }
    all.split_off(UNCOUNTED)
}

/// What so many sign-ins and the start before them take.
async fn instructions(binary: &Path, browser: &Caller, settings: &[(String, String)], times: usize) -> Spent {
    let folder = root().join("target/tmp/sign-in");
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut command = Command::new("/usr/bin/valgrind");
    command.args(["--tool=callgrind", "--separate-threads=yes"]);
    command.arg(format!("--callgrind-out-file={}", folder.join("counted").display())).arg(binary);
    let mut function = Function::start_as(command, binary, settings).await;
    function.ready().await;
    for _ in 0..times {
        sign_in(&mut function, browser).await;
        browser.delete("/api/session").await.expect(204);
    }
    let id = function.id().expect("it runs").to_string();
    Command::new("kill").args(["-TERM", &id]).stdout(Stdio::null()).status().await.expect("kill");
    drop(function.ended().await);
    let counted = std::fs::read_dir(&folder).expect("counts").filter_map(Result::ok).map(|file| file.path());
    let mut spent = Spent { rest: 0, hash: 0 };
    for file in counted {
        let count = total(&file);
        if file.to_string_lossy().ends_with("-01") { spent.rest += count } else { spent.hash += count }
    }
    spent
}

/// `totals: 4300000`
fn total(file: &Path) -> u64 {
    let text = std::fs::read_to_string(file).expect("a count");
    let line = text.lines().find_map(|line| line.strip_prefix("totals: "));
    line.and_then(|count| count.trim().parse().ok()).unwrap_or_default()
}

async fn sign_in(function: &mut Function, browser: &Caller) {
    let body = json!({ "name": "ada@acme.test", "password": GOOD }).to_string();
    let request = browser.request("POST", "/api/session").header("content-type", "application/json");
    let request = request.body(body.into()).expect("a request");
    let answer = function.call(&request).await;
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    browser.keep(&answer.headers);
    // The question for the next event belongs to the event before.
    function.ready().await;
}

/// How long its threads have been running, in nanoseconds.
fn running(id: u32) -> Spent {
    let mut spent = Spent { rest: 0, hash: 0 };
    for thread in std::fs::read_dir(format!("/proc/{id}/task")).expect("Linux").filter_map(Result::ok) {
        let text = std::fs::read_to_string(thread.path().join("schedstat")).unwrap_or_default();
        let time = text.split(' ').next().and_then(|number| number.parse::<u64>().ok()).unwrap_or_default();
        if *thread.file_name() == *id.to_string() { spent.rest += time } else { spent.hash += time }
    }
    spent
}

/// The one in the middle, in microseconds: what else the machine does lengthens some, and moves a mean.
fn median(nanoseconds: impl Iterator<Item = u64>) -> f64 {
    let mut all: Vec<_> = nanoseconds.collect();
    all.sort_unstable();
    all[all.len() / 2] as f64 / 1_000.0
}
