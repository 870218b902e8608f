//! Whom to ask and asking for more, reviews of who has access, and the setting of the team area.

use serde_json::{Value, json};

use super::Standing;
use crate::account_claims::id_of;

/// Nobody's id.
const NOBODY: &str = "usr_01jd0x5m2nfe4r8v0t6w9y2zab";

/// Whether a row is about these.
pub(super) fn knows(path: &str) -> bool {
    let areas = ["/api/team/managers", "/api/team/access-requests", "/api/team/review", "/api/staff/team-area"];
    areas.iter().any(|area| path.starts_with(area))
}

/// Path and body of a row.
pub(super) fn call(standing: &Standing, row: &str) -> (String, Value) {
    let mut words = row.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let own = standing.account;
    let foreign = if own == "C10500" { "C10423" } else { "C10500" };
    let user = match words.next() {
        Some("own") => asking(standing, own),
        Some("foreign") => asking(standing, foreign),
        _ => NOBODY.to_owned(),
    };
    let body = match (method, path.rsplit('/').next()) {
        ("POST", Some("access-requests")) => json!({ "wants": "team", "note": "" }),
        ("POST", _) => json!({ "decision": "refuse", "reason": "Not yet." }),
        ("PUT", Some("team-area")) => json!({ "team_area": "partners" }),
        _ => Value::Null,
    };
    (path.replace("{user}", &user), body)
}

/// The id of a member of that account, who asks it for something.
fn asking(standing: &Standing, number: &str) -> String {
    let email = match number {
        "C10500" => "otto@birch.test",
        "C20010" => "pete@orion.test",
        _ => "dora@acme.test",
    };
    let (portal, account) = (&standing.portal, standing.id_of(number));
    let user = id_of(portal, email);
    // As if by the front door: in a suspended account nobody asks, and of this one it is asked already.
    let row = json!({ "pk": { "S": format!("ACCESS#{account}") }, "sk": { "S": user } });
    let asked = json!({
        ":v": { "N": "1" }, ":n": { "S": "Dora Maar" }, ":m": { "S": email }, ":w": { "S": "orders" }, ":t": { "N": "0" },
    });
    portal.update(&row, "SET v = :v, n = :n, m = :m, w = :w, t = :t", asked);
    user
}
