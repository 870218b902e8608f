//! The function `partner`: a partner's customers.

use serde_json::{Value, json};
use tests::portal::{Caller, TestPortal};

use super::{Cold, NO_LINK_KEY};
use crate::customers::given::{account, lag};
use crate::partnerships::{set_on_behalf, wanted};

/// The function, and who calls it.
struct Partner {
    cold: Cold,
    pete: Caller,
}

impl Partner {
    /// Calls as somebody of the partner's team; it goes well.
    async fn call(&mut self, method: &str, path: &str, sent: Value) -> Value {
        let answer = self.cold.send(Some(&self.pete), method, &format!("/api/partner/{path}"), sent).await;
        assert!(answer.status.is_success(), "{method} {path}: {}", String::from_utf8_lossy(&answer.body));
        // Of a file it is not JSON.
        serde_json::from_slice(&answer.body).unwrap_or_default()
    }
}

#[tokio::test]
async fn the_role_of_partner_allows_what_it_does() {
    let portal = TestPortal::today().await;
    crate::trials::offer(&portal, 30).await;
    set_on_behalf(&portal, &portal.admin().await, true).await;
    let pete = portal.partner_member().await;
    let acme = format!("customers/{}", account(&portal, "C10423"));
    lag(&portal, "C10423");
    let mut partner = Partner { cold: Cold::start("partner", portal, &[NO_LINK_KEY]).await, pete };
    partner.cold.make_stale();
    for query in ["", "?search=C10423", "?status=active", "?sort=renewal", "?sort=-renewal&status=active"] {
        partner.call("GET", &format!("customers{query}"), Value::Null).await;
    }
    for path in ["products", "summary", acme.as_str(), &format!("{acme}/export?format=csv")] {
        partner.call("GET", path, Value::Null).await;
    }
    let export = format!("/api/partner/{acme}/export?format=csv");
    let people = partner.pete.get(&export).await.expect(200);
    let licenses = export.trim_start_matches("/api/partner/").to_owned() + "&cursor=" + people.header("x-portico-next");
    partner.call("GET", &licenses, Value::Null).await;
    let suspension = format!("{acme}/suspension");
    partner.call("PUT", &suspension, json!({ "reason": "Two invoices are unpaid" })).await;
    partner.call("DELETE", &suspension, Value::Null).await;
    let mut with_trial = wanted("1", "nora@nile.test");
    with_trial["trial"] = json!({ "product": "NLR" });
    for sent in [with_trial, wanted("2", "una@solo.test"), wanted("3", "nora@nile.test")] {
        partner.call("POST", "customers", sent).await;
    }
    partner.cold.has_the_role_it_needs();
}
