//! How the calls at the vendor's desk are made ready: somebody has asked for something.

use serde_json::{Value, json};
use tests::portal::ABE;

use super::Standing;

/// A request that nobody made.
const NO_REQUEST: &str = "req_00000000000000000000000000";

/// Path and body of a row, once somebody has asked.
pub(super) async fn call(standing: &Standing, row: &str) -> (String, Value) {
    let path = row.split(' ').nth(1).unwrap_or_default();
    let relation = row.rsplit(' ').next().unwrap_or_default();
    let contact = json!({
        "kind": "license_contact", "first_name": "Nell", "last_name": "Novak", "email": "nell@new.test", "reason": "",
    });
    let id = match relation {
        "missing" => NO_REQUEST.to_owned(),
        "first" => ask(standing, contact).await,
        "second" => {
            let id = ask(standing, contact).await;
            let (abe, _) = standing.portal.at_console(ABE).await;
            let approved = json!({ "decision": "approve" });
            abe.post(&format!("/api/staff/requests/{id}/decision"), approved).await.expect(202);
            id
        }
        _ => ask(standing, json!({ "kind": "company", "name": "Another SE", "reason": "" })).await,
    };
    let body = match (path.rsplit('/').next(), relation) {
        (Some("decision"), "refused") => json!({ "decision": "refuse", "reason": "No such company." }),
        (Some("decision"), _) => json!({ "decision": "approve" }),
        _ => Value::Null,
    };
    (path.replace("{id}", &id), body)
}

async fn ask(standing: &Standing, wish: Value) -> String {
    let somebody = standing.portal.sign_in(standing.elsewhere()).await;
    somebody.post("/api/profile/change-requests", wish).await.expect(201).text("/id").to_owned()
}
