//! The access matrix: every operation, in every relation, for every kind of caller and every status
//! of their account, held against `access-matrix.toml`, which people write and the code does not.

mod calls;

use std::collections::BTreeSet;

use serde_json::json;
use tests::portal::{Caller, Reply, TestPortal};
use tests::source::read;
use tests::wire::{Kept, Snapshot};

use crate::openapi::operations;
use calls::Ready;

/// Callers who are in no role.
const OUTSIDE: [&str; 7] = ["stranger", "forged", "signed_out", "timed_out", "removed", "deactivated", "unattached"];
/// Roles, by who has them; each in every state of its account.
const ROLES: [(&str, &str); 7] = [
    ("owner", "ada@acme.test"),
    ("manager", "max@acme.test"),
    ("viewer", "vera@acme.test"),
    ("member", "mia@acme.test"),
    ("partner_owner", "paula@orion.test"),
    ("partner_member", "pete@orion.test"),
    ("other_owner", "otto@birch.test"),
];
/// In `factorless` the account requires a second factor, and the caller has none.
const STATES: [&str; 4] = ["active", "factorless", "suspended", "closed"];

/// A caller, and the portal it stands in front of.
struct Standing {
    portal: TestPortal,
    /// Whose cookies are the same in each call.
    caller: Caller,
    /// Who it is, or was.
    email: &'static str,
    first_name: String,
    last_name: String,
    /// The customer number of the account it works in, or worked in.
    account: &'static str,
    /// Everything as it stood before the first call.
    kept: Kept,
    /// The same, to compare with.
    before: Snapshot,
}

impl Standing {
    async fn of(portal: TestPortal, caller: Caller, email: &'static str, account: &'static str) -> Self {
        // What is due goes out first, so that the newest letter is that of the call.
        portal.dispatch().await;
        let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
        let row = people.iter().find(|row| row["m"]["S"] == email).unwrap_or_else(|| panic!("nobody is {email}"));
        let name = |field: &str| row[field]["S"].as_str().unwrap().to_owned();
        let (first_name, last_name) = (name("f"), name("n"));
        let (kept, before) = (portal.wire.keep(), portal.wire.snapshot());
        Self { portal, caller, email, first_name, last_name, account, kept, before }
    }

    /// The id of the account with that number.
    fn id_of(&self, number: &str) -> String {
        account_row(&self.portal, number)["i"]["S"].as_str().unwrap().to_owned()
    }

    /// A member of an account that is none of the caller's.
    fn elsewhere(&self) -> &'static str {
        if self.account == "C20010" { "mia@acme.test" } else { "pete@orion.test" }
    }
}

fn account_row(portal: &TestPortal, number: &str) -> serde_json::Value {
    let rows = portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
    rows.into_iter().find(|row| row["n"]["S"] == number).unwrap_or_else(|| panic!("no account {number}"))
}

async fn outside(who: &str) -> Standing {
    const VERA: &str = "vera@acme.test";
    let portal = TestPortal::new().await;
    if who == "unattached" {
        let caller = portal.unattached().await;
        return Standing::of(portal, caller, "una@solo.test", "C10423").await;
    }
    let caller = match who {
        "stranger" => portal.stranger(),
        "forged" => {
            let caller = portal.stranger();
            let good = portal.owner().await.cookie("__Host-portico").unwrap();
            caller.set_cookie("__Host-portico", &format!("{}AAAA", &good[..good.len() - 4]));
            caller
        }
        "signed_out" => {
            let caller = portal.viewer().await;
            caller.again().delete("/api/session").await.expect(204);
            caller
        }
        "timed_out" => {
            let caller = portal.viewer().await;
            portal.clock.advance_secs(31 * 60);
            caller
        }
        "removed" | "deactivated" => {
            let caller = portal.viewer().await;
            if who == "removed" {
                portal.remove(VERA).await
            } else {
                portal.deactivate(VERA).await
            }
            caller
        }
        other => panic!("no such caller: {other}"),
    };
    Standing::of(portal, caller, VERA, "C10423").await
}

async fn inside(email: &'static str, state: &str) -> Standing {
    let portal = TestPortal::new().await;
    let account = match email.rsplit('@').next() {
        Some("acme.test") => "C10423",
        Some("birch.test") => "C10500",
        _ => "C20010",
    };
    let caller = portal.sign_in(email).await;
    match state {
        "active" => {}
        "factorless" => {
            portal.update(&account_row(&portal, account), "SET sf = :on", json!({ ":on": { "BOOL": true } }));
        }
        status => portal.set_status(account, status).await,
    }
    Standing::of(portal, caller, email, account).await
}

/// What a refused call may leave behind: a throttle's count, and the time a session was last used.
fn side_effects(before: &Snapshot, after: &Snapshot) -> Vec<String> {
    let harmless = |line: &String| line.contains("THROTTLE#") || (line.starts_with('~') && line.contains("SESSION#"));
    before.changes(after).into_iter().filter(|line| !harmless(line)).collect()
}

fn matrix() -> toml::Table {
    read("tests/it/access-matrix.toml").parse().unwrap()
}

/// The cell of a caller. One answer stands for all roles; `owners` and `others`, or a role's own name, part them.
fn expected<'a>(matrix: &'a toml::Table, row: &str, who: &str, role: &str) -> &'a str {
    let cell = matrix[row].get(who).unwrap_or_else(|| panic!("{row} has no cell for {who}"));
    let kind = if role.ends_with("owner") { "owners" } else { "others" };
    let parted = || cell.get(role).or_else(|| cell.get(kind))?.as_str();
    cell.as_str().or_else(parted).unwrap_or_else(|| panic!("{row} has no cell for {who} {role}"))
}

/// Asks every row as one caller; after whatever was stored, everything is as it stood before.
async fn check(matrix: &toml::Table, who: &str, role: &str, standing: Standing) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut missing: Option<Reply> = None;
    // "foreign" comes before "missing" in each pair, and each refusal as missing is the same bytes.
    for row in matrix.keys() {
        let caller = standing.caller.again();
        let ready = Ready::of(&standing, &caller, row).await;
        let prepared = ready.prepared.then(|| standing.portal.wire.snapshot());
        let reply = ready.call(&caller).await;
        let wanted = expected(matrix, row, who, role);
        if reply.says() != wanted {
            wrong.push(format!("{row}, {who} {role}: {} instead of {wanted}", reply.says()));
        }
        if reply.status == 404 {
            let first = missing.get_or_insert_with(|| reply.clone());
            if first.bytes != reply.bytes {
                wrong.push(format!("{row}, {who} {role}: foreign can be told from missing"));
            }
        }
        let refused = reply.status >= 400;
        if refused {
            let before = prepared.as_ref().unwrap_or(&standing.before);
            let effects = side_effects(before, &standing.portal.wire.snapshot());
            if !effects.is_empty() {
                wrong.push(format!("{row}, {who} {role}: refused, and yet {effects:?}"));
            }
        }
        if ready.prepared || !(refused || row.starts_with("GET")) {
            standing.portal.wire.bring_back(&standing.kept);
        }
    }
    wrong
}

#[tokio::test]
async fn every_cell_of_the_matrix_is_as_written() {
    let matrix = matrix();
    let mut wrong = Vec::new();
    for who in OUTSIDE {
        wrong.extend(check(&matrix, who, "", outside(who).await).await);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The same for every role, in a state of its account.
async fn every_role_is_as_written(state: &str) {
    let matrix = matrix();
    let mut wrong = Vec::new();
    for (role, email) in ROLES {
        wrong.extend(check(&matrix, state, role, inside(email, state).await).await);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn every_role_in_an_active_account_is_as_written() {
    every_role_is_as_written("active").await;
}

/// R110
#[tokio::test]
async fn every_role_without_the_factor_its_account_requires_is_as_written() {
    every_role_is_as_written("factorless").await;
}

#[tokio::test]
async fn every_role_in_a_suspended_account_is_as_written() {
    every_role_is_as_written("suspended").await;
}

#[tokio::test]
async fn every_role_in_a_closed_account_is_as_written() {
    every_role_is_as_written("closed").await;
}

/// What `may` promises a page is what the operations then allow.
#[tokio::test]
async fn what_one_may_is_what_one_can() {
    const ACTS: [(&str, &str); 18] = [
        ("show_me", "GET /api/session"),
        ("sign_out", "DELETE /api/session"),
        ("list_accounts", "GET /api/session/accounts"),
        ("choose_account", "PUT /api/session/account own"),
        ("claim_order", "POST /api/sign-up/claims foreign"),
        ("list_licenses", "GET /api/licenses"),
        ("show_profile", "GET /api/profile"),
        ("change_profile", "PUT /api/profile"),
        ("change_nickname", "PUT /api/profile/nickname"),
        ("change_password", "PUT /api/profile/password"),
        ("change_email", "POST /api/profile/email"),
        ("manage_second_factor", "POST /api/profile/second-factor"),
        ("require_second_factor", "PUT /api/profile/account/second-factor off"),
        ("list_sessions", "GET /api/session/sessions"),
        ("end_sessions", "DELETE /api/session/sessions"),
        ("request_change", "POST /api/profile/change-requests name"),
        ("export_my_data", "POST /api/profile/export"),
        ("close_login", "POST /api/profile/closure"),
    ];
    assert_eq!(
        ACTS.map(|(act, _)| json!(act)).to_vec(),
        domain::access::Act::ALL.map(|act| serde_json::to_value(act).unwrap()).to_vec()
    );
    let matrix = matrix();
    let mut standings =
        vec![("deactivated", "", outside("deactivated").await), ("unattached", "", outside("unattached").await)];
    for state in STATES {
        for (role, email) in ROLES {
            standings.push((state, role, inside(email, state).await));
        }
    }
    for (who, role, standing) in standings {
        let me = standing.caller.get("/api/session").await.expect(200);
        let may: Vec<_> = me.json["may"].as_array().unwrap().iter().map(|act| act.as_str().unwrap()).collect();
        for (act, row) in ACTS {
            let refused = expected(&matrix, row, who, role).starts_with("403");
            assert_eq!(may.contains(&act), !refused, "{act} of {who} {role}");
        }
    }
}

#[test]
fn every_operation_has_its_rows() {
    let rows: BTreeSet<_> = matrix().keys().map(|row| row.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
    let operations: BTreeSet<_> = operations().into_iter().collect();
    assert_eq!(rows, operations);
}
