//! A partner's list of customers at every size (R503): `tests/bench/customers` writes 1,000, 100,000 and 1,000,000
//! customers into one database, as rows in the form in which the portal writes them, and reads the first page and one from
//! the middle of the list with every filter and order, by the front door. Calls, depth and read units must not grow.
//!
//! A cursor is a place among keys, not a number of rows to leave out: those taken in the middle of the first thousand lie
//! in the middle of a million. Milliseconds are told, not held: they are those of the stand-in for the database.

#![allow(clippy::print_stdout, reason = "printing is its purpose")]

use std::path::PathBuf;
use std::time::Instant;

use tests::customer_queries::{CUSTOMERS, all};
use tests::portal::{Caller, TestPortal};
use tests::source::root;

const SIZES: [u64; 3] = [1_000, 100_000, 1_000_000];
/// How often each page is read, so that the time is that of a database that knows where to look.
const TIMES: usize = 3;

/// What a page costs.
#[derive(Clone, Copy)]
struct Cost {
    calls: usize,
    depth: usize,
    read_units: f64,
    bytes: usize,
    millis: f64,
}

impl Cost {
    /// What must be the same at every size.
    fn held(&self) -> (usize, usize, f64) {
        (self.calls, self.depth, self.read_units)
    }
}

/// A list's file, gone with it.
struct Rows(PathBuf);

impl Drop for Rows {
    fn drop(&mut self) {
        for ending in ["db", "db-wal", "db-shm"] {
            drop(std::fs::remove_file(self.0.with_extension(ending)));
        }
    }
}

#[tokio::main]
async fn main() {
    let asked: Vec<u64> = std::env::args().skip(1).map(|size| size.parse().expect("a number of customers")).collect();
    let sizes = if asked.is_empty() { SIZES.to_vec() } else { asked };
    let file = root().join("target/tmp/customers.db");
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    let rows = Rows(file);
    // What an earlier run that was stopped has left.
    drop(Rows(rows.0.clone()));
    let portal = TestPortal::in_file(&rows.0).await;
    let (pete, crowd) = (portal.partner_member().await, portal.crowd());
    let (mut there, mut middle, mut least) = (0, Vec::new(), Vec::new());
    let mut dearer = 0;
    for size in sizes {
        let began = Instant::now();
        crowd.add(there..size);
        there = size;
        println!("{size} customers, written in {:.1} s\n", began.elapsed().as_secs_f64());
        if middle.is_empty() {
            middle = middles(&pete).await;
        }
        let costs = costs(&portal, &pete, &middle).await;
        if least.is_empty() {
            least = costs.iter().map(|[first, _]| first.held()).collect();
        }
        dearer +=
            costs.iter().zip(&least).flat_map(|(pages, least)| pages.iter().filter(|it| it.held() != *least)).count();
    }
    println!("{dearer} pages cost otherwise than the first page among the fewest customers");
    if dearer > 0 {
        std::process::exit(1);
    }
}

/// For each query, the page from the middle of its list.
async fn middles(by: &Caller) -> Vec<String> {
    let mut middles = Vec::new();
    for asked in all() {
        let list = format!("{CUSTOMERS}?{}", asked.query);
        let (mut pages, mut path) = (vec![list.clone()], list.clone());
        while let Some(next) = by.get(&path).await.expect(200).json["next"].as_str() {
            path = format!("{list}&cursor={next}");
            pages.push(path.clone());
        }
        middles.push(pages.swap_remove(pages.len() / 2));
    }
    middles
}

/// What the first page and the one from the middle cost, of each query.
async fn costs(portal: &TestPortal, by: &Caller, middle: &[String]) -> Vec<[Cost; 2]> {
    println!("{:<46} {:>6} {:>6} {:>6} {:>6} {:>7} {:>7}", "", "page", "calls", "depth", "units", "bytes", "ms");
    let mut costs = Vec::new();
    for (asked, middle) in all().into_iter().zip(middle) {
        let pages = [cost(portal, by, &format!("{CUSTOMERS}?{}", asked.query)).await, cost(portal, by, middle).await];
        for (page, Cost { calls, depth, read_units, bytes, millis }) in ["first", "middle"].iter().zip(pages) {
            let query = &asked.query;
            println!("{query:<46} {page:>6} {calls:>6} {depth:>6} {read_units:>6} {bytes:>7} {millis:>7.2}");
        }
        costs.push(pages);
    }
    println!();
    costs
}

async fn cost(portal: &TestPortal, by: &Caller, path: &str) -> Cost {
    let mut millis = f64::MAX;
    for _ in 0..TIMES {
        let began = Instant::now();
        by.get(path).await.expect(200);
        millis = millis.min(began.elapsed().as_secs_f64() * 1_000.0);
    }
    let (reply, calls) = portal.wire.record_depth(1, async |_| by.get(path).await).await;
    let reply = reply.expect(200);
    assert_eq!(reply.json["items"].as_array().expect("customers").len(), 25, "{path}");
    Cost {
        calls: calls.count(),
        depth: calls.depth(),
        read_units: calls.read_units(),
        bytes: reply.json.to_string().len(),
        millis,
    }
}
