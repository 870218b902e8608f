//! The access matrix: every operation, in every relation, for every kind of caller and every status
//! of their account, held against `access-matrix.toml`, which people write and the code does not.

mod asking;
mod callers;
mod calls;
mod claims;
mod console;
mod desk;
mod giving;
mod guests;
mod inviting;
mod may;
mod members;
mod on_customers;
mod orders;
mod outsiders;
mod partnerships;
mod people;
mod proof;
mod releases;
mod renewing;
mod seats;

use std::collections::BTreeSet;

use tests::portal::{ANN, Reply, SAM};
use tests::source::read;
use tests::wire::Snapshot;

use crate::openapi::{operations, operations_for_customers};
use callers::{Standing, at_console, inside, outside};
use calls::Ready;
use outsiders::{GUESTS, Outsiders, PARTNERS, outsider};

pub(crate) use callers::account_row;
pub(crate) use outsiders::{let_in, link, switched};

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
    ask(matrix, format!("{who} {role}"), |row| matrix.expected(row, who, role), standing).await
}

/// The same, whatever is expected of a row.
async fn ask<'m>(
    matrix: &'m Matrix,
    who: String,
    expected: impl Fn(&'m str) -> &'m str,
    standing: Standing,
) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut missing: Option<Reply> = None;
    // "foreign" comes before "missing" in each pair, and each refusal as missing is the same bytes.
    for row in matrix.rows.keys() {
        let caller = standing.caller.again();
        let ready = Ready::of(&standing, &caller, row).await;
        let prepared = ready.prepared.then(|| standing.portal.wire.snapshot());
        let reply = ready.call(&caller).await;
        let wanted = expected(row);
        if reply.says() != wanted {
            wrong.push(format!("{row}, {who}: {} instead of {wanted}", reply.says()));
        }
        if reply.status == 404 {
            let first = missing.get_or_insert_with(|| reply.clone());
            if first.bytes != reply.bytes {
                wrong.push(format!("{row}, {who}: foreign can be told from missing"));
            }
        }
        let refused = reply.status >= 400;
        if refused {
            let before = prepared.as_ref().unwrap_or(&standing.before);
            let effects = side_effects(before, &standing.portal.wire.snapshot());
            if !effects.is_empty() {
                wrong.push(format!("{row}, {who}: refused, and yet {effects:?}"));
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

/// Of those who act in an account and do not belong to it.
async fn outsiders_are_as_written(callers: &[&str]) {
    let (matrix, outsiders) = (matrix(), Outsiders::read());
    let mut wrong = Vec::new();
    for who in callers.iter().copied() {
        let expected = |row| outsiders.expected(&matrix, row, who);
        wrong.extend(ask(&matrix, who.to_owned(), expected, outsider(who).await).await);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// R502, R506, R509, R512
#[tokio::test]
async fn partners_people_on_customers_are_as_written() {
    outsiders_are_as_written(&PARTNERS).await;
}

/// R502, R510, R512
#[tokio::test]
async fn guests_are_as_written() {
    outsiders_are_as_written(&GUESTS).await;
}

#[test]
fn every_operation_has_its_rows() {
    let rows: BTreeSet<_> =
        matrix().rows.keys().map(|row| row.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
    let operations: BTreeSet<_> = operations().into_iter().collect();
    assert_eq!(rows, operations);
}

/// R502: the document says of each operation whether a partner's person does it for a customer.
#[test]
fn the_document_says_what_partners_may_do_for_customers() {
    let outsiders = Outsiders::read();
    let is_shared = |name: &str| ["shared", "trials"].iter().any(|class| outsiders.classes(name).contains(class));
    // Who one is there, and what one may.
    let shared = operations().into_iter().filter(|name| is_shared(name) || name == "GET /api/session");
    assert_eq!(operations_for_customers(), shared.collect::<Vec<_>>());
}

#[test]
fn every_row_is_in_one_class_of_outsiders() {
    let (matrix, outsiders) = (matrix(), Outsiders::read());
    for row in matrix.rows.keys() {
        assert_eq!(outsiders.classes(row).len(), 1, "{row} is in {:?}", outsiders.classes(row));
    }
    let is_row = |name: &str| matrix.rows.keys().any(|row| row == name || row.starts_with(&format!("{name} ")));
    let idle: Vec<_> = outsiders.named().into_iter().filter(|name| !is_row(name)).collect();
    assert!(idle.is_empty(), "no rows {idle:?}");
}
