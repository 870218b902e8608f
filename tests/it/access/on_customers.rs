//! How the calls on a partner's customer are made: on one of the caller's partner (which of another account is that account
//! itself), on one that is not, and on none.

use serde_json::{Value, json};

use super::Standing;

/// Whether a row is about one of these.
pub(super) fn knows(path: &str) -> bool {
    path.starts_with("/api/partner/customers/{id}")
}

/// Path and body of a row.
pub(super) fn call(standing: &Standing, row: &str) -> (String, Value) {
    let mut words = row.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let own = if standing.account == "C20010" { "C10423" } else { standing.account };
    let id = match words.next().unwrap_or_default() {
        "own" => standing.id_of(own),
        "foreign" => standing.id_of("C10600"),
        _ => format!("acc_{}", "0".repeat(26)),
    };
    let path = path.replace("{id}", &id);
    match method {
        "PUT" => (path, json!({ "reason": "Two invoices are unpaid" })),
        _ if path.ends_with("/export") => (format!("{path}?format=csv"), Value::Null),
        _ => (path, Value::Null),
    }
}
