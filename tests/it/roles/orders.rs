//! What `staff` does about orders.

use serde_json::{Value, json};
use tests::portal::TestPortal;

use super::console::Console;
use crate::orders::{order, user};
use crate::trials::offer;

/// Lets the owner of Acme start a trial and give somebody a seat of it; its serial number.
pub(super) async fn prepare(portal: &TestPortal) -> String {
    offer(portal, 30).await;
    let ada = portal.owner().await;
    let trial = ada.post("/api/licenses/trials", json!({ "product": "NLR" })).await.expect(201);
    let seats = json!({ "users": [user(portal, "mia@acme.test")] });
    ada.put(&format!("/api/licenses/{}/seats", trial.text("/id")), seats).await.expect(204);
    trial.text("/serial_number").to_owned()
}

/// Everything that can be done with orders.
pub(super) async fn everything(console: &mut Console, trial: &str) {
    let mut converting = order("SO-5001", "C10423");
    converting["lines"][0]["serial_number"] = Value::Null;
    converting["lines"][0]["converts"] = json!(trial);
    console.call("POST", "orders", converting).await;
    console.call("GET", "orders/SO-5001", Value::Null).await;
    console.call("POST", "orders/SO-5001/activation-mail", json!({})).await;
    console.call("PATCH", "orders/SO-1001", json!({ "lines": [{ "line": 2, "ends_on": "2029-12-14" }] })).await;
    for number in ["SO-1001", "SO-5001"] {
        let reason = json!({ "reason": "Ordered twice" });
        console.call("PUT", &format!("orders/{number}/cancellation"), reason).await;
    }
}
