//! Positions in lists: good for whoever was given them, and for the account they were given of.

use serde_json::json;
use tests::portal::{Caller, TestPortal};

use super::{ACME, BIRCH, ORION, account_row, id_of, link, pete_in_acme};

/// The position behind the first page of a list.
async fn position(caller: &Caller, list: &str) -> String {
    caller.get(list).await.expect(200).text("/next").to_owned()
}

/// R502, R503: of another customer, of one's own account, of another person of the same partner, of a guest.
#[tokio::test]
async fn a_position_is_good_for_its_list_alone() {
    const LICENSES: &str = "/api/licenses?limit=1";
    let portal = TestPortal::new().await;
    link(&portal, BIRCH, ORION);
    let (paula, pete) = (portal.partner_owner().await, portal.partner_member().await);
    let (acme, birch) = (id_of(&portal, ACME), id_of(&portal, BIRCH));
    let mine = position(&paula.on_customer(&acme), LICENSES).await;
    let at = |cursor: &str| format!("{LICENSES}&cursor={cursor}");
    paula.on_customer(&acme).get(&at(&mine)).await.expect(200);
    for other in [paula.on_customer(&birch), paula.again(), pete.on_customer(&acme), portal.owner().await] {
        assert_eq!(other.get(&at(&mine)).await.says(), "400 invalid_cursor");
    }
    let of_orion = position(&paula, LICENSES).await;
    assert_eq!(paula.on_customer(&acme).get(&at(&of_orion)).await.says(), "400 invalid_cursor");
    let guest = pete_in_acme(&portal).await;
    let of_guest = position(&guest, LICENSES).await;
    guest.get(&at(&of_guest)).await.expect(200);
    let owners = position(&portal.owner().await, LICENSES).await;
    assert_eq!(guest.get(&at(&owners)).await.says(), "400 invalid_cursor");
}

/// R503: of another partner's list of customers, of a colleague's, and inside a customer's account.
#[tokio::test]
async fn a_position_in_another_partners_customers_is_none() {
    const CUSTOMERS: &str = "/api/partner/customers";
    let portal = TestPortal::new().await;
    portal.crowd().add(0..60);
    portal.update(&account_row(&portal, BIRCH), "SET k = :v", json!({ ":v": { "S": "partner" } }));
    let (paula, pete, otto) = (portal.partner_owner().await, portal.partner_member().await, portal.other_owner().await);
    let at = format!("{CUSTOMERS}?cursor={}", position(&paula, CUSTOMERS).await);
    paula.get(&at).await.expect(200);
    otto.get(CUSTOMERS).await.expect(200);
    for other in [&otto, &pete] {
        assert_eq!(other.get(&at).await.says(), "400 invalid_cursor");
    }
    assert_eq!(paula.on_customer(&id_of(&portal, ACME)).get(CUSTOMERS).await.says(), "404 not_found", "R512");
}
