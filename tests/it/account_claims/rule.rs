//! The vendor's rule: who names a license of a company, and has an address there, belongs to it.

use serde_json::json;
use tests::portal::{Caller, TestPortal};

use super::{SERIAL, ask, desk, mine, newcomer, read};

pub(crate) const ERIC: &str = "eric@acme.test";

/// A portal whose vendor has switched the rule on.
async fn portal_with_the_rule() -> TestPortal {
    let portal = TestPortal::new().await;
    switch_on(&portal).await;
    portal
}

/// Switches the rule on, as the vendor does.
pub(crate) async fn switch_on(portal: &TestPortal) {
    let mut vendor = portal.app.vendor().await.unwrap();
    vendor.claims_by_domain = true;
    portal.app.store().set_vendor(&vendor).await.unwrap();
    // What is in memory is read again after five minutes.
    portal.clock.advance_secs(301);
}

async fn accounts(caller: &Caller) -> Vec<String> {
    let reply = caller.get("/api/session/accounts").await.expect(200);
    let items = reply.json["items"].as_array().unwrap().iter();
    items.map(|item| item["number"].as_str().unwrap().to_owned()).collect()
}

/// R102
#[tokio::test]
async fn a_license_and_an_address_of_the_company_open_it() {
    let portal = portal_with_the_rule().await;
    let eric = newcomer(&portal, ERIC).await;
    ask(&eric, "C10423").await.expect(202);
    assert!(accounts(&eric).await.is_empty(), "everybody can know a customer number");
    let reply = ask(&eric, SERIAL).await.expect(202);
    assert!(reply.bytes.is_empty(), "the answer is the same");
    assert_eq!(accounts(&eric).await, ["C10423"]);
    assert!(mine(&eric).await.is_empty() && desk(&portal).is_empty(), "what waited is decided");
    let eric = portal.sign_in(ERIC).await;
    assert_eq!(eric.get("/api/licenses").await.expect(200).text("/scope"), "account");
    assert!(read(&portal, ERIC, &["You now belong to Acme Engineering"]).await);
    assert!(read(&portal, "ada@acme.test", &[ERIC, "belongs to it"]).await, "the owner is told");
    ask(&eric, SERIAL).await.expect(202);
    assert!(mine(&eric).await.is_empty());
}

/// R102
#[tokio::test]
async fn the_rule_opens_nothing_else() {
    let portal = portal_with_the_rule().await;
    let (una, eric) = (portal.unattached().await, newcomer(&portal, ERIC).await);
    for (who, number, why) in [
        (&una, SERIAL, "an address elsewhere"),
        (&eric, "NLD-8QJZ-N3KP-RT0V", "a license of another company"),
        (&eric, "C10423", "a customer number"),
        (&eric, SERIAL, "a license by which Una asks too"),
    ] {
        ask(who, number).await.expect(202);
        assert!(accounts(who).await.is_empty(), "{why}");
        assert!(mine(who).await.contains(&number.to_owned()), "{why}");
    }
    assert_eq!(desk(&portal).iter().filter(|kind| *kind == "dispute").count(), 1);

    portal.set_status("C10600", "suspended").await;
    let sid = newcomer(&portal, "sid@sunk.test").await;
    ask(&sid, "NLR-5KXW-8D2P-ZZ7M").await.expect(202);
    assert!(accounts(&sid).await.is_empty(), "a suspended account takes nobody in");
    assert_eq!(mine(&sid).await.len(), 1);
}

/// R102
#[tokio::test]
async fn where_anybody_has_an_address_nobody_is_a_colleague() {
    let portal = portal_with_the_rule().await;
    let owner = portal.wire.snapshot().find("accounts", "USER#", "USER");
    let owner = owner.iter().find(|row| row["m"]["S"] == "otto@birch.test").unwrap();
    portal.update(owner, "SET m = :m", json!({ ":m": { "S": "otto@gmail.com" } }));
    let gary = newcomer(&portal, "gary@gmail.com").await;
    ask(&gary, "NLD-8QJZ-N3KP-RT0V").await.expect(202);
    assert!(accounts(&gary).await.is_empty(), "anybody can have an address there");
}

/// R102: off unless the vendor switches it on.
#[tokio::test]
async fn without_the_rule_somebody_decides() {
    let portal = TestPortal::new().await;
    let eric = newcomer(&portal, ERIC).await;
    ask(&eric, SERIAL).await.expect(202);
    assert!(accounts(&eric).await.is_empty());
    assert_eq!(desk(&portal), ["claim"]);
}
