//! The access matrix: every operation, in every relation, for every kind of caller and every status
//! of their account, held against `access-matrix.toml`, which people write and the code does not.

mod asking;
mod callers;
mod calls;
mod claims;
mod console;
mod desk;
mod giving;
mod inviting;
mod members;
mod orders;
mod people;
mod proof;
mod releases;
mod renewing;
mod seats;

use std::collections::BTreeSet;

use serde_json::json;
use tests::portal::{ANN, Reply, SAM};
use tests::source::read;
use tests::wire::Snapshot;

use crate::openapi::operations;
use callers::{Standing, at_console, inside, outside};
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
/// The vendor's people, each with their second factor (`staff`) and without (`factorless_staff`).
const STAFF: [(&str, &str); 2] = [("support", SAM), ("admin", ANN)];
/// In `factorless` the account requires a second factor, and the caller has none.
const STATES: [&str; 4] = ["active", "factorless", "suspended", "closed"];

/// What a refused call may leave behind: a throttle's count, and the time a session was last used.
fn side_effects(before: &Snapshot, after: &Snapshot) -> Vec<String> {
    let harmless = |line: &String| line.contains("THROTTLE#") || (line.starts_with('~') && line.contains("SESSION#"));
    before.changes(after).into_iter().filter(|line| !harmless(line)).collect()
}

/// What is written: the rows, and what stands for a caller whom a row does not name.
struct Matrix {
    rows: toml::Table,
    otherwise: toml::Table,
}

fn matrix() -> Matrix {
    let mut rows: toml::Table = read("tests/it/access-matrix.toml").parse().unwrap();
    let otherwise = rows.remove("otherwise").unwrap();
    Matrix { rows, otherwise: otherwise.as_table().unwrap().clone() }
}

impl Matrix {
    /// The cell of a caller, as the head of the file says where there is none. One answer stands for all roles; `owners`
    /// and `others`, or a role's own name, part them.
    fn expected(&self, row: &str, who: &str, role: &str) -> &str {
        let cells = self.rows[row].as_table().unwrap();
        let cell = |name: &str| cells.get(name);
        let named = cell(who).or_else(|| cell("everyone")).or_else(|| self.otherwise.get(who));
        let staff = who.ends_with("staff").then(|| cell("unattached")).flatten();
        let found = named.or(staff).or_else(|| cell("others"));
        let found = found.unwrap_or_else(|| panic!("{row} has no cell for {who}"));
        let kind = if role.ends_with("owner") { "owners" } else { "others" };
        let parted = || found.get(role).or_else(|| found.get(kind))?.as_str();
        let says = found.as_str().or_else(parted).unwrap_or_else(|| panic!("{row} has no cell for {who} {role}"));
        match (who, says) {
            ("factorless_staff", "403 no_account") if named.is_none() => "403 second_factor_missing",
            _ => says,
        }
    }
}

/// Asks every row as one caller; after whatever was stored, everything is as it stood before.
async fn check(matrix: &Matrix, who: &str, role: &str, standing: Standing) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut missing: Option<Reply> = None;
    // "foreign" comes before "missing" in each pair, and each refusal as missing is the same bytes.
    for row in matrix.rows.keys() {
        let caller = standing.caller.again();
        let ready = Ready::of(&standing, &caller, row).await;
        let prepared = ready.prepared.then(|| standing.portal.wire.snapshot());
        let reply = ready.call(&caller).await;
        let wanted = matrix.expected(row, who, role);
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

/// R110
#[tokio::test]
async fn the_vendors_people_are_as_written() {
    let matrix = matrix();
    let mut wrong = Vec::new();
    for (role, email) in STAFF {
        wrong.extend(check(&matrix, "staff", role, at_console(email, true).await).await);
    }
    wrong.extend(check(&matrix, "factorless_staff", "admin", at_console(ANN, false).await).await);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What `may` promises a page is what the operations then allow.
#[tokio::test]
async fn what_one_may_is_what_one_can() {
    const ACTS: [(&str, &str); 35] = [
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
        ("claim_account", "POST /api/sign-up/account-claims"),
        ("decide_claims", "GET /api/sign-up/claimants"),
        ("show_summary", "GET /api/licenses/summary"),
        ("download_release", "GET /api/licenses"),
        ("manage_licenses", "POST /api/licenses/trials good"),
        ("replace_serial", "POST /api/licenses/{id}/serial-number own"),
        ("manage_members", "GET /api/team/people"),
        ("show_managers", "GET /api/team/managers"),
        ("ask_for_access", "POST /api/team/access-requests"),
        ("review_access", "GET /api/team/review"),
        ("answer_invitation", "GET /api/sign-up/invitations"),
        ("find_accounts", "GET /api/staff/accounts"),
        ("invite_owners", "POST /api/staff/invitations good"),
        ("set_features", "PUT /api/staff/accounts/{id}/features good"),
        ("work_desk", "GET /api/staff/requests"),
        ("record_orders", "GET /api/staff/orders/{number} good"),
        ("manage_products", "GET /api/staff/products"),
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
    for (role, email) in STAFF {
        standings.push(("staff", role, at_console(email, true).await));
        standings.push(("factorless_staff", role, at_console(email, false).await));
    }
    for (who, role, standing) in standings {
        let me = standing.caller.get("/api/session").await.expect(200);
        let may: Vec<_> = me.json["may"].as_array().unwrap().iter().map(|act| act.as_str().unwrap()).collect();
        for (act, row) in ACTS {
            let says = matrix.expected(row, who, role);
            // For whoever is not staff there is no console.
            let refused = says.starts_with("403") || (row.contains("/api/staff/") && says.starts_with("404"));
            assert_eq!(may.contains(&act), !refused, "{act} of {who} {role}");
        }
    }
}

#[test]
fn every_operation_has_its_rows() {
    let rows: BTreeSet<_> =
        matrix().rows.keys().map(|row| row.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
    let operations: BTreeSet<_> = operations().into_iter().collect();
    assert_eq!(rows, operations);
}
