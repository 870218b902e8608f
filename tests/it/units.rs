//! What each operation costs: calls to the database, how deep they are stacked, and the units they
//! consume, held against the committed table; and, apart from it, what follows the answer. A difference
//! is a decision, not an accident.

mod areas;
mod asking;
mod console;
mod customers;
mod desk;
mod giving;
mod guests;
mod inviting;
mod joining;
mod members;
mod mine;
mod on_customers;
mod orders;
mod partnerships;
mod people;
mod releases;
mod renewing;
mod seats;
mod table;

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::json;
use tests::portal::{Caller, GOOD, TestPortal};
use tests::source::{read, root};
use tests::update_wanted;
use tests::wire::Calls;

use crate::openapi::operations;
use mine::Mine;

const FILE: &str = "tests/it/units.txt";
const CODE: &str = "11111-22222-33333-44444";

/// Every operation in each way that costs differently. What stands before the colon is the route.
const CASES: [&str; 50] = [
    "DELETE /api/session",
    "DELETE /api/session/sessions",
    "DELETE /api/session/sessions/{id}",
    "GET /api/licenses: by serial number",
    "GET /api/licenses: the account's",
    "GET /api/licenses: the next page",
    "GET /api/licenses: those assigned",
    "GET /api/profile",
    "GET /api/session",
    "GET /api/session/accounts",
    "GET /api/session/sessions",
    "GET /api/session: used again after five minutes",
    "POST /api/profile/change-requests",
    "POST /api/profile/closure",
    "POST /api/profile/email",
    "POST /api/profile/email/confirmations",
    "POST /api/profile/email: an address with a login",
    "POST /api/profile/export",
    "POST /api/profile/recovery-codes",
    "POST /api/profile/reversals",
    "POST /api/profile/reversals: a password",
    "POST /api/profile/second-factor",
    "POST /api/profile/second-factor/removals",
    "POST /api/reset/first-passwords",
    "POST /api/reset/passwords",
    "POST /api/reset/requests",
    "POST /api/reset/requests: a name nobody has",
    "POST /api/session",
    "POST /api/session: a code is needed too",
    "POST /api/session: a name nobody has",
    "POST /api/session: a wrong password",
    "POST /api/session: by customer number",
    "POST /api/session: from a new device",
    "POST /api/session: with a code",
    "POST /api/session: with a recovery code",
    "POST /api/session: with an initial password",
    "POST /api/sign-up/claims",
    "POST /api/sign-up/confirmations",
    "POST /api/sign-up/confirmations: with a code",
    "POST /api/sign-up/registrations",
    "PUT /api/profile",
    "PUT /api/profile/account/second-factor",
    "PUT /api/profile/nickname",
    "PUT /api/profile/password",
    "PUT /api/profile/password: with a code",
    "PUT /api/profile/second-factor",
    "PUT /api/profile: another name",
    "PUT /api/profile: as it was",
    "PUT /api/session/account",
    "PUT /api/sign-up/registrations/address",
];

/// These and those of each area, in the order of the table.
fn cases() -> BTreeSet<&'static str> {
    CASES
        .into_iter()
        .chain(asking::cases())
        .chain(console::CASES)
        .chain(desk::CASES)
        .chain(giving::cases())
        .chain(guests::cases())
        .chain(inviting::cases())
        .chain(joining::cases())
        .chain(members::cases())
        .chain(on_customers::cases())
        .chain(customers::CASES)
        .chain(orders::CASES)
        .chain(partnerships::cases())
        .chain(people::CASES)
        .chain(releases::CASES)
        .chain(renewing::CASES)
        .chain(seats::CASES)
        .collect()
}

/// The most calls in a row that a person waits for.
fn deepest(case: &str) -> usize {
    if let Some(depth) = console::deepest(case)
        .or(desk::deepest(case))
        .or(guests::deepest(case))
        .or(joining::deepest(case))
        .or(orders::deepest(case))
        .or(partnerships::deepest(case))
        .or(inviting::deepest(case))
        .or(releases::deepest(case))
    {
        return depth;
    }
    match case {
        // A code is counted only behind a password that was right, or whoever has no password, or no session any more,
        // would use up the person's tries of a day; and it is counted before it is checked.
        "POST /api/session: with a code" | "POST /api/session: with a recovery code" => 4,
        "PUT /api/profile/password: with a code"
        | "PUT /api/profile/second-factor"
        | "POST /api/profile/second-factor/removals"
        | "POST /api/profile/recovery-codes"
        | "PUT /api/profile/account/second-factor" => 3,
        // The code names the account and whom it was made for; then the write. Once in a customer's life.
        "POST /api/reset/first-passwords" => 3,
        _ if case.starts_with("POST /api/session") => 3,
        // Once in five minutes at most, a session's last use is written after it was read.
        _ if case.ends_with("after five minutes") => 2,
        _ if case.starts_with("GET") || case.ends_with("as it was") => 1,
        _ => 2,
    }
}

async fn registered(portal: &TestPortal, code: &str) -> (Caller, String) {
    let stranger = portal.stranger();
    let body = json!({
        "email": "nils@new.test", "password": GOOD, "first_name": "Nils", "last_name": "Nilsson",
        "language": "en", "terms_version": "2026-05", "activation_code": code,
    });
    let handle = stranger.post("/api/sign-up/registrations", body).await.expect(202).text("/registration").to_owned();
    (stranger, handle)
}

/// Runs one case on a portal of its own, whose function has been running for a while.
async fn run(case: &str, hold: Duration) -> Calls {
    let portal = TestPortal::new().await;
    // Keys are read once per process, and every function of this one has them after these.
    let (ada, otto, tess) = (portal.owner().await, portal.other_owner().await, portal.in_two_accounts().await);
    let (nora, handle) = registered(&portal, if case.ends_with("with a code") { CODE } else { "" }).await;
    let sign_in = |name: &'static str, password: &'static str| {
        let stranger = portal.stranger();
        async move { stranger.post("/api/session", json!({ "name": name, "password": password })).await.status }
    };
    if let Some(mine) = Mine::of(case, &portal, &ada).await {
        let (status, calls) = mine.run(case, hold).await;
        let expected = if case.ends_with("is needed too") { 401..402 } else { 200..300 };
        assert!(expected.contains(&status), "{case}: {status}");
        return calls;
    }
    if let Some((status, calls)) = areas::of_an_area(case, &portal, hold).await {
        assert!((200..300).contains(&status), "{case}: {status}");
        return calls;
    }
    portal.wire.hold(hold);
    let wire = &portal.wire;
    let (status, calls) = match case {
        "DELETE /api/session" => wire.record(async { ada.delete("/api/session").await.status }).await,
        "GET /api/licenses: the account's" => wire.record(async { ada.get("/api/licenses").await.status }).await,
        "GET /api/licenses: the next page" => {
            let next = ada.get("/api/licenses?limit=2").await.text("/next").to_owned();
            wire.record(async { ada.get(&format!("/api/licenses?limit=2&cursor={next}")).await.status }).await
        }
        "GET /api/licenses: by serial number" => {
            wire.record(async { ada.get("/api/licenses?serial=NLD-7Q4M-X2KP-09TV").await.status }).await
        }
        "GET /api/licenses: those assigned" => {
            let mia = portal.member().await;
            wire.record(async { mia.get("/api/licenses").await.status }).await
        }
        "GET /api/session" => wire.record(async { ada.get("/api/session").await.status }).await,
        "GET /api/session: used again after five minutes" => {
            portal.clock.advance_secs(301);
            drop(otto.delete("/api/session").await);
            wire.record(async { ada.get("/api/session").await.status }).await
        }
        "GET /api/session/accounts" => wire.record(async { tess.get("/api/session/accounts").await.status }).await,
        "POST /api/session" => {
            // The browser in which she signed in before.
            let body = json!({ "name": "ada@acme.test", "password": GOOD });
            wire.record(async { ada.post("/api/session", body).await.status }).await
        }
        "POST /api/session: from a new device" => wire.record(sign_in("ada@acme.test", GOOD)).await,
        "POST /api/session: by customer number" => wire.record(sign_in("C10423", GOOD)).await,
        "POST /api/session: a name nobody has" => wire.record(sign_in("nobody@acme.test", GOOD)).await,
        "POST /api/session: a wrong password" => wire.record(sign_in("ada@acme.test", "not the right password")).await,
        "POST /api/sign-up/claims" => {
            wire.record(async { otto.post("/api/sign-up/claims", json!({ "activation_code": CODE })).await.status })
                .await
        }
        "POST /api/sign-up/confirmations" | "POST /api/sign-up/confirmations: with a code" => {
            let token = portal.letters_to("nils@new.test").await.last_token();
            wire.record(async {
                nora.post("/api/sign-up/confirmations", json!({ "token": token, "password": GOOD })).await.status
            })
            .await
        }
        "POST /api/sign-up/registrations" => {
            let body = json!({
                "email": "olga@new.test", "password": GOOD, "first_name": "Olga", "last_name": "Olsen",
                "language": "en", "terms_version": "2026-05", "activation_code": "",
            });
            wire.record(async { nora.post("/api/sign-up/registrations", body).await.status }).await
        }
        "PUT /api/session/account" => {
            let accounts = tess.get("/api/session/accounts").await;
            let id = accounts.text("/items/0/id").to_owned();
            wire.record(async {
                tess.put("/api/session/account", json!({ "account_id": id, "password": GOOD })).await.status
            })
            .await
        }
        "PUT /api/sign-up/registrations/address" => {
            let body = json!({ "registration": handle, "email": "olga@new.test" });
            wire.record(async { nora.put("/api/sign-up/registrations/address", body).await.status }).await
        }
        other => panic!("no such case: {other}"),
    };
    let expected = if case.ends_with("nobody has") || case.ends_with("wrong password") { 401..402 } else { 200..300 };
    assert!(expected.contains(&status), "{case}: {status}");
    calls
}

/// A chain stays a chain however long answers take; what only looks like one, because the machine
/// was busy between two calls made at once, comes apart when answers take longer.
async fn measure(case: &str) -> (Calls, usize) {
    let mut calls = run(case, Duration::from_millis(40)).await;
    let mut depth = calls.until_the_answer().depth();
    for hold in [160, 640] {
        if depth <= deepest(case) {
            break;
        }
        calls = run(case, Duration::from_millis(hold)).await;
        depth = depth.min(calls.until_the_answer().depth());
    }
    (calls, depth)
}

#[tokio::test]
async fn every_operation_costs_what_the_table_says() {
    let (mut table, mut too_deep) = (table::head(), Vec::new());
    for case in cases() {
        let (calls, depth) = measure(case).await;
        if depth > deepest(case) {
            too_deep.push(format!("{case} is {depth} calls deep: {:#?}", calls.until_the_answer().0));
        }
        table.push_str(&table::of(case, &calls, depth));
    }
    if update_wanted() {
        std::fs::write(root().join(FILE), &table).unwrap();
    }
    assert!(too_deep.is_empty(), "{}", too_deep.join("\n"));
    assert_eq!(read(FILE), table, "PORTICO_UPDATE=1 writes the table anew; read the difference");
}

#[test]
fn every_operation_is_measured() {
    let measured: BTreeSet<_> = cases().iter().map(|case| case.split(": ").next().unwrap().to_owned()).collect();
    let operations: BTreeSet<_> = operations().into_iter().collect();
    assert_eq!(measured, operations);
}
