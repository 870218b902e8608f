//! How the calls about an account's partner are made: by its owner, by the vendor's people, and by the partner on the
//! vendor's behalf.

use serde_json::{Value, json};

use super::Standing;

/// An account that nobody has.
const NO_ACCOUNT: &str = "acc_00000000000000000000000000";

/// Whether a row is about one of these.
pub(super) fn knows(path: &str) -> bool {
    ["/api/team/access", "/api/partner/customers", "/api/staff/access-setting", "/api/staff/accounts/{id}/partner"]
        .contains(&path)
}

/// Path and body of a row.
pub(super) fn call(standing: &Standing, row: &str) -> (String, Value) {
    let mut words = row.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let account = match (method, words.next()) {
        (_, Some("missing")) => NO_ACCOUNT.to_owned(),
        ("PUT", Some(_)) => standing.id_of("C10500"),
        ("DELETE", Some(_)) => standing.id_of("C10423"),
        _ => String::new(),
    };
    let body = match (method, path) {
        ("PUT", "/api/team/access") => json!({ "access": "guests_only" }),
        ("PUT", "/api/staff/access-setting") => json!({ "owner_decides": false }),
        ("PUT", _) => json!({ "partner_number": "C20010" }),
        ("POST", _) => crate::partnerships::wanted("1", "nora@nile.test"),
        _ => Value::Null,
    };
    (path.replace("{id}", &account), body)
}
