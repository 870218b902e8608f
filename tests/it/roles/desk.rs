//! What `staff` does at the desk.

use serde_json::{Value, json};
use tests::portal::TestPortal;

use super::console::Console;

/// Lets people ask for everything there is, one of them for another license contact whom somebody has approved already.
pub(super) async fn prepare(portal: &TestPortal) {
    let (ada, max, otto) = (portal.owner().await, portal.manager().await, portal.other_owner().await);
    for (caller, wish) in [
        (&max, json!({ "kind": "name", "first_name": "Max", "last_name": "Planck" })),
        (&max, json!({ "kind": "company", "name": "Acme & Sons" })),
        (&otto, json!({ "kind": "email", "email": "otto@oak.test" })),
        (
            &ada,
            json!({ "kind": "license_contact", "first_name": "Nell", "last_name": "Novak", "email": "nell@new.test" }),
        ),
    ] {
        caller.post("/api/profile/change-requests", wish).await.expect(201);
    }
    for (caller, number) in [(portal.unattached().await, "C10500"), (otto, "C10423")] {
        caller.post("/api/sign-up/account-claims", json!({ "reference": number })).await.expect(202);
    }
    let theirs = max.get("/api/licenses?sort=end").await.expect(200);
    let renewal = format!("/api/licenses/{}/renewal-requests", theirs.text("/items/0/id"));
    max.post(&renewal, json!({ "note": "" })).await.expect(201);
    let sam = portal.support().await;
    let desk = sam.get("/api/staff/requests").await.expect(200);
    let items = desk.json["items"].as_array().into_iter().flatten();
    for item in items.filter(|item| item["kind"] == "license_contact") {
        let path = format!("/api/staff/requests/{}/decision", item["id"].as_str().unwrap_or_default());
        sam.post(&path, json!({ "decision": "approve" })).await.expect(202);
    }
}

/// Looks after each, gives it back, and decides it; of two claims one is refused.
pub(super) async fn everything(console: &mut Console) {
    let desk = console.call("GET", "requests", Value::Null).await;
    for item in desk["items"].as_array().unwrap() {
        let path = format!("requests/{}", item["id"].as_str().unwrap());
        for method in ["PUT", "DELETE"] {
            console.call(method, &format!("{path}/owner"), Value::Null).await;
        }
        let refused = item["kind"] == "claim" && item["account"]["number"] == "C10423";
        let decision = if refused { "refuse" } else { "approve" };
        console.call("GET", &path, Value::Null).await;
        console.call("POST", &format!("{path}/decision"), json!({ "decision": decision, "reason": "Seen." })).await;
    }
}
