//! How the calls about renewals, trials and leaked serial numbers are made.

use serde_json::{Value, json};

use super::Standing;
use crate::{reminders::record, trials::offer};

const NO_LICENSE: &str = "lic_00000000000000000000000000";

/// Path and body of a row; none for a row about anything else.
pub(super) async fn call(standing: &Standing, row: &str) -> Option<(String, Value)> {
    let path = row.split(' ').nth(1).unwrap_or_default();
    let relation = row.rsplit(' ').next().unwrap_or_default();
    if path == "/api/licenses/trials" {
        let missing = relation == "missing";
        let product = if missing { "NLD" } else { "NLR" };
        if !missing {
            offer(&standing.portal, 30).await;
        }
        let body = if row.starts_with("GET") { Value::Null } else { json!({ "product": product }) };
        return Some((path.to_owned(), body));
    }
    let body = if path.ends_with("/renewal-requests") {
        json!({ "note": "" })
    } else if path.ends_with("/serial-number") {
        json!({ "reason": "" })
    } else {
        return None;
    };
    Some((path.replace("{id}", &license(standing, relation).await), body))
}

/// A license with an end of the caller's account, or of another.
async fn license(standing: &Standing, relation: &str) -> String {
    let account = match relation {
        "own" => standing.account,
        "foreign" if standing.account == "C10500" => "C10423",
        "foreign" => "C10500",
        _ => return NO_LICENSE.to_owned(),
    };
    record(&standing.portal, "SO-8001", account, &[("NLD", "subscription", "2027-06-01")]).await;
    let rows = standing.portal.wire.snapshot().find("accounts", "LICENSES#", "LICENSE#");
    let row = rows.iter().find(|row| row["on"]["S"] == "SO-8001").expect("the license");
    row["sk"]["S"].as_str().and_then(|key| key.strip_prefix("LICENSE#")).expect("an id").to_owned()
}
