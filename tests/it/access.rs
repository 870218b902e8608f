//! The access matrix: every operation, in every relation, for every kind of caller and every status
//! of their account, held against `access-matrix.toml`, which people write and the code does not.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::portal::{Caller, GOOD, Reply, TestPortal};
use tests::source::read;
use tests::wire::Snapshot;

use crate::openapi::operations;

/// Callers who are in no role.
const OUTSIDE: [&str; 7] = ["stranger", "forged", "signed_out", "timed_out", "removed", "deactivated", "unattached"];
/// Roles, by who has them; each in an active, a suspended and a closed account.
const ROLES: [(&str, &str); 7] = [
    ("owner", "ada@acme.test"),
    ("manager", "max@acme.test"),
    ("viewer", "vera@acme.test"),
    ("member", "mia@acme.test"),
    ("partner_owner", "paula@orion.test"),
    ("partner_member", "pete@orion.test"),
    ("other_owner", "otto@birch.test"),
];
const STATES: [&str; 3] = ["active", "suspended", "closed"];

/// A caller, and the portal it stands in front of.
struct Standing {
    portal: TestPortal,
    caller: Caller,
    /// The customer number of the account it works in, or worked in.
    account: &'static str,
}

async fn outside(who: &str) -> Standing {
    let portal = TestPortal::new().await;
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
                portal.remove("vera@acme.test").await
            } else {
                portal.deactivate("vera@acme.test").await
            }
            caller
        }
        "unattached" => portal.unattached().await,
        other => panic!("no such caller: {other}"),
    };
    Standing { portal, caller, account: "C10423" }
}

async fn inside(email: &str, state: &str) -> Standing {
    let portal = TestPortal::new().await;
    let account = match email.rsplit('@').next() {
        Some("acme.test") => "C10423",
        Some("birch.test") => "C10500",
        _ => "C20010",
    };
    let caller = portal.sign_in(email).await;
    if state != "active" {
        portal.set_status(account, state).await;
    }
    Standing { portal, caller, account }
}

/// Makes the call of a row. The row's last word is the relation, if it has one.
async fn call(standing: &Standing, row: &str) -> Reply {
    let caller = &standing.caller;
    let own = standing.account;
    let foreign = if own == "C10500" { "C10423" } else { "C10500" };
    let id_of = |number: &str| {
        let rows = standing.portal.wire.snapshot().find("accounts", "ACCOUNT#", "ACCOUNT");
        let row = rows.iter().find(|row| row["n"]["S"] == number).unwrap_or_else(|| panic!("no account {number}"));
        row["i"]["S"].as_str().unwrap().to_owned()
    };
    let choose = |id: String| json!({ "account_id": id, "password": GOOD });
    let code_of = |number: &str| match number {
        "C10423" => "11111-22222-33333-44444",
        "C10500" => "55555-66666-77777-88888",
        _ => "12345-12345-12345-12345",
    };
    let body = match row {
        "GET /api/session" | "GET /api/session/accounts" | "GET /api/licenses" | "DELETE /api/session" => Value::Null,
        "PUT /api/session/account own" => choose(id_of(own)),
        "PUT /api/session/account foreign" => choose(id_of(foreign)),
        "PUT /api/session/account missing" => {
            let id = id_of(own);
            choose(format!("{}{}", &id[..id.len() - 8], if id.ends_with("00000000") { "00000001" } else { "00000000" }))
        }
        "POST /api/sign-up/claims own" => json!({ "activation_code": code_of(own) }),
        "POST /api/sign-up/claims foreign" => json!({ "activation_code": code_of(foreign) }),
        "POST /api/sign-up/claims missing" => json!({ "activation_code": "ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ" }),
        "POST /api/session" => json!({ "name": "ada@acme.test", "password": GOOD }),
        "POST /api/sign-up/registrations" => json!({
            "email": "nora@new.test", "password": GOOD, "first_name": "Nora", "last_name": "Nilsson",
            "language": "en", "terms_version": "2026-05", "activation_code": "",
        }),
        "PUT /api/sign-up/registrations/address missing" => json!({ "registration": "x", "email": "nora@new.test" }),
        "POST /api/sign-up/confirmations missing" => json!({ "token": "x", "password": GOOD }),
        other => panic!("access.rs does not know how to call {other}"),
    };
    let (method, rest) = row.split_once(' ').unwrap();
    let path = rest.split(' ').next().unwrap();
    if body.is_null() {
        caller.send(caller.request(method, path), Default::default()).await
    } else {
        caller.send_json(method, path, &body).await
    }
}

/// What a refused call may leave behind: a throttle's count, and the time a session was last used.
fn side_effects(before: &Snapshot, after: &Snapshot) -> Vec<String> {
    let harmless = |line: &String| line.contains("THROTTLE#") || (line.starts_with('~') && line.contains("SESSION#"));
    before.changes(after).into_iter().filter(|line| !harmless(line)).collect()
}

fn matrix() -> toml::Table {
    read("tests/it/access-matrix.toml").parse().unwrap()
}

fn expected<'a>(matrix: &'a toml::Table, row: &str, who: &str, role: &str) -> &'a str {
    let cell = matrix[row].get(who).unwrap_or_else(|| panic!("{row} has no cell for {who}"));
    cell.as_str().or_else(|| cell.get(role)?.as_str()).unwrap_or_else(|| panic!("{row} has no cell for {who} {role}"))
}

/// Asks every row as one caller; `make` stands them there anew after each change that went through.
async fn check<F: Future<Output = Standing>>(
    matrix: &toml::Table,
    who: &str,
    role: &str,
    make: impl Fn() -> F,
) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut standing = make().await;
    let mut missing: Option<Reply> = None;
    // "foreign" comes before "missing" in each pair, and each refusal as missing is the same bytes.
    for row in matrix.keys() {
        let before = standing.portal.wire.snapshot();
        let reply = call(&standing, row).await;
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
        if reply.status >= 400 {
            let effects = side_effects(&before, &standing.portal.wire.snapshot());
            if !effects.is_empty() {
                wrong.push(format!("{row}, {who} {role}: refused, and yet {effects:?}"));
            }
        } else if !row.starts_with("GET") {
            standing = make().await;
        }
    }
    wrong
}

#[tokio::test]
async fn every_cell_of_the_matrix_is_as_written() {
    let matrix = matrix();
    let mut wrong = Vec::new();
    for who in OUTSIDE {
        wrong.extend(check(&matrix, who, "", || outside(who)).await);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The same for every role, in an active, a suspended and a closed account.
#[tokio::test]
async fn every_role_in_every_state_of_its_account_is_as_written() {
    let matrix = matrix();
    let mut wrong = Vec::new();
    for state in STATES {
        for (role, email) in ROLES {
            wrong.extend(check(&matrix, state, role, || inside(email, state)).await);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What `may` promises a page is what the operations then allow.
#[tokio::test]
async fn what_one_may_is_what_one_can() {
    const ACTS: [(&str, &str); 6] = [
        ("show_me", "GET /api/session"),
        ("sign_out", "DELETE /api/session"),
        ("list_accounts", "GET /api/session/accounts"),
        ("choose_account", "PUT /api/session/account own"),
        ("claim_order", "POST /api/sign-up/claims foreign"),
        ("list_licenses", "GET /api/licenses"),
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
