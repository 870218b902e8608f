//! Who looks after an account, and how they get in: what the customer decides (R509), what the vendor does (R514), and
//! what a partner does on the vendor's behalf (R511).

mod afterwards;
mod asking;
mod at_once;
mod creating;
mod linking;
mod meanwhile;
mod on_behalf;
mod once;
mod way_in;

pub(crate) use creating::wanted;

use serde_json::{Value, json};
use tests::portal::{Caller, Reply, TestPortal};

use crate::customers::given::account;

/// Where the customer decides.
pub(crate) const ACCESS: &str = "/api/team/access";
const SETTING: &str = "/api/staff/access-setting";

/// Says how the partner's people get in.
pub(crate) async fn let_in_by(owner: &Caller, access: &str) -> Reply {
    owner.put(ACCESS, json!({ "access": access })).await
}

/// Where staff say who looks after the customer of that number.
fn partner_of(portal: &TestPortal, number: &str) -> String {
    format!("/api/staff/accounts/{}/partner", account(portal, number))
}

fn partner(number: &str) -> Value {
    json!({ "partner_number": number })
}

/// The same in place of another.
fn in_place_of(number: &str, replaces: &str) -> Value {
    json!({ "partner_number": number, "replaces": replaces })
}

/// Entries of the account's log about its partner: what changed, as what it was done.
fn changes(portal: &TestPortal, number: &str) -> Vec<(String, String)> {
    let log = format!("LOG#{}", account(portal, number));
    let entries = portal.wire.snapshot().find("journal", &log, "evt_");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let ours = entries.iter().filter(|entry| entry["event"]["S"] == "partner");
    ours.map(|entry| (text(&entry["change"]["S"]), text(&entry["o"]["M"]["c"]["S"]))).collect()
}

/// The rows of a partner's lists about the customer of that number.
fn listed(portal: &TestPortal, partner: &str, number: &str) -> Vec<Value> {
    portal.wire.snapshot().find("accounts", &format!("CUSTOMERS#{}", account(portal, partner)), number)
}

/// The newest subjects of mails to an address.
async fn subjects(portal: &TestPortal, address: &str) -> Vec<String> {
    portal.dispatch().await;
    portal.ses.mails_to(address).iter().map(|mail| mail.subject.clone()).collect()
}

/// The operations with a body, each with one that has its form.
pub(crate) fn bodies() -> Vec<(&'static str, &'static str, Value)> {
    vec![
        ("POST", "/api/partner/customers", wanted("1", creating::NORA)),
        ("PUT", ACCESS, json!({ "access": "guests_only" })),
        ("PUT", SETTING, json!({ "owner_decides": true })),
        (
            "PUT",
            "/api/staff/accounts/acc_0/partner",
            json!({ "partner_number": "C20010", "access": "automatic", "replaces": "" }),
        ),
    ]
}

/// Makes Orion a partner that acts on behalf of the vendor, or ends that.
pub(crate) async fn set_on_behalf(portal: &TestPortal, admin: &Caller, on: bool) {
    let path = format!("/api/staff/accounts/{}/features", account(portal, "C20010"));
    let features = json!({ "team_area": true, "guests_only": false, "partner": true, "on_behalf": on });
    admin.put(&path, features).await.expect(204);
}
