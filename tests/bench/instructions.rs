//! Instructions by callgrind: a count that repeats to within a percent, whatever else the machine
//! does. A run with one event more, less a run without it, is what that event costs.

use std::path::Path;

use serde_json::Value;
use tests::lambda::{Function, answer};
use tokio::process::Command;

/// What a function spends, in instructions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Instructions {
    /// From its start to its first question for an event.
    pub(crate) start: u64,
    /// The first event, connections included.
    pub(crate) first: u64,
    /// An event after that.
    pub(crate) warm: u64,
}

/// Measures a binary with an event that it must answer by `status` (none: the answer is not HTTP).
pub(crate) async fn measure(
    binary: &Path,
    settings: &[(String, String)],
    event: &Value,
    status: Option<u16>,
) -> Instructions {
    let mut counts = Vec::new();
    for events in 0..=2 {
        counts.push(run(binary, settings, event, status, events).await);
    }
    Instructions {
        start: counts[0],
        first: counts[1].saturating_sub(counts[0]),
        warm: counts[2].saturating_sub(counts[1]),
    }
}

async fn run(binary: &Path, settings: &[(String, String)], event: &Value, status: Option<u16>, events: usize) -> u64 {
    let mut command = Command::new("/usr/bin/valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(binary);
    let mut function = Function::start_as(command, binary, settings).await;
    function.ready().await;
    for _ in 0..events {
        let answered = function.invoke(event).await.answered();
        if let Some(status) = status {
            let answer = answer(&answered);
            assert_eq!(answer.status, status, "{}: {}", binary.display(), String::from_utf8_lossy(&answer.body));
        }
        // The question for the next event belongs to the event before.
        function.ready().await;
    }
    let id = function.id().expect("it runs").to_string();
    Command::new("kill").args(["-TERM", &id]).status().await.expect("kill");
    collected(&function.ended().await)
}

/// `==4711== Collected : 4300000`
fn collected(output: &str) -> u64 {
    let line = output.lines().find_map(|line| line.split_once("Collected : "));
    line.and_then(|(_, count)| count.trim().parse().ok())
        .unwrap_or_else(|| panic!("callgrind says no count:\n{output}"))
}
