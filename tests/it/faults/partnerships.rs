//! The operations about an account's partner, ready to be called.

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use crate::customers::given::{self, account};
use crate::partnerships::{set_on_behalf, wanted};
use crate::trials::offer;

/// Those that change something.
const CHANGES: [&str; 10] = [
    "change access",
    "ask for access change",
    "approve access",
    "link a partner",
    "replace a partner",
    "unlink a partner",
    "set who decides access",
    "create a customer",
    "create a customer of who signs in",
    "create a customer with a trial",
];

/// R509, R511, R514
#[tokio::test]
async fn changing_who_looks_after_an_account_survives_each_single_fault() {
    super::each_survives_each_single_fault(&CHANGES).await;
}

/// The caller of an operation of these, its method and path, and what it sends; none for any other operation.
pub(crate) async fn ready(portal: &TestPortal, operation: &str) -> Option<(Caller, &'static str, String, Value)> {
    let access = "/api/team/access".to_owned();
    let setting = "/api/staff/access-setting".to_owned();
    let guests_only = json!({ "access": "guests_only" });
    let ready = match operation {
        "who has access" => (portal.owner().await, "GET", access, Value::Null),
        "who decides access" => (portal.admin().await, "GET", setting, Value::Null),
        "change access" => (portal.owner().await, "PUT", access, guests_only),
        "ask for access change" | "approve access" => {
            let admin = portal.admin().await;
            admin.put(&setting, json!({ "owner_decides": false })).await.expect(204);
            let ada = portal.owner().await;
            if operation == "ask for access change" {
                (ada, "PUT", access, guests_only)
            } else {
                let asked = ada.put(&access, guests_only).await.expect(202);
                let path = format!("/api/staff/requests/{}/decision", asked.text("/id"));
                (admin, "POST", path, json!({ "decision": "approve" }))
            }
        }
        "link a partner" => {
            let path = format!("/api/staff/accounts/{}/partner", account(portal, "C10500"));
            (portal.admin().await, "PUT", path, json!({ "partner_number": "C20010" }))
        }
        "replace a partner" | "unlink a partner" => {
            drop(given::other_partner(portal).await);
            let path = format!("/api/staff/accounts/{}/partner", account(portal, "C10423"));
            let body = json!({ "partner_number": "C20020", "replaces": "C20010" });
            match operation {
                "replace a partner" => (portal.admin().await, "PUT", path, body),
                _ => (portal.admin().await, "DELETE", path, Value::Null),
            }
        }
        "set who decides access" => (portal.admin().await, "PUT", setting, json!({ "owner_decides": false })),
        "create a customer" | "create a customer of who signs in" | "create a customer with a trial" => {
            set_on_behalf(portal, &portal.admin().await, true).await;
            let pete = portal.partner_member().await;
            let email = if operation.ends_with("who signs in") { "una@solo.test" } else { "nora@nile.test" };
            // Keys are read once by each process.
            pete.post("/api/partner/customers", wanted("1", "first@nile.test")).await.expect(201);
            let mut body = wanted("2", email);
            if operation.ends_with("a trial") {
                offer(portal, 30).await;
                body["trial"] = json!({ "product": "NLR" });
            }
            (pete, "POST", "/api/partner/customers".to_owned(), body)
        }
        _ => return None,
    };
    Some(ready)
}
