//! The function `staff`: the vendor's console.

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use super::{Cold, NO_LINK_KEY, body, desk, orders, releases};
use crate::reset::record_fern;

/// The function, and who calls it.
pub(super) struct Console {
    cold: Cold,
    admin: Caller,
}

impl Console {
    /// Calls as an admin; it goes well.
    pub(super) async fn call(&mut self, method: &str, path: &str, sent: Value) -> Value {
        let answer = self.cold.send(Some(&self.admin), method, &format!("/api/staff/{path}"), sent).await;
        assert!(answer.status.is_success(), "{method} {path}: {}", String::from_utf8_lossy(&answer.body));
        if answer.body.is_empty() { Value::Null } else { body(&answer) }
    }
}

#[tokio::test]
async fn the_role_of_staff_allows_what_it_does() {
    let portal = TestPortal::today().await;
    record_fern(&portal).await;
    let trial = orders::prepare(&portal).await;
    desk::prepare(&portal).await;
    let admin = portal.admin().await;
    crate::customers::given::lag(&portal, "C10423");
    let mut console = Console { cold: Cold::start("staff", portal, &[NO_LINK_KEY]).await, admin };
    console.cold.make_stale();
    console.call("GET", "products", Value::Null).await;
    for query in ["", "C10423", "NLD-8QJZ-N3KP-RT0V", "tess%40two.test"] {
        console.call("GET", &format!("accounts?query={query}"), Value::Null).await;
    }
    let found = console.call("GET", "accounts?query=acme", Value::Null).await;
    let acme = format!("accounts/{}", found["items"][0]["id"].as_str().unwrap());
    console.call("GET", &acme, Value::Null).await;
    let features = json!({ "team_area": false, "guests_only": true, "partner": false });
    console.call("PUT", &format!("{acme}/features"), features).await;
    console.call("PUT", "team-area", json!({ "team_area": "partners" })).await;
    console.call("GET", "team-area", Value::Null).await;
    console.call("PUT", "access-setting", json!({ "owner_decides": false })).await;
    console.call("GET", "access-setting", Value::Null).await;
    let birch = console.call("GET", "accounts?query=birch", Value::Null).await;
    let partner = format!("accounts/{}/partner", birch["items"][0]["id"].as_str().unwrap());
    console.call("PUT", &partner, json!({ "partner_number": "C20010" })).await;
    console.call("DELETE", &partner, Value::Null).await;
    let invited = console.call("POST", "invitations", json!({ "all": true })).await;
    assert_eq!(invited["invited"], 1);
    orders::everything(&mut console, &trial).await;
    desk::everything(&mut console).await;
    releases::everything(&mut console).await;
    console.cold.has_the_role_it_needs();
}
