//! Trials that a partner starts for its customers (R407, R511).

use serde_json::json;
use tests::portal::TestPortal;

use super::set_on_behalf;
use crate::customers::{given::account, shown};
use crate::trials::offer;

/// R407, R511
#[tokio::test]
async fn a_partner_starts_trials_where_the_vendor_lets_it() {
    let portal = TestPortal::new().await;
    offer(&portal, 30).await;
    let (pete, admin) = (portal.partner_member().await, portal.admin().await);
    let there = pete.on_customer(&account(&portal, "C10423"));
    let trial = || there.post("/api/licenses/trials", json!({ "product": "NLR" }));
    assert_eq!(trial().await.says(), "403 not_on_behalf");
    assert_eq!(there.get("/api/licenses/trials").await.says(), "403 not_on_behalf");
    set_on_behalf(&portal, &admin, true).await;
    assert_eq!(there.get("/api/licenses/trials").await.expect(200).text("/items/0/product/code"), "NLR");
    trial().await.expect(201);
    assert!(shown(&pete, "C10423").await["products"].as_array().unwrap().contains(&json!("NLR")));
    let log = format!("LOG#{}", account(&portal, "C10423"));
    let logged = portal.wire.snapshot().find("journal", &log, "evt_");
    let started = logged.iter().find(|row| row["event"]["S"] == "trial_started").unwrap();
    assert_eq!(
        (&started["o"]["M"]["c"]["S"], &started["o"]["M"]["hn"]["S"]),
        (&json!("partner"), &json!("Orion Resellers"))
    );
    let text = portal.letters_to("ada@acme.test").await.texts().remove(0);
    assert!(text.contains("Pete Best"), "{text}");
    assert_eq!(trial().await.says(), "409 trial_used");
}
