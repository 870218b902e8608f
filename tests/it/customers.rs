//! A partner's customers, as it lists them (R502, R503).

use serde_json::{Value, json};
use tests::{
    customer_queries::CUSTOMERS,
    portal::{Caller, TestPortal},
};

mod activity;
mod copies;
mod details;
pub(crate) mod given;
mod large;
mod lists;
mod looking_after;
mod passing;
pub(crate) mod recount;
mod repair;
mod storm;
pub(crate) mod suspending;
mod trouble;

/// The list, by the names of the customers in it.
pub(crate) async fn names(by: &Caller, query: &str) -> Vec<String> {
    let reply = by.get(&format!("/api/partner/customers{query}")).await.expect(200);
    let items = reply.json["items"].as_array().unwrap();
    items.iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
}

/// A customer as the list shows it.
pub(crate) async fn shown(by: &Caller, number: &str) -> Value {
    let reply = by.get(&format!("/api/partner/customers?search={number}")).await.expect(200);
    assert_eq!(reply.json["items"].as_array().unwrap().len(), 1, "{number}");
    reply.json["items"][0].clone()
}

/// R502, R503
#[tokio::test]
async fn everyone_of_a_partner_lists_its_customers() {
    let portal = TestPortal::new().await;
    for caller in [portal.partner_owner().await, portal.partner_member().await] {
        let acme = shown(&caller, "C10423").await;
        assert_eq!(
            acme,
            json!({
                "id": acme["id"], "number": "C10423", "name": "Acme Engineering", "status": "active",
                "access": "automatic", "users": acme["users"], "products": acme["products"],
                "product_count": acme["product_count"], "renews_on": acme["renews_on"],
            })
        );
        assert!(acme["users"].as_u64().unwrap() > 4 && acme["renews_on"].is_string(), "{acme}");
    }
    for caller in [portal.owner().await, portal.unattached().await, portal.other_owner().await] {
        assert_eq!(caller.get("/api/partner/customers").await.says(), "404 not_found", "nobody else has such a list");
    }
}
