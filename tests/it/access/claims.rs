//! Asking to join an account, and deciding who does.

use serde_json::{Value, json};

use super::Standing;

/// Nobody's id.
const NOBODY: &str = "usr_01jd0x5m2nfe4r8v0t6w9y2zab";

/// Path and body of a row about requests to join.
pub(super) async fn call(standing: &Standing, row: &str) -> (String, Value) {
    let own = standing.account;
    let foreign = if own == "C10500" { "C10423" } else { "C10500" };
    let mut words = row.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let Some(list) = path.strip_suffix("{user}") else {
        let body = if method == "POST" { json!({ "reference": foreign }) } else { Value::Null };
        return (path.to_owned(), body);
    };
    let claimant = match words.next() {
        Some("own") => claimant(standing, own).await,
        Some("foreign") => claimant(standing, foreign).await,
        _ => NOBODY.to_owned(),
    };
    (format!("{list}{claimant}"), if method == "PUT" { json!({}) } else { Value::Null })
}

/// The id of somebody who asks to join that account and belongs to none of these.
async fn claimant(standing: &Standing, number: &str) -> String {
    const TIM: &str = "sam@sunk.test";
    let portal = &standing.portal;
    let people = portal.wire.snapshot().find("accounts", "USER#", "USER");
    let tim = people.iter().find(|row| row["m"]["S"] == TIM).unwrap();
    let account = standing.id_of(number);
    // As if by the front door: who works in a suspended account asks nothing, and this one does.
    let row = json!({ "pk": { "S": format!("CLAIMS#{account}") }, "sk": tim["i"] });
    let claim = json!({
        ":v": { "N": "1" }, ":i": { "S": "req_01jd0x5m2nfe4r8v0t6w9y2zab" }, ":n": { "S": "Sam Marin" },
        ":m": { "S": TIM }, ":t": { "N": "0" }, ":rf": { "L": [{ "M": { "r": { "S": number } } }] },
    });
    portal.update(&row, "SET v = :v, i = :i, n = :n, m = :m, t = :t, rf = :rf", claim);
    tim["i"]["S"].as_str().unwrap().to_owned()
}
