//! How the calls at the vendor's console are made: where they go, and what they send.

use serde_json::{Value, json};

use super::Standing;

/// An account that nobody has.
const NO_ACCOUNT: &str = "acc_00000000000000000000000000";

/// Path and body of a row.
pub(super) fn call(standing: &Standing, row: &str) -> (String, Value) {
    let path = row.split(' ').nth(1).unwrap_or_default();
    // An account that is none of the caller's, whoever it is.
    let account = match row.rsplit(' ').next() {
        Some("missing") => NO_ACCOUNT.to_owned(),
        _ => standing.id_of("C10700"),
    };
    let body = match row.rsplit_once(' ').map_or(row, |(call, _)| call) {
        "PUT /api/staff/accounts/{id}/features" => {
            json!({ "team_area": false, "guests_only": true, "partner": false })
        }
        "POST /api/staff/invitations" => json!({ "accounts": [account] }),
        _ => Value::Null,
    };
    (path.replace("{id}", &account), body)
}
